"""The ledger of claims, and one claim with its words."""

from __future__ import annotations

from typing import Any, cast, get_args

from casegraph.model import Claim, Grade, Kind, Record, Stance
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import ClaimView
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.web.base import PAGE, Ask, NotThereError, Parameter, Slice, View, looked_up
from casegraph.web.views.documents import Piece, around, pieces
from casegraph.web.views.lists import sliced

FILTERS = (
    Parameter("about", "A name, or an entity's id, in any role."),
    Parameter("said_by", "A name, or an entity's id, in the chain of speakers."),
    Parameter("kind", "Kind of claim.", {"type": "string", "enum": list(get_args(Kind))}),
    Parameter("stance", "What the speaker does with it.", {"type": "string", "enum": list(get_args(Stance))}),
    Parameter("document", "Name or id of a document."),
    Parameter("text", "Words of the passage."),
)

_NEAR = 400  # characters before and after a claim's words that are shown with it


class Entry(Record, frozen=True, kw_only=True):
    """One line of the ledger."""

    claim: Claim
    backed: Backed | None = None  # where others say the same


class Ledger(Record, frozen=True, kw_only=True):
    """A list of claims."""

    rows: tuple[Entry, ...]
    names: dict[str, str]  # of their documents
    slice: Slice
    filters: dict[str, str]  # as asked
    kinds: tuple[str, ...] = get_args(Kind)
    stances: tuple[str, ...] = get_args(Stance)


class Evidence(Record, frozen=True, kw_only=True):
    """A claim and the page that it stands on."""

    view: ClaimView
    pieces: tuple[Piece, ...]  # of the page around it
    cut: bool  # there is more of the page
    grade: Grade | None  # that a person gave it


def ledger(case: Case, ask: Ask) -> Ledger:
    """Return the claims that are asked for."""
    asked = {one.name: value for one in FILTERS if (value := ask.text(one.name)) is not None}
    found, which = sliced(case.claims(**cast("dict[str, Any]", asked)), ask)
    documents = {claim.document for claim in found}
    backed = {one.claim: one for document in documents for one in case.backing(document)}
    rows = tuple(Entry(claim=claim, backed=backed.get(claim.id)) for claim in found)
    return Ledger(rows=rows, names=case.names(documents), slice=which, filters=asked)


def evidence(case: Case, ask: Ask) -> Evidence:
    """Return one claim with its page."""
    with looked_up():
        view = case.show(ask.path["claim"])
    if not isinstance(view, ClaimView):
        raise NotThereError("that is no claim")
    near = around(tuple(pieces(view.page, [view.claim])), _NEAR)
    cut = sum(len(one.text) for one in near) < len(view.page.text)
    return Evidence(view=view, pieces=near, cut=cut, grade=_grade(case, view.claim.id))


def _grade(case: Case, claim: str) -> Grade | None:
    return next(
        (one for one in case.grades() if (one.axis, one.subject) == ("credibility", claim) and one.value),
        None,
    )


CLAIMS = View("claims", "/claims", Ledger, ledger, "Who says what about whom.", (PAGE, *FILTERS))
CLAIM = View("claim", "/claims/{claim}", Evidence, evidence, "One claim with its words.")
