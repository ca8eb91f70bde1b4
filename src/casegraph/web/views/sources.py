"""The sources, and how reliable people hold them to be."""

from __future__ import annotations

from collections import Counter

from casegraph.model import Grade, Record
from casegraph.pipeline.case import Case
from casegraph.web.base import PAGE, Ask, Slice, View
from casegraph.web.views.lists import sliced


class Source(Record, frozen=True, kw_only=True):
    """An outlet or a speaker."""

    name: str
    documents: int  # that it published
    settled: str | None  # grade that case.toml gives it
    grade: Grade | None  # that a person gave it since


class Sources(Record, frozen=True, kw_only=True):
    """A list of sources, those with most documents first."""

    rows: tuple[Source, ...]
    slice: Slice


def sources(case: Case, ask: Ask) -> Sources:
    """Return the outlets of documents, and all else that was graded."""
    counts = Counter(
        row.document.publisher
        for row in case.documents()
        if row.document is not None and row.document.publisher
    )
    settled = dict(case.settings.sources)
    grades = {one.subject: one for one in case.grades() if one.axis == "reliability"}
    names = sorted({*counts, *settled, *grades}, key=lambda name: (-counts[name], name))
    rows = (
        Source(name=name, documents=counts[name], settled=settled.get(name), grade=grades.get(name))
        for name in names
    )
    found, which = sliced(rows, ask)
    return Sources(rows=found, slice=which)


SOURCES = View("sources", "/sources", Sources, sources, "The sources and their grades.", (PAGE,))
