"""Words of two names aligned: which is which, and how alike."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from anyascii import anyascii
from rapidfuzz.distance import OSA

from casegraph.resolve.matching.chinese import is_foreign, is_han, pinyin_of, romanized
from casegraph.resolve.matching.parts import Parts, Word, data
from casegraph.resolve.matching.romanized import is_pinyin, pinyin_of_palladius
from casegraph.resolve.matching.schemes import spellings
from casegraph.resolve.matching.sounds import alike, first_sounds, script
from casegraph.resolve.matching.transcribed import cost, is_known
from casegraph.text import fold

ENOUGH = 0.62  # below this two words are two words
_WEIGHTS = {"name": 1.0, "place": 0.4, "concept": 0.35, "particle": 0.1, "patronymic": 0.5, "initial": 0.35}
_ADJECTIVE = re.compile(r"(?:ов|ев|ин)?ск(?:ии|ая|ое|ого|ому|им|ои|ую|ие|их)$")
_MOST = 7  # words of a side that are aligned in the best way; of more, the likest first


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that stand for each other."""

    one: Word
    other: Word
    alike: float


@dataclass(slots=True)
class Alignment:
    """Pairs of words, and what is left on either side; `joined` where words had to be put together."""

    pairs: list[Pair] = field(default_factory=list)
    left: list[Word] = field(default_factory=list)
    right: list[Word] = field(default_factory=list)
    joined: bool = False
    turned: bool = False

    @property
    def weight(self) -> float:
        """How much is in common, less what is not."""
        common = sum(weight(pair.one) * (2 * pair.alike - 1) for pair in self.pairs)
        rest = min(sum(map(weight, self.left)), sum(map(weight, self.right)))
        return common - rest - 0.05 * self.joined


def weight(word: Word) -> float:
    """Return how much a word tells of who is named."""
    return _WEIGHTS.get(word.sort, 0.0)


