"""One claim with its words, and what people say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from casegraph.model import ROLES, Claim, Corroboration, Grade, Kind, Record, Stance
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import ClaimView
from casegraph.web.base import Ask, NotThereError, Parameter, View, looked_up
from casegraph.web.views.passages import Piece, around, pieces
from casegraph.web.views.sheets import Sheet, clipped, sheet

FILTERS = (
    Parameter("about", "A name, or an entity's id, in any role; `supplier:Orlan` asks for one role."),
    Parameter("said_by", "A name, or an entity's id, in the chain of speakers."),
    Parameter("kind", "Kind of claim.", {"type": "string", "enum": list(get_args(Kind))}),
    Parameter("stance", "What the speaker does with it.", {"type": "string", "enum": list(get_args(Stance))}),
    Parameter("document", "Name or id of a document."),
    Parameter("text", "Words of the passage."),
)

_NEAR = 400  # characters before and after a claim's words that are shown with it


class Against(Record, frozen=True, kw_only=True):
    """A claim that contradicts another."""

    claim: Claim
    words: str  # how
    name: str  # of its document


class Evidence(Record, frozen=True, kw_only=True):
    """A claim and the page that it stands on."""

    view: ClaimView
    pieces: tuple[Piece, ...]  # of the page around it
    cut: bool  # there is more of the page
    grade: Grade | None  # that a person gave it
    roles: tuple[str, ...]  # of its kind
    sources: dict[str, Grade | None]  # who speaks or publishes, and the grade that a person gave them
    sheet: Sheet | None  # its words as the document shows them, of PDF and scans
    against: tuple[Against, ...]  # the first claim of each other side that contradicts it


def evidence(case: Case, ask: Ask) -> Evidence:
    """Return one claim with its page."""
    with looked_up():
        return evidence_of(case, ask.path["claim"])


def evidence_of(case: Case, claim: str) -> Evidence:
    """Return a claim with its page."""
    view = case.show(claim)
    if not isinstance(view, ClaimView):
        raise NotThereError("that is no claim")
    near = around(tuple(pieces(view.page, [view.claim])), _NEAR)
    grades = {(one.axis, one.subject): one for one in case.grades() if one.value}
    seen = sheet(case, view.document, view.page.number, [view.claim], asked=view.claim.id)
    return Evidence(
        view=view,
        pieces=near,
        cut=sum(len(one.text) for one in near) < len(view.page.text),
        grade=grades.get(("credibility", view.claim.id)),
        roles=ROLES[view.claim.kind],
        sources={name: grades.get(("reliability", name)) for name in _voices(view)},
        sheet=clipped(seen),
        against=tuple(_contradicted(case, view)),
    )


def _contradicted(case: Case, view: ClaimView) -> Iterator[Against]:
    found: dict[str, str] = {}
    for cluster in case.opposed(view.claim.id):
        found = against(view.claim.id, cluster) | found
    for id_, words in found.items():
        claim = case.claim(id_)
        name = case.names([claim.document]).get(claim.document, claim.document)
        yield Against(claim=claim, words=words, name=name)


def against(claim: str, cluster: Corroboration | None) -> dict[str, str]:
    """Return the first claim of each other side that a claim is contradicted by, and how."""
    found: dict[str, str] = {}
    for conflict in cluster.contradictions if cluster is not None else ():
        sides = (conflict.left, conflict.right)
        for own, other in (sides, sides[::-1]):
            if claim in own and other:
                found.setdefault(other[0], conflict.words)
    return found


def _voices(view: ClaimView) -> tuple[str, ...]:
    """Return the names of who may be graded: speakers that are somebody, and the outlet."""
    spoken = [one.speaker for one in view.claim.attribution if one.speaker and not one.unnamed]
    return tuple(dict.fromkeys([*spoken, *filter(None, [view.document.publisher])]))


def asked_of(ask: Ask) -> dict[str, str]:
    """Return the filters of an address."""
    return {one.name: value for one in FILTERS if (value := ask.text(one.name)) is not None}


CLAIM = View("claim", "/claims/{claim}", Evidence, evidence, "One claim with its words.")
