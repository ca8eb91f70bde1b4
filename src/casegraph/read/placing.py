"""Words of a text layer found again in the text that was made of them: joined, cleaned, put into rows.

What layout does to a layer's words changes blanks and drops hyphens at line ends, nothing else: without
blanks the text reads like its words. Where the two are equal all words are placed at once, else one after
the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

Ranges = tuple[tuple[int, int], ...]
"""Words by number, from and up to, in the order of the text."""

_HYPHENS: Final = "-\u00ad\u2010"
_NEAR: Final = 200  # characters within which a word is looked for where the text has others before it
_TELLING: Final = 4  # letters of a word that does not stand near by accident
_BLANKS: Final = np.zeros(0x3001, dtype=bool)
_BLANKS[[code for code in range(0x3001) if chr(code).isspace()]] = True


def _ints(values: Iterable[int] = ()) -> np.ndarray:
    return np.fromiter(values, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places of words: offsets in a text, and boxes in hundredths of a point from the upper left of the page.

    Arrays of one length; `boxes` has rows of left, top, right, bottom; `confidence` is 0 to 100, of OCR.
    """

    start: np.ndarray = field(default_factory=_ints)
    end: np.ndarray = field(default_factory=_ints)
    boxes: np.ndarray = field(default_factory=lambda: np.zeros((0, 4), dtype=np.int64))
    confidence: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """The words of one page's text layer: their characters one after the other, and where they stand.

    `ends` has a 0 and then the offset behind each word in `text`; `boxes` are as in Places.
    """

    text: str = ""
    ends: np.ndarray = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    boxes: np.ndarray = field(default_factory=lambda: np.zeros((0, 4), dtype=np.int64))

    def said(self, ranges: Ranges) -> str:
        """Return the characters of some words."""
        return "".join(self.text[self.ends[first] : self.ends[last]] for first, last in ranges)


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Which words of a layer a piece of text is made of."""

    layer: Layer
    ranges: Ranges


def joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return ranges with neighbours made one."""
    found: list[tuple[int, int]] = []
    for first, last in ranges:
        if found and found[-1][1] == first:
            found[-1] = found[-1][0], last
        elif first < last:
            found.append((first, last))
    return tuple(found)


def placed(texts: Sequence[tuple[str, int, Spots]]) -> Places:
    """Return where the words of some texts stand; each text comes with the offset that it begins at.

    All spots are of one layer. A word that the text does not have is left out.
    """
    if not texts:
        return Places()
    layer = texts[0][2].layer
    whole = "".join(text for text, _, _ in texts)
    ranges = tuple(one for _, _, spots in texts for one in spots.ranges)
    if "".join(whole.split()) == layer.said(ranges):
        begins = np.concatenate([np.arange(start, start + len(text)) for text, start, _ in texts])
        return _all(whole, begins, layer, ranges)
    parts = [
        _all(text, np.arange(start, start + len(text)), layer, spots.ranges)
        if "".join(text.split()) == layer.said(spots.ranges)
        else _each(text, start, layer, spots.ranges)
        for text, start, spots in texts
    ]
    return Places(
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
        np.concatenate([part.boxes for part in parts]),
    )


def _numbers(ranges: Ranges) -> np.ndarray:
    return np.concatenate([np.arange(first, last) for first, last in ranges]) if ranges else _ints()


def _all(text: str, offsets: np.ndarray, layer: Layer, ranges: Ranges) -> Places:
    """Return the places of words that a text has all, in order; `offsets` are those of its characters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    solid = offsets[~_BLANKS[np.minimum(codes, len(_BLANKS) - 1)] | (codes >= len(_BLANKS))]
    numbers = _numbers(ranges)
    long = layer.ends[numbers + 1] - layer.ends[numbers]
    numbers, long = numbers[long > 0], long[long > 0]
    last = np.cumsum(long)
    return Places(solid[last - long], solid[last - 1] + 1, layer.boxes[numbers])


def _each(text: str, offset: int, layer: Layer, ranges: Ranges) -> Places:
    """Return the places of words one after the other; one that the text does not have is skipped."""
    starts: list[int] = []
    ends: list[int] = []
    kept: list[int] = []
    place = 0
    edges = layer.ends.tolist()
    for number in _numbers(ranges).tolist():
        word = layer.text[edges[number] : edges[number + 1]]
        while place < len(text) and text[place].isspace():
            place += 1
        if not word or not (found := _found(text, place, word)):
            continue
        starts.append(offset + found[0])
        ends.append(offset + found[1])
        kept.append(number)
        place = found[1]
    return Places(_ints(starts), _ints(ends), layer.boxes[kept] if kept else layer.boxes[:0])


def _found(text: str, place: int, word: str) -> tuple[int, int] | None:
    if text.startswith(word, place):
        return place, place + len(word)
    bare = word.rstrip(_HYPHENS)
    if bare and bare != word and text.startswith(bare, place):
        return place, place + len(bare)
    near = text.find(word, place, place + _NEAR) if len(word) >= _TELLING else -1
    return None if near < 0 else (near, near + len(word))
