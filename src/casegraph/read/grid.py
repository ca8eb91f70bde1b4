"""Rows of cells as pieces of a page: their words divided by tabs and line ends, their places kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from casegraph.model import Cell, CellKind, Table
from casegraph.read.cleaning import clean, fold_spaces
from casegraph.read.limits import MAX_PAGE
from casegraph.read.pieces import Piece

_LONGEST_CELL = 10_000  # characters kept of one cell
_WIDEST = 2_000  # columns kept of one table


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as a format gives it: its words on one line, and its typed value where the format has one."""

    text: str = ""
    kind: CellKind = "text"
    value: str | None = None
    unit: str | None = None


def raw(text: str) -> Raw:
    """Return a cell of words alone; line ends and tabs in it become blanks."""
    return Raw(fold_spaces(clean(text).replace("\t", " ").replace("\n", " ")).strip()[:_LONGEST_CELL])


def typed(value: object) -> Raw:
    """Return a cell of a value of Python's: of bytes their number, of a time at midnight its day."""
    match value:
        case None:
            return Raw()
        case bool():
            return Raw(str(value).lower(), "boolean", str(value).lower())
        case int() | float() | Decimal():
            return Raw(str(value), "number", str(value))
        case datetime() | date():
            day = value.isoformat().removesuffix("T00:00:00")
            return Raw(day, "date", day)
        case bytes():
            return Raw(f"({len(value)} bytes)")
    return raw(str(value))


def tables(rows: Iterable[Sequence[Raw]], *, name: str | None = None) -> Iterator[Piece]:
    """Yield the rows as table pieces, as many on one as a page takes; blank rows above are dropped.

    `name` is that of the sheet, or a caption. A part's `first_row` is the place of its first row among those
    given, from 1.
    """
    part: _Part | None = None
    for number, row in enumerate(rows, 1):
        kept = _trimmed(row)
        if not kept and part is None:
            continue
        long = sum(len(cell.text) + 1 for cell in kept)
        if part is not None and part.size + long > MAX_PAGE - _LONGEST_CELL:
            yield part.piece(name)
            part = None
        part = part or _Part(number)
        part.add(kept)
    if part is not None and part.cells:
        yield part.piece(name)


@dataclass(slots=True)
class _Part:
    """Rows of one table that go on one page."""

    first: int  # number of the first row in the source, from 1
    lines: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    size: int = 0
    width: int = 0

    def add(self, row: Sequence[Raw]) -> None:
        """Add a row: its cells' words divided by tabs."""
        start = place = self.size + (1 if self.lines else 0)
        for column, cell in enumerate(row):
            if cell.text:
                self.cells.append(
                    Cell(
                        row=len(self.lines), column=column, start=place, end=place + len(cell.text),
                        kind=cell.kind, value=cell.value, unit=cell.unit,
                    )
                )  # fmt: skip
            place += len(cell.text) + 1
        self.lines.append("\t".join(cell.text for cell in row))
        self.size = start + len(self.lines[-1])
        self.width = max(self.width, len(row))

    def piece(self, name: str | None) -> Piece:
        """Return the rows as a piece; empty first cells stay, for offsets count their tabs."""
        last = self.cells[-1].row + 1 if self.cells else 0  # blank rows below are dropped
        text = "\n".join(self.lines[:last])
        table = Table(
            id="", document="", page=1, number=1, start=0, end=len(text), rows=last,
            columns=self.width, name=name, first_row=self.first, cells=tuple(self.cells),
        )  # fmt: skip
        return Piece(text, "table", table)


def _trimmed(row: Sequence[Raw]) -> Sequence[Raw]:
    last = max((place for place, cell in enumerate(row[:_WIDEST], 1) if cell.text), default=0)
    return row[:last]
