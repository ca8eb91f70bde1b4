"""Scores of typed claims: kind and roles, then the qualifiers and the polarity of those that match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from casegraph.gates.forms import is_cyrillic, stems
from casegraph.gates.spans import Score
from casegraph.model import ROLES, Qualifiers
from casegraph.text import fold

_SYMMETRIC = frozenset({"family", "associate", "link", "identity"})
_LEADING = frozenset(
    {
        *(
            "the",
            "a",
            "an",
            "his",
            "her",
            "its",
            "their",
            "our",
            "my",
            "your",
            "this",
            "that",
            "these",
            "those",
        ),
        *("mr", "mrs", "ms", "dr", "sir", "dame", "lord", "lady"),
    }
)
# Legal forms: the commonest of ISO 20275, undotted.
_LEGAL = frozenset(
    {
        *(
            "ltd",
            "limited",
            "plc",
            "inc",
            "incorporated",
            "corp",
            "corporation",
            "co",
            "company",
            "llc",
            "llp",
        ),
        *("lp", "gmbh", "ag", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "ab", "as", "aps", "kg"),
        *(
            "kft",
            "sro",
            "doo",
            "ooo",
            "oao",
            "zao",
            "pao",
            "jsc",
            "ojsc",
            "pjsc",
            "fze",
            "fzco",
            "fzc",
            "dmcc",
        ),
        *("pte", "pty", "bhd", "kk", "sia", "uab"),
    }
)
_BREAKS = frozenset(
    {"of", "in", "at", "for", "from", "to", "on", "with", "by", "about", "near", "outside", "inside", "who"}
)
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]$")
_FEWEST = 3  # letters that two words must share to be forms of one


class Typed(Protocol):
    """What is scored: `Claim` and `Relation` alike."""

    @property
    def kind(self) -> str:
        """One of `ROLES`."""
        ...

    @property
    def roles(self) -> Mapping[str, Any]:
        """Fillers with a `name`, tuples of them, or None."""
        ...

    @property
    def polarity(self) -> str:
        """Positive or negative."""
        ...

    @property
    def qualifiers(self) -> Qualifiers:
        """Dates, sums and quantities."""
        ...


@dataclass(slots=True)
class RelationScores:
    """Counts over any number of items.

    `lenient` and `strict` are by kind; `repeats` counts claims that state a matched gold claim once
    more, which are neither right nor wrong; `polarity` is over the leniently matched.
    """

    lenient: dict[str, Score] = field(default_factory=dict)
    strict: dict[str, Score] = field(default_factory=dict)
    qualifiers: dict[str, Score] = field(default_factory=dict)
    polarity: Score = field(default_factory=Score)
    repeats: int = 0

    def add(self, other: RelationScores) -> None:
        """Count another item's scores in."""
        for mine, theirs in (
            (self.lenient, other.lenient), (self.strict, other.strict), (self.qualifiers, other.qualifiers)
        ):  # fmt: skip
            for name, score in theirs.items():
                mine.setdefault(name, Score()).add(score.right, score.found, score.wanted)
        self.polarity.add(other.polarity.right, other.polarity.found, other.polarity.wanted)
        self.repeats += other.repeats

    def micro(self, *, strict: bool = False) -> Score:
        """Return the sum over the kinds."""
        total = Score()
        for score in (self.strict if strict else self.lenient).values():
            total.add(score.right, score.found, score.wanted)
        return total

    def macro(self, *, strict: bool = False) -> float:
        """Return the mean F1 of the kinds that the gold holds."""
        held = [s.f1 for s in (self.strict if strict else self.lenient).values() if s.wanted]
        return sum(held) / len(held) if held else 1.0

    def rows(self) -> list[str]:
        """Return the lines of a table: kinds, sums, qualifiers, polarity."""
        lines = [
            f"{'kind':16}{'prec':>7}{'rec':>7}{'F1':>7}{'strict':>8}{'right':>7}{'found':>7}{'wanted':>8}"
        ]
        kinds = [kind for kind in ROLES if kind in self.lenient]
        lines += [_row(kind, self.lenient[kind], self.strict.get(kind, Score()).f1) for kind in kinds]
        lines.append(_row("micro", self.micro(), self.micro(strict=True).f1))
        lines.append(f"{'macro':16}{'':14}{self.macro():7.3f}{self.macro(strict=True):8.3f}")
        lines.extend(_row(f"- {name}", score, score.f1) for name, score in sorted(self.qualifiers.items()))
        lines.append(f"{'- polarity':16}{self.polarity.precision:7.3f}{'':29}{self.polarity.found:7}")
        return lines


