"""Sums, quantities, shares and dates out of the cells of a row.

What does not fit goes into `wrong`, in words that tell nothing of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from casegraph.attribute.tables.grid import Grid, Row, currency_beside, heading_measure
from casegraph.model import Cell, ClaimDate, Quantity, Target
from casegraph.text.tables.days import read_days
from casegraph.text.tables.figures import currency_of, read_figure, unit_of

_FRACTION = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})")
_NONE = frozenset(["", "-", "–", "—", "0", "x", "х", "n/a", "нет", "无", "/"])
_HUNDRED = 100.0
_SHARE_RANGE = re.compile(
    r"(\d{1,3})\s?%?[\s-]*(?:to|and|до|至|-|–|—)[\s-]*(\d{1,3})[\s-]*(?:%|per\s?cent|процент)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a row with the cell that it stands in."""

    minimum: float | None
    maximum: float | None
    unit: str | None
    target: Target


def blank(words: str) -> bool:
    """Tell whether a cell says that there is nothing."""
    return words.strip().lower() in _NONE


def figure(grid: Grid, row: Row, column: int | None, what: str, wrong: list[str]) -> Value | None:
    """Return the figure of a cell in the heading's units, None for an empty or wrong one."""
    cell = row.cells.get(column) if column is not None else None
    if cell is None or column is None or blank(grid.words(cell)):
        return None
    factor, currency, unit, _ = heading_measure(grid, column)
    if what == "amount" and factor == 1 and currency is None and not (cell.kind == "money" and cell.unit):
        factor = grid.measure.factor
    target = grid.page.target(cell.start, cell.end)
    if cell.kind in {"number", "money", "percent"} and cell.value is not None:
        value = _times(float(cell.value), factor)
        return Value(value, value, cell.unit or currency or unit, target)
    read = read_figure(grid.words(cell))
    if read is None or read.percent:
        wrong.append(f"the {what} is no figure")
        return None
    low = _times(float(read.value), factor)
    high = low if read.high is None else _times(float(read.high), factor)
    minimum = None if read.bound == "most" else low
    maximum = None if read.bound == "least" else high
    return Value(minimum, maximum, read.currency or read.unit or currency or unit, target)


def _times(value: float, factor: int) -> float:
    return float(f"{value * factor:.15g}")


def currency(grid: Grid, row: Row, column: int | None, amount: Value) -> str | None:
    """Return the ISO 4217 code of a sum: its own sign, its row's, its heading's, that beside the table."""
    own = amount.unit if amount.unit and currency_of(amount.unit) else None
    cell = row.cells.get(column) if column is not None else None
    in_row = currency_of(grid.words(cell)) if cell is not None else None
    return own or in_row or currency_beside(grid)


def quantity(grid: Grid, row: Row, value: Value, column: int | None, heading: str) -> Quantity | None:
    """Return a counted or measured quantity; a weight without a unit is none."""
    cell = row.cells.get(column) if column is not None else None
    words = grid.words(cell) if cell is not None else ""
    unit = unit_of(words) if words else None
    unit = unit or value.unit or (None if heading == "weight" else "item")
    if unit is None or currency_of(unit) is not None:
        return None
    return Quantity(minimum=value.minimum, maximum=value.maximum, unit=unit)


def share_range(words: str) -> tuple[float, float] | None:
    """Return the bounds that a register's words state: `shares-25-to-50-percent`, "от 25 до 50 %"."""
    match = _SHARE_RANGE.search(words)
    if match is None or not 0 <= float(match[1]) < float(match[2]) <= _HUNDRED:
        return None
    return float(match[1]), float(match[2])


def share(grid: Grid, row: Row, column: int, wrong: list[str]) -> tuple[Quantity, Target] | None:
    """Return a share in per cent, None for an empty or wrong cell.

    "1/3" is a third; a spreadsheet keeps 51 % as 0.51, which its whole column tells.
    """
    cell = row.cells.get(column)
    if cell is None or blank(grid.words(cell)):
        return None
    target = grid.page.target(cell.start, cell.end)
    words = grid.words(cell)
    parts = _FRACTION.fullmatch(words.strip())
    if parts is not None and 0 < int(parts[1]) <= int(parts[2]):
        low: float | None = round(_HUNDRED * int(parts[1]) / int(parts[2]), 6)
        return Quantity(minimum=low, maximum=low, unit="%"), target
    high: float | None
    if cell.kind in {"number", "percent"} and cell.value is not None:
        low = float(cell.value) * (_HUNDRED if column in grid.of_one else 1.0)
        low = high = float(f"{low:.12g}")
    else:
        read = read_figure(words, comma=True) or read_figure(words)
        bounds = share_range(words) if read is None else None
        if bounds is not None:
            return Quantity(minimum=bounds[0], maximum=bounds[1], unit="%"), target
        if read is None:
            wrong.append("the share is no figure")
            return None
        low = float(read.value)
        high = low if read.high is None else float(read.high)
        low, high = (None if read.bound == "most" else low), (None if read.bound == "least" else high)
    if any(side is not None and not 0 <= side <= _HUNDRED for side in (low, high)):
        wrong.append("the share is below 0 or above 100 per cent")
        return None
    return Quantity(minimum=low, maximum=high, unit="%"), target


def day(grid: Grid, row: Row, column: int, what: str, wrong: list[str]) -> ClaimDate | None:
    """Return when, by a cell, None for an empty or wrong one."""
    cell = row.cells.get(column)
    if cell is None or blank(grid.words(cell)):
        return None
    words = grid.words(cell)
    target = grid.page.target(cell.start, cell.end)
    days = read_days(cell.value if cell.kind == "date" and cell.value else words)
    if days is None and any(map(str.isdigit, words)):
        if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", words.strip()):
            return ClaimDate(
                start=None, end=None, text=words, target=target
            )  # 03/04: whose month comes first?
        wrong.append(f"the {what} is no date")
        return None
    if days is None:
        return None  # "to date", "н.в."
    return ClaimDate(start=days.start, end=days.end, text=words, target=target)


def iso_day(start: str, target: Target) -> ClaimDate:
    """Return a whole day."""
    end = (date.fromisoformat(start[:10]) + timedelta(days=1)).isoformat()
    return ClaimDate(start=start, end=end, text=target.exact, target=target)


def target_of(grid: Grid, cell: Cell) -> Target:
    """Return where a cell stands."""
    return grid.page.target(cell.start, cell.end)
