"""Search in the words of all pages."""

from __future__ import annotations

from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import SearchResult
from casegraph.web.base import ROWS, Ask, Parameter, View

_MOST = 500


class Found(Record, frozen=True, kw_only=True):
    """What a search found; `result` is None where nothing was looked for."""

    query: str
    limit: int
    result: SearchResult | None


def search(case: Case, ask: Ask) -> Found:
    """Return the best pages for the words asked for."""
    query = ask.text("q")
    limit = ask.number("limit", ROWS, most=_MOST)
    found = case.search(query, limit=limit) if query else None
    return Found(query=query or "", limit=limit, result=found)


SEARCH = View(
    "search", "/search", Found, search, "Search the words of all pages.",
    (
        Parameter("q", "Words, a phrase in quotation marks, AND, OR, NOT, a field before a colon."),
        Parameter("limit", "Hits that are given.", {"type": "integer", "minimum": 1, "maximum": _MOST}),
    ),
)  # fmt: skip
