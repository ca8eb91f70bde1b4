"""Statements that say the same in other words: by names and words in common, or by sense in one story.

Two statements mean the same where the encoder says that they are near. How near they must be depends on
what else ties them: a text that was made from the other keeps its matter, two reports of one event have names
in common, and of what shares no name nothing is known: accidents are told in the same words everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casegraph.model import Claim, Derivation, Quantity
from casegraph.trace import alike, sense, stance, values
from casegraph.trace.base import Reported
from casegraph.trace.context import Names, common, days_apart, in_text, kin_of, periods, speakers
from casegraph.trace.matter import Matter, keys_of, matter, says_the_same
from casegraph.trace.measures import TOLLS, by_unit, compared, measures, numbers

_LEAST, _MEAN = 0.2, 0.33
"""Cosine that two statements of one cluster have at least, and two groups on average."""
_KIN, _KIN_ABROAD = 0.55, 0.5
"""Cosine from which on statements of two documents, of which one was made from the other, say the same."""
_KIN_FIGURE, _KIN_BEST = 0.42, 0.45
"""The same with a figure or a rare unit in common; where no other statement of either document is nearer."""
_OTHER = 0.72  # with figures that differ, of two reports
_COPIED = 0.7  # of a statement and its copy
_DENIED = 0.68
"""Cosine of a denial and what it is of. Less is a matter in common: who did not order it does not deny it."""
_SURE, _NEVER = 0.8, 2.0
_DAYS, _MONTH = 10, 45
"""Days between reports of one event; between two that tell other figures of it."""
PLAIN = frozenset({"people", "item", "d", "%"})
"""Units that stand in every story: a value of them in common says little."""

Pair = tuple[int, int]


@dataclass
class Said:
    """A statement as often as its words stand in the block."""

    claims: list[Reported]

    @property
    def first(self) -> Claim:
        """Its first claim."""
        return self.claims[0].claim

    @cached_property
    def words(self) -> str:
        """Its words."""
        return alike.words(self.first)

    @cached_property
    def about(self) -> Matter:
        """What it is about."""
        return matter(self.first)

    @cached_property
    def documents(self) -> frozenset[str]:
        """Where it stands."""
        return frozenset(one.document.id for one in self.claims)

    @cached_property
    def measures(self) -> tuple[Quantity, ...]:
        """What it counts."""
        return measures(self.words)

    @cached_property
    def side(self) -> stance.Side:
        """On which side of its content it stands."""
        return stance.side(self.first)

    @cached_property
    def script(self) -> str:
        """In which script it is."""
        return alike.script(self.words)


class Reading:
    """The statements of a block, whom their documents name, and how near they are in sense."""

    def __init__(self, block: Sequence[Reported], steps: Sequence[Derivation] = ()) -> None:
        by_words: defaultdict[str, list[Reported]] = defaultdict(list)
        for one in sorted(block, key=lambda one: one.claim.id):
            if one.claim.kind == "statement":
                words = alike.statement_key(one.claim)
                by_words[one.claim.id if words is None else words].append(one)
        self.statements = [Said(claims) for _, claims in sorted(by_words.items())]
        self._number = {
            one.claim.id: number for number, said in enumerate(self.statements) for one in said.claims
        }
        self._names = Names(block)
        self._kin = kin_of(steps)
        self._steps = [(step.document, step.source) for step in steps if step.source is not None]
        self._fit = self._fitting()
        self._row = {number: row for row, number in enumerate(self._fit)}
        vectors = sense.meanings([self.statements[number].words for number in self._fit])
        self._near = vectors @ vectors.T

    def _fitting(self) -> list[int]:
        fit = [
            number
            for number, one in enumerate(self.statements)
            if sense.encoded(one.claims[0].document.language, one.words)
        ]
        documents = {id_ for number in fit for id_ in self.statements[number].documents}
        return fit if len(documents) > 1 and len(fit) <= sense.MOST else []

    @cached_property
    def counted(self) -> Mapping[str, Sequence[Quantity]]:
        """What each document counts, in whatever statement."""
        found: defaultdict[str, list[Quantity]] = defaultdict(list)
        for said in self.statements:
            for id_ in said.documents:
                found[id_] += said.measures
        return found

    def near(self, one: Claim, other: Claim) -> float:
        """Return how near two statements are, 0 where that is not known."""
        rows = [self._row.get(self._number.get(claim.id, -1)) for claim in (one, other)]
        return float(self._near[rows[0], rows[1]]) if None not in rows else 0.0

    def copied(self, one: Claim, other: Claim, *, passage: bool) -> bool:
        """Say whether one claim can be a copy of the other, by sense; in a passage they stand together."""
        near = self.near(one, other)
        return near == 0 or near >= (_KIN_BEST if passage else _COPIED)

    def akin(self, one: str, other: str) -> bool:
        """Say whether of two documents one was made from the other, or both from a third."""
        return self._kin.get(one, one) == self._kin.get(other, other)

    def groups(self, together: Iterable[tuple[str, str]]) -> list[list[Reported]]:
        """Return the statements in groups that say the same; `together` are claims known to do so."""
        of = self._number
        groups = _Groups(self.statements)
        for one, other in together:
            if one in of and other in of:
                groups.join(of[one], of[other])
        for left, right in _by_words(self.statements):
            groups.join(left, right)
        for left, right in self._pairs():
            if groups.fit(left, right, self):
                groups.join(left, right)
        return [
            [one for number in group for one in self.statements[number].claims] for group in groups.found()
        ]

    def denied(self) -> Iterator[tuple[Claim, Claim]]:
        """Yield denials with statements of their story that say what they deny."""
        sides = np.array([self.statements[number].side for number in self._fit])
        rows, columns = np.nonzero(
            (self._near >= _DENIED) & (sides == "against")[:, None] & (sides == "for")[None, :]
        )
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            denial, one = self.statements[self._fit[row]], self.statements[self._fit[column]]
            if not one.about.negated and self._one_story(denial, one):
                yield from ((left.claim, right.claim) for left in denial.claims for right in one.claims)

    def _one_story(self, one: Said, other: Said) -> bool:
        if self.akin_statements(one, other) or one.documents & other.documents:
            return True
        shared, names = self.anchors(one, other)
        return shared >= 2 and names >= 1

    def near_pairs(self, least: float) -> Iterator[tuple[Said, Said, float]]:
        """Yield every two statements that are at least so near in sense."""
        rows, columns = np.nonzero(np.triu(self._near >= least, 1))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            one, other = self.statements[self._fit[row]], self.statements[self._fit[column]]
            yield one, other, float(self._near[row, column])

    def repeating(self, claim: Claim, value: Quantity, least: float) -> Iterator[Said]:
        """Yield statements on its side that are so near to one in sense and have the number of a value."""
        row = self._row.get(self._number.get(claim.id, -1))
        if row is None:
            return
        own = self.statements[self._fit[row]]
        for column in np.flatnonzero(self._near[row] >= least).tolist():
            other = self.statements[self._fit[column]]
            if own.side == other.side and {value.minimum, value.maximum} & set(numbers(other.words)):
                yield other

    def _pairs(self) -> list[Pair]:
        """Return the pairs that say the same, the nearest first."""
        rows, columns = np.nonzero(np.triu(self._near >= min(_KIN_FIGURE, _KIN_ABROAD), 1))
        best = self._mutual()
        found = []
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            left, right = self._fit[row], self._fit[column]
            near = float(self._near[row, column])
            if self._same(left, right, near, best=(row, column) in best):
                found.append((-round(near, 4), left, right))
        return [(left, right) for _, left, right in sorted(found)]

    def _mutual(self) -> set[Pair]:
        """Return pairs of rows of a document and of what it was made from that are each other's nearest."""
        at: defaultdict[str, list[int]] = defaultdict(list)
        for row, number in enumerate(self._fit):
            for id_ in self.statements[number].documents:
                at[id_].append(row)
        found: set[Pair] = set()
        for document, source in self._steps:
            ours, theirs = at.get(document, []), at.get(source or "", [])
            if not ours or not theirs:
                continue
            part = self._near[np.ix_(ours, theirs)]
            nearest, back = part.argmax(axis=1), part.argmax(axis=0)
            for place, other in enumerate(nearest.tolist()):
                if back[other] == place:
                    pair = ours[place], theirs[other]
                    found.add((min(pair), max(pair)))
        return found

    def may(self, left: int, right: int) -> bool:
        """Say whether two statements of groups that are to be joined can be the same."""
        one, other = self.statements[left], self.statements[right]
        return one.side == other.side and _elsewhere(one, other)

    def nearness(self, ones: Sequence[int], others: Sequence[int]) -> tuple[float, float]:
        """Return how near two groups are: at least, and on average. What is not encoded does not count."""
        left, right = ([self._row[one] for one in group if one in self._row] for group in (ones, others))
        if not left or not right:
            return 1.0, 1.0
        part = self._near[np.ix_(left, right)]
        return float(part.min()), float(part.mean())

    def _same(self, left: int, right: int, near: float, *, best: bool) -> bool:
        one, other = self.statements[left], self.statements[right]
        if one.side != other.side or one.about.negated != other.about.negated or not _elsewhere(one, other):
            return False
        if self.akin_statements(one, other):
            return near >= self._least_akin(one, other, best=best)
        return near >= self._least(one, other, _figures(one, other))

    def akin_statements(self, one: Said, other: Said) -> bool:
        """Say whether two statements stand in documents that were made from one another."""
        groups = {self._kin[id_] for id_ in one.documents if id_ in self._kin}
        return any(self._kin.get(id_) in groups for id_ in other.documents)

    def _least_akin(self, one: Said, other: Said, *, best: bool) -> float:
        if _rare(one.measures) & _rare(other.measures):
            return _KIN_FIGURE
        if best and compared(one.measures, other.measures) != "different":
            return _KIN_BEST
        return _KIN if one.script == other.script else _KIN_ABROAD

    def anchors(self, one: Said, other: Said) -> tuple[int, int]:
        """Return how many names two statements' documents share, and how many they share themselves."""
        shared = max(
            self._names.shared(left, right)
            for left in sorted(one.documents)[:3]
            for right in sorted(other.documents)[:3]
        )
        names = common(tuple(in_text(one.words)), tuple(in_text(other.words)))
        names += common(tuple(speakers(one.first)), tuple(speakers(other.first))) > 0
        return shared, names

    def _least(self, one: Said, other: Said, figures: values.Agreement) -> float:
        """Return how near two statements of different reports must be: the less else they share, the nearer.

        Reports of one event come within days. Figures of other days are other figures.
        """
        shared, names = self.anchors(one, other)
        apart = days_apart((two.document for two in one.claims), (two.document for two in other.claims))
        ones, others = periods(one.words), periods(other.words)
        close = apart is not None and apart <= _DAYS
        figure, rare = figures == "same", bool(_rare(one.measures) & _rare(other.measures))
        rules = (
            (shared == 0 or bool(ones and others and not ones & others), _NEVER),
            # The same names alone bring any two sentences near.
            (one.script == other.script and not one.about.stems & other.about.stems, _SURE),
            (shared >= 2 and close and bool(_tolls(one) & _tolls(other)), 0.35),
            (figures == "different" and shared >= 2 and names > 0 and 0 <= _or(apart) <= _MONTH, _OTHER),
            (figures == "different", _NEVER),
            (names >= 2 and figure and rare, 0.45),
            (names > 0 and figure, 0.55),
            (names >= 2, 0.58),
            (shared == 1, _SURE if names or figure else _NEVER),
            (names > 0 or figure, 0.62 if figure or close else 0.66),
            (close, 0.64),
            (shared >= 4, 0.68),
        )
        return next((least for holds, least in rules if holds), 0.74)

    def comparable(self, one: Claim, other: Claim) -> bool:
        """Say whether two statements tell one thing with numbers that differ."""
        left, right = (self.statements[self._number[claim.id]] for claim in (one, other))
        if self.akin_statements(left, right):
            return self.near(one, other) >= _KIN
        return self.near(one, other) >= self._least(left, right, "different")


