"""What of two names speaks for and against one bearer, each as a number of 0 to 1 and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from casegraph.resolve.matching.chinese import is_han
from casegraph.resolve.matching.compare import Alignment, Pair, align, nicknamed, other_syllables, weight
from casegraph.resolve.matching.parts import Parts, Word
from casegraph.resolve.matching.schemes import scheme_of
from casegraph.resolve.matching.sounds import script, skeletons

FEATURES = (
    "worst", "mean", "lost_short", "lost_long", "both_lost", "trade_lost", "trade_differs", "single",
    "initial",
    "initial_differs", "turned", "joined", "form_differs", "form_missing", "number_missing", "number_differs",
    "number_same", "place_lost", "place_differs", "far", "cross_script", "consonants",
)  # fmt: skip
"""All names of features, in the order of weights.toml."""


_SLIP = 0.12  # one letter of eight


@dataclass(frozen=True, slots=True)
class Compared:
    """Two names side by side: values of the features, and the words for those that count."""

    values: dict[str, float]
    words: dict[str, str]
    alignment: Alignment


def compare(one: Parts, other: Parts) -> Compared:
    """Return the features of two names of one group, whichever comes first."""
    if [word.text for word in one.words] > [word.text for word in other.words]:
        one, other = other, one
    found = align(one, other)
    values: dict[str, float] = {}
    words: dict[str, str] = {}
    _words(one, other, found, values, words)
    _left_over(found, values, words)
    if _skipped(one, found.left) or _skipped(other, found.right):
        values["initial_differs"] = 1.0
        words["initial_differs"] = "the initials differ"
    _numbers(one, other, values, words)
    _forms(one, other, values, words)
    if one.script != other.script:
        values["cross_script"] = 1.0
    return Compared({name: value for name, value in values.items() if value}, words, found)


def _skipped(side: Parts, left: list[Word]) -> bool:
    """Say whether the first of several initials, that of the given name, has no partner and another has."""
    initials = [word for word in side.words if word.sort == "initial"]
    return len(initials) > 1 and initials[0] in left and any(word not in left for word in initials[1:])


def _core(words: tuple[Word, ...]) -> list[Word]:
    return [word for word in words if word.sort in {"name", "patronymic"}]


def _words(
    one: Parts, other: Parts, found: Alignment, values: dict[str, float], words: dict[str, str]
) -> None:
    names = [pair for pair in found.pairs if pair.one.sort != "particle"]
    if not names:
        values["worst"] = values["mean"] = values["lost_short"] = 1.0
        words["worst"] = "no word of the one is like a word of the other"
        return
    total = sum(min(weight(pair.one), weight(pair.other)) for pair in names) or 1.0
    values["worst"] = 1 - min(pair.alike for pair in names)
    values["far"] = max(0.0, values["worst"] - _SLIP)
    mean = sum(min(weight(pair.one), weight(pair.other)) * pair.alike for pair in names) / total
    values["mean"] = 1 - mean
    words["mean"] = "; ".join(_said(pair.one, pair.other, pair.alike) for pair in names[:4])
    values["initial"] = min(1.0, 0.5 * sum("initial" in {pair.one.sort, pair.other.sort} for pair in names))
    if values["initial"]:
        words["initial"] = "of a given name only the initial is known"
    _letters(names, values, words)
    full = min(len(_core(one.words)), len(_core(other.words)))
    if full < 2 <= max(len(_core(one.words)), len(_core(other.words))) and not found.joined:
        values["single"] = 1.0
        words["single"] = "one of the names is a single word"
    values["turned"] = float(found.turned and not (one.given_first or other.given_first or one.family_first
                                                   or other.family_first))  # fmt: skip
    if values["turned"]:
        words["turned"] = "the words stand in another order"
    values["joined"] = float(found.joined)
    if found.joined:
        words["joined"] = "words were put together to compare them"


def _letters(names: list[Pair], values: dict[str, float], words: dict[str, str]) -> None:
    """Weigh names of which a consonant or a Chinese syllable is another: slips of the pen leave them."""
    for pair in names:
        one, other = pair.one.text, pair.other.text
        if pair.one.sort != "name" or pair.other.sort != "name" or one == other or nicknamed(one, other):
            continue
        if other_syllables(one, other):
            values["consonants"] = 1.0
            words["consonants"] = f"{one} and {other} are other syllables"
        elif not _is_chinese(pair) and set(skeletons(one)).isdisjoint(skeletons(other)):
            values["consonants"] = 1.0
            words["consonants"] = f"{one} and {other} have other consonants"


def _is_chinese(pair: Pair) -> bool:
    return is_han(pair.one.text[0]) or is_han(pair.other.text[0])


def _said(one: Word, other: Word, likeness: float) -> str:
    """Return the words for two words that stand for each other."""
    pair = f"{one.text} ~ {other.text}"
    if one.text == other.text:
        return f"{one.text} is the same"
    if one.concept is not None and one.concept == other.concept:
        return f"{pair} mean the same"
    if "initial" in {one.sort, other.sort}:
        return f"{pair}: the initial fits"
    if script(one.text) != script(other.text):
        scheme = scheme_of(one.text, other.text)
        return f"{pair}: spelt alike in two scripts" + (
            f" ({scheme})" if scheme else f" (sound {likeness:.0%})"
        )
    return f"{pair}: spelt {likeness:.0%} alike"


def _left_over(found: Alignment, values: dict[str, float], words: dict[str, str]) -> None:
    sides = (found.left, found.right)
    names = [[word for word in side if word.sort in {"name", "patronymic"}] for side in sides]
    fathers = [[word for word in side if word.sort == "patronymic"] for side in names]
    if not all(fathers) and names == fathers:  # all else agrees, and it is left out as often as not
        names = [[], []]
    trades = [[word for word in side if word.sort == "concept"] for side in sides]
    initials = [[word for word in side if word.sort == "initial"] for side in sides]
    matched = sum(min(weight(pair.one), weight(pair.other)) for pair in found.pairs) or 0.01
    lost = sorted(sum(map(weight, side)) / (matched + sum(map(weight, side))) for side in names)
    values["lost_short"], values["lost_long"] = lost
    if all(names):
        values["both_lost"] = 1.0
        words["both_lost"] = f"{_listed(names[0])} on the one side, {_listed(names[1])} on the other"
    elif any(names):
        words["lost_long"] = f"only one of the names has {_listed(names[0] or names[1])}"
    if all(trades):
        values["trade_differs"] = 1.0
        words["trade_differs"] = f"the trades differ: {_listed(trades[0])} ≠ {_listed(trades[1])}"
    elif any(trades):
        values["trade_lost"] = min(1.0, 0.4 * len(trades[0] or trades[1]))
        words["trade_lost"] = f"only one of the names has {_listed(trades[0] or trades[1])}"
    crossed = (initials[0] and (initials[1] or names[1])) or (initials[1] and names[0])
    if crossed:
        values["initial_differs"] = 1.0
        words["initial_differs"] = "the initials differ"
    places = [[word for word in side if word.sort == "place"] for side in sides]
    if all(places):
        values["place_differs"] = 1.0
        words["place_differs"] = f"the places differ: {_listed(places[0])} ≠ {_listed(places[1])}"
    values["place_lost"] = float(any(places))


def _listed(words: list[Word]) -> str:
    return ", ".join(word.text for word in words)


def _numbers(one: Parts, other: Parts, values: dict[str, float], words: dict[str, str]) -> None:
    a, b = one.numbers, other.numbers
    if a and b and not (a <= b or b <= a):
        values["number_differs"] = 1.0
        words["number_differs"] = f"numbers differ: {_joined(a)} ≠ {_joined(b)}, so they are not the same"
    elif a and a == b:
        values["number_same"] = 1.0
        words["number_same"] = f"the number is the same: {_joined(a)}"
    elif a != b:
        values["number_missing"] = 1.0
        words["number_missing"] = f"only one of the names has the number {_joined(a ^ b)}"


def _joined(numbers: frozenset[str]) -> str:
    return ", ".join(sorted(numbers))


_STOCK = frozenset({"joint_stock", "public", "open", "closed"})
"""Of one name these follow each other: Russia's OAO became PAO or AO in 2014 (law 99-FZ)."""


def _forms(one: Parts, other: Parts, values: dict[str, float], words: dict[str, str]) -> None:
    a, b = one.form, other.form
    if a == b or "company" in {a, b}:
        return
    if a is None or b is None:
        values["form_missing"] = 1.0
        return
    values["form_differs"] = 0.3 if {a, b} <= _STOCK else 1.0
    named = [kind.replace("_", " ") for kind in (a, b)]
    words["form_differs"] = f"legal forms differ: {named[0]} ≠ {named[1]}"
