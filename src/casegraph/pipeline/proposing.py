"""The matcher's pairs as they stand: what waits for a person, what was merged, what numbers hold apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Judgement, JudgementValue, Pair, Reason
from casegraph.pipeline.changed import Proposal, ProposalState
from casegraph.pipeline.entities import columns_of
from casegraph.pipeline.keeping import Kept
from casegraph.pipeline.matches import match_shelf
from casegraph.pipeline.phrase import Phrase
from casegraph.pipeline.roster import roster
from casegraph.resolve import standing
from casegraph.store.codec import codec
from casegraph.store.manifest import mark_of

if TYPE_CHECKING:
    from casegraph.pipeline.plan import Ground

_SIDES: Kept[pa.Table] = Kept()  # whom each pair is of
RIVAL = Reason("rival", 0.0, "another entity fits as well")
HELD = Reason("apart", 0.0, "an identifier or a judgement of one of their names holds them apart")


def proposals(
    ground: Ground, *, name: str | None, state: ProposalState, everything: bool
) -> Iterator[Proposal]:
    """Yield pairs in one state, the best score first, of equal ones those named most often.

    What a person has said a word on is left out of what is proposed, unless `everything` is asked for.
    """
    known = roster(ground)
    into = known.into
    said = _said(standing(ground.journal.judgements()).values(), into)
    named = None if name is None else {known.ids[one] for one in known.named(Phrase(name))}
    found: dict[tuple[str, str], Proposal] = {}
    for pair in _pairs(ground, named, into):
        one, other = (into.get(given, given) for given in (pair.left, pair.right))
        if one not in known.numbers or other not in known.numbers or _state(pair, one, other) != state:
            continue
        if named is not None and named.isdisjoint((one, other)):
            continue
        sides = (one, other) if state != "merged" else (pair.left, pair.right)
        key = (min(sides), max(sides))
        judgement = said.get((min(one, other), max(one, other)))
        if state == "proposed" and judgement is not None and not everything:
            continue
        if key not in found or found[key].score < pair.score:
            found[key] = Proposal(
                left=sides[0],
                left_name=known.captions[known.numbers[one]],
                right=sides[1],
                right_name=known.captions[known.numbers[other]],
                score=pair.score,
                state=state,
                reasons=(*pair.reasons, *_why_not(pair, state)),
                judgement=judgement,
            )

    def order(row: Proposal) -> tuple[float, int, str, str]:
        sides = (known.numbers[into.get(side, side)] for side in (row.left, row.right))
        mentions = sum(known.mentions[number] for number in sides)
        return -row.score, -mentions, row.left, row.right

    yield from sorted(found.values(), key=order)


def _pairs(ground: Ground, named: set[str] | None, into: Mapping[str, str]) -> Iterator[Pair]:
    """Yield the pairs with one of some entities, or all. To read all with their reasons takes seconds."""
    shelf = match_shelf(ground.derived)
    if named is None:
        yield from shelf.records(Pair, "")
        return
    given = pa.array(sorted(named.union(one for one, entity in into.items() if entity in named)), pa.string())
    sides = _SIDES.get(
        ground.folder.absolute(),
        mark_of(shelf.folder),
        lambda _: shelf.rows(Pair, "", columns=("left", "right")),
    )
    places = sorted(set(_with(sides, given).column("key_document").to_pylist()))
    if places:
        yield from codec(Pair).decode(_with(shelf.rows(Pair, "", documents=places), given))


def _with(rows: pa.Table, given: pa.Array) -> pa.Table:
    sides = (pc.is_in(rows.column(name), value_set=given) for name in ("left", "right"))
    return rows.filter(pc.or_(*sides))


def open_count(ground: Ground, most: int) -> int:
    """Return how many pairs of entities wait for a person's word, up to `most`."""
    known = roster(ground)
    said = _said(standing(ground.journal.judgements()).values(), known.into)
    rows = match_shelf(ground.derived).rows(Pair, "", columns=("left", "right", "outcome"))
    found: set[tuple[str, str]] = set()
    for left, right, outcome in zip(*columns_of(rows, "left", "right", "outcome"), strict=True):
        one, other = sorted((known.into.get(left, left), known.into.get(right, right)))
        if one == other or outcome == "vetoed" or (one, other) in said:
            continue
        if one in known.numbers and other in known.numbers:
            found.add((one, other))
            if len(found) == most:
                break
    return len(found)


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
