"""Tables of PDF pages that are drawn with ruling lines: their cells are where the lines say.

pdfplumber finds them (16 of 16 cells of the measured pages, where taking wide gaps for borders lost some); it
takes 0.1 s a page, so that it is asked only about pages on which lines cross.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pdfplumber
import pypdfium2.raw as pdfium

from casegraph.read.cleaning import clean
from casegraph.read.pdfcalls import bounds, objects
from casegraph.read.pdftext import TextLine
from casegraph.read.placing import Layer, Ranges, joined
from casegraph.read.tabular import table_text

Box = tuple[float, float, float, float]

_MOST_OBJECTS = 20_000  # of one page that are looked at: beyond is a drawing
_MOST_RULES = 4_000  # ruling lines of one page: beyond is a map or a plot
_MOST_PAGES = 200  # of one document that are asked about
_THIN = 2.0  # points that a ruling line may be thick
_LONG = 8.0  # points that it is long at least
_CROSSING = 3  # lines of either direction that a table of two rows and columns has at least
_AGREE = 0.8  # of the text layer's letters inside the lines that the cells must hold
_SLACK = 2.0  # points


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's rows and its place: points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Box | None, ...], ...] = ()  # as many; points from the upper left corner

    def spots(self, layer: Layer, ranges: Iterable[tuple[int, int]]) -> Ranges:
        """Return words of a page cell by cell, as `text` has them; those that no cell holds are left out."""
        boxes = [cell for row in self.cells for cell in row if cell is not None]
        numbers = np.concatenate([np.arange(0), *(np.arange(first, last) for first, last in ranges)])
        if not boxes or not len(numbers):
            return ()
        middles = (layer.boxes[numbers, :2] + layer.boxes[numbers, 2:]) / 200
        found: list[tuple[int, int]] = []
        for left, top, right, bottom in boxes:
            x, y = middles.T
            inside = numbers[(left <= x) & (x < right) & (top <= y) & (y < bottom)]
            found.extend((number, number + 1) for number in inside.tolist())
        return joined(found)

    @property
    def text(self) -> str:
        """The rows as stored text."""
        return table_text(self.rows)

    def holds(self, line: TextLine) -> bool:
        """Tell whether a line of the page stands in the table."""
        inside = self.bottom - _SLACK <= line.y <= self.top + _SLACK
        middle = (line.x0 + line.x1) / 2
        return inside and self.left - _SLACK <= middle <= self.right + _SLACK


def is_ruled(page: pdfium.FPDF_PAGE) -> bool:
    """Tell whether enough horizontal and vertical lines are drawn on a loaded page to make a table."""
    if pdfium.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
        return False
    paths = objects(page, pdfium.FPDF_PAGEOBJ_PATH, _MOST_OBJECTS)
    if not paths:
        return False
    left, bottom, right, top = bounds(paths).T
    wide, tall = right - left, top - bottom
    flat = np.count_nonzero((tall <= _THIN) & (wide >= _LONG))
    upright = np.count_nonzero((wide <= _THIN) & (tall >= _LONG))
    boxes = np.count_nonzero((wide > _THIN) & (tall > _THIN) & (wide >= _LONG))
    return bool(flat + upright + boxes <= _MOST_RULES) and bool(
        (flat >= _CROSSING and upright >= _CROSSING)
        or boxes >= 2 * _CROSSING
        or (boxes > 0 and flat + upright > 2)
    )


def ruled_tables(
    data: bytes, numbers: Sequence[int], password: str | None = None
) -> dict[int, list[RuledTable]]:
    """Return the tables of some pages, by page index; none where the finder cannot read the file."""
    wanted = list(numbers)[:_MOST_PAGES]
    if not wanted:
        return {}
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its warnings quote the file
    found: dict[int, list[RuledTable]] = {}
    try:
        with pdfplumber.open(
            io.BytesIO(data), pages=[number + 1 for number in wanted], password=password or ""
        ) as document:
            for number, page in zip(wanted, document.pages, strict=False):
                found[number] = list(_tables(page))
                page.close()
    except Exception:  # noqa: BLE001 - pdfminer raises anything on broken files; the text layer is read all the same
        return found
    return found


def _tables(page: pdfplumber.page.Page) -> Iterator[RuledTable]:
    if len(page.edges) > _MOST_RULES:
        return
    # pdfplumber counts from the corner of the paper, pdfium from that of what is shown of it.
    across, down = (max(pair) for pair in zip(page.cropbox[:2], page.mediabox[:2], strict=True))
    height = float(min(page.cropbox[3], page.mediabox[3]) - down)

    def seen(box: Box) -> Box:
        return box[0] - across, box[1] - down, box[2] - across, box[3] - down

    for table in page.find_tables():
        shown = [
            ([_words(cell) for cell in row], places.cells)
            for row, places in zip(table.extract(), table.rows, strict=True)
        ]
        shown = [(row, places) for row, places in shown if any(row)]
        kept = [
            column
            for column in range(len(shown[0][0]) if shown else 0)
            if any(row[column] for row, _ in shown)
        ]
        if len(shown) < 2 or len(kept) < 2:
            continue
        left, top, right, bottom = seen(table.bbox)
        yield RuledTable(
            left,
            height - bottom,
            right,
            height - top,
            tuple(tuple(row[column] for column in kept) for row, _ in shown),
            tuple(
                tuple(seen(cell) if (cell := places[column]) else None for column in kept)
                for _, places in shown
            ),
        )


def _words(cell: str | None) -> str:
    return " ".join(clean(cell or "").split())


def trusted(tables: Sequence[RuledTable], lines: Sequence[TextLine]) -> list[RuledTable]:
    """Return the tables whose cells hold what the text layer has within their lines."""
    kept = []
    for table in tables:
        layer = sum(len("".join(line.text.split())) for line in lines if table.holds(line))
        cells = sum(len("".join(cell.split())) for row in table.rows for cell in row)
        if layer and _AGREE <= cells / layer <= 1 / _AGREE:
            kept.append(table)
    return kept
