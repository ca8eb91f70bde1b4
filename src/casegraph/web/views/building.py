"""What is done on the case at this moment, and how far it is."""

from __future__ import annotations

from msgspec.structs import replace

from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import Status, Underway
from casegraph.web.base import Ask, View
from casegraph.web.work import WorkState


class Building(Record, frozen=True, kw_only=True):
    """A build, or decisions that are followed; and where the stages stand."""

    work: WorkState
    busy: bool  # something is done here
    status: Status
    at: Underway | None  # how far it is, here or in another program; the stage in words


def building(case: Case, ask: Ask) -> Building:
    """Return what is done."""
    status, work = case.status(), ask.work.state()
    return Building(work=work, busy=ask.work.busy, status=status, at=how_far(work, status))


_STAGES = {
    "read": "reading",
    "extract": "finding names and sentences",
    "attribute": "finding who says what",
    "matches": "comparing names",
    "entities": "finding who is who",
    "lineage": "finding who copied whom",
    "search": "making the search",
}
"""What is done, by the names under which a build tells it."""


def how_far(work: WorkState, status: Status) -> Underway | None:
    """Return how far a build is, in words; None where none runs, or it has not said."""
    here = Underway(stage=work.stage, done=work.done, total=work.total)
    at = here if work.doing and work.total and not work.waiting else status.underway
    return None if at is None or not at.total else replace(at, stage=_STAGES.get(at.stage, at.stage))


def _moving(found: Building) -> bool:
    return found.busy or found.status.locked


BUILDING = View(
    "building", "/build", Building, building, "What is done on the case at this moment.", moving=_moving
)
