"""What is done on the case at this moment, and how far it is."""

from __future__ import annotations

from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import Status
from casegraph.web.base import Ask, View
from casegraph.web.work import WorkState


class Building(Record, frozen=True, kw_only=True):
    """A build, or decisions that are followed; and where the stages stand."""

    work: WorkState
    busy: bool  # something is done here
    status: Status


def building(case: Case, ask: Ask) -> Building:
    """Return what is done."""
    return Building(work=ask.work.state(), busy=ask.work.busy, status=case.status())


def _moving(found: Building) -> bool:
    return found.busy or found.status.locked


BUILDING = View(
    "building", "/build", Building, building, "What is done on the case at this moment.", moving=_moving
)
