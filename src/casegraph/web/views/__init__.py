"""The pages, in an ordered tuple. A further page is one module, one line here, one template, one test."""

from casegraph.web.base import View
from casegraph.web.views.claims import CLAIM, CLAIMS
from casegraph.web.views.documents import DOCUMENT, DOCUMENTS
from casegraph.web.views.entities import ENTITIES, ENTITY
from casegraph.web.views.home import HOME
from casegraph.web.views.problems import PROBLEMS
from casegraph.web.views.search import SEARCH
from casegraph.web.views.tracing import LINEAGE, ORIGINS

VIEWS: tuple[View, ...] = (
    HOME,
    SEARCH,
    DOCUMENTS,
    DOCUMENT,
    LINEAGE,
    CLAIMS,
    CLAIM,
    ORIGINS,
    ENTITIES,
    ENTITY,
    PROBLEMS,
)

__all__ = ["VIEWS"]
