"""Dates: the forms of all languages here, each language's own in its grammar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from casegraph.extract import periods
from casegraph.extract.base import Extractor, Found, Reading
from casegraph.extract.lang import en_dates, ru_dates, zh_dates
from casegraph.extract.periods import Day, Period
from casegraph.extract.spans import Taken
from casegraph.model import Document

Grammar = Callable[[str, "Day | None"], Iterable[tuple[int, int, Period]]]
GRAMMARS: dict[str, Grammar] = {"en": en_dates.find, "ru": ru_dates.find, "zh": zh_dates.find}

_EDGE, _END = r"(?<![\w./:-])", r"(?![\w/]|[.:-]\d)"
_ZONE = r"(?:\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?"
_CLOCK = (
    r"(?:(?:T|,?\s+(?:[-\u2013\u2014]\s+)?(?:(?:at|в)\s+)?)"
    rf"(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d+)?{_ZONE}))?"
)
_ISO = re.compile(rf"{_EDGE}(?P<y>(?:1[5-9]|2[01])\d\d)-(?P<m>\d\d)(?:-(?P<d>\d\d){_CLOCK})?{_END}")
_DOTS = re.compile(rf"{_EDGE}(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}}){_CLOCK}{_END}")
_SLASHES = re.compile(
    rf"{_EDGE}(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
    rf"(?P<a>\d{{1,2}})(?P<sep>[/-])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d\d){_CLOCK}{_END}"
)
_YEAR_FIRST = re.compile(
    rf"{_EDGE}(?P<y>(?:1[5-9]|2[01])\d\d)[/.](?P<m>\d{{1,2}})[/.](?P<d>\d{{1,2}}){_CLOCK}{_END}"
)
_MONTH_SLASH = re.compile(rf"{_EDGE}(?P<m>0[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d){_END}")
_EARLIEST, _LATEST = 1700, 2200  # newspapers; two centuries before stay within what `date` can hold
_PARTS = re.compile(r"(\d{1,2}):(\d\d)(:\d\d)?(?:\.\d+)?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$")


def _timed(period: Period | None, clock: str | None) -> Period | None:
    parts = _PARTS.match(clock) if clock else None
    if (
        period is None
        or parts is None
        or int(parts[1]) > 23
        or max(int(parts[2]), int((parts[3] or ":0")[1:])) > 59
    ):
        return period
    zone = parts[4] or ""
    zone = f"{zone[:3]}:{zone[-2:]}" if zone[:1] in {"+", "-"} else "Z" if zone else ""
    return periods.at(period, f"T{int(parts[1]):02d}:{parts[2]}{parts[3] or ''}{zone}")


def _century(year: str) -> int:
    return int(year) if len(year) > 2 else int(year) + (1900 if int(year) > 60 else 2000)


def month_first(texts: Iterable[str]) -> bool | None:
    """Tell whether numeric dates put the month first, by those that can be read in one way only.

    None when none is so, or they contradict each other.
    """
    american = european = False
    for text in texts:
        for match in _SLASHES.finditer(text):
            first, second = int(match["a"]), int(match["b"])
            if first > periods.MONTHS >= second:
                european = True
            elif second > periods.MONTHS >= first:
                american = True
    return american if american != european else None


def _slashes(match: re.Match[str], *, order: bool | None) -> Period | None:
    year, first, second = _century(match["y"]), int(match["a"]), int(match["b"])
    american, european = periods.day(year, first, second), periods.day(year, second, first)
    if order is not None:
        chosen = american if order else european
        return _timed(chosen or american or european, match["clock"])
    if american is None or european is None or american == european:
        return _timed(american or european, match["clock"])
    first_, last = sorted((american, european), key=lambda period: period.start or Day.min)
    return periods.covering(first_, last)


def _numeric(text: str, *, order: bool | None) -> Iterator[tuple[int, int, Period]]:
    for pattern in (_ISO, _YEAR_FIRST, _DOTS):
        for match in pattern.finditer(text):
            year, month, day = int(match["y"]), int(match["m"]), match["d"]
            if day is not None:
                found = periods.day(year, month, int(day))
            else:  # "2010-12" is as well the years 2010 to 2012
                found = None if month > year % 100 else periods.month(year, month)
            found = _timed(found, match["clock"])
            if found is not None:
                yield match.start(), match.end(), found
    for match in _SLASHES.finditer(text):
        found = _slashes(match, order=order)
        if found is not None:
            yield match.start(), match.end(), found
    for match in _MONTH_SLASH.finditer(text):
        found = periods.month(int(match["y"]), int(match["m"]))
        if found is not None:
            yield match.start(), match.end(), found


def anchor(document: Document) -> Day | None:
    """Return the day of publication, from which relative dates count; None if it is not known."""
    published = document.published
    if published is None or published.start is None:
        return None
    try:
        found = dt.date.fromisoformat(published.start[:10])
    except ValueError:
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    since = anchor(reading.document)
    order = month_first(page.text for page in reading.pages)
    taken = Taken(found)
    for block in reading.searched():
        grammar = GRAMMARS.get(block.language or "")
        dates = list(_numeric(block.text, order=order))
        if grammar is not None:
            dates.extend(grammar(block.text, since))
        for start, end, period in dates:
            if taken.claim(block.page, block.start + start, block.start + end):
                yield Found(
                    page=block.page,
                    kind="date",
                    start=block.start + start,
                    end=block.start + end,
                    date=period.date(block.text[start:end]),
                )


DATES = Extractor(name="dates", version=1, find=_find)
