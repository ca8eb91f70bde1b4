"""Sheets of OpenDocument (ISO 26300) in one file, and of OpenOffice 1: rows of typed cells; and formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from casegraph.read.grid import Raw, raw, tables
from casegraph.read.package import attribute, local
from casegraph.read.pieces import Piece

_MOST_REPEATED: Final = 1_000  # times that one cell or row is written where it says so
_EMPTY_REPEATED: Final = 50  # times that an empty one is; more of them fill the sheet to its edge
_DEEPEST: Final = 50


def sheets_of(body: etree._Element) -> list[etree._Element]:
    """Return the sheets of a workbook, none where the body is that of a text."""
    holder = next((one for one in body if local(one.tag) == "spreadsheet"), body)
    if any(local(one.tag) in {"p", "h"} for one in holder):
        return []
    return [one for one in holder if local(one.tag) == "table"]


def sheet_pieces(sheet: etree._Element) -> Iterator[Piece]:
    """Yield a sheet as a table. Repeated empty rows and cells are written once, and not at the end."""
    rows: list[list[Raw]] = []
    for row in _rows(sheet, 0):
        cells: list[Raw] = []
        for cell in row:
            if local(cell.tag) in {"table-cell", "covered-table-cell"}:
                value = _cell(cell)
                cells += [value] * _times(cell, "number-columns-repeated", empty=not value.text)
        while cells and not cells[-1].text:
            cells.pop()
        rows += [cells] * _times(row, "number-rows-repeated", empty=not cells)
    yield from tables(rows, name=attribute(sheet, "name"))


def formula(math: etree._Element) -> str:
    """Return a formula as its author typed it (StarMath), else its signs in a row."""
    notes = [one for one in math.iter() if local(one.tag) == "annotation"]
    return " ".join("".join(map(str, (notes[0] if notes else math).itertext())).split())


def _times(element: etree._Element, name: str, *, empty: bool) -> int:
    stated = attribute(element, name) or ""
    times = int(stated) if stated.isdecimal() and len(stated) < 10 else 1
    if empty:
        return times if times < _EMPTY_REPEATED else 1
    return min(times, _MOST_REPEATED)


def _rows(element: etree._Element, depth: int) -> Iterator[etree._Element]:
    for child in element:
        name = local(child.tag)
        if name == "table-row":
            yield child
        elif name in {"table-rows", "table-header-rows", "table-row-group"} and depth < _DEEPEST:
            yield from _rows(child, depth + 1)


def _cell(cell: etree._Element) -> Raw:
    paragraphs = (one for one in cell if local(one.tag) in {"p", "h"})
    shown = raw(" ".join("".join(map(str, one.itertext())) for one in paragraphs))
    kind = attribute(cell, "value-type")
    if kind in {"float", "percentage", "currency"}:
        value = attribute(cell, "value")
        return Raw(shown.text or value or "", "number", value) if value else shown
    if kind == "date":
        day = (attribute(cell, "date-value") or "").removesuffix("T00:00:00")
        return Raw(shown.text or day, "date", day) if day else shown
    return shown
