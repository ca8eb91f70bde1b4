"""The scorer of names and facts: identifiers decide, names propose, numbers forbid."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import product

from casegraph.resolve.base import CHECKED, Match, Outcome, Party, Reason, Scorer
from casegraph.resolve.matching.chinese import is_han
from casegraph.resolve.matching.compare import Pair, nicknamed
from casegraph.resolve.matching.features import Compared, compare
from casegraph.resolve.matching.frequent import is_common
from casegraph.resolve.matching.parts import Parts, parts
from casegraph.resolve.matching.sounds import begin_alike, script

DECISIVE = CHECKED | frozenset({"ssn", "passport", "national_id", "tax_id", "driver"})
"""Kinds of identifiers of which one thing has one: the same decides for, another decides against."""

_STEM = 4  # letters that forms of one word have in common
_CLOSE, _CLOSE_WITHIN = 0.94, 0.97  # likeness of firms' words across scripts, and within one
_LOST = 0.34  # share of a name that the other lacks
MERGE = 0.9
PROPOSE = 0.5

Common = Callable[[str], bool]


@functools.cache
def weights() -> dict[str, dict[str, float]]:
    """Return weights.toml, which gold/resolve/train.py writes."""
    text = files("casegraph.resolve.matching").joinpath("weights.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, float]] = tomllib.loads(text)
    return table


def names_score(one: str, other: str, group: str) -> tuple[float, Compared]:
    """Return the score of two names alone and what it rests on."""
    found = compare(parts(one, group), parts(other, group))
    return odds_to_score(log_odds(found.values, group)), found


def log_odds(values: dict[str, float], group: str) -> float:
    """Return the weighted sum of the features."""
    table = weights()["person" if group == "Person" else "organisation"]
    total = float(table["bias"]) + sum(table[name] * value for name, value in values.items())
    return min(total, -3.0) if "number_differs" in values else float(total)


def odds_to_score(total: float) -> float:
    """Return log odds as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def score(one: Party, other: Party) -> Match:
    """Compare two parties by their best pair of names and by what else is known."""
    return score_with(is_common, one, other)


def score_with(common: Common, one: Party, other: Party) -> Match:
    """Compare two parties; `common` says of a word of a person's name whether many bear it."""
    if one.group != other.group:
        return Match(0.0, "different", (Reason("group", -9.0, f"a {one.group} is no {other.group}"),))
    decided = _identifiers(one, other)
    if decided is not None:
        return decided
    if not one.names or not other.names:
        return Match(0.0, "different", (Reason("name", -9.0, "one of them has no name"),))
    found, pair = max(
        (
            (compare(parts(a, one.group), parts(b, other.group)), (a, b))
            for a, b in product(one.names, other.names)
        ),
        key=lambda item: log_odds(item[0].values, one.group),
    )
    facts = _facts(one, other)
    total = log_odds(found.values, one.group) + sum(reason.weight for reason in facts)
    value = odds_to_score(total)
    reasons = (*_name_reasons(found, one.group), *facts)
    backed = any(reason.weight >= 2.0 for reason in facts)
    doubts = (
        ()
        if backed
        else _doubts(parts(pair[0], one.group), parts(pair[1], one.group), found, one.group, common)
    )
    return Match(value, _outcome(value, doubted=bool(doubts)), (*reasons, *doubts))


def _outcome(value: float, *, doubted: bool) -> Outcome:
    if value >= MERGE and not doubted:
        return "same"
    return "proposal" if value >= PROPOSE else "different"


def _identifiers(one: Party, other: Party) -> Match | None:
    """Let an identifier decide: the same for, two different ones of a kind against."""
    shared = sorted((kind, value) for kind, value in one.identifiers & other.identifiers if kind in DECISIVE)
    if shared:
        kind, value = shared[0]
        return Match(0.99, "same", (Reason("identifier", 9.0, f"the same {_kind(kind)}: {value}"),))
    for kind in sorted(CHECKED):
        a, b = ({value for own, value in party.identifiers if own == kind} for party in (one, other))
        if a and b:
            words = f"{_kind(kind)} {min(a)} ≠ {min(b)}: they are not the same"
            return Match(0.01, "different", (Reason("identifier", -9.0, words),))
    return None


def _kind(kind: str) -> str:
    return kind.upper() if kind in CHECKED and len(kind) < 7 else kind.replace("_", " ").replace("-", " ")


