"""Types of cells that come as words: numbers, sums, shares, dates and truth values of a text table."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar

from babel.core import get_global

from casegraph.model import BlockRole, CellKind
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.pieces import Piece

Decimal = Literal[".", ","]
Order = Literal["dmy", "mdy"]
Choice = TypeVar("Choice", bound=str)

_SAMPLE = 2_000  # rows that decide how a column writes numbers and dates
_BLANK = " \u00a0\u202f\u2009'\u2019"  # that part thousands (CLDR, symbols of numbers)
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14})")  # longer ones, and those with a leading 0, are identifiers
_GROUPED = re.compile(rf"-?[1-9]\d{{0,2}}(?:([{_BLANK}.,])\d{{3}})(?:\1\d{{3}})*")
_FRACTION = {
    ".": re.compile(
        rf"-?(?:\d{{1,15}}|\d{{1,3}}(?:[{_BLANK},]\d{{3}})+)?\.\d{{1,15}}(?:[eE][-+]?\d{{1,3}})?"
    ),
    ",": re.compile(rf"-?(?:\d{{1,15}}|\d{{1,3}}(?:[{_BLANK}.]\d{{3}})+),\d{{1,15}}"),
}
_DIGITS = re.compile(r"\d")
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:-(\d\d)-(\d\d)|([/.])(\d{1,2})\4(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?)?")
_SYMBOLS = {
    # Signs of one currency alone; "$" and "¥" are signs of several.
    "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "₸": "KZT", "₺": "TRY", "₹": "INR", "₩": "KRW",
    "руб.": "RUB", "руб": "RUB", "р.": "RUB", "грн": "UAH", "грн.": "UAH", "тенге": "KZT", "元": "CNY",
    "$": None, "¥": None, "￥": None,
}  # fmt: skip
_TRUTH = {"true": "true", "false": "false"}


@dataclass(frozen=True, slots=True)
class Habit:
    """How a column writes: its sign before decimals, and the order of day and month with a slash."""

    decimal: Decimal | None = None
    order: Order | None = None


@functools.cache
def _currencies() -> frozenset[str]:
    """Return the codes of ISO 4217 that are in use."""
    found: Mapping[str, Iterable[Sequence[object]]] = get_global("territory_currencies")
    return frozenset(str(entry[0]) for entries in found.values() for entry in entries)


def habits(rows: Sequence[Sequence[str]]) -> list[Habit]:
    """Return how each column writes; a column that does not tell does as the others."""
    width = max(map(len, rows[:_SAMPLE]), default=0)
    decimals: defaultdict[int, Counter[Decimal]] = defaultdict(Counter)  # of columns that tell
    orders: defaultdict[int, Counter[Order]] = defaultdict(Counter)
    for row in rows[:_SAMPLE]:
        for column, cell in enumerate(row):
            if not _DIGITS.search(cell):
                continue
            text = _bare(cell)[0]
            if (sign := _tells_decimal(text)) is not None:
                decimals[column][sign] += 1
            if (order := _tells_order(text)) is not None:
                orders[column][order] += 1
    decimal, order = _agreed(sum(decimals.values(), Counter())), _agreed(sum(orders.values(), Counter()))
    found = [Habit(decimal, order)] * width
    for column in decimals.keys() | orders.keys():
        own, days = _agreed(decimals[column]), _agreed(orders[column])
        found[column] = Habit(own or decimal, days or order)
    return found


def table_pieces(text: str, role: BlockRole = "table") -> Iterator[Piece]:
    r"""Yield a table that is written as lines with `\t` between cells as pieces with typed cells.

    Any other role than `table` gives one piece without a table.
    """
    if role != "table" or "\t" not in text:
        yield Piece(text, role)
        return
    rows = [line.split("\t") for line in text.split("\n")]
    own = habits(rows)
    yield from tables(
        [typed(cell, own[place]) if place < len(own) else raw(cell) for place, cell in enumerate(row)]
        for row in rows
    )


def _agreed(votes: Counter[Choice]) -> Choice | None:
    """Return what all votes say, None where they differ or there is none."""
    return next(iter(votes)) if len(votes) == 1 else None


def _tells_decimal(text: str) -> Decimal | None:
    """Return the sign before decimals that a number shows; 1,234 and 1.234 show none."""
    if _GROUPED.fullmatch(text):
        return None
    if _FRACTION["."].fullmatch(text):
        return "."
    return "," if _FRACTION[","].fullmatch(text) else None


def _tells_order(text: str) -> Order | None:
    match = _YEAR_LAST.fullmatch(text)
    if match is None or match[2] == ".":
        return None
    first, second = int(match[1]), int(match[3])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def typed(text: str, habit: Habit = Habit()) -> Raw:
    """Return a cell with its typed value where its words have one and it can be read in one way only."""
    cell = raw(text)
    words = cell.text
    if not words or len(words) > 60:
        return cell
    if (truth := _TRUTH.get(words.lower())) is not None:
        return Raw(words, "boolean", truth)
    if not _DIGITS.search(words):
        return cell
    if (day := _day(words, habit.order)) is not None:
        return Raw(words, "date", day)
    bare, kind, unit = _bare(words)
    value = _number(bare, habit.decimal)
    return cell if value is None else Raw(words, kind, value, unit)


def _bare(words: str) -> tuple[str, CellKind, str | None]:
    """Return the number in a cell without per cent and currency, and what it is of."""
    text = words.strip().replace("\u2212", "-")
    if text.startswith("(") and text.endswith(")"):  # a loss, as accountants write it
        text = f"-{text[1:-1].strip()}"
    if text.endswith("%"):
        return text[:-1].rstrip(), "percent", None
    for sign, unit in _SYMBOLS.items():
        if text.endswith(sign) or text.lstrip("-").startswith(sign):
            minus = "-" if text.startswith("-") else ""
            return minus + text.lstrip("-").removeprefix(sign).removesuffix(sign).strip(), "money", unit
    for code, rest in ((text[:3], text[3:]), (text[-3:], text[:-3])):
        if code.isupper() and code.isascii() and code.isalpha() and code in _currencies():
            return rest.strip(), "money", code
    return text, "number", None


def _number(text: str, decimal: Decimal | None) -> str | None:
    """Return a number with a point, None where it is none or could be two."""
    if _INTEGER.fullmatch(text):
        return text
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped[1] in _BLANK:
        return _plain(text)
    if grouped:
        if decimal is None:
            if text.count(grouped[1]) < 2:
                return None
            decimal = "," if grouped[1] == "." else "."
        return _plain(text.replace("." if decimal == "," else ",", "").replace(",", "."))
    for sign, form in _FRACTION.items():
        if form.fullmatch(text):
            return _plain(text.replace("," if sign == "." else ".", "").replace(",", "."))
    return None


def _plain(text: str) -> str:
    return "".join(char for char in text if char not in _BLANK)


def _day(text: str, order: Order | None) -> str | None:
    """Return a date or a moment in ISO 8601; a dot means day first everywhere."""
    if (match := _YEAR_FIRST.fullmatch(text)) is not None:
        year, month, day = match[1], match[2] or match[5] or match[7], match[3] or match[6] or match[8]
        return _moment((year, month, day), (match[9], match[10], match[11]), match[12] or "")
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    first, second = match[1], match[3]
    if match[2] != "." and first != second:
        own = _tells_order(text) or order
        if own is None:
            return None
        first, second = (second, first) if own == "mdy" else (first, second)
    return _moment((match[4], second, first), (match[5], match[6], match[7]), "")


def _moment(
    day: tuple[str, str, str], clock: tuple[str | None, str | None, str | None], zone: str
) -> str | None:
    hour, minute, second = clock
    try:
        moment = datetime(  # noqa: DTZ001 - most tables give no zone; one that does keeps it as written
            int(day[0]), int(day[1]), int(day[2]), int(hour or 0), int(minute or 0), int(second or 0)
        )
    except ValueError:
        return None
    if not 1000 <= moment.year <= 2999:
        return None
    return moment.date().isoformat() if hour is None else moment.isoformat() + zone
