"""What a person says of claims: taken down, taken back, listed with all other decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import msgspec
from msgspec.structs import replace

from casegraph.errors import UsageError
from casegraph.model import (
    ROLES,
    Claim,
    ClaimReview,
    Correction,
    Filled,
    Grade,
    Judgement,
    JudgementValue,
    Record,
    ReviewAspect,
    Verdict,
)
from casegraph.pipeline.judging import Judging
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import ENTITY, Query
from casegraph.pipeline.reviewed import SEVERAL, Reviewed, standing
from casegraph.publish.phrases import named, speaker
from casegraph.resolve import contradicted
from casegraph.store.decided import Decision
from casegraph.store.journal import now
from casegraph.text import fold_blanks

LONGEST = 2_000
"""Characters of what a person says."""

MOST_TAGS = 20
STAR = "1"


class Decided(Record, frozen=True, kw_only=True):
    """A decision of a person, with its place in the journal."""

    number: int  # of its link in the journal's chain
    judgement: Judgement | None = None  # one of these three is there
    grade: Grade | None = None
    review: ClaimReview | None = None
    stands: bool = True  # no later word on the same


class Reviewing:
    """What people say of the claims of one case."""

    def __init__(self, ground: Ground, query: Query, pen_name: str | None) -> None:
        self._ground, self._query, self._pen_name = ground, query, pen_name

    def verdict(self, claim: Claim, verdict: str, note: str) -> ClaimReview:
        """Take down whether a claim stands."""
        if verdict and verdict not in get_args(Verdict):
            raise UsageError(f"a claim is {' or '.join(get_args(Verdict))}, not {verdict!r}")
        return self._keep(claim, "verdict", verdict, note, words(claim))

    def correct(
        self, claim: Claim, roles: Mapping[str, Sequence[str]], said_by: str | None, note: str
    ) -> ClaimReview:
        """Take down how a claim is to be read; nothing at all takes an earlier reading back."""
        known = ROLES[claim.kind]
        for role, names in roles.items():
            if role not in known:
                told = f"its roles are {', '.join(known)}" if known else "it has none"
                raise UsageError(f"a claim of the kind {claim.kind} has no role {role!r}; {told}")
            if len(names) > 1 and role != SEVERAL:
                raise UsageError(f"{role} takes one name")
        filled = {role: tuple(map(self._filled, names)) for role, names in roles.items()}
        correction = Correction(roles=filled, speaker=None if said_by is None else self._filled(said_by))
        value = msgspec.json.encode(correction).decode() if roles or said_by is not None else ""
        return self._keep(claim, "correction", value, note, words(claim))

    def _filled(self, name: str) -> Filled:
        """Return a name with its entity, where just one is meant."""
        name = fold_blanks(name)
        if not name or len(name) > LONGEST:
            raise UsageError(f"a name has from 1 to {LONGEST:,} characters")
        try:
            entity = Judging(self._ground, self._query).entity(name)
        except UsageError:
            return Filled(name=name)
        known = self._query.entity(entity)
        by_id = known is not None and ENTITY.fullmatch(name) is not None
        return Filled(name=known.name if known is not None and by_id else name, entity=entity)

    def mark(self, claim: Claim, aspect: ReviewAspect, value: str) -> ClaimReview:
        """Take down a note, tags or a star."""
        if aspect == "tags":
            tags = dict.fromkeys(tag for part in value.split(",") if (tag := fold_blanks(part)))
            if len(tags) > MOST_TAGS:
                raise UsageError(f"a claim has up to {MOST_TAGS} tags")
            value = ",".join(tags)
        elif aspect == "star":
            value = STAR if value else ""
        elif aspect != "note":
            raise UsageError(f"{aspect!r} is no mark; there are note, tags and star")
        return self._keep(claim, aspect, value.strip(), "", "")

    def _keep(self, claim: Claim, aspect: ReviewAspect, value: str, note: str, read: str) -> ClaimReview:
        if len(value) > LONGEST or len(note) > LONGEST:
            raise UsageError(f"what is said of a claim has up to {LONGEST:,} characters")
        said = ClaimReview(
            claim=claim.id, document=claim.document, aspect=aspect, value=value, read=read, note=note,
            made=now(), pen_name=self._pen_name,
        )  # fmt: skip
        self._ground.journal.review([said])
        return said

    def reviewed(self) -> dict[str, Reviewed]:
        """Return what holds of each claim of which something does."""
        return standing(self._ground.journal.reviews())

    def undo(self, number: int) -> Decision:
        """Say again what held before a decision; raises UsageError where a later word has replaced it."""
        given = self._ground.journal.decisions()
        said = next((one for at, one in given if at == number), None)
        if said is None:
            raise UsageError(f"the journal has no decision {number}")
        if any(at > number and _subject(one) == _subject(said) for at, one in given):
            raise UsageError("a later word has replaced that one already")
        before = {_subject(one): one for at, one in given if at < number}
        return self._restore(said, before.get(_subject(said)))

    def _restore(self, said: Decision, before: Decision | None) -> Decision:
        moment, journal = now(), self._ground.journal
        if isinstance(said, Judgement):
            last: JudgementValue = before.judgement if isinstance(before, Judgement) else "no_judgement"
            judged = replace(said, judgement=last, note="", made=moment, pen_name=self._pen_name)
            if contradicted(journal.judgements(), judged) is not None:
                raise UsageError("that would contradict a judgement that was made since; undo that first")
            journal.judge([judged])
            return judged
        if isinstance(said, Grade):
            value = before.value if isinstance(before, Grade) else ""
            grade = replace(said, value=value, note="", made=moment, pen_name=self._pen_name)
            journal.grade(grade)
            return grade
        value = before.value if isinstance(before, ClaimReview) else ""
        review = replace(said, value=value, note="", made=moment, pen_name=self._pen_name)
        journal.review([review])
        return review

    def history(self) -> Iterator[Decided]:
        """Yield all decisions of people, the latest first."""
        later: set[tuple[str, ...]] = set()
        for number, said in reversed(self._ground.journal.decisions()):
            of = _subject(said)
            yield Decided(
                number=number,
                judgement=said if isinstance(said, Judgement) else None,
                grade=said if isinstance(said, Grade) else None,
                review=said if isinstance(said, ClaimReview) else None,
                stands=of not in later,
            )
            later.add(of)


def _subject(said: Decision) -> tuple[str, ...]:
    """Return what a decision is on: the last one on it holds."""
    if isinstance(said, Judgement):
        return said.pair
    if isinstance(said, Grade):
        return said.axis, said.subject
    return said.aspect, said.claim


def words(claim: Claim) -> str:
    """Return who and what the machine has read, as a person may want to compare it later."""
    found = [f"{role}: {named(party) or '-'}" for role, party in claim.roles.items()]
    found += [f"said by: {speaker(link)}" for link in claim.attribution[:1]]
    return "; ".join(found)
