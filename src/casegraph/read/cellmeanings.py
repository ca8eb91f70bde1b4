"""What the cells of a column are: figures, sums, shares, dates; each is read as its column is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from casegraph.model import Cell, Table, upright
from casegraph.text.tables.days import month_is_first, read_days
from casegraph.text.tables.figures import comma_is_decimal, plain, read_figure
from casegraph.text.tables.headings import read_heading

_DATES = frozenset(["date", "value_date", "start", "end"])
_FIGURES = frozenset(
    ["amount", "debit", "credit", "balance", "quantity", "weight", "price", "share", "shares", "salary"]
)
_FIGURED = re.compile(r"\d")
_CODE = re.compile(r"\d{9,}")  # tax numbers, accounts, codes of goods
_COMPACT = re.compile(r"(?:19|20)\d{6}|[1-7]\d{4}")  # 20210702, or a serial number as words
_SERIALS = range(10_000, 80_000)  # days since 1899-12-30 (the 1900 date system): 1927 to 2119
_EPOCH = date(1899, 12, 30)


def typed(table: Table, text: str, language: str | None) -> Table:
    """Return the table with its cells typed by their words; `text` is that of its piece.

    The decimal sign and the order of day and month are told by the whole column. What a format typed stays.
    """
    turned, first = table.turned, table.first_row
    table = upright(table)
    columns: dict[int, list[int]] = {}
    for place, cell in enumerate(table.cells):
        if cell.row not in table.header:
            columns.setdefault(cell.column, []).append(place)
    cells = list(table.cells)
    for column, places in columns.items():
        heading = read_heading(table.headings[column]).best() if table.headings else None
        words = [text[cells[place].start : cells[place].end] for place in places]
        comma = comma_is_decimal(words, language)
        order = month_is_first(words)
        for place, shown in zip(places, words, strict=True):
            cells[place] = _cell(cells[place], shown, heading, comma=comma, month_first=order)
    if turned:
        back = [msgspec.structs.replace(cell, row=cell.column, column=cell.row) for cell in cells]
        return msgspec.structs.replace(
            table, rows=table.columns, columns=table.rows, header=(), turned=True, first_row=first,
            cells=tuple(sorted(back, key=lambda cell: (cell.row, cell.column))),
        )  # fmt: skip
    return msgspec.structs.replace(table, cells=tuple(cells))


def _cell(  # noqa: PLR0911 - one line a kind
    cell: Cell, words: str, heading: str | None, *, comma: bool, month_first: bool | None
) -> Cell:
    if cell.kind == "number" and heading in _DATES and (day := _of_number(cell.value or "")) is not None:
        return msgspec.structs.replace(cell, kind="date", value=day)
    if cell.kind != "text" or not _FIGURED.search(words):
        return cell
    days = read_days(words, month_first=month_first)
    year = days is not None and not days.whole and words.strip().isdecimal()
    if days is not None and (not year or heading in _DATES):
        return msgspec.structs.replace(cell, kind="date", value=_iso(days.start, days.end, whole=days.whole))
    if (
        heading in _DATES
        and _COMPACT.fullmatch(words.strip())
        and (day := _of_number(words.strip())) is not None
    ):
        return msgspec.structs.replace(cell, kind="date", value=day)
    if _CODE.fullmatch(words.strip()) and heading not in _FIGURES:
        return cell
    figure = read_figure(words, comma=comma)
    if figure is None or figure.high is not None or figure.bound is not None:
        return cell
    value = plain(figure.value)
    if figure.percent:
        return msgspec.structs.replace(cell, kind="percent", value=value)
    if figure.currency is not None:
        return msgspec.structs.replace(cell, kind="money", value=value, unit=figure.currency)
    return msgspec.structs.replace(cell, kind="number", value=value, unit=figure.unit)


def _iso(start: str, end: str, *, whole: bool) -> str:
    """Return a day as it is, a month as `2021-03`, a year as `2021`."""
    if whole:
        return start
    return start[:7] if start[:4] == end[:4] or (end[5:7] == "01" and start[5:7] == "12") else start[:4]


def _of_number(value: str) -> str | None:
    """Return the day that a spreadsheet's serial number, or a number written 20240131, stands for."""
    if not re.fullmatch(r"\d{5}(?:\.\d+)?|\d{8}", value):
        return None
    if len(value) == 8:
        days = read_days(f"{value[:4]}-{value[4:6]}-{value[6:]}")
        return days.start if days is not None else None
    serial = int(float(value))
    return (_EPOCH + timedelta(days=serial)).isoformat() if serial in _SERIALS else None


def matrix(table: Table, text: str) -> Sequence[Sequence[str]]:
    """Return the words of a table's cells by row, "" for empty ones."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = text[cell.start : cell.end]
    return rows
