"""Several tables on one sheet: where one ends and the next, with headings of its own, begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from casegraph.model import Table
from casegraph.read.cellmeanings import matrix
from casegraph.read.headrows import Rows, header_rows
from casegraph.read.pieces import Piece

_MOST_GAPS = 40  # blank rows behind which a table is looked for
_LOOK = 120  # rows behind each
_MOST_TITLES = 8  # lines between a blank row and headings
_NARROW = 2  # cells of such a line at most


def parted(piece: Piece, table: Table) -> Iterator[tuple[Piece, Table]]:
    """Yield a piece as the tables that it holds; the next begins behind a blank row, with headings."""
    rows = matrix(table, piece.text)
    starts = [] if piece.words or table.header or table.headings else list(_starts(rows))
    if not starts:
        yield piece, table
        return
    lines = piece.text.split("\n")
    for begin, end in zip([0, *starts], [*starts, table.rows], strict=True):
        offset = sum(len(line) + 1 for line in lines[:begin])
        last = end
        while last > begin and not any(rows[last - 1]):
            last -= 1
        text = "\n".join(lines[begin:last])
        own = tuple(
            msgspec.structs.replace(
                cell, row=cell.row - begin, start=cell.start - offset, end=cell.end - offset
            )
            for cell in table.cells
            if begin <= cell.row < last
        )
        part = msgspec.structs.replace(
            table, start=0, end=len(text), rows=last - begin, first_row=table.first_row + begin, cells=own,
            columns=max(cell.column for cell in own) + 1,
        )  # fmt: skip
        yield replace(piece, text=text, table=part), part


def _starts(rows: Rows) -> Iterator[int]:
    """Yield the rows, each behind a blank one, that begin a table after one with headings."""
    begin = 0
    gaps = [place for place in range(1, len(rows)) if any(rows[place]) and not any(rows[place - 1])]
    for place in gaps[:_MOST_GAPS]:
        head = header_rows(rows[begin : min(place, begin + _LOOK)])
        if not head or begin + head[-1] + 1 >= place or not any(map(any, rows[begin + head[-1] + 1 : place])):
            continue
        rest = rows[place : place + _LOOK]
        own = header_rows(rest)
        if (
            own
            and own[0] <= _MOST_TITLES
            and _are_titles(rest[: own[0]])
            and rest[own[0]] != rows[begin + head[0]]
        ):
            yield place
            begin = place


def _are_titles(rows: Rows) -> bool:
    return all(sum(map(bool, row)) <= _NARROW for row in rows)
