"""Words of a PDF page's text layer with their places, from pdfium's characters.

pdfium's `FPDFText_GetText` is not aligned with its character indices (ligatures, right-to-left, dropped
controls: 25 of 321 pages), so its text is taken only where it has one character for each index. Boxes are
asked for only where a word begins or ends.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
import pypdfium2.raw as pdfium

from casegraph.read.cleaning import clean
from casegraph.read.pdfcalls import angles, bold, char_boxes, loose_boxes, origins
from casegraph.read.placing import Layer

_LETTER, _BLANK, _END, _MARK, _SIGN = range(5)
_ODD: Final = 8  # a bit beside the kind
_MARKS: Final = (0x2, 0xFFFE)  # what pdfium puts for a hyphen at a line's end
_SIGNS: Final = (
    (0x2E80, 0x2FFF), (0x3001, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
)  # fmt: skip
"""Han, kana and their punctuation: written without blanks, each is a word with a box of its own."""
_NO_TEXT: Final = (
    (0x1, 0x1), (0x3, 0x8), (0xE, 0x1F), (0x7F, 0x9F), (0xD800, 0xF8FF), (0xFFFD, 0xFFFD), (0xFFFF, 0xFFFF),
)  # fmt: skip
_FAR: Final = 100_000_000  # hundredths of a point; a broken file draws further out
_SAMPLE: Final = 40  # characters that tell which way text runs
_LAST: Final = 0xFFFF  # of the table of kinds; what is beyond counts as it does


def _table() -> np.ndarray:
    """Return the kind of each character of the basic plane."""
    kinds = np.full(_LAST + 1, _LETTER, dtype=np.uint8)
    for first, last in _SIGNS:
        kinds[first : last + 1] = _SIGN
    for first, last in _NO_TEXT:
        kinds[first : last + 1] |= _ODD
    kinds[[code for code in range(0x3001) if code == 0 or chr(code).isspace()]] = _BLANK
    kinds[[0x1C, 0x1D, 0x1E, 0x1F, 0x85]] |= _ODD
    kinds[[0xA, 0xD]] = _END
    kinds[list(_MARKS)] = _MARK
    kinds[_LAST] = _LETTER  # as an astral character; U+FFFF itself is dropped by `clean`
    return kinds


_KINDS: Final = _table()


@dataclass(slots=True)
class Words:
    """Words of a page in pdfium's order; parallel arrays, points from the lower left of the level page.

    A word is a run of spots: places in `layer`, one for a word, one for each sign of Han. `line` counts the
    line ends before it, and `hyphens` has the numbers of the lines whose last word goes on in the next.
    """

    text: str = ""  # of the page, one character for each of pdfium's
    layer: Layer = field(default_factory=Layer)
    count: int = 0  # characters that are no blanks
    odd: int = 0  # characters that no text has
    plain: bool = True  # nothing of the text needs cleaning
    first: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # character of a word
    last: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    spots: np.ndarray = field(
        default_factory=lambda: np.zeros(1, dtype=np.int64)
    )  # first of each word, and the end
    left: np.ndarray = field(default_factory=lambda: np.zeros(0))
    right: np.ndarray = field(default_factory=lambda: np.zeros(0))
    size: np.ndarray = field(default_factory=lambda: np.zeros(0))  # height of the font's box
    line: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    hyphens: frozenset[int] = frozenset()


class TextLayer:
    """The text page of a loaded page, seen as its text is read.

    Most of the text may run another way than the page is shown (a table on its side, a page that was turned
    but not its text): `width`, `height` and all places but those of `Words.layer` are those of the page
    turned so that it is level.
    """

    def __init__(self, page: pdfium.FPDF_PAGE, text_page: pdfium.FPDF_TEXTPAGE) -> None:
        self.page = text_page
        self._shown = self._turn = pdfium.FPDFPage_GetRotation(page)  # quarters clockwise
        self.width, self.height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        frame = pdfium.FS_RECTF()
        known = pdfium.FPDF_GetPageBoundingBox(page, frame)
        corner = (frame.left, frame.bottom) if known else (0.0, 0.0)
        self._corner = np.array(corner * 2)

    @property
    def is_turned(self) -> bool:
        """Whether text runs another way than the page is shown."""
        return bool(self._turn != self._shown)

    def _seen(self, boxes: np.ndarray) -> np.ndarray:
        """Return rows of left, bottom, right, top of the page's own space as the reader sees them."""
        size = (self.width, self.height) if self._turn % 2 == 0 else (self.height, self.width)
        return _turned(boxes - self._corner, self._turn, size)

    def _level(self, characters: np.ndarray) -> None:
        """Turn the page so that most of the text is level."""
        sample = characters[:: max(1, len(characters) // _SAMPLE)].tolist()
        turns = Counter(round(-4 * angle / math.tau) % 4 for angle in angles(self.page, sample))
        turn, count = turns.most_common(1)[0]
        if 2 * count > len(sample) and turn != self._turn:
            if (turn - self._turn) % 2:
                self.width, self.height = self.height, self.width
            self._turn = turn

    def _characters(self, count: int) -> str:
        """Return one character for each of pdfium's: the text in one call where its length agrees."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "surrogatepass")
        if len(text) != count:
            text = "".join(chr(pdfium.FPDFText_GetUnicode(self.page, index)) for index in range(count))
        return text

    def baselines(self, characters: Sequence[int]) -> list[float]:
        """Return how high the characters' baselines are."""
        points = origins(self.page, characters)
        return _numbers(self._seen(np.column_stack((points, points)))[:, 1])

    def bold(self, characters: Sequence[int]) -> list[bool]:
        """Tell which characters are bold."""
        return bold(self.page, characters)

    def words(self, count: int) -> Words:
        """Return the words among the page's first `count` characters."""
        text = self._characters(count)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kinds = _KINDS[np.minimum(codes, _LAST)]
        odd = int(np.count_nonzero(kinds & _ODD))
        kinds &= _ODD - 1
        signs = _walled(kinds == _SIGN)
        solid = _walled(kinds == _LETTER) | signs
        inside = solid[1:-1]
        begins, ends = inside & ~solid[:-2], inside & ~solid[2:]
        cuts = signs[1:] | signs[:-1]  # between two characters
        first, last = np.flatnonzero(begins | inside & cuts[:-1]), np.flatnonzero(ends | inside & cuts[1:])
        found = Words(text.replace("\0", " "), count=int(np.count_nonzero(inside)), odd=odd)
        if not len(first):
            return found
        self._level(first)
        ink, size = self._measured(first, last)
        found.first, found.last = np.flatnonzero(begins), np.flatnonzero(ends)
        found.spots = np.append(np.searchsorted(first, found.first), len(first))
        found.left, found.size = ink[found.spots[:-1], 0], size[found.spots[:-1]]
        found.right = ink[found.spots[1:] - 1, 2]
        said = codes[inside].tobytes().decode("utf-32-le", "surrogatepass")
        found.layer = self._layer(said, last - first + 1, ink)
        found.plain = found.layer.text == said
        breaks = np.flatnonzero((kinds == _END) | (kinds == _MARK))
        found.line = np.searchsorted(breaks, found.first)
        found.hyphens = frozenset(np.flatnonzero(kinds[breaks] == _MARK).tolist())
        return found

    def _measured(self, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the boxes of spots, as tall as their font's box, and how tall that is."""
        begin, number = first.tolist(), len(first)
        ink = self._seen(char_boxes(self.page, [*begin, *last.tolist()])[:, [0, 2, 1, 3]])
        loose = self._seen(loose_boxes(self.page, begin)[:, [0, 3, 2, 1]])
        low, high = np.minimum(loose[:, 1], loose[:, 3]), np.maximum(loose[:, 1], loose[:, 3])
        boxes = np.concatenate(
            (np.minimum(ink[:number, :2], ink[number:, :2]), np.maximum(ink[:number, 2:], ink[number:, 2:])),
            axis=1,
        )
        # Some fonts state an ascent and descent that lie elsewhere than their letters, or none.
        middle = (boxes[:, 1] + boxes[:, 3]) / 2
        fits = (low < middle) & (middle < high)
        boxes[:, 1] = np.where(fits, np.minimum(boxes[:, 1], low), boxes[:, 1])
        boxes[:, 3] = np.where(fits, np.maximum(boxes[:, 3], high), boxes[:, 3])
        return boxes, np.where(high > low, high - low, 1.0)

    def _layer(self, text: str, long: np.ndarray, boxes: np.ndarray) -> Layer:
        """Return spots with their cleaned characters, boxes in hundredths of a point from the upper left."""
        ends = np.concatenate(([0], np.cumsum(long)))
        cleaned = clean(text)
        if len(cleaned) != len(text):
            parts = [clean(text[start:end]) for start, end in pairwise(ends.tolist())]
            cleaned = "".join(parts)
            ends = np.concatenate(([0], np.cumsum([len(part) for part in parts])))
        turn = (self._shown - self._turn) % 4
        left, bottom, right, top = _turned(boxes, turn, (self.width, self.height)).T
        height = self.width if turn % 2 else self.height
        placed = np.column_stack((left, height - top, right, height - bottom)) * 100
        return Layer(cleaned, ends, np.rint(np.clip(placed, -_FAR, _FAR)).astype(np.int64))


def _numbers(values: np.ndarray) -> list[float]:
    found: list[float] = values.tolist()
    return found


def _turned(boxes: np.ndarray, turn: int, size: tuple[float, float]) -> np.ndarray:
    """Return rows of left, bottom, right, top of a sheet of a size turned by quarters clockwise."""
    if not turn:
        return boxes
    width, height = size
    left, bottom, right, top = boxes.T
    if turn == 1:
        left, bottom, right, top = bottom, width - right, top, width - left
    elif turn == 2:
        left, bottom, right, top = width - right, height - top, width - left, height - bottom
    else:
        left, bottom, right, top = height - top, left, height - bottom, right
    return np.column_stack((left, bottom, right, top))


def _walled(mask: np.ndarray) -> np.ndarray:
    """Return a mask with False before and behind."""
    return np.concatenate(([False], mask, [False]))
