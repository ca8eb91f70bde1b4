"""How credible a person holds a claim to be."""

from __future__ import annotations

from casegraph.errors import UsageError
from casegraph.pipeline.case import Case
from casegraph.web.actions.saying import why
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
    return link("claims", said.subject)


GRADE = Action("/claims/{claim}/grade", grade)