def _or(apart: int | None) -> int:
    """Return some days, or less than none where they are not known."""
    return -1 if apart is None else apart


def _figures(one: Said, other: Said) -> values.Agreement:
    """Compare what two statements count, and where nothing is known of it their bare figures."""
    found = compared(one.measures, other.measures)
    ones, others = one.about.figures, other.about.figures
    return "different" if found == "unknown" and ones and others and not ones & others else found


def _tolls(said: Said) -> set[str]:
    return {value.unit for value in said.measures} & TOLLS


def _rare(found: Sequence[Quantity]) -> set[str]:
    """Return the units of some values that do not stand in every story, money by its sum."""
    return {
        unit if not unit.isupper() else f"{unit} {value.minimum or value.maximum:.3g}"
        for unit, own in by_unit(found).items()
        if unit not in PLAIN
        for value in own
    }


class _Groups:
    def __init__(self, statements: Sequence[Said]) -> None:
        self._statements = statements
        self._of = list(range(len(statements)))
        self._members = {number: [number] for number in self._of}

    def join(self, left: int, right: int) -> None:
        one, other = sorted((self._of[left], self._of[right]))
        if one == other:
            return
        moved = self._members.pop(other)
        self._members[one] += moved
        for number in moved:
            self._of[number] = one

    def fit(self, left: int, right: int, reading: Reading) -> bool:
        """Say whether nothing in two groups tells them apart."""
        ones, others = self._members[self._of[left]], self._members[self._of[right]]
        if ones is others or not all(reading.may(one, other) for one in ones for other in others):
            return ones is others
        least, mean = reading.nearness(ones, others)
        return least >= _LEAST and mean >= _MEAN

    def found(self) -> list[list[int]]:
        return [sorted(self._members[key]) for key in sorted(self._members)]


