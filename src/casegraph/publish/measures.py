"""Dates, sums and quantities as a person writes them, bounds kept."""

from __future__ import annotations

import datetime as dt

from casegraph.model import Amount, ClaimDate, Date, Quantity

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GLUED = frozenset({"%"})
_EXACT = 1e15  # whole numbers below it are exact in a float
_TINY = 1e-4
_ROUNDING = 1e-9
_YEAR, _QUARTER = 12, 3  # months
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))


def number(value: float) -> str:
    """Return 1250000.0 as `1,250,000` and 7.50 as `7.5`."""
    if abs(value) < _EXACT and value == int(value):
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".") if _TINY <= abs(value) < _EXACT else f"{value:g}"


def scaled(value: float) -> str:
    """Return 1250000.0 as `1.25m`; sums that would lose a digit stay whole."""
    for scale, letter in _SCALES:
        part = value / scale
        if abs(part) >= 1 and abs(round(part, 3) - part) < _ROUNDING:
            return number(round(part, 3)) + letter
    return number(value)


def _bounds(low: str | None, high: str | None, suffix: str = "") -> str:
    if low is None and high is None:
        return ""
    if low == high:
        return f"{low}{suffix}"
    if high is None:
        return f"{low}{suffix}+" if suffix in _GLUED or not suffix else f"{low}+{suffix}"
    if low is None:
        return f"≤{high}{suffix}"
    return f"{low}\u2013{high}{suffix}"


def quantity(value: Quantity) -> str:
    """Return `7+`, `≤2,000 km`, `~50 kg`, `25%+`, `5–7`; items have no unit; "" when nothing is said."""
    low = None if value.minimum is None else number(value.minimum)
    high = None if value.maximum is None else number(value.maximum)
    suffix = {"item": "", "%": "%"}.get(value.unit, f"\u00a0{value.unit}")
    words = _bounds(low, high, suffix)
    return f"~{words}" if value.approximate and words else words


def amount(value: Amount) -> str:
    """Return `USD 1.25m`, `EUR 5bn+`, `≤USD 3m`; `in CNY` when no sum is said."""
    low = None if value.minimum is None else scaled(value.minimum)
    high = None if value.maximum is None else scaled(value.maximum)
    words = _bounds(low, high)
    if not words:
        return f"in {value.currency}" if value.currency else ""
    if not value.currency:
        return words
    if words.startswith("≤"):
        return f"≤{value.currency}\u00a0{words[1:]}"
    return f"{value.currency}\u00a0{words}"


def period(value: Date | ClaimDate) -> str:
    """Return the half-open interval as `25 Sep 2024`, `Feb 2022`, `Q1 2022`, `2022`, `Mar–May 2021`.

    The words themselves stand in for an interval that is not ISO 8601 or not there.
    """
    start, end = _day(value.start), _day(value.end)
    if (value.start and start is None) or (value.end and end is None):
        return value.text
    if start is None and end is None:
        return value.text
    if end is None and start is not None:
        # A moment has no end of its own: it is that day.
        return _written(start) if value.start and "T" in value.start else f"from {_written(start)}"
    if start is None and end is not None:
        return f"until {_written(end - dt.timedelta(days=1))}"
    return _interval(start, end) if start is not None and end is not None else value.text


def _interval(start: dt.date, end: dt.date) -> str:
    if end <= start + dt.timedelta(days=1):
        return _written(start)
    months = (end.year - start.year) * _YEAR + end.month - start.month
    if start.day != 1 or end.day != 1:
        return f"{_written(start)}\u2013{_written(end - dt.timedelta(days=1))}"
    last = end - dt.timedelta(days=1)
    if start.month == 1 and months % _YEAR == 0:
        return str(start.year) if months == _YEAR else f"{start.year}\u2013{last.year}"
    if months == 1:
        return f"{_MONTHS[start.month - 1]}\u00a0{start.year}"
    if months == _QUARTER and start.month % _QUARTER == 1:
        return f"Q{start.month // _QUARTER + 1}\u00a0{start.year}"
    first = _MONTHS[start.month - 1] + ("" if start.year == last.year else f"\u00a0{start.year}")
    return f"{first}\u2013{_MONTHS[last.month - 1]}\u00a0{last.year}"


def _written(day: dt.date) -> str:
    return f"{day.day}\u00a0{_MONTHS[day.month - 1]}\u00a0{day.year}"


def _day(text: str | None) -> dt.date | None:
    """Return the ISO date that the text starts with; `2024`, `2024-09` count from their first day."""
    if not text:
        return None
    parts = text[:10].split("T")[0].split("-")
    try:
        year, month, day = ([int(part) for part in parts] + [1, 1])[:3]
        return dt.date(year, month, day)
    except ValueError:
        return None
