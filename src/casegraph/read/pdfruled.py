"""Tables of PDF pages that are drawn with ruling lines: their cells are where the lines say.

pdfplumber finds them (16 of 16 cells of the measured pages, where taking wide gaps for borders lost some); it
takes 0.1 s a page, so that it is asked only about pages on which lines cross.
"""

from __future__ import annotations

import ctypes
import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pdfplumber
import pypdfium2.raw as pdfium

from casegraph.read.cleaning import clean
from casegraph.read.pdftext import TextLine
from casegraph.read.tabular import table_text

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
    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return False
    flat = upright = boxes = 0
    edges = tuple(ctypes.c_float() for _ in range(4))
    pointers = tuple(ctypes.byref(edge) for edge in edges)
    for index in range(count):
        thing = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(thing, *pointers):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        wide, tall = right - left, top - bottom
        flat += tall <= _THIN and wide >= _LONG
        upright += wide <= _THIN and tall >= _LONG
        boxes += wide > _THIN and tall > _THIN and wide >= _LONG
    return flat + upright + boxes <= _MOST_RULES and (
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
    for table in page.find_tables():
        rows = [[_words(cell) for cell in row] for row in table.extract()]
        rows = [row for row in rows if any(row)]
        columns = [column for column in zip(*rows, strict=True) if any(column)]
        if len(rows) < 2 or len(columns) < 2:
            continue
        left, top, right, bottom = table.bbox
        height = float(page.height)
        yield RuledTable(left, height - bottom, right, height - top, tuple(zip(*columns, strict=True)))


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
