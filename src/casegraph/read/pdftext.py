"""Lines of a PDF page with their places, from pdfium's characters.

pdfium's `FPDFText_GetText` is not aligned with its character indices (ligatures, right-to-left, dropped
controls: 25 of 321 pages), so the text is built from single characters, and boxes asked for only where
a word begins or ends.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

from casegraph.read.cleaning import clean

_MOST_CHARACTERS = 1_000_000  # of one page
_MARKS = frozenset({0x2, 0xFFFE})  # what pdfium puts for a hyphen at a line's end
_LINE_ENDS = frozenset({10, 13})
_BLANKS = _LINE_ENDS | {9, 32, 0xA0, 0x3000}
_NOTHING = frozenset({0, 0xAD})
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
    pictured: bool = False  # hardly any text and something else to see
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
        left, right_edge, bottom, top = self.box
        pdfium.FPDFText_GetCharBox(
            self.page,
            index,
            ctypes.byref(left),
            ctypes.byref(right_edge),
            ctypes.byref(bottom),
            ctypes.byref(top),
        )
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

    def lines(self, count: int) -> list[TextLine]:
        """Return the page's lines in pdfium's order, rows of cells put together."""
        rows: list[TextLine] = []
        words: list[_Word] = []
        letters: list[str] = []
        start = index = 0
        get = pdfium.FPDFText_GetUnicode
        while index <= count:
            code = get(self.page, index) if index < count else 10
            if code in _BLANKS or code in _MARKS:
                if letters:
                    words.append(_Word("".join(letters), start, index - 1))
                    letters = []
                # After a mark pdfium goes on with the next line's letters without a line end.
                if words and (code in _LINE_ENDS or code in _MARKS):
                    self._add(rows, words, hyphen=code in _MARKS)
                    words = []
            elif code not in _NOTHING:
                if not letters:
                    start = index
                index += self._letter(code, index, count, letters)
            index += 1
        return rows

    def _letter(self, code: int, index: int, count: int, letters: list[str]) -> int:
        """Append a character; return how many further indices it took (the low half of a pair)."""
        self.count += 1
        if 0xD800 <= code < 0xDC00 and index + 1 < count:
            low = pdfium.FPDFText_GetUnicode(self.page, index + 1)
            if 0xDC00 <= low < 0xE000:
                letters.append(chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00))
                return 1
        if (
            code < 0x20
            or 0x7F <= code < 0xA0
            or 0xD800 <= code < 0xF900
            or code in {0xFFFD, 0xFFFF}
            or code > 0x10FFFF
        ):
            self.odd += 1
            if code < 0xE000 or code > 0xF8FF:
                letters.append("\ufffd" if code >= 0x20 else "")
                return 0
        letters.append(chr(code))
        return 0

    def _add(self, rows: list[TextLine], words: list[_Word], *, hyphen: bool) -> None:
        """Make a line of words and add it, to the row before if it stands on its baseline."""
        y, size, bold = self._measure(words[0].first)
        cells: list[Cell] = []
        for word in words:
            text = clean(word.text)
            if not text:
                continue
            x0, x1 = self._edge(word.first, right=False), self._edge(word.last, right=True)
            if cells and x0 - cells[-1].x1 < _CELL_GAP * size:
                cells[-1].text += " " + text
                cells[-1].x1 = max(cells[-1].x1, x1)
            else:
                cells.append(Cell(text, x0, x1))
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
