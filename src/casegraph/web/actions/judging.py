"""Whether a person holds two entities to be one."""

from __future__ import annotations

from typing import cast, get_args

from casegraph.errors import UsageError
from casegraph.model import JudgementValue
from casegraph.pipeline.case import Case
from casegraph.web.actions.saying import afterwards, why
from casegraph.web.base import Action, Ask
from casegraph.web.rendering import link


def judge(case: Case, ask: Ask) -> str:
    """Take down a word on two entities; lead back to the one it was said of. The entities follow."""
    entity, other, value = ask.path["entity"], ask.text("other"), ask.text("judgement")
    if other is None:
        raise UsageError("name the other entity")
    if value not in get_args(JudgementValue):
        raise UsageError("choose whether they are the same")
    case.judge(entity, other, cast("JudgementValue", value), note=why(ask))
    ask.work.follow()
    return afterwards(ask, link("entities", ask.text("page") or entity))


JUDGE = Action("/entities/{entity}/judge", judge)
