"""Dates that documents state of themselves: in mark-up, mail headers and visible date lines."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from casegraph.model import Date
from casegraph.text.months import months, weekdays

_ZONES = {
    # Only names that mean one offset; CST, IST, ET and the like mean several.
    **dict.fromkeys(("z", "utc", "gmt"), 0),
    **dict.fromkeys(("msk", "мск", "eest"), 180),
    **dict.fromkeys(("cest", "eet"), 120),
    "cet": 60,
    "edt": -240,
    "est": -300,
    "pdt": -420,
    "pst": -480,
}
_YEARS = range(1900, 2100)
_TIME = (
    r"(?P<hour>[01]?\d|2[0-3])[:.时時h](?P<minute>[0-5]\d)(?![\d.]\d)(?:[:分](?P<second>[0-5]\d))?"
    r"(?:\.\d{1,9})?分?\s?(?P<half>[ap]\.?m\b\.?)?"
    r"\s?(?P<zone>[zZ]\b|(?:utc|gmt)?\s?[+\u2212-][01]\d:?[0-5]\d|\(?\b[a-z]{2,4}\b\)?|мск)?"
)
_JOIN = r"(?:\s*(?:[,;|/\u00b7\u2022@\u2013\u2014-]|\bat\b|\bum\b|в\b|\bo\b|г\.?|года|年)\s*)*\s*"
_DATES = (
    r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})(?:T|\b)",
    r"(?P<y2>\d{4})(?P<s2>[./])(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2})\b",
    r"(?P<y3>\d{4})\s?[年년]\s?(?P<m3>\d{1,2})\s?[月월]\s?(?P<d3>\d{1,2})\s?[日일号]",
    r"\b(?P<a4>\d{1,2})(?P<s4>[./-])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4}|\d{2})\b",
    (
        r"\b(?P<d5>\d{1,2})(?:st|nd|rd|th|\.|º|er)?(?:\sde|\sof)?[\s-](?P<n5>[^\W\d_]{3,12})\.?,?"
        r"[\s-](?:de\s)?(?P<y5>\d{4})\b"
    ),
    r"\b(?P<n6>[^\W\d_]{3,12})\.?\s(?P<d6>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<y6>\d{4})\b",
)
_DATE = re.compile("|".join(f"(?:{form})" for form in _DATES), re.IGNORECASE)
_AFTER = re.compile(_JOIN + _TIME, re.IGNORECASE)
_BEFORE = re.compile(_TIME + _JOIN + "$", re.IGNORECASE)
_ISO = re.compile(
    r"\s*(\d{4})-(\d{2})"
    r"(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?)?"
)
_MONTH_YEAR = re.compile(r"\s*(?P<n>[^\W\d_]{3,12})\.?,?\s+(?P<y>\d{4})\s*(?:г\.?|года?)?\s*")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: where its characters stand, what it says, and how it says it."""

    start: int
    end: int
    date: Date
    weekday: bool = False


def _iso_offset(zone: tzinfo | None, moment: datetime) -> str:
    if zone is None:
        return moment.isoformat(timespec="seconds" if moment.second else "minutes")
    return moment.replace(tzinfo=zone).isoformat(timespec="seconds")


def of_moment(moment: datetime, text: str, *, exact_seconds: bool = True) -> Date:
    """Return the minute (or second) that begins at `moment`, with its zone if it has one."""
    step = timedelta(seconds=1) if exact_seconds else timedelta(minutes=1)
    try:
        end = moment + step
    except OverflowError:
        end = moment
    zone = moment.tzinfo
    bare, bare_end = moment.replace(tzinfo=None, microsecond=0), end.replace(tzinfo=None, microsecond=0)
    return Date(start=_iso_offset(zone, bare), end=_iso_offset(zone, bare_end), text=text, precision="time")


def of_day(day: date, text: str) -> Date:
    """Return the day as an interval."""
    return Date(start=day.isoformat(), end=(day + timedelta(days=1)).isoformat(), text=text)


def _of_month(year: int, month: int, text: str) -> Date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return Date(start=date(year, month, 1).isoformat(), end=after.isoformat(), text=text, precision="month")


def _zone(name: str | None) -> tuple[tzinfo | None, bool]:
    """Return the offset that a zone's name or number stands for, and whether it is one at all."""
    if not name:
        return None, True
    folded = name.casefold().strip("() ").replace("\u2212", "-")
    if folded in _ZONES:
        return timezone(timedelta(minutes=_ZONES[folded])) if _ZONES[folded] else UTC, True
    match = re.fullmatch(r"(?:utc|gmt)?\s?([+-])(\d\d):?(\d\d)", folded)
    if match is None:
        return None, False
    minutes = int(match[2]) * 60 + int(match[3])
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)), True


def parse_iso(value: str) -> Date | None:
    """Return the date of an ISO 8601 value as mark-up gives it (JSON-LD, `datetime`, XMP), or None."""
    match = _ISO.match(value)
    if match is None or int(match[1]) not in _YEARS:
        return None
    year, month = int(match[1]), int(match[2])
    try:
        if match[3] is None:
            return _of_month(year, month, value.strip())
        day = date(year, month, int(match[3]))
        if match[4] is None:
            return of_day(day, value.strip())
        second = int(match[6] or 0)
        zone, _ = _zone(match[7])
        moment = datetime(year, month, day.day, int(match[4]), int(match[5]), second, tzinfo=zone)
    except (ValueError, OverflowError):
        return None
    return of_moment(moment, value.strip(), exact_seconds=match[6] is not None)


