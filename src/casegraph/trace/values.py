"""Numbers and dates that can hold at once, or cannot."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from casegraph.model import Amount, ClaimDate, Quantity

Agreement = Literal["same", "different", "unknown"]
"""Of two things that may say the same: unknown where one of them does not say."""

Interval = tuple[float, float]
Days = tuple[int, int]  # first day and the day behind the last, as ordinals

_ABOUT = 0.1  # "about" and round numbers: a tenth up or down
_ROUND = 100  # counts below are taken as counted, not as rounded
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_INFINITE = float("inf")
_NEVER, _EVER = 0, 4_000_000


def interval(value: Quantity | Amount, *, loose: bool = False) -> Interval | None:
    """Return the bounds of a value, None where it has none; loose: as wide as its roundness allows."""
    if value.minimum is None and value.maximum is None:
        return None
    low = -_INFINITE if value.minimum is None else value.minimum
    high = _INFINITE if value.maximum is None else value.maximum
    if not loose:
        return low, high
    about = isinstance(value, Quantity) and value.approximate
    return low - _slack(low, about=about), high + _slack(high, about=about)


def _slack(number: float, *, about: bool) -> float:
    if number in {-_INFINITE, _INFINITE}:
        return 0.0
    if about:
        return abs(number) * _ABOUT
    if number != int(number):
        decimals = len(repr(abs(number)).partition(".")[2])
        return 0.5 * float(10**-decimals)
    if abs(number) < _ROUND:
        return 0.0
    figures = str(int(abs(number)))
    zeros = len(figures) - len(figures.rstrip("0"))
    return min(0.5 * float(10**zeros), abs(number) * _ABOUT) if zeros else 0.0


def comparable(left: Quantity | Amount, right: Quantity | Amount) -> bool:
    """Say whether two values are of one unit or currency, so that they can agree or not."""
    return _unit(left) is not None and _unit(left) == _unit(right)


def _unit(value: Quantity | Amount) -> str | None:
    return value.unit if isinstance(value, Quantity) else value.currency


def agree(left: Quantity | Amount | None, right: Quantity | Amount | None) -> Agreement:
    """Say whether both can be right: bounds and roundings allow it."""
    if left is None or right is None or not comparable(left, right):
        return "unknown"
    one, other = interval(left, loose=True), interval(right, loose=True)
    if one is None or other is None:
        return "unknown"
    return "same" if one[0] <= other[1] and other[0] <= one[1] else "different"


def rounded(left: float, right: float) -> bool:
    """Say whether two numbers are one, more and less rounded: 1,234 and 1,200."""
    return abs(left - right) <= _slack(left, about=False) + _slack(right, about=False)


def differ(left: Quantity | Amount | None, right: Quantity | Amount | None) -> bool:
    """Say whether two values of one unit are written differently: another number or another bound."""
    if left is None or right is None or not comparable(left, right):
        return False
    one, other = interval(left), interval(right)
    return one is not None and other is not None and one != other


def number(value: float) -> str:
    """Return a number as people write it: no `.0`."""
    return str(int(value)) if value == int(value) else repr(value)


def shown(value: Quantity | Amount) -> str:
    """Return a value in words: `at least 7`, `5 to 8 km`, `100 USD`."""
    unit = _unit(value) or ""
    unit = "" if unit == "item" else unit
    if value.minimum is None and value.maximum is None:
        return unit
    if value.minimum is None:
        text = f"at most {number(value.maximum or 0)}"
    elif value.maximum is None:
        text = f"at least {number(value.minimum)}"
    elif value.minimum == value.maximum:
        text = number(value.minimum)
    else:
        text = f"{number(value.minimum)} to {number(value.maximum)}"
    if isinstance(value, Quantity) and value.approximate:
        text = f"about {text}"
    return f"{text} {unit}".strip()


def days(when: ClaimDate) -> Days | None:
    """Return the days of a date, None for one without ISO dates."""
    start, end = day(when.start), day(when.end)
    if start is None and end is None:
        return None
    if when.start and end is None and "T" in when.start and start is not None:
        return start, start + 1
    return (_NEVER if start is None else start), (_EVER if end is None else max(end, (start or 0) + 1))


def day(written: str | None) -> int | None:
    """Return the first day of an ISO 8601 date as an ordinal, None without one."""
    found = _ISO.match(written or "")
    if found is None:
        return None
    year, month, number_ = (int(part) if part else 1 for part in found.groups())
    try:
        return date(year, month, number_).toordinal()
    except ValueError:
        return None


def together(left: tuple[ClaimDate, ...], right: tuple[ClaimDate, ...]) -> Agreement:
    """Say whether dates can mean one time, a day's difference allowed (time zones)."""
    ones = [found for found in map(days, left) if found]
    others = [found for found in map(days, right) if found]
    if not ones or not others:
        return "unknown"
    near = any(one[0] - 1 < other[1] and other[0] - 1 < one[1] for one in ones for other in others)
    return "same" if near else "different"


def apart(left: tuple[ClaimDate, ...], right: tuple[ClaimDate, ...]) -> bool:
    """Say whether dates of two claims cannot mean one time."""
    return together(left, right) == "different"
