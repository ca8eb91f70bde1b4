"""Lines of a PDF page with their places, put together from the words of its text layer."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pypdfium2.raw as pdfium

from casegraph.read.cleaning import clean
from casegraph.read.ocr import Scanned
from casegraph.read.pdfwords import TextLayer, Words
from casegraph.read.placing import Layer

_MOST_CHARACTERS = 1_000_000  # of one page
_CELL_GAP = 1.6  # line heights between words of different table cells; justified text stays under 1
_STRETCHED = 3  # gaps
_EVEN = 1.5
_SAME_ROW = 0.35  # line heights that baselines of one row may differ


@dataclass(slots=True)
class Cell:
    """Words of a line without a wide gap between them."""

    text: str
    x0: float
    x1: float
    spots: tuple[int, int] = (0, 0)  # its words in the page's layer, from and up to


@dataclass(slots=True)
class TextLine:
    """One line. Coordinates are points from the lower left corner of the level page."""

    cells: list[Cell]
    y: float  # baseline
    size: float  # height of the font's box
    bold: bool
    hyphen: bool = False  # the last word goes on in the next line

    @property
    def text(self) -> str:
        """The words of the line."""
        if len(self.cells) == 1:
            return self.cells[0].text
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
    """What one page shows. `odd` is the share of characters that no text has (a broken text layer).

    `width` and `height` are those of the page turned so that its text is level, in points; `shown` is its
    size as shown, in hundredths of a point.
    """

    lines: list[TextLine] = field(default_factory=list)
    layer: Layer = field(default_factory=Layer)
    width: float = 0.0
    height: float = 0.0
    shown: tuple[int, int] = (0, 0)
    characters: int = 0
    odd: float = 0.0
    ruled: bool = False  # lines that may make tables are drawn on it
    pictured: bool = False  # hardly any text and something else to see
    scanned: Scanned | None = None  # what OCR read off it
    notes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)  # names and values of a filled-in form


def _lines(layer: TextLayer, found: Words) -> list[TextLine]:
    """Return the page's lines in pdfium's order, rows of cells put together."""
    if not found.count:
        return []
    fresh = np.flatnonzero(np.diff(found.line, prepend=-1))
    size = np.repeat(found.size[fresh], np.diff(fresh, append=len(found.line)))
    gaps, back = found.left[1:] - found.right[:-1], found.left[1:] < found.left[:-1]
    wide = np.concatenate(([True], (gaps >= _CELL_GAP * size[1:]) | back))
    wide[fresh] = True
    begins = np.flatnonzero(wide)
    cells = _cells(found, begins)
    stops = [*np.searchsorted(begins, fresh).tolist(), len(cells)]
    at = found.first[fresh].tolist()
    heights = layer.baselines(at)
    given = list(
        zip(
            found.line[fresh].tolist(), pairwise(stops), heights, found.size[fresh].tolist(), layer.bold(at),
            strict=True,
        )
    )  # fmt: skip
    rows: list[TextLine] = []
    for line, (start, stop), y, tall, bold in reversed(given) if _upwards(layer, heights) else given:
        shown = [cell for cell in cells[start:stop] if cell.text]
        if shown:
            _add(rows, TextLine(_unless_stretched(shown), y, tall, bold, line in found.hyphens))
    return rows


def _upwards(layer: TextLayer, heights: list[float]) -> bool:
    """Tell whether lines come last line first, as pdfium gives those that run up the page as shown."""
    if not layer.is_turned:
        return False
    steps = [after - before for before, after in pairwise(heights)]
    return 2 * sum(step > 0 for step in steps) > len(steps)


def _cells(found: Words, begins: np.ndarray) -> list[Cell]:
    """Return the words in runs that begin at some of them: what stands without a wide gap between."""
    ends = np.append(begins[1:], len(found.first))
    cells = []
    for first, last, left, right, spot, behind in zip(
        found.first[begins].tolist(),
        found.last[ends - 1].tolist(),
        found.left[begins].tolist(),
        found.right[ends - 1].tolist(),
        found.spots[begins].tolist(),
        found.spots[ends].tolist(),
        strict=True,
    ):
        text = " ".join(found.text[first : last + 1].split())
        cells.append(Cell(text if found.plain else clean(text).strip(), left, right, (spot, behind)))
    return cells


def _add(rows: list[TextLine], line: TextLine) -> None:
    """Add a line, to the row before if it stands on its baseline."""
    before = rows[-1] if rows else None
    cells = line.cells
    if (
        before is None
        or abs(before.y - line.y) >= _SAME_ROW * max(line.size, before.size)
        or cells[0].x0 < before.x1 - 1
    ):
        rows.append(line)
        return
    gap = cells[0].x0 - before.x1
    if gap < _CELL_GAP * line.size:
        last = before.cells[-1]
        last.text += ("" if gap < 0.1 * line.size else " ") + cells[0].text
        last.x1 = cells[0].x1
        last.spots = last.spots[0], cells[0].spots[1]
        cells = cells[1:]
    before.cells.extend(cells)
    before.hyphen = line.hyphen


def _unless_stretched(cells: list[Cell]) -> list[Cell]:
    """Return one cell where a line was stretched to fill its column: even gaps between single words."""
    gaps = [after.x0 - cell.x1 for cell, after in pairwise(cells)]
    if len(gaps) < _STRETCHED or any(" " in cell.text for cell in cells) or max(gaps) > _EVEN * min(gaps):
        return cells
    spots = cells[0].spots[0], cells[-1].spots[1]
    return [Cell(" ".join(cell.text for cell in cells), cells[0].x0, cells[-1].x1, spots)]


def read_text(page: pdfium.FPDF_PAGE) -> PageText:
    """Return the lines of a loaded page."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    result = PageText(width=width, height=height, shown=(round(width * 100), round(height * 100)))
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return result
    try:
        layer = TextLayer(page, text_page)
        found = layer.words(min(pdfium.FPDFText_CountChars(text_page), _MOST_CHARACTERS))
        result.layer = found.layer
        result.lines = _lines(layer, found)
        result.width, result.height = layer.width, layer.height
        result.characters = found.count
        result.odd = found.odd / found.count if found.count else 0.0
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return result
