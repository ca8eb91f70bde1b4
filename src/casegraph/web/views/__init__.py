"""The pages, in an ordered tuple. A further page is one module, one line here, one template, one test."""

from casegraph.web.base import File, View
from casegraph.web.views.around import LISTED
from casegraph.web.views.beside import BESIDE
from casegraph.web.views.building import BUILDING
from casegraph.web.views.claims import CLAIM
from casegraph.web.views.documents import DOCUMENT, DOCUMENTS
from casegraph.web.views.entities import ENTITIES, ENTITY
from casegraph.web.views.history import HISTORY
from casegraph.web.views.home import HOME
from casegraph.web.views.ledger import CLAIMS
from casegraph.web.views.network import NETWORK, NETWORK_FILES, PATHS, SHEET, TIE
from casegraph.web.views.originals import ORIGINAL, PICTURE
from casegraph.web.views.places import MAP
from casegraph.web.views.problems import PROBLEMS
from casegraph.web.views.proposals import PROPOSALS
from casegraph.web.views.reviewing import REVIEW
from casegraph.web.views.search import SEARCH
from casegraph.web.views.searches import BATCH, COUNTS, SEARCHES
from casegraph.web.views.sources import SOURCES
from casegraph.web.views.timeline import TIMELINE
from casegraph.web.views.tracing import LINEAGE, ORIGINS

VIEWS: tuple[View, ...] = (
    HOME,
    SEARCH,
    BATCH,
    SEARCHES,
    DOCUMENTS,
    DOCUMENT,
    LINEAGE,
    BESIDE,
    CLAIMS,
    CLAIM,
    ORIGINS,
    ENTITIES,
    ENTITY,
    LISTED,
    PROPOSALS,
    REVIEW,
    HISTORY,
    SOURCES,
    NETWORK,
    PATHS,
    TIE,
    TIMELINE,
    MAP,
    PROBLEMS,
    BUILDING,
)

FILES: tuple[File, ...] = (COUNTS, PICTURE, ORIGINAL, SHEET, *NETWORK_FILES)

__all__ = ["FILES", "VIEWS"]
