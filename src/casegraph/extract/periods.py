"""Calendar periods as half-open intervals of days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from casegraph.model import Date

Precision = Literal["time", "day", "month", "quarter", "year", "range"]
Day = dt.date
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
MONTHS = 12
_CLOCK = re.compile(r"T(?P<clock>\d\d:\d\d(?::\d\d)?)(?P<zone>.*)")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to before `end`; a side that is not known is None."""

    start: Day | None
    end: Day | None
    precision: Precision
    time: str = ""  # `T17:20` or `T17:20:00+03:00`

    def date(self, text: str) -> Date:
        """Return the record; `text` are the words."""
        if self.start is not None and self.time:
            return Date(
                start=f"{self.start}{self.time}", end=self._after_clock(), text=text, precision="time"
            )
        start = None if self.start is None else self.start.isoformat()
        end = None if self.end is None else self.end.isoformat()
        return Date(start=start, end=end, text=text, precision=self.precision)

    def _after_clock(self) -> str:
        """Return the end of the minute, or of the second if seconds are told."""
        clock = _CLOCK.match(self.time)
        if self.start is None or clock is None:
            return f"{self.end}"
        told = dt.datetime.combine(self.start, dt.time.fromisoformat(clock["clock"]))
        seconds = len(clock["clock"]) > len("00:00")
        after = told + (dt.timedelta(seconds=1) if seconds else dt.timedelta(minutes=1))
        return after.strftime("%Y-%m-%dT%H:%M:%S" if seconds else "%Y-%m-%dT%H:%M") + clock["zone"]


UNKNOWN = Period(None, None, "range")


def day(year_: int, month_: int, day_: int) -> Period | None:
    """Return the day, None if the calendar has no such."""
    if not _FIRST_YEAR <= year_ <= _LAST_YEAR:
        return None
    try:
        start = Day(year_, month_, day_)
    except ValueError:
        return None
    return Period(start, start + dt.timedelta(days=1), "day")


def months(year_: int, month_: int, count: int, precision: Precision) -> Period | None:
    """Return `count` months from the given one."""
    if not (_FIRST_YEAR <= year_ <= _LAST_YEAR and 1 <= month_ <= MONTHS):
        return None
    last = year_ * MONTHS + month_ - 1 + count
    return Period(Day(year_, month_, 1), Day(last // MONTHS, last % MONTHS + 1, 1), precision)


def month(year_: int, month_: int) -> Period | None:
    """Return the month."""
    return months(year_, month_, 1, "month")


def quarter(year_: int, number: int) -> Period | None:
    """Return the quarter, 1 to 4, of the calendar year."""
    return months(year_, number * 3 - 2, 3, "quarter")


def half(year_: int, number: int) -> Period | None:
    """Return the half, 1 or 2, of the calendar year."""
    return months(year_, number * 6 - 5, 6, "range")


def year(year_: int) -> Period | None:
    """Return the year."""
    return months(year_, 1, 12, "year")


def years(first: int, count: int) -> Period | None:
    """Return several years as a range."""
    return months(first, 1, 12 * count, "range")


def week(day_: Day) -> Period:
    """Return the week, Monday to Sunday (ISO 8601), that holds the day."""
    start = day_ - dt.timedelta(days=day_.weekday())
    return Period(start, start + dt.timedelta(days=7), "range")


def month_shifted(day_: Day, count: int) -> Period | None:
    """Return the month that lies `count` months after the day's."""
    number = day_.year * MONTHS + day_.month - 1 + count
    return month(number // MONTHS, number % MONTHS + 1)


def covering(first: Period, last: Period) -> Period | None:
    """Return the range from the start of the first to the end of the last; None if it runs backwards."""
    if first.start is None or last.end is None or first.start >= last.end:
        return None
    return Period(first.start, last.end, "range")


def at(period: Period, time: str) -> Period:
    """Return the day with a time on it."""
    return replace(period, precision="time", time=time) if period.precision == "day" else period
