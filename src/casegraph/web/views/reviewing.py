"""Claims that wait for a person's word, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from casegraph.model import Claim, Record
from casegraph.pipeline.case import Case
from casegraph.web.base import Ask, Parameter, View
from casegraph.web.views.claims import FILTERS, Evidence, asked_of, evidence_of


class Queue(Record, frozen=True, kw_only=True):
    """The next claim without a verdict; None where there is none behind the one that was named."""

    evidence: Evidence | None
    filters: dict[str, str]
    reviewed: int  # claims that have a verdict
    after: str | None  # the claim behind which it was looked


def queue(case: Case, ask: Ask) -> Queue:
    """Return the next claim."""
    asked, after = asked_of(ask), ask.text("after")
    verdicts = {one.claim for one in case.reviews().values() if one.verdict is not None}
    claims = case.claims(**cast("dict[str, Any]", {name: asked[name] for name in asked if name in _OWN}))
    claim = next((one for one in _behind(claims, after) if one.id not in verdicts), None)
    return Queue(
        evidence=None if claim is None else evidence_of(case, claim.id),
        filters=asked,
        reviewed=len(verdicts),
        after=after,
    )


def _behind(claims: Iterator[Claim], after: str | None) -> Iterator[Claim]:
    """Yield the claims behind one, or all where it is none of them."""
    passed: list[Claim] = []
    for claim in claims if after is not None else ():
        if claim.id == after:
            passed.clear()
            break
        passed.append(claim)
    yield from passed
    yield from claims


_OWN = frozenset(one.name for one in FILTERS)
REVIEW = View(
    "review", "/review", Queue, queue, "The next claim that waits for a person's word.",
    (*FILTERS, Parameter("after", "Id of the claim behind which to look.")),
)  # fmt: skip
