"""Lines of a PDF page with their places, from pdfium's characters.

pdfium's `FPDFText_GetText` is not aligned with its character indices (ligatures, right-to-left, dropped
controls: 25 of 321 pages), so the text is built from single characters, and boxes asked for only where
a word begins or ends.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

from casegraph.read.cleaning import clean
from casegraph.read.ocr import Scanned

_MOST_CHARACTERS = 1_000_000  # of one page
_MARKS = frozenset("\x02\ufffe")  # what pdfium puts for a hyphen at a line's end
_ENDS = _MARKS | frozenset("\r\n")
_WORD = re.compile(r"[\r\n\x02\ufffe]|[^\s\x00\x02\ufffe]+")
_ODD = re.compile(r"[\x01\x03-\x08\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd\uffff]")
_NARROW = 0.2  # line heights of a letter's width, less than any font's mean
_CELL_GAP = 1.6  # line heights between words of different table cells; justified text stays under 1
_STRETCHED = 3  # gaps
_EVEN = 1.5
_BOLD = 600  # CSS font weight
_SAME_ROW = 0.35  # line heights that baselines of one row may differ


@dataclass(slots=True)
class Cell:
    """Words of a line without a wide gap between them."""

    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class TextLine:
    """One line. Coordinates are points from the lower left corner of the page as shown."""

    cells: list[Cell]
    y: float  # baseline
    size: float  # height of the font's box
    bold: bool
    hyphen: bool = False  # the last word goes on in the next line

    @property
    def text(self) -> str:
        """The words of the line."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.cells[-1].x1


@dataclass(slots=True)
class PageText:
    """What one page shows. `odd` is the share of characters that no text has (a broken text layer)."""

    lines: list[TextLine] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    characters: int = 0
    odd: float = 0.0
    ruled: bool = False  # lines that may make tables are drawn on it
    pictured: bool = False  # hardly any text and something else to see
    scanned: Scanned | None = None  # what OCR read off it
    notes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)  # values filled into a form


@dataclass(slots=True)
class _Word:
    text: str
    first: int
    last: int


