"""The band of a timeline: a lane for each kind, a bar for each happening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from casegraph.connect import day_of
from casegraph.model import Happening, Kind

_WIDTH, _LEFT, _TOP = 1000.0, 112.0, 26.0
_ROW, _BAR = 18.0, 13.0
_LEAST = 9.0  # width of the shortest bar: a day is hit with a finger
_MOST_ROWS = 20  # of a lane; where more happens at once, a bar stands for a stretch of time
_STRETCHES = 60
_MOST_TICKS = 9
_MONTHS_APART = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_OPEN = dt.timedelta(days=45)  # so much is drawn of what has one end
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """What is drawn of a happening, or of those of a stretch of time."""

    x: float
    y: float
    width: float
    first: Happening
    count: int
    since: str
    until: str  # the last day
    goes_on: bool  # one of its ends is not said


@dataclass(frozen=True, slots=True)
class Band:
    """All that is drawn, on a plane of this size."""

    width: float
    height: float
    left: float  # where time begins
    since: str  # the day there
    until: str  # the day at the right end
    bar: float  # height of a bar
    lanes: tuple[tuple[Kind, float], ...]  # with the middle of each
    ticks: tuple[tuple[str, float], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: dt.date
    end: dt.date  # excluded
    happenings: tuple[Happening, ...]


def band(happenings: Sequence[Happening]) -> Band | None:
    """Return the band of some happenings, None where none has a day that can be drawn."""
    stretches = [found for one in happenings if (found := _stretch(one)) is not None]
    if not stretches:
        return None
    first, last = min(one.start for one in stretches), max(one.end for one in stretches)
    pad = max((last - first) // 40, 2 * _DAY)
    first, last = max(first, dt.date.min + pad) - pad, min(last, dt.date.max - pad) + pad
    scale = (_WIDTH - _LEFT) / (last - first).days

    def across(day: dt.date) -> float:
        return round(_LEFT + (day - first).days * scale, 1)

    bars: list[Bar] = []
    lanes: list[tuple[Kind, float]] = []
    top = _TOP
    for kind in sorted({one.happenings[0].kind for one in stretches}):
        own = [one for one in stretches if one.happenings[0].kind == kind]
        placed, rows = _placed(own, across, top)
        if rows > _MOST_ROWS:
            placed, rows = _placed(list(_together(own, first, last)), across, top)
        bars += placed
        lanes.append((kind, top + (rows - 1) * _ROW / 2 + _BAR / 2))
        top += rows * _ROW + _ROW / 3
    days = first.isoformat(), last.isoformat()
    return Band(
        _WIDTH, top, _LEFT, *days, _BAR, tuple(lanes), tuple(_ticks(first, last, across)), tuple(bars)
    )


def _stretch(one: Happening) -> _Stretch | None:
    start, end = day_of(one.span.start), day_of(one.span.end)
    if start is not None:
        later = (
            start + _DAY if one.precision in {"moment", "day"} else min(start, dt.date.max - _OPEN) + _OPEN
        )
        return _Stretch(start, max(end or later, start + _DAY), (one,))
    return None if end is None else _Stretch(max(end, dt.date.min + _OPEN) - _OPEN, end, (one,))


def _placed(
    stretches: Sequence[_Stretch], across: Callable[[dt.date], float], top: float
) -> tuple[list[Bar], int]:
    """Return the bars of a lane and how many rows they take, so that none hides another."""
    bars: list[Bar] = []
    free: list[float] = []  # from where on each row is
    for one in sorted(stretches, key=lambda one: (one.start, one.end)):
        x = across(one.start)
        width = round(max(across(one.end) - x, _LEAST), 1)
        row = next((number for number, at in enumerate(free) if at <= x), len(free))
        free[row : row + 1] = [x + width + 2]
        told = one.happenings[0]
        bars.append(
            Bar(
                x=x,
                y=top + row * _ROW,
                width=width,
                first=told,
                count=len(one.happenings),
                since=one.start.isoformat(),
                until=(one.end - _DAY).isoformat(),
                goes_on=told.precision == "open",
            )
        )
    return bars, len(free)


def _together(stretches: Sequence[_Stretch], first: dt.date, last: dt.date) -> Iterator[_Stretch]:
    """Yield what begins in the same stretch of time as one."""
    days = max((last - first).days // _STRETCHES, 1)
    found: dict[int, list[Happening]] = {}
    for one in stretches:
        found.setdefault((one.start - first).days // days, []).extend(one.happenings)
    for number, own in sorted(found.items()):
        start = first + dt.timedelta(days=number * days)
        yield _Stretch(start, start + dt.timedelta(days=days), tuple(own))


def _ticks(first: dt.date, last: dt.date, across: Callable[[dt.date], float]) -> Iterator[tuple[str, float]]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    apart = next((one for one in _MONTHS_APART if months / one <= _MOST_TICKS), _MONTHS_APART[-1])
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = dt.date(max(month // 12, 1), month % 12 + 1, 1)
        if month % apart == 0 and first <= day <= last:
            words = str(day.year) if apart % 12 == 0 else f"{_MONTHS[day.month - 1]} {day.year}"
            yield words, across(day)
