"""Search in the words of all pages, narrowed by what their documents are."""

from __future__ import annotations

from casegraph.errors import UsageError
from casegraph.model import Record, make_id
from casegraph.pipeline.case import Case
from casegraph.pipeline.found import Facets, SearchResult
from casegraph.store.search import DEEPEST, Filters, Order
from casegraph.web.base import PAGE, Ask, Parameter, Slice, View

HITS = 20
"""Pages of a result that one page shows."""

_YES = {"yes": True, "no": False}
ORDERS: tuple[Order, ...] = ("best", "newest", "oldest")
_DAY = {"type": "string", "format": "date"}
FILTERS = (
    Parameter("kind", "Kind of document."),
    Parameter("language", "Language of the document, ISO 639-1."),
    Parameter("source", "Outlet, sender or author, as the document names it."),
    Parameter("since", "Published on that day or later.", _DAY),
    Parameter("until", "Published on that day or earlier.", _DAY),
    Parameter("claims", "Whether a claim stands on the page.", {"type": "string", "enum": list(_YES)}),
    Parameter("entity", "Id of an entity that the page names."),
)


class Found(Record, frozen=True, kw_only=True):
    """What a search found; `result` is None where nothing was looked for."""

    query: str
    filters: dict[str, str]  # as asked
    order: Order
    result: SearchResult | None
    facets: Facets | None
    slice: Slice
    entity: str | None  # name of the one that it is narrowed to
    kept: bool  # it is among the searches that people keep


def search(case: Case, ask: Ask) -> Found:
    """Return the pages for the words asked for, and how many of all found are what."""
    query = ask.text("q") or ""
    asked = {one.name: value for one in FILTERS if (value := ask.text(one.name)) is not None}
    order = order_of(ask.text("order"))
    page = ask.number("page", 1, most=DEEPEST // HITS)
    first = (page - 1) * HITS
    if not query and not asked:
        none = Slice(page=1, first=1, more=False)
        return Found(
            query="", filters={}, order=order, result=None, facets=None, slice=none, entity=None, kept=False
        )
    filters = filters_of(asked)
    words = query or "*"  # narrowed only
    result = case.search(words, limit=HITS, offset=first, filters=filters, order=order)
    facets = case.facets(words, filters=filters)
    return Found(
        query=query,
        filters=asked,
        order=order,
        result=result,
        facets=facets,
        slice=Slice(
            page=page, first=first + 1, more=first + HITS < min(result.total, DEEPEST), total=result.total
        ),
        entity=next((one.label for one in facets.entity if one.value == asked.get("entity")), None),
        kept=search_id(query, asked) in {one.id for one in case.saved_searches()},
    )


def order_of(value: str | None) -> Order:
    """Return the order that is asked for; raises UsageError for another one."""
    found = next((one for one in ORDERS if one == (value or "best")), None)
    if found is None:
        raise UsageError(f"the order is one of {', '.join(ORDERS)}")
    return found


def filters_of(asked: dict[str, str]) -> Filters:
    """Return the filters that an address names; raises UsageError for one that makes no sense."""
    claims = asked.get("claims")
    if claims is not None and claims not in _YES:
        raise UsageError("claims is yes or no")
    return Filters(
        kind=asked.get("kind"),
        language=asked.get("language"),
        source=asked.get("source"),
        since=asked.get("since"),
        until=asked.get("until"),
        claims=None if claims is None else _YES[claims],
        entities=(asked["entity"],) if "entity" in asked else (),
    )


def search_id(query: str, asked: dict[str, str]) -> str:
    """Return the id that a search has once it is kept."""
    given = sorted(fields_of(query, asked).items())
    return make_id("search", *(part for pair in given for part in pair))


def fields_of(query: str, asked: dict[str, str]) -> dict[str, str]:
    """Return the fields of the address of a search."""
    return {**({"q": query} if query else {}), **asked}


SEARCH = View(
    "search", "/search", Found, search, "Search the words of all pages.",
    (
        Parameter("q", "Words, a phrase in quotation marks, AND, OR, NOT, word~, a field before a colon."),
        *FILTERS,
        Parameter("order", "Best first, or by day.", {"type": "string", "enum": list(ORDERS)}),
        PAGE,
    ),
)  # fmt: skip
