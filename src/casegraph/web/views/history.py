"""All that people decided."""

from __future__ import annotations

from collections.abc import Iterable

from casegraph.errors import UsageError
from casegraph.model import Claim, Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reviewing import Decided
from casegraph.publish.phrases import what
from casegraph.web.base import PAGE, Ask, Slice, View
from casegraph.web.views.lists import sliced


class History(Record, frozen=True, kw_only=True):
    """A list of decisions, the latest first."""

    rows: tuple[Decided, ...]
    names: dict[str, str]  # of their claims and entities, as far as the case has them
    slice: Slice


def history(case: Case, ask: Ask) -> History:
    """Return the decisions."""
    rows, which = sliced(case.history(), ask)
    return History(rows=rows, names=_names(case, rows), slice=which)


def _names(case: Case, rows: Iterable[Decided]) -> dict[str, str]:
    found: dict[str, str] = {}
    entities = {side for one in rows if one.judgement for side in one.judgement.pair}
    if entities:
        found |= case.captions_of(entities)
    for claim in {id_ for one in rows if (id_ := _claim(one))}:
        read = _read(case, claim)
        if read is not None:
            found[claim] = what(read)
    return found


def _claim(one: Decided) -> str | None:
    if one.review is not None:
        return one.review.claim
    return one.grade.subject if one.grade is not None and one.grade.axis == "credibility" else None


def _read(case: Case, claim: str) -> Claim | None:
    try:
        return case.claim(claim)
    except UsageError:  # its words are in the case no more
        return None


HISTORY = View("history", "/history", History, history, "All that people decided, the latest first.", (PAGE,))