def _facts(one: Party, other: Party) -> list[Reason]:
    """Weigh births, countries and contacts."""
    found = []
    if one.births and other.births:
        agreed = [
            len(min(a, b, key=len))
            for a, b in product(one.births, other.births)
            if a[: len(b)] == b or b[: len(a)] == a
        ]
        near = any(_near_dates(a, b) for a, b in product(one.births, other.births))
        if agreed:
            found.append(
                Reason(
                    "birth",
                    3.0 if max(agreed) == 10 else 1.0,
                    "born on the same day" if max(agreed) == 10 else "born in the same year",
                )
            )
        elif near:
            found.append(Reason("birth", 0.5, "dates of birth differ as a slip of the pen does"))
        else:
            found.append(Reason("birth", -4.0, "dates of birth differ"))
    if one.countries and other.countries:
        same = bool(one.countries & other.countries)
        words = "the same country" if same else "different countries"
        found.append(Reason("country", 0.3 if same else -1.0, words))
    shared = sorted(one.contacts & other.contacts)
    if shared:
        kinds = sorted({kind for kind, _ in shared})
        found.append(Reason("contact", 2.0 + 0.5 * (len(kinds) - 1), f"the same {' and '.join(kinds)}"))
    return found


def _near_dates(a: str, b: str) -> bool:
    """Say whether two full dates have day and month exchanged, or one digit different."""
    if len(a) != 10 or len(b) != 10:
        return False
    exchanged = a[:4] == b[:4] and a[5:7] == b[8:] and a[8:] == b[5:7]
    return exchanged or sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _name_reasons(found: Compared, group: str) -> list[Reason]:
    table = weights()["person" if group == "Person" else "organisation"]
    base = found.words.get("mean") or found.words.get("worst", "")
    moved = sum(table[name] * found.values.get(name, 0.0) for name in ("worst", "mean"))
    reasons = [Reason("words", round(table["bias"] + moved, 2), base)]
    reasons += [
        Reason(name, round(table[name] * value, 2), found.words[name])
        for name, value in found.values.items()
        if name in found.words and name not in {"worst", "mean"}
    ]
    return reasons


def _doubts(one: Parts, other: Parts, found: Compared, group: str, common: Common) -> tuple[Reason, ...]:
    """Return why a good score is no more than a proposal."""
    doubts = list(_of_people(found, common) if group == "Person" else _of_firms(found))
    han = [any(is_han(word.text[0]) for word in side.words) for side in (one, other)]
    if han[0] != han[1]:
        doubts.append("other Chinese characters are read alike")
    elif all(han) and any(
        pair.one.text != pair.other.text and pair.one.sort == "name" for pair in found.alignment.pairs
    ):
        doubts.append("the characters differ")
    if not all(begin_alike(pair.one.text, pair.other.text) for pair in found.alignment.pairs if _bare(pair)):
        doubts.append("words begin with other letters")
    if found.values.get("number_missing") or found.values.get("lost_long", 0) > _LOST:
        doubts.append("one of the names says less than the other")
    return tuple(Reason("doubt", 0.0, words) for words in doubts)


def _of_people(found: Compared, common: Common) -> Iterator[str]:
    """Yield what is doubtful of names of people."""
    full = [
        pair for pair in found.alignment.pairs if {pair.one.sort, pair.other.sort} <= {"name", "patronymic"}
    ]
    if len(full) < 2 and not found.values.get("joined"):
        yield "less than a given name and a surname agree"
    elif len(full) < 3 and all(common(pair.one.text) or common(pair.other.text) for pair in full):
        yield "many people bear this name"


def _of_firms(found: Compared) -> Iterator[str]:
    """Yield what is doubtful of names of organisations and things."""
    if not all(map(_is_close, filter(_bare, found.alignment.pairs))):
        yield "two words are not near enough to be surely one"
    if any(map(_synonyms, found.alignment.pairs)):
        yield "words that mean the same are not the same words"
    if found.values.get("trade_lost"):
        yield "only one of the names tells the trade"
    if found.values.get("form_differs", 0) == 1.0:
        yield "two legal forms may be two companies"


def _is_close(pair: Pair) -> bool:
    """Say whether two words of firms' names are near enough to be joined: nearer within a script."""
    same = script(pair.one.text) == script(pair.other.text)
    return pair.alike >= (_CLOSE_WITHIN if same else _CLOSE)


def _bare(pair: Pair) -> bool:
    """Say whether two words are names, compared by their letters, and no short forms of given names."""
    return pair.one.sort == pair.other.sort == "name" and not nicknamed(pair.one.text, pair.other.text)


def _synonyms(pair: Pair) -> bool:
    """Say whether two words of a trade are two words of one script: translators vary them, firms do not."""
    one, other = pair.one.text, pair.other.text
    if pair.one.concept is None or one == other or script(one) != script(other):
        return False
    return one[:_STEM] != other[:_STEM]


SCORER = Scorer("names", 2, score)