def _row(name: str, score: Score, strict: float) -> str:
    return (
        f"{name:16}{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}{strict:8.3f}"
        f"{score.right:7}{score.found:7}{score.wanted:8}"
    )


def score_relations(predicted: Sequence[Typed], gold: Sequence[Mapping[str, Any]]) -> RelationScores:
    """Return the scores of one item's typed claims against its gold claims.

    A claim is right when its kind is and each role that the gold fills is filled by the same name:
    equal names count as strict, a shared head word as lenient. A role that the gold leaves open may be
    filled in the lenient score. Each gold claim is matched once, the best-qualified claim first.
    """
    found = [claim for claim in predicted if claim.kind != "statement"]
    wanted = [claim for claim in gold if claim["kind"] != "statement"]
    scores = RelationScores()
    for strict in (False, True):
        pairs = _pair(found, wanted, strict=strict)
        table = scores.strict if strict else scores.lenient
        repeated = _repeats(found, wanted, pairs, strict=strict)
        for target in wanted:
            table.setdefault(target["kind"], Score()).add(0, 0, 1)
        for place, claim in enumerate(found):
            if place not in repeated:
                table.setdefault(claim.kind, Score()).add(int(place in pairs), 1, 0)
        if not strict:
            scores.repeats = len(repeated)
            for place, number in pairs.items():
                _score_details(found[place], wanted[number], scores)
    return scores