def _elsewhere(one: Said, other: Said) -> bool:
    """Say whether two statements stand in different documents, or one in the other's sentence."""
    for id_ in one.documents & other.documents:
        left = next(two.claim for two in one.claims if two.document.id == id_)
        right = next(two.claim for two in other.claims if two.document.id == id_)
        if not any(
            (a.page, a.start < b.end, b.start < a.end) == (b.page, True, True)
            for a in alike.contents(left)
            for b in alike.contents(right)
        ):
            return False
    return True


def _by_words(statements: Sequence[Said]) -> Iterator[Pair]:
    """Yield statements, by place, that share names and words of one language, in different documents.

    One that would join two which do not say the same joins neither.
    """
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    same: defaultdict[int, set[int]] = defaultdict(set)
    for number, own in enumerate(statements):
        keys = keys_of(own.about)
        for other in sorted({one for key in keys for one in by_key[key]}):
            if (
                own.side == statements[other].side
                and not own.documents & statements[other].documents
                and says_the_same(own.about, statements[other].about)
            ):
                same[number].add(other)
                same[other].add(number)
        for key in keys:
            by_key[key].append(number)
    for number, others in sorted(same.items()):
        if _agreed(number, same):
            yield from ((number, other) for other in sorted(others) if _agreed(other, same))


def _agreed(number: int, same: Mapping[int, set[int]]) -> bool:
    return all(one == other or other in same[one] for one in same[number] for other in same[number])
