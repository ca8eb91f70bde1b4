"""Pieces that are tables: their rows and cells, their headings, the types of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec

from casegraph.model import Table
from casegraph.read.cellmeanings import matrix, typed
from casegraph.read.grid import raw, tables
from casegraph.read.headrows import header_rows, headings, turned_rows
from casegraph.read.pieces import Piece, Sheet
from casegraph.read.tableparts import parted

_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2
_BETWEEN = frozenset(["header", "footer", "furniture"])  # what may stand between the parts of one table


def tabled(piece: Piece) -> Iterator[Piece]:
    r"""Yield a piece of tab-divided lines as tables, as many as its length takes; any other as it is."""
    if piece.role != "table" or piece.table is not None or piece.words or "\t" not in piece.text:
        yield piece
        return
    lines = piece.text.strip("\n").split("\n")
    rows = [[raw(cell) for cell in line.split("\t")] for line in lines]
    wide = sum(sum(bool(cell.text) for cell in row) >= _FEWEST_COLUMNS for row in rows)
    if len(rows) < _FEWEST_ROWS or wide < _FEWEST_ROWS:
        yield piece
        return
    spots = piece.spots
    for part in tables(rows):
        yield part if spots is None else replace(part, spots=spots)
        spots = None  # those of the later parts are not known


def finished(sheets: Sequence[Sheet], language: str | None) -> list[Sheet]:
    """Return the pages with the headings of their tables found and their cells typed.

    A part that goes on from the page before takes over the headings of that part.
    """
    before: Table | None = None
    done = []
    for sheet in sheets:
        pieces = []
        for piece in sheet.pieces:
            if piece.table is None:
                before = before if piece.role in _BETWEEN else None
                pieces.append(piece)
                continue
            for part, own in parted(piece, piece.table):
                before = typed(_headed(own, part.text, before), part.text, language)
                pieces.append(replace(part, table=before))
        done.append(replace(sheet, pieces=pieces))
    return done


def _headed(table: Table, text: str, before: Table | None) -> Table:
    if table.header or table.headings:
        return table
    goes_on = before is not None and table.name == before.name and table.columns == before.columns
    if table.first_row > 1 and not goes_on:
        goes_on = before is not None and table.name == before.name and bool(before.headings)
    rows = matrix(table, text)
    fields = () if goes_on else turned_rows(rows)
    if fields:
        names = tuple(rows[place][0] if place in fields else "" for place in range(table.rows))
        return msgspec.structs.replace(table, turned=True, headings=names)
    found = header_rows(rows)
    if goes_on and before is not None and before.headings:
        own = headings(rows, found, table.columns)
        if not found or own != before.headings[: table.columns]:
            return msgspec.structs.replace(table, headings=_fitted(before.headings, table.columns))
    return msgspec.structs.replace(
        table, header=found, headings=headings(rows, found, table.columns) if found else ()
    )


def _fitted(given: tuple[str, ...], columns: int) -> tuple[str, ...]:
    return (*given, *("" for _ in range(columns)))[:columns]
