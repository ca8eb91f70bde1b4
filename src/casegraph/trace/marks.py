"""What a rewrite or a translation keeps: figures, dates, designations, names by sound, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from anyascii import anyascii

from casegraph.model import Mention
from casegraph.trace.story import Story
from casegraph.trace.words import grams

_MOST = 240
_SMALLEST = 13  # lesser numbers stand in every text
_PAIRED = 7  # rarest marks that are paired for keys
_BEFORE = r"(?<![A-Za-z\u0400-\u04ff\d.,])"
_FIGURE = re.compile(rf"{_BEFORE}\d{{1,3}}(?:[ \u00a0\u202f,]\d{{3}})+(?!\d)|{_BEFORE}\d+(?:[.,]\d+)?(?!\d)")
_SCALES = {
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "mln": 6, "bn": 9, "m": 6,
    "тыс": 3, "тысяч": 3, "млн": 6, "миллион": 6, "миллиона": 6, "миллионов": 6, "млрд": 9,
    "миллиард": 9, "миллиарда": 9, "миллиардов": 9, "трлн": 12,
    "万": 4, "萬": 4, "亿": 8, "億": 8, "千": 3, "百万": 6, "千万": 7,
}  # fmt: skip
_SCALE = re.compile(
    "[ \u00a0]?(" + "|".join(sorted(_SCALES, key=len, reverse=True)) + r")(?![a-zа-я])", re.IGNORECASE
)
_DESIGNATION = re.compile(
    r"(?<![A-Za-z\d])(?:[A-Z]{1,6}[- ]?\d{1,5}[A-Z]{0,2}|\d{1,3}[A-Z]{1,3})(?![A-Za-z\d])"
)
_VOWELS = re.compile(r"[^bcdfghklmnpqrstvxz]")
_ALIKE = str.maketrans(
    {"c": "k", "q": "k", "g": "h", "v": "f", "w": "f", "z": "s", "x": "s", "d": "t", "b": "p"}
)


def _value(figure: str) -> float:
    bare = re.sub(r"[ \u00a0\u202f]", "", figure)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", bare):
        bare = bare.replace(",", "")
    return float(bare.replace(",", "."))


def figures(text: str) -> Iterator[tuple[float, int]]:
    """Yield the numbers that are written with digits, with million and the like, and where they stand."""
    for found in _FIGURE.finditer(text):
        value = _value(found.group())
        scale = _SCALE.match(text, found.end())
        if scale:
            value *= 10 ** _SCALES[scale[1].lower()]
        yield value, found.start()


def skeleton(word: str) -> str:
    """Return the consonants of a name as they sound in any script: "Izhevsk" and "Ижевск" are one."""
    latin = anyascii(word).lower().replace("zh", "s").replace("sh", "s").replace("ch", "s").replace("kh", "h")
    latin = latin.replace("ts", "s").replace("ph", "f").replace("j", "s").replace("w", "v")
    bare = _VOWELS.sub("", latin.translate(_ALIKE))
    return re.sub(r"(.)\1+", r"\1", bare)


def _of_mention(one: Mention) -> Iterator[str]:
    if one.amount is not None:
        yield from (f"n:{bound:.6g}" for bound in (one.amount.minimum, one.amount.maximum) if bound)
    if one.quantity is not None:
        for bound in (one.quantity.minimum, one.quantity.maximum):
            if bound and (bound >= _SMALLEST or bound % 1):
                yield f"n:{bound:.6g}"
    if one.date is not None and one.date.precision in {"day", "time"} and one.date.start:
        yield f"d:{one.date.start[:10]}"
    if one.kind == "identifier":
        yield f"i:{one.name.casefold()}"
    if one.kind == "name":
        for word in (one.normal or one.name).split():
            if word[:1].isupper() and len(sound := skeleton(word)) >= 3:
                yield f"w:{sound}"


def _of_text(text: str) -> Iterator[str]:
    for value, _ in figures(text):
        if value >= _SMALLEST and not (1900 <= value <= 2100 and value % 1 == 0):
            yield f"n:{value:.6g}"
    for found in _DESIGNATION.finditer(text):
        yield "i:" + re.sub(r"[- ]", "", found.group()).casefold()


def _quotations(story: Story) -> Iterator[str]:
    """Yield a mark for each quotation: its least five-gram, so that a cut one may still be the same."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], story.quoted, [False])).astype(np.int8)))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        runs = grams(story.words.whole[first:last], 5)
        if len(runs):
            yield f"q:{int(runs.min()) >> 32:08x}"


def marks(story: Story, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return what stands out in a story, sorted.

    `n:` numbers, `d:` days, `i:` designations and numbers of things, `w:` names by sound, `q:` quotations.
    """
    ranges = _ranges(story)
    found = set(_quotations(story))
    for one in mentions:
        if _told(one, ranges):
            found.update(_of_mention(one))
    for number in range(len(story.sentences)):
        found.update(_of_text(story.text(number)))
    kept = sorted(found, key=lambda mark: (-weight(mark), mark))[:_MOST]
    return tuple(sorted(kept))


def _ranges(story: Story) -> dict[int, list[tuple[int, int]]]:
    ranges: dict[int, list[tuple[int, int]]] = {}
    for one in story.sentences:
        ranges.setdefault(story.pages[one.page].number, []).append((one.start, one.end))
    return ranges


def _told(one: Mention, ranges: dict[int, list[tuple[int, int]]]) -> bool:
    spans = ranges.get(one.target.page, ())
    return any(start <= one.target.start < end for start, end in spans)


def weight(mark: str) -> float:
    """Return how rare a mark is by its form: a number with many figures says more than 20."""
    kind, _, value = mark.partition(":")
    if kind == "q":
        return 6.0
    if kind == "n":
        significant = value.replace(".", "").split("e")[0].strip("0")
        return 0.5 + len(significant)
    return {"d": 2.0, "i": 2.5}.get(kind, min(len(value) / 2, 2.5))


def pair_keys(found: Iterable[str]) -> Iterator[str]:
    """Yield a key for each two of the rarest marks that any language keeps."""
    rare = sorted((one for one in found if one[0] in "nidw"), key=lambda mark: (-weight(mark), mark))
    figured = [one for one in rare if one[0] != "w"][:_PAIRED]
    named = [one for one in rare if one[0] == "w"][: _PAIRED - 3]
    for left, right in combinations(sorted({*figured, *named}), 2):
        if left[0] != "w" or right[0] != "w":
            yield f"t:{left}|{right}"
