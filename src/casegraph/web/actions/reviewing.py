"""What a person says of a claim: that it stands or not, how it is to be read, marks; and undoing."""

from __future__ import annotations

from typing import cast

from casegraph.errors import UsageError
from casegraph.model import ROLES, Claim, ClaimReview, Verdict
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import ClaimView
from casegraph.pipeline.reviewed import SEVERAL
from casegraph.web.actions.saying import afterwards, why
from casegraph.web.base import Action, Ask, NotThereError, looked_up
from casegraph.web.rendering import link
from casegraph.web.wording import role_names, said_by

BETWEEN = ";"
"""Several names in one field."""


def review(case: Case, ask: Ask) -> str:
    """Take down that a claim stands or not, or take that back."""
    verdict = ask.text("verdict")
    if verdict is None:
        raise UsageError("choose whether to accept or to reject")
    given = "" if verdict == "undo" else verdict
    said = case.review(ask.path["claim"], cast("Verdict", given), note=why(ask))
    ask.work.follow()
    return afterwards(ask, link("claims", said.claim))


def correct(case: Case, ask: Ask) -> str:
    """Take down what of a claim is to be read otherwise: the fields that differ from the machine's."""
    with looked_up():
        view = case.show(ask.path["claim"])
    if not isinstance(view, ClaimView):
        raise NotThereError("that is no claim")
    read = view.read or view.claim
    said = case.correct(read.id) if ask.text("as_read") else _corrected(case, read, ask)
    ask.work.follow()
    return afterwards(ask, link("claims", said.claim))


def _corrected(case: Case, read: Claim, ask: Ask) -> ClaimReview:
    roles: dict[str, list[str]] = {}
    for role in ROLES[read.kind]:
        if f"role.{role}" in ask.query:
            text = ask.text(f"role.{role}") or ""
            if text != role_names(read, role):
                names = text.split(BETWEEN) if role == SEVERAL else [text]
                roles[role] = [name.strip() for name in names if name.strip()]
    speaker = ask.text("said_by")
    changed = speaker is not None and speaker != said_by(read)
    if not roles and not changed:
        raise UsageError("that is what the machine has read; change a name first")
    return case.correct(read.id, roles=roles, said_by=speaker if changed else None, note=why(ask))


def mark(case: Case, ask: Ask) -> str:
    """Take down a remark, tags or a star: those that the form has."""
    claim = ask.path["claim"]
    id_ = case.claim(claim).id
    now = case.reviews().get(id_)
    if "tags" in ask.query and (ask.text("tags") or "") != (", ".join(now.tags) if now else ""):
        case.mark(id_, "tags", ask.text("tags") or "")
    if "remark" in ask.query and (ask.text("remark") or "") != (now.note if now else ""):
        case.mark(id_, "note", ask.text("remark") or "")
    if "star" in ask.query:
        case.mark(id_, "star", "1" if ask.text("star") == "1" else "")
    return afterwards(ask, link("claims", id_))


def undo(case: Case, ask: Ask) -> str:
    """Say again what held before a decision."""
    number = ask.path["number"]
    if not (number.isascii() and number.isdecimal() and len(number) < 12):
        raise NotThereError("the journal has no such decision")
    case.undo(int(number))
    ask.work.follow()
    return "/history"


REVIEW = Action("/claims/{claim}/review", review)
CORRECT = Action("/claims/{claim}/correct", correct)
MARK = Action("/claims/{claim}/mark", mark)
UNDO = Action("/history/{number}/undo", undo)