def parse_mail(value: str) -> Date | None:
    """Return the date of an RFC 5322 `Date` header, or None when it makes no sense."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return of_moment(moment, value.strip()) if moment.year in _YEARS else None


def parse_pdf(value: str) -> Date | None:
    """Return the date of a PDF date string, `D:20240925172000+03'00'` (ISO 32000-1, 7.9.4)."""
    match = re.match(
        r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?)?", value.strip()
    )
    if match is None:
        return parse_iso(value)
    day = f"{match[1]}-{match[2]}-{match[3]}"
    if match[4] is None:
        return parse_iso(day)
    zone = "Z" if match[7] else f"{match[8]}:{match[9] or '00'}" if match[8] else ""
    found = parse_iso(f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}{zone}")
    return Date(start=found.start, end=found.end, text=value, precision=found.precision) if found else None


def _weekday(text: str) -> int | None:
    for word in _WORD.findall(text):
        if (day := weekdays().get(word.casefold())) is not None:
            return day
    match = re.search(r"(?:星期|周)[一二三四五六日]", text)
    return weekdays().get(match[0]) if match else None


def _numeric(first: int, second: int, year: int, separator: str, weekday: int | None) -> date | None:
    """Return the day of `first`/`second`/year; the weekday or the size decides the order.

    A dot means day first everywhere. A slash that could be either, without a weekday, gives None:
    a wrong date is worse than none.
    """
    readings: list[date] = []
    for month, day in ((second, first), (first, second)):
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            found = date(year, month, day)
            if found not in readings:
                readings.append(found)
    if len(readings) > 1 and weekday is not None:
        readings = [found for found in readings if found.weekday() == weekday] or readings
    if len(readings) > 1 and separator == ".":
        return readings[0]
    return readings[0] if len(readings) == 1 else None


def _day(match: re.Match[str], weekday: int | None) -> tuple[date | None, bool]:
    """Return the day that a match of `_DATE` names, and whether it is a date at all."""
    group = match.groupdict()
    try:
        for number in ("1", "2", "3"):
            if group["y" + number]:
                year, month, day = (int(group[key + number]) for key in "ymd")
                return date(year, month, day), year in _YEARS
        if group["y4"]:
            year = int(group["y4"])
            year += (2000 if year < 70 else 1900) if year < 100 else 0
            if year not in _YEARS or max(int(group["a4"]), int(group["b4"])) > 31:
                return None, False
            found = _numeric(int(group["a4"]), int(group["b4"]), year, group["s4"], weekday)
            return found, found is not None or len(group["y4"]) == 4
        number = "5" if group["y5"] else "6"
        month = months().get(group["n" + number].casefold(), 0)
        year = int(group["y" + number])
        return date(year, month, int(group["d" + number])), year in _YEARS
    except ValueError:
        return None, False


def _clock(match: re.Match[str]) -> tuple[int, int, int | None, tzinfo | None, int] | None:
    """Return hour, minute, second, zone and the end of a match of `_TIME`, or None if it is no time."""
    hour, minute = int(match["hour"]), int(match["minute"])
    second = int(match["second"]) if match["second"] else None
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    zone, known = _zone(match["zone"])
    end = match.end() if known or match["zone"].strip("()").casefold() in _VAGUE else match.start("zone")
    return hour, minute, second, zone, end


_VAGUE = frozenset({"et", "ct", "pt", "mt", "est5", "ist", "cst", "bst", "sgt", "hkt", "jst", "aest"})


def find(line: str) -> Found | None:
    """Return the first full date of a line, with the time beside it if there is one."""
    for match in _DATE.finditer(line):
        weekday = _weekday(line)
        day, sensible = _day(match, weekday)
        if not sensible:
            continue
        start, end = match.span()
        clock = None
        if (after := _AFTER.match(line, end)) is not None and (clock := _clock(after)) is not None:
            end = clock[4]
        elif (before := _BEFORE.search(line[:start])) is not None and before.start() >= start - 30:
            clock = _clock(before)
            start = before.start() if clock is not None else start
        text = line[start:end].strip()
        if day is None:
            return Found(start, end, Date(start=None, end=None, text=text), weekday is not None)
        if clock is None:
            return Found(start, end, of_day(day, text), weekday is not None)
        moment = datetime(day.year, day.month, day.day, *clock[:2], clock[2] or 0, tzinfo=clock[3])
        return Found(
            start, end, of_moment(moment, text, exact_seconds=clock[2] is not None), weekday is not None
        )
    return None


def find_month(line: str) -> Found | None:
    """Return the month that a line consists of ("September 2024"), or None."""
    match = _MONTH_YEAR.fullmatch(line)
    if match is None or int(match["y"]) not in _YEARS:
        return None
    month = months().get(match["n"].casefold())
    return Found(0, len(line), _of_month(int(match["y"]), month, line.strip())) if month else None