@functools.cache
def _nicknames() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(data()["persons"]["nicknames"]):
        for name in names:
            found.setdefault(fold(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@functools.lru_cache(maxsize=500_000)
def words_alike(one: Word, other: Word) -> float:
    """Return how alike two words are, 0 to 1."""
    a, b = one.text, other.text
    if a == b:
        return 1.0
    if one.concept is not None and other.concept is not None:
        return 0.98 if one.concept == other.concept else 0.0
    if {"initial", "particle"} & {one.sort, other.sort}:
        return 0.0 if "particle" in {one.sort, other.sort} else _initial(a, b)
    return _texts_alike(a, b)


def _texts_alike(a: str, b: str) -> float:
    found = alike(a, b)
    if is_han(a[0]) and is_han(b[0]):
        return 0.9 if len(a) > 1 and romanized(a) & romanized(b) else OSA.normalized_similarity(a, b)
    if (chinese := _as_chinese(a, b)) is not None:
        return chinese
    if is_han(a[0]) != is_han(b[0]) and "abjad" not in {script(a), script(b)}:
        return _transcribed(a, b, found) if is_han(a[0]) else _transcribed(b, a, found)
    if script(a) == script(b):
        found = max(found * 0.98, OSA.normalized_similarity(a, b))
    else:
        for stem, foreign in ((_ADJECTIVE.sub("", a), b), (_ADJECTIVE.sub("", b), a)):
            if stem not in {a, b} and len(stem) > 3:
                found = max(found, 0.95 * alike(stem, foreign))
    if min(len(a), len(b)) <= 3 and found < 0.95 and not is_han(a[0]) and not is_han(b[0]):
        found *= 0.85  # one letter of three is another name
    if nicknamed(a, b):
        found = max(found, 0.9)
    return found


def nicknamed(one: str, other: str) -> bool:
    """Say whether two given names are short or pet forms of one."""
    names = _nicknames()
    return bool(names.get(one, frozenset()) & names.get(other, frozenset()))


def _transcribed(han: str, other: str, sound: float) -> float:
    """Return how alike Chinese characters and a foreign name are, by the tables' sounds and by use.

    Either alone is wrong twice as often (recall at a precision of .95 among 400 names: .59, .60, both .83).
    """
    spelt = spellings(other)[_SPELT] if script(other) == "cyrillic" else anyascii(other).lower()
    latin = "".join(filter(str.isalpha, spelt))
    if not latin or not all(map(is_known, han)):
        return _BY_SOUND * sound
    most = _OTHER_SYLLABLES if other_syllables(han, other) else _MOST_ALIKE
    return max(0.0, min(most, _SCALE * (sound + _USE * (_USUAL - cost(han, latin)))))


def other_syllables(one: str, other: str) -> bool:
    """Say whether both words are read as Chinese and differ: "Yunling" and "Yunlin", 云岭 and "Yunlin"."""
    if is_han(other[0]):
        one, other = other, one
    if is_han(other[0]):
        return False
    if is_han(one[0]):
        return len(one) <= _SHORT_HAN and bool(_syllables(other)) and other not in pinyin_of(one)
    read = _syllables(one), _syllables(other)
    return bool(read[0] and read[1]) and not read[0] & read[1]


_SHORT_HAN = 2  # characters; longer words that read as syllables may be foreign ones: 库里丹, "Kuridan"
_OTHER_SYLLABLES = 0.8


_SPELT = "BGN/PCGN"  # the scheme in which Cyrillic words are compared with characters
_BY_SOUND = 0.95  # of a likeness that rests on sounds alone
_SCALE, _USE, _USUAL = 1.0, 0.15, 2.4  # by cross-validation on the half of wd_chinese_16 that is looked at
_MOST_ALIKE = 0.97

_CHINESE = re.compile(r"q(?!u)|x|zh|ng(?:$|[^aeiou])|цз|чж|нь")
"""Letters that mark pinyin or Palladius: in such a word no sound is left to the ear."""


def _as_chinese(a: str, b: str) -> float | None:
    """Compare two words as Chinese syllables, whose sounds leave no room; None where they are none."""
    if is_han(b[0]):
        a, b = b, a
    if is_han(a[0]):
        if b in pinyin_of(a):
            return 0.99
        chinese = len(a) <= 2 and bool(_syllables(b)) and not all(map(is_foreign, a))
        return 0.8 * alike(a, b) if chinese else None
    read = _syllables(a), _syllables(b)
    if not read[0] or not read[1]:
        return None
    if read[0] & read[1]:
        return 0.99
    return min(0.8, alike(a, b)) if _CHINESE.search(f"{a} {b}") else None


def _syllables(word: str) -> frozenset[str]:
    if script(word) == "latin":
        return frozenset([word]) if is_pinyin(word) else frozenset()
    return pinyin_of_palladius(word) if script(word) == "cyrillic" else frozenset()


def _initial(a: str, b: str) -> float:
    if len(a) == 1 and len(b) == 1:
        return 0.9 if first_sounds(a)[:1] == first_sounds(b)[:1] else 0.0
    short, full = sorted((a, b), key=len)
    if len(short) > 1:
        return 0.0
    same = full.startswith(short) or first_sounds(full)[:1] == first_sounds(short)[:1] != ""
    return 0.9 if same else 0.0


def align(one: Parts, other: Parts) -> Alignment:
    """Return the best alignment, with words of one side put together where the other has one for them."""
    a = [word for word in one.words if word.sort != "little"]
    b = [word for word in other.words if word.sort != "little"]
    best = _align(a, b)
    if not _names(best.left) and not _names(best.right) and all(pair.alike > 0.85 for pair in best.pairs):
        return best
    tries = [(joined, b) for joined in _joins(a, b)] + [(a, joined) for joined in _joins(b, a)]
    for first, second in tries:
        found = _align(first, second)
        found.joined = True
        if found.weight > best.weight + 0.2:
            best = found
    return best


def _names(words: Sequence[Word]) -> bool:
    return any(word.sort in {"name", "patronymic", "place"} for word in words)


def _joins(words: list[Word], others: list[Word]) -> list[list[Word]]:
    """Return a side with two neighbours as one word, and with all as one, in either order."""
    sizes = [len(first_sounds(word.text)) for word in others if word.sort == "name"]
    longest = max(sizes, default=0)
    found = []
    for place in range(len(words) - 1):
        two = words[place].text + words[place + 1].text
        if len(first_sounds(two)) <= longest * 1.4 + 1:
            found.append([*words[:place], Word(two), *words[place + 2 :]])
    for place, word in enumerate(words):
        end = next((n for n in range(place, len(words)) if words[n].sort != "particle"), place)
        if word.sort == "particle" and end - place > 1:
            whole = "".join(one.text for one in words[place : end + 1])
            found.append([*words[:place], Word(whole), *words[end + 1 :]])
    names = [word for word in words if word.sort in {"name", "particle", "place", "initial", "patronymic"}]
    rest = [word for word in words if word not in names]
    if len(names) > 2 or (len(names) == 2 and any(is_han(word.text[0]) for word in others)):
        for order in (names, [*names[1:], names[0]], [names[-1], *names[:-1]]):
            whole = "".join(word.text for word in order)
            if len(first_sounds(whole)) <= longest * 1.4 + 1:
                found.append([Word(whole), *rest])
    return found


def _align(a: list[Word], b: list[Word]) -> Alignment:
    """Return the assignment with the greatest likeness; a word takes one of the other side or none."""
    swapped = len(a) > len(b)
    few, many = (b, a) if swapped else (a, b)
    scores = [[_worth(one, other) for other in many] for one in few]
    chosen = _best(scores) if len(many) <= _MOST else _greedy(scores)
    found = Alignment()
    places = []
    for row, column in enumerate(chosen):
        if column is None:
            found.left.append(few[row])
        else:
            alike_ = words_alike(few[row], many[column])
            found.pairs.append(Pair(few[row], many[column], alike_))
            if few[row].sort == many[column].sort == "name":
                places.append(column)
    used = set(chosen)
    found.right = [word for column, word in enumerate(many) if column not in used]
    found.turned = places != sorted(places)
    if swapped:
        found.pairs = [Pair(pair.other, pair.one, pair.alike) for pair in found.pairs]
        found.left, found.right = found.right, found.left
    return found


def _worth(one: Word, other: Word) -> float:
    likeness = words_alike(one, other)
    return likeness * min(weight(one), weight(other)) if likeness >= ENOUGH else 0.0


def _best(scores: list[list[float]]) -> list[int | None]:
    """Solve the assignment by dynamic programming over the sets of columns used (Held and Karp's way)."""
    states: dict[int, tuple[float, tuple[int | None, ...]]] = {0: (0.0, ())}
    for row in scores:
        following: dict[int, tuple[float, tuple[int | None, ...]]] = {}
        for used, (total, chosen) in states.items():
            options: list[tuple[int, float, int | None]] = [(used, total, None)]
            options += [
                (used | 1 << column, total + value, column)
                for column, value in enumerate(row)
                if value > 0 and not used >> column & 1
            ]
            for key, value, column in options:
                if key not in following or value > following[key][0]:
                    following[key] = value, (*chosen, column)
        states = following
    return list(max(states.values(), key=lambda state: state[0])[1])


def _greedy(scores: list[list[float]]) -> list[int | None]:
    cells = sorted(
        (
            (-value, row, column)
            for row, line in enumerate(scores)
            for column, value in enumerate(line)
            if value > 0
        )
    )
    chosen: list[int | None] = [None] * len(scores)
    used: set[int] = set()
    for _, row, column in cells:
        if chosen[row] is None and column not in used:
            chosen[row] = column
            used.add(column)
    return chosen
