"""What could not be used, and why."""

from __future__ import annotations

from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import ProblemRow
from casegraph.web.base import PAGE, Ask, Parameter, Slice, View
from casegraph.web.views.lists import sliced


class Problems(Record, frozen=True, kw_only=True):
    """A list of problems."""

    rows: tuple[ProblemRow, ...]
    slice: Slice
    filters: dict[str, str]


def problems(case: Case, ask: Ask) -> Problems:
    """Return the problems that are asked for."""
    asked = {name: value for name in ("document", "code") if (value := ask.text(name)) is not None}
    rows, which = sliced(case.problems(document=asked.get("document"), code=asked.get("code")), ask)
    return Problems(rows=rows, slice=which, filters=asked)


PROBLEMS = View(
    "problems", "/problems", Problems, problems, "What could not be used, and why.",
    (PAGE, Parameter("document", "Name or id of a document."), Parameter("code", "Code of the problem.")),
)  # fmt: skip
