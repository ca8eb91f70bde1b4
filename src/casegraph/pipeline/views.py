"""One claim, entity, document or conversation with all that is needed to judge it."""

from __future__ import annotations

import re
from itertools import islice

from casegraph.errors import UsageError
from casegraph.model import Claim, Document, Layout, Page
from casegraph.pipeline.asked import Asking
from casegraph.pipeline.letters import thread_view
from casegraph.pipeline.lookup import SHORTEST
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import Query
from casegraph.pipeline.reports import ClaimView, DocumentView, EntityView, View
from casegraph.pipeline.reviewed import standing
from casegraph.pipeline.tracing.views import Tracks
from casegraph.store.conversations import Conversations

_WHOLE = re.compile(r"(claim|entity|table)-[0-9a-f]{40}|sha256:[0-9a-f]{64}")


def show(ground: Ground, query: Query, name: str) -> View:
    """Return what a claim, entity, document, table or conversation is; see Case.show."""
    if len(name) < SHORTEST and not query.document_ids(name):
        raise UsageError(f"{name!r} is too short: give at least {SHORTEST} characters of an id")
    whole = _WHOLE.fullmatch(name)  # an id in full says in which table to look
    kind = (whole[1] or "document") if whole is not None else None
    claims = query.claim_ids(name) if kind in {None, "claim"} else []
    entities = query.entity_ids(name) if kind in {None, "entity"} else []
    documents = query.document_ids(name)
    tables = query.table_ids(name) if kind in {None, "table"} else []
    threads = Conversations(ground.derived).ids(name if name.startswith("thread-") else f"thread-{name}")
    found = len(threads) + len(tables) + len(claims) + len(entities) + len(documents)
    if found > 1:
        raise UsageError(f"{name!r} means more than one thing in the case; give more of the id")
    if claims:
        return _claim(ground, query, *claims[0])
    if entities:
        return _entity(query, entities[0])
    if documents:
        return document_view(ground, query, documents[0])
    if threads:
        return thread_view(ground, threads[0])
    if tables:
        document, table = tables[0]
        return next(one for one in query.tables(document) if one.table.id == table)
    raise UsageError(f"there is nothing called {name!r} in the case")


def layout_of(query: Query, document: str, page: int) -> Layout | None:
    """Return where the words of a page stand on its image, None where its format does not say."""
    return next((one for one in query.records(Layout, document) if one.page == page), None)


def _claim(ground: Ground, query: Query, document: str, claim: str) -> ClaimView:
    found = query.claim(document, claim)
    page = found.evidence[0].page
    held, reviewed = query.held(document), standing(ground.journal.reviews()).get(claim)
    layout = layout_of(query, document, page)
    spans = [(target.start, target.end) for target in found.evidence if target.page == page]
    return ClaimView(
        claim=found,
        document=next(query.records(Document, document)),
        names=held.names if held is not None else (),
        page=next(one for one in query.records(Page, document) if one.number == page),
        boxes=tuple(box for span in spans for box in layout.boxes(*span)) if layout is not None else (),
        page_size=(layout.width, layout.height) if layout is not None else None,
        reviewed=reviewed,
        read=query.as_read(document, claim) if reviewed is not None and reviewed.correction else None,
        backed=next((one for one in Tracks(ground, query).backing(document) if one.claim == claim), None),
    )


def _entity(query: Query, entity: str) -> EntityView:
    found = query.entity(entity)
    if found is None:
        raise UsageError(f"there is nothing called {entity!r} in the case")
    return EntityView(entity=found, claims=tuple(query.claims(Asking(entity=entity, names=found.names))))


def document_view(ground: Ground, query: Query, document: str) -> DocumentView:
    """Return a document with its pages and claims."""
    claims: tuple[Claim, ...] = tuple(query.claims(Asking(document=document)))
    row = next(islice(query.documents(document), 1))
    return DocumentView(
        row=row,
        thread=thread_view(ground, row.thread.id).mails if row.thread is not None else (),
        pages=tuple(query.records(Page, document)),
        claims=claims,
        problems=tuple(query.problems(document)),
    )
