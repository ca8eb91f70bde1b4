"""Days, months and years as cells hold them, in the writing of three languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casegraph.text.months import months

_CLOCK = r"(?:[T,\s]\s?(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
_TAIL = r"(?:\s?(?:г\.?|года|г\.\s?в\.))?"
_FORMS = tuple(
    re.compile(form + r"\s*", re.IGNORECASE)
    for form in (
        rf"(?P<y>\d{{4}})-(?P<m>\d\d?)-(?P<d>\d\d?){_CLOCK}",
        rf"(?P<y>\d{{4}})(?P<s>[./])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?){_CLOCK}",
        r"(?P<y>\d{4})\s?年\s?(?P<m>\d\d?)\s?月(?:\s?(?P<d>\d\d?)\s?[日号])?",
        rf"(?P<a>\d\d?)(?P<s>[./-])(?P<b>\d\d?)(?P=s)(?P<y>\d{{4}}|\d\d){_TAIL}{_CLOCK}",
        rf"(?P<d>\d\d?)(?:st|nd|rd|th|-го|-е)?[\s.-]+(?P<n>[^\W\d_]{{3,9}})\.?,?[\s-]+(?P<y>\d{{4}}|\d\d){_TAIL}{_CLOCK}",
        rf"(?P<n>[^\W\d_]{{3,9}})\.?\s(?P<d>\d\d?)(?:st|nd|rd|th)?,?\s(?P<y>\d{{4}}){_CLOCK}",
        rf"(?P<n>[^\W\d_]{{3,9}})\.?,?[\s-](?P<y>\d{{4}}){_TAIL}",
        r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])",
        r"(?P<m>0[1-9]|1[0-2])[./](?P<y>(?:19|20)\d\d)",
        rf"(?P<y>(?:19|20)\d\d)(?:年|{_TAIL})",
    )
)
_STEM = 3  # letters of a month's name that tell it, whatever its ending
_LATEST = 2200


@dataclass(frozen=True, slots=True)
class Days:
    """Consecutive days, the last excluded, as ISO 8601; `start` may carry a time of day."""

    start: str
    end: str
    whole: bool  # a single day; else a month or a year


def month_is_first(texts: Iterable[str]) -> bool | None:
    """Tell whether "03/04/2024" in a column puts the month first, None where nothing tells."""
    first = last = 0
    for text in texts:
        match = _FORMS[3].match(text.strip())
        if match is not None:
            first += int(match["b"]) > 12 >= int(match["a"])
            last += int(match["a"]) > 12 >= int(match["b"])
    return None if bool(first) == bool(last) else bool(first)


def read_days(text: str, *, month_first: bool | None = None) -> Days | None:
    """Return the days that a cell consists of, None where it holds anything else.

    Of "03/04/2024" nobody can tell the month unless `month_first` says so: it is None. Full stops put the day
    first.
    """
    words = text.strip()
    for form in _FORMS:
        match = form.fullmatch(words)
        if match is not None and (found := _days(match, month_first=month_first)) is not None:
            return found
    return None


def find_days(text: str) -> tuple[int, int, Days] | None:
    """Return where the first written day stands in a line, and which it is."""
    for place in re.finditer(r"(?<![\w.])(?=\w)", text):
        for form in _FORMS[:6]:
            match = form.match(text, place.start())
            if match is not None and not text[match.end() : match.end() + 1].isdigit():
                found = _days(match, month_first=None)
                if found is not None and found.whole:
                    return match.start(), match.start() + len(match.group().rstrip()), found
    return None


def _days(  # noqa: PLR0911 - one a form of date
    match: re.Match[str], *, month_first: bool | None
) -> Days | None:
    group = {name: value for name, value in match.groupdict().items() if value}
    year = int(group["y"])
    year += 0 if len(group["y"]) == 4 else 2000 if year < 70 else 1900
    try:
        if "a" in group:
            day = _ordered(year, int(group["a"]), int(group["b"]), group["s"], month_first=month_first)
            return None if day is None else _one(day, group)
        if "n" in group:
            month = _month(group["n"])
            if month is None:
                return None
        else:
            month = int(group.get("m", 0))
        if not 1000 < year < _LATEST:
            return None
        if "d" in group:
            return _one(date(year, month, int(group["d"])), group)
        if month:
            after = date(year + month // 12, month % 12 + 1, 1)
            return Days(date(year, month, 1).isoformat(), after.isoformat(), whole=False)
        return Days(date(year, 1, 1).isoformat(), date(year + 1, 1, 1).isoformat(), whole=False)
    except ValueError:
        return None


def _month(name: str) -> int | None:
    known = months()
    folded = name.casefold()
    return known.get(folded) or known.get(folded[:_STEM] if len(folded) > _STEM + 1 else folded)


def _one(day: date, group: dict[str, str]) -> Days:
    clock = group.get("clock")
    start = day.isoformat() + (f"T{clock.zfill(5)}" if clock else "")
    return Days(start, (day + timedelta(days=1)).isoformat(), whole=True)


def _ordered(year: int, first: int, second: int, sign: str, *, month_first: bool | None) -> date | None:
    if sign == "." or month_first is False or first > 12:
        return date(year, second, first)
    if month_first or second > 12 or first == second:
        return date(year, first, second)
    return None