class _Scanner:
    """Reads the characters of one text page into lines."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE, rotation: int, width: float, height: float) -> None:
        self.page = text_page
        self.rotation = rotation
        self.width, self.height = width, height
        self.box = tuple(ctypes.c_double() for _ in range(4))
        self.pointers = tuple(ctypes.byref(number) for number in self.box)
        self.loose = pdfium.FS_RECTF()
        self.odd = 0
        self.count = 0

    def _turn(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page's own space as the reader sees it."""
        if self.rotation == 1:
            return y, self.height - x
        if self.rotation == 2:
            return self.width - x, self.height - y
        if self.rotation == 3:
            return self.width - y, x
        return x, y

    def _edge(self, index: int, *, right: bool) -> float:
        """Return the left or right edge of a character as the reader sees it."""
        pdfium.FPDFText_GetCharBox(self.page, index, *self.pointers)
        left, right_edge, bottom, top = self.box
        if self.rotation == 0:
            return right_edge.value if right else left.value
        ends = (self._turn(left.value, bottom.value)[0], self._turn(right_edge.value, top.value)[0])
        return max(ends) if right else min(ends)

    def _measure(self, index: int) -> tuple[float, float, bool]:
        """Return baseline, height of the font's box and whether it is bold, at a character."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.page, index, ctypes.byref(x), ctypes.byref(y))
        pdfium.FPDFText_GetLooseCharBox(self.page, index, ctypes.byref(self.loose))
        tall, wide = abs(self.loose.top - self.loose.bottom), abs(self.loose.right - self.loose.left)
        size = wide if self.rotation in {1, 3} else tall
        return self._turn(x.value, y.value)[1], size or 1.0, self._bold(index)

    def _bold(self, index: int) -> bool:
        """Tell whether a character's font is bold, by its weight or, where that is not given, its name."""
        if pdfium.FPDFText_GetFontWeight(self.page, index) >= _BOLD:
            return True
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self.page, index, name, len(name), None)
        return b"bold" in name.value.lower() or b"black" in name.value.lower()

    def _characters(self, count: int) -> str:
        """Return one character for each of pdfium's: the text in one call where its length agrees."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "surrogatepass")
        if len(text) != count:
            text = "".join(chr(pdfium.FPDFText_GetUnicode(self.page, index)) for index in range(count))
        return text

    def lines(self, count: int) -> list[TextLine]:
        """Return the page's lines in pdfium's order, rows of cells put together."""
        text = self._characters(count)
        self.odd = len(_ODD.findall(text))
        rows: list[TextLine] = []
        words: list[_Word] = []
        for match in _WORD.finditer(text):
            shown = match.group()
            if shown not in _ENDS:
                self.count += len(shown)
                words.append(_Word(shown, match.start(), match.end() - 1))
            elif words:
                # After a hyphen's mark pdfium goes on with the next line's letters without a line end.
                self._add(rows, words, hyphen=shown in _MARKS)
                words = []
        if words:
            self._add(rows, words, hyphen=False)
        return rows

    def _cells(self, words: list[_Word], size: float) -> list[Cell]:
        """Return words in runs without a wide gap.

        A word's right edge is asked for only where the next word begins so far away that even
        letters as narrow as _NARROW leave a gap.
        """
        cells: list[Cell] = []
        parts: list[str] = []
        left = begin = self._edge(words[0].first, right=False)
        for word, after in zip(words, [*words[1:], None], strict=True):
            parts.append(word.text)
            follows = self._edge(after.first, right=False) if after is not None else None
            gap = _CELL_GAP * size
            if follows is not None and begin <= follows < begin + len(word.text) * _NARROW * size + gap:
                begin = follows
                continue
            right = self._edge(word.last, right=True)
            if follows is None or follows - right >= gap or follows < begin:
                if text := clean(" ".join(parts)).strip():
                    cells.append(Cell(text, left, right))
                parts = []
                left = follows if follows is not None else right
            begin = follows if follows is not None else right
        return cells

    def _add(self, rows: list[TextLine], words: list[_Word], *, hyphen: bool) -> None:
        """Make a line of words and add it, to the row before if it stands on its baseline."""
        y, size, bold = self._measure(words[0].first)
        cells = self._cells(words, size)
        if not cells:
            return
        cells = _unless_stretched(cells)
        before = rows[-1] if rows else None
        if (
            before is not None
            and abs(before.y - y) < _SAME_ROW * max(size, before.size)
            and cells[0].x0 >= before.x1 - 1
        ):
            gap = cells[0].x0 - before.x1
            if gap < _CELL_GAP * size:
                before.cells[-1].text += ("" if gap < 0.1 * size else " ") + cells[0].text
                before.cells[-1].x1 = cells[0].x1
                cells = cells[1:]
            before.cells.extend(cells)
            before.hyphen = hyphen
            return
        rows.append(TextLine(cells, y, size, bold, hyphen))


def _unless_stretched(cells: list[Cell]) -> list[Cell]:
    """Return one cell where a line was stretched to fill its column: even gaps between single words."""
    gaps = [after.x0 - cell.x1 for cell, after in pairwise(cells)]
    if len(gaps) < _STRETCHED or any(" " in cell.text for cell in cells) or max(gaps) > _EVEN * min(gaps):
        return cells
    return [Cell(" ".join(cell.text for cell in cells), cells[0].x0, cells[-1].x1)]


def read_text(page: pdfium.FPDF_PAGE) -> PageText:
    """Return the lines of a loaded page."""
    result = PageText(width=pdfium.FPDF_GetPageWidthF(page), height=pdfium.FPDF_GetPageHeightF(page))
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return result
    try:
        count = min(pdfium.FPDFText_CountChars(text_page), _MOST_CHARACTERS)
        scanner = _Scanner(text_page, pdfium.FPDFPage_GetRotation(page), result.width, result.height)
        result.lines = scanner.lines(count)
        result.characters = scanner.count
        result.odd = scanner.odd / scanner.count if scanner.count else 0.0
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return result
