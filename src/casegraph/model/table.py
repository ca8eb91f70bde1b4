"""Tables of a page: cells whose words stand in the page's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from casegraph.model.base import Record
from casegraph.model.text import Page

CellKind = Literal["text", "number", "money", "percent", "date", "boolean", "error"]


class Cell(Record, frozen=True, kw_only=True, array_like=True):
    """One cell that holds something: `page.text[start:end]` are its words.

    On the wire a list of its fields in this order. A cell that spans rows or columns stands at its first one.
    """

    row: int  # from 0, counted in the table
    column: int  # from 0
    start: int  # first code point on the page
    end: int  # behind the last code point
    kind: CellKind = "text"
    value: str | None = None  # the typed value: decimal with a point, ISO 8601 date, "true" or "false"
    unit: str | None = None  # ISO 4217 currency of money; UCUM-like code of a number that has one


class Table(Record, frozen=True, kw_only=True):
    """One table, or the part of a long one that stands on one page (CSV on the Web: rows, columns, cells).

    Rows and columns count from 0 within the part. `header` names the rows that hold headings; a part that
    goes on from the page before has none of its own, and its `headings` are those of the first part.
    """

    id: str  # made from document, page and number
    document: str  # its id
    page: int  # page that the part stands on
    number: int  # place among the page's tables, from 1
    start: int  # first code point on the page
    end: int  # behind the last code point
    rows: int  # how many
    columns: int  # how many
    name: str | None = None  # sheet name or caption
    header: tuple[int, ...] = ()  # rows of this part that are headings
    headings: tuple[str, ...] = ()  # one for each column, "" where none
    turned: bool = False  # headings stand in the first column: `headings` has one for each row
    first_row: int = 1  # number that the source gives the part's first row (1 in a sheet's first part)
    cells: tuple[Cell, ...] = ()  # by row and column; empty cells left out


def written(table: Table, text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a table's cells by row, "" for empty ones; `text` is that of its page."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = text[cell.start : cell.end]
    return tuple(map(tuple, rows))


def upright(table: Table) -> Table:
    """Return a table with its headings on top: rows and columns of a turned one change places."""
    if not table.turned:
        return table
    cells = [msgspec.structs.replace(cell, row=cell.column, column=cell.row) for cell in table.cells]
    return msgspec.structs.replace(
        table, rows=table.columns, columns=table.rows, header=(0,), turned=False, first_row=1,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
    )  # fmt: skip


_LINES = 40
"""Lines above a table that are looked at."""

Line = list[tuple[int, str]]


def lines_beside(table: Table, tables: Iterable[Table], page: Page) -> Iterator[Line]:
    """Yield the lines above a table on its page, and those of its own above the headings.

    A line is a list of (place on the page, words), one for a line of text, one a cell for a row of cells.
    What stands above the table before it is not this one's, unless that table has no headings of its own.
    """
    before = sorted((one for one in tables if one.page == table.page and one.start < table.start), key=_start)
    floor = max((one.end for one in before if one.header), default=0)
    plain = [one for one in before if not one.header and one.start >= floor]
    found: list[Line] = []
    for block in page.blocks:
        if floor <= block.start < table.start and block.role != "furniture":
            own = [one for one in plain if block.start <= one.start < block.end]
            found.extend(line for one in own for line in _rows(one, page.text))
            if not own:
                found.extend(_split(page.text, block.start, block.end))
    first = min(table.header, default=0)
    if table.turned:
        first = next((row for row, heading in enumerate(table.headings) if heading), 0)
    found.extend(_rows(table, page.text)[:first])
    yield from found[-_LINES:]


def _start(table: Table) -> int:
    return table.start


def _rows(table: Table, text: str) -> list[Line]:
    rows: list[Line] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append((cell.start, text[cell.start : cell.end]))
    return rows


def _split(text: str, start: int, end: int) -> Iterator[Line]:
    place = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield [(place, line)]
        place += len(line) + 1
