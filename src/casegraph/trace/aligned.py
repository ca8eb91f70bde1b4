"""Claims whose words a passage of a derivation brings together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from casegraph.model import Claim, Derivation, Passage, Target
from casegraph.trace import alike, stance, values

_HALF = 0.5
_LIKE = 75  # of 100: two statements in one language that are the same but for an edit
_MOST = 3  # statements in one passage that are told apart by their order alone

Pair = tuple[Claim, Claim]


def covered(targets: Sequence[Target], spans: Iterable[Target]) -> float:
    """Return which part of the characters of some targets lies in spans."""
    total = sum(one.end - one.start for one in targets)
    held = 0
    for one in targets:
        inside = [
            (max(one.start, span.start), min(one.end, span.end))
            for span in spans
            if (span.document, span.page) == (one.document, one.page)
        ]
        place = one.start
        for start, end in sorted(inside):
            held += max(0, end - max(start, place))
            place = max(place, end)
    return held / total if total else 0.0


def lies_in(claim: Claim, spans: Sequence[Target]) -> bool:
    """Say whether half of a claim's content, or of what it rests on, lies in spans."""
    return covered(alike.contents(claim), spans) >= _HALF or covered(claim.evidence, spans) >= _HALF


def taken(claim: Claim, step: Derivation) -> tuple[Passage, ...]:
    """Return the passages of a derivation from which most of a claim comes, if any."""
    if not lies_in(claim, [one.target for one in step.passages]):
        return ()
    parts = (*alike.contents(claim), *claim.evidence)
    return tuple(one for one in step.passages if covered(parts, [one.target]) > 0)


def in_source(claim: Claim, passages: Iterable[Passage]) -> bool:
    """Say whether most of a claim lies where passages come from."""
    return lies_in(claim, [one.source for one in passages if one.source is not None])


def passage_keys(claim: Claim, derivations: Iterable[Derivation]) -> Iterator[str]:
    """Yield keys of blocks where claims meet whose words a passage brings together.

    `derivations` are those of the claim's document from others and of others from it; more do no harm.
    """
    for step in derivations:
        if claim.document not in {step.document, step.source}:
            continue
        for number, passage in enumerate(step.passages):
            end = passage.target if claim.document == step.document else passage.source
            if end is not None and lies_in(claim, [end]):
                yield f"passage|{step.id}|{number}"
        if step.strength == "translation" and (figure := _figure(claim)):
            yield f"figure|{claim.kind}|{step.id}|{figure}"


def _figure(claim: Claim) -> str:
    """Return the first number of a typed claim that has a date as well, "" for others."""
    own = claim.qualifiers
    value = own.quantity or own.amount or own.share
    if claim.kind == "statement" or value is None or not own.dates:
        return ""
    return values.shown(value)


def ties(claims: Iterable[Claim], derivations: Iterable[Derivation]) -> dict[str, frozenset[str]]:
    """Return claims of one kind that a passage brings together, both ways, by id.

    Typed claims that share a party; statements one to one, by their words or, in another language, order.
    In a translation typed claims too that alone have one number and time: names are unlike in two scripts.
    """
    at: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        at[claim.document, claim.kind].append(claim)
    kinds = sorted({kind for _, kind in at})
    found: defaultdict[str, set[str]] = defaultdict(set)
    for step in derivations:
        for kind in kinds if step.source is not None else ():
            ours, theirs = at.get((step.document, kind), []), at.get((step.source or "", kind), [])
            pairs = list(_tied(ours, theirs, step.passages))
            if step.strength == "translation" and kind != "statement":
                pairs += _translated(ours, theirs)
            for left, right in pairs:
                found[left.id].add(right.id)
                found[right.id].add(left.id)
    return {claim: frozenset(others) for claim, others in found.items()}


def _tied(ours: Sequence[Claim], theirs: Sequence[Claim], passages: Iterable[Passage]) -> Iterator[Pair]:
    for passage in passages if ours and theirs else ():
        left = [one for one in ours if lies_in(one, [passage.target])]
        right = [one for one in theirs if passage.source is not None and lies_in(one, [passage.source])]
        if left and right and left[0].kind != "statement":
            only = len(left) == len(right) == 1
            yield from ((one, other) for one in left for other in right if _may_be_one(one, other, only=only))
        elif left and right:
            yield from _statements(left, right)


def _translated(ours: Sequence[Claim], theirs: Sequence[Claim]) -> Iterator[Pair]:
    """Yield claims of two scripts with one number and time that no other claim of the pair of texts has."""
    alike_ = [(one, other) for one in ours for other in theirs if _figures_agree(one, other)]
    for one, other in alike_:
        if sum(left is one or right is other for left, right in alike_) == 1:
            yield one, other


def _figures_agree(one: Claim, other: Claim) -> bool:
    if not _figure(one) or _figure(one) != _figure(other) or stance.side(one) != stance.side(other):
        return False
    if alike.script(alike.words(one)) == alike.script(alike.words(other)):
        return False
    return alike.compare(one, other).dates == "same"


def _may_be_one(one: Claim, other: Claim, *, only: bool) -> bool:
    """Say whether claims in one passage share a party, or stand alone there in two scripts (unlike names)."""
    if alike.compare(one, other).parties >= 1:
        return True
    return only and alike.script(alike.words(one)) != alike.script(alike.words(other))


def _statements(left: Sequence[Claim], right: Sequence[Claim]) -> Iterator[Pair]:
    ours, theirs = sorted(left, key=_place), sorted(right, key=_place)
    scored = sorted(
        (-fuzz.ratio(alike.words(one), alike.words(other)), place, place_)
        for place, one in enumerate(ours)
        for place_, other in enumerate(theirs)
        if alike.script(alike.words(one)) == alike.script(alike.words(other))
    )
    used: set[int] = set()
    used_: set[int] = set()
    for score, place, place_ in scored:
        if -score >= _LIKE and place not in used and place_ not in used_:
            used.add(place)
            used_.add(place_)
            yield ours[place], theirs[place_]
    yield from _in_order(
        [one for place, one in enumerate(ours) if place not in used],
        [one for place, one in enumerate(theirs) if place not in used_],
    )


def _in_order(left: Sequence[Claim], right: Sequence[Claim]) -> Iterator[Pair]:
    if len(left) != len(right) or not 0 < len(left) <= _MOST:
        return
    abroad = alike.script(alike.words(left[0])) != alike.script(alike.words(right[0]))
    if (abroad or len(left) == 1) and all(
        stance.side(one) == stance.side(other) for one, other in zip(left, right, strict=True)
    ):
        yield from zip(left, right, strict=True)


def _place(claim: Claim) -> tuple[int, int, int, str]:
    target = claim.content_target
    return target.page, target.start, target.end, claim.id
