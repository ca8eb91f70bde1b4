"""How credible a person holds a claim to be, and how reliable a source."""

from __future__ import annotations

from casegraph.errors import UsageError
from casegraph.pipeline.case import Case
from casegraph.web.actions.saying import afterwards, why
from casegraph.web.base import Action, Ask
from casegraph.web.rendering import link


def grade(case: Case, ask: Ask) -> str:
    """Take a grade down, or back where the form says `undo`; lead back to the claim."""
    claim, value = ask.path["claim"], ask.text("value")
    if ask.text("undo"):
        value = ""
    elif value is None:
        raise UsageError("choose a grade from 1 to 6")
    said = case.grade_claim(claim, value, note=why(ask))
    return afterwards(ask, link("claims", said.subject))


def source(case: Case, ask: Ask) -> str:
    """Take down how reliable a source is, or take that back; claims follow."""
    name, value = ask.text("name"), ask.text("value")
    if name is None:
        raise UsageError("name the source")
    if ask.text("undo"):
        value = ""
    elif value is None:
        raise UsageError("choose a grade from A to F")
    case.grade_source(name, value, note=why(ask))
    ask.work.follow()
    where = ask.text("claim")
    return link("claims", where) if where else afterwards(ask, "/sources")


GRADE = Action("/claims/{claim}/grade", grade)
SOURCE = Action("/sources/grade", source)
