"""The matcher's pairs as they stand: what waits for a person, what was merged, what numbers hold apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from casegraph.model import Judgement, JudgementValue, Pair, Reason
from casegraph.pipeline.changed import Proposal, ProposalState
from casegraph.pipeline.matches import match_shelf
from casegraph.pipeline.phrase import Phrase
from casegraph.pipeline.query import Query
from casegraph.resolve import standing

if TYPE_CHECKING:
    from casegraph.pipeline.plan import Ground

RIVAL = Reason("rival", 0.0, "another entity fits as well")
HELD = Reason("apart", 0.0, "an identifier or a judgement of one of their names holds them apart")


def proposals(
    ground: Ground, query: Query, *, name: str | None, state: ProposalState, everything: bool
) -> Iterator[Proposal]:
    """Yield pairs in one state, the best score first, of equal ones those named most often.

    What a person has said a word on is left out of what is proposed, unless `everything` is asked for.
    """
    entities = {one.id: one for one in query.entities()}
    into = query.merged()
    said = _said(standing(ground.journal.judgements()).values(), into)
    phrase = None if name is None else Phrase(name)
    found: dict[tuple[str, str], Proposal] = {}
    for pair in match_shelf(ground.derived).records(Pair, ""):
        one, other = (into.get(given, given) for given in (pair.left, pair.right))
        if one not in entities or other not in entities or _state(pair, one, other) != state:
            continue
        if phrase is not None and not any(phrase.names(entities[side]) for side in (one, other)):
            continue
        sides = (one, other) if state != "merged" else (pair.left, pair.right)
        key = (min(sides), max(sides))
        judgement = said.get((min(one, other), max(one, other)))
        if state == "proposed" and judgement is not None and not everything:
            continue
        if key not in found or found[key].score < pair.score:
            found[key] = Proposal(
                left=sides[0],
                left_name=entities[one].name,
                right=sides[1],
                right_name=entities[other].name,
                score=pair.score,
                state=state,
                reasons=(*pair.reasons, *_why_not(pair, state)),
                judgement=judgement,
            )

    def order(row: Proposal) -> tuple[float, int, str, str]:
        mentions = sum(entities[into.get(side, side)].mentions for side in (row.left, row.right))
        return -row.score, -mentions, row.left, row.right

    yield from sorted(found.values(), key=order)


def scores(ground: Ground, into: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """Return the best score of each pair of entities that the matcher has compared."""
    found: dict[tuple[str, str], float] = {}
    for pair in match_shelf(ground.derived).records(Pair, ""):
        one, other = sorted((into.get(pair.left, pair.left), into.get(pair.right, pair.right)))
        found[one, other] = max(pair.score, found.get((one, other), 0.0))
    return found


def _state(pair: Pair, one: str, other: str) -> ProposalState:
    if one == other:
        return "merged"
    return "vetoed" if pair.outcome == "vetoed" else "proposed"


def _why_not(pair: Pair, state: ProposalState) -> tuple[Reason, ...]:
    """Return why two were not merged that the matcher holds to be one."""
    if state != "proposed" or pair.outcome == "proposal":
        return ()
    return (RIVAL,) if pair.outcome == "same" else (HELD,)


def _said(judgements: Iterable[Judgement], into: Mapping[str, str]) -> dict[tuple[str, str], JudgementValue]:
    """Return the last word on pairs of entities as the case has them now."""
    found: dict[tuple[str, str], JudgementValue] = {}
    for one in judgements:
        a, b = sorted((into.get(one.left, one.left), into.get(one.right, one.right)))
        found[a, b] = one.judgement
    return found
