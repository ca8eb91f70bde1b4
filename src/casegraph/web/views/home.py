"""The home of a case: what is in it, and what wants a decision."""

from __future__ import annotations

from itertools import islice

from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import Status
from casegraph.web.base import Ask, View

_MOST = 100  # proposals that are counted


class Home(Record, frozen=True, kw_only=True):
    """Where a case stands."""

    status: Status
    claims: int
    pages: int
    languages: dict[str, int]  # documents by language
    origins: int  # of claims that several documents make
    proposals: int  # pairs of entities that wait for a word, at most 100


def home(case: Case, _: Ask) -> Home:
    """Return what is in the case."""
    status = case.status()
    records = {name: count for stage in status.stages for name, count in stage.records.items()}
    languages: dict[str, int] = {}
    for row in case.documents():
        if row.document is not None and row.document.language:
            languages[row.document.language] = languages.get(row.document.language, 0) + 1
    return Home(
        status=status,
        claims=records.get("claim", 0),
        pages=records.get("page", 0),
        languages=dict(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        origins=sum(len(one.origins) for one in case.corroborations()),
        proposals=sum(1 for _ in islice(case.proposals(limit=_MOST), _MOST)),
    )


HOME = View("home", "/", Home, home, "What is in the case.")