def _pair(found: Sequence[Typed], wanted: Sequence[Mapping[str, Any]], *, strict: bool) -> dict[int, int]:
    """Return predicted index to gold index, each used once, best agreement first."""
    candidates = sorted(
        (-_agreement(claim, target), place, number)
        for place, claim in enumerate(found)
        for number, target in enumerate(wanted)
        if same_claim(claim, target, strict=strict)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, number in candidates:
        if place not in pairs and number not in taken:
            pairs[place] = number
            taken.add(number)
    return pairs


def _repeats(
    found: Sequence[Typed], wanted: Sequence[Mapping[str, Any]], pairs: Mapping[int, int], *, strict: bool
) -> set[int]:
    return {
        place
        for place, claim in enumerate(found)
        if place not in pairs and any(same_claim(claim, target, strict=strict) for target in wanted)
    }


def same_claim(claim: Typed, target: Mapping[str, Any], *, strict: bool) -> bool:
    """Return whether a claim states what a gold claim does: kind and roles."""
    if claim.kind != target["kind"]:
        return False
    roles: Mapping[str, Any] = target["roles"]
    if claim.kind == "event":
        return _same_event(claim, roles, strict=strict)
    have, want = _names(claim, ROLES[claim.kind]), [roles.get(role) for role in ROLES[claim.kind]]
    orders = [have]
    if claim.kind in _SYMMETRIC:
        orders.append(have[::-1])
    return any(
        all(_same_role(mine, theirs, strict=strict) for mine, theirs in zip(order, want, strict=True))
        for order in orders
    )


def _names(claim: Typed, roles: Iterable[str]) -> list[str | None]:
    fillers = (claim.roles.get(role) for role in roles)
    return [None if filler is None else str(filler.name) for filler in fillers]


def _same_role(mine: str | None, theirs: str | None, *, strict: bool) -> bool:
    if theirs is None:
        return mine is None or not strict
    return mine is not None and same_name(mine, theirs, strict=strict)


def _same_event(claim: Typed, roles: Mapping[str, Any], *, strict: bool) -> bool:
    people = claim.roles.get("participants") or ()
    have = [str(filler.name) for filler in (people if isinstance(people, tuple) else (people,))]
    want = [str(name) for name in roles.get("participants") or ()]
    met = sum(any(same_name(mine, theirs, strict=strict) for mine in have) for theirs in want)
    what = claim.roles.get("what")
    if what is not None and roles.get("what") and not _same_form(str(what.name), str(roles["what"])):
        return False
    if strict:
        return met == len(want) == len(have)
    return met > 0 and met * 2 >= len(want)


def _same_form(one: str, other: str) -> bool:
    """Return whether two phrases share a word or its stem ("drill", "drills")."""
    mine = {word[:_FEWEST] for word in fold(one).split()}
    return any(word[:_FEWEST] in mine for word in fold(other).split())


def same_name(one: str, other: str, *, strict: bool) -> bool:
    """Return whether two names are the same: equal words, or the head of one among the other's words.

    Two full names that share a surname alone ("Ilya Marchenkov", "Boris Marchenkov") are not.
    """
    mine, theirs = _words(one), _words(other)
    if mine == theirs:
        return bool(mine)
    if any(map(is_cyrillic, mine)) and any(map(is_cyrillic, theirs)):
        return _same_declined(stems(mine), stems(theirs), strict=strict)
    if strict or not mine or not theirs:
        return False
    if _HAN.search(mine[-1]) and _HAN.search(theirs[-1]):  # no blanks; the head is the last sign
        return one.endswith(other) or other.endswith(one)
    left, right = set(mine), set(theirs)
    if left - right and right - left and _is_proper(one) and _is_proper(other):
        return False
    return _head(mine) in right or _head(theirs) in left


def _same_declined(mine: list[str], theirs: list[str], *, strict: bool) -> bool:
    """Return whether names are the same in any case; leniently one holds the other."""
    if strict or mine == theirs:
        return mine == theirs
    short, long = sorted((set(mine), set(theirs)), key=len)
    return short <= long


def _words(name: str) -> list[str]:
    words = [word.replace("’", "'").replace(".", "") for word in _WORD.findall(fold(name))]
    words = [word.removesuffix("'s") for word in words]
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return words


def _head(words: Sequence[str]) -> str:
    """Return the last word before the first preposition."""
    cut = next((place for place, word in enumerate(words) if place and word in _BREAKS), len(words))
    return words[cut - 1]


def _is_proper(name: str) -> bool:
    words = [word for word in _WORD.findall(name) if word.lower() not in _LEADING | _BREAKS]
    return bool(words) and all(word[0].isupper() for word in words)


def _agreement(claim: Typed, target: Mapping[str, Any]) -> int:
    details = RelationScores()
    _score_details(claim, target, details)
    return sum(score.right for score in details.qualifiers.values()) + details.polarity.right


def _score_details(claim: Typed, target: Mapping[str, Any], scores: RelationScores) -> None:
    qualifiers: Mapping[str, Any] = target.get("qualifiers") or {}
    scores.polarity.add(int(claim.polarity == target.get("polarity", "positive")), 1, 1)
    have = {(date.start, date.end) for date in claim.qualifiers.dates if date.start or date.end}
    want = {(start, end) for start, end in qualifiers.get("dates") or ()}
    if have or want:
        scores.qualifiers.setdefault("dates", Score()).add(len(have & want), len(have), len(want))
    if (post := qualifiers.get("position")) is not None:  # posts are marked in a part of the gold only
        right = claim.qualifiers.position == post
        scores.qualifiers.setdefault("position", Score()).add(int(right), 1, 1)
    for name, unit in (("amount", "currency"), ("quantity", "unit"), ("share", "unit")):
        mine, theirs = getattr(claim.qualifiers, name), qualifiers.get(name)
        if mine is None and not theirs:
            continue
        right = mine is not None and theirs is not None and _same_value(mine, theirs, unit)
        scores.qualifiers.setdefault(name, Score()).add(int(right), int(mine is not None), int(bool(theirs)))


def _same_value(mine: Any, theirs: Mapping[str, Any], unit: str) -> bool:  # noqa: ANN401 - Amount or Quantity
    return (mine.minimum, mine.maximum, getattr(mine, unit)) == (
        theirs.get("minimum"), theirs.get("maximum"), theirs.get(unit)
    )  # fmt: skip
