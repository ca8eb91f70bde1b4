"""Whether a person holds two entities to be one."""

from __future__ import annotations

from contextlib import suppress
from typing import cast, get_args

from casegraph.errors import CaseLockedError, UsageError
from casegraph.model import JudgementValue
from casegraph.pipeline.case import Case
from casegraph.web.actions.saying import why
from casegraph.web.base import Action, Ask
from casegraph.web.rendering import link


def judge(case: Case, ask: Ask) -> str:
    """Take down a word on two entities and let the entities follow; lead back to the one it was said of.

    While a build runs it is the build that lets them follow, at its end.
    """
    entity, other, value = ask.path["entity"], ask.text("other"), ask.text("judgement")
    if other is None:
        raise UsageError("name the other entity")
    if value not in get_args(JudgementValue):
        raise UsageError("choose whether they are the same")
    case.judge(entity, other, cast("JudgementValue", value), note=why(ask))
    with suppress(CaseLockedError):
        case.update_entities()
    return link("entities", _now(case, ask.text("page") or entity))


def _now(case: Case, entity: str) -> str:
    """Return the id of the entity that an id means now; after a merge it may be that of the other."""
    return next((one.id for one in case.entities() if entity in one.merged), entity)


JUDGE = Action("/entities/{entity}/judge", judge)
