"""What English dates mean, seen from the day of publication: one function a form."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from casegraph.extract import periods
from casegraph.extract.lang.data import either, words
from casegraph.extract.lang.en_numbers import NUMERALS
from casegraph.extract.periods import Day, Period

MONTH = (
    r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
    r"|january|february|april|june|july|august|september|october|november|december"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?!\w)"
)
YEAR = r"(?:1[5-9]|20|21)\d\d(?![\d]|[.,/]\d)"
Match = re.Match[str]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT = {name: number for number, name in enumerate(_MONTHS, 1)}
_WEEKDAYS = {name: number for number, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern half
_ORDER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}

_MONTH_AND_YEAR = re.compile(rf"\s*(?:,|and|or|/)\s*(?:in\s+)?{MONTH}\s+(?P<y>{YEAR})")
_TENSE = re.compile(
    r"\b(?:will|shall|due|scheduled|set|expected|expects?|plans?|planned|intends?|hopes?|aims?|upcoming|vows?"
    r"|is to|are to|next|going to)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s")
_CONTEXT = 160
_SOON = dt.timedelta(days=31)  # a day so near ahead needs no "will" to be meant
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|during|of|from|through|throughout|before|after|for|around|between|to|and|or|on|early"
    r"|late|mid|as)[\s-]+$",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|until|till|by|during|of|from|through|throughout|before|after|for|around|year|early|late|mid|to|and|or"
    r"|back|circa|the|a|an|its|their|his|her|this|that|[\w]+['\u2019]s?|early\s+as|late\s+as)[\s-]+$|\($",
    re.IGNORECASE,
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:\bnos?\.?|number|aged?|some|about|over|than|least|most|nearly|almost|approximately|roughly|up\s+to|under|model"
    r"|flight|room|pages?|articles?|sections?|resolution|order|decree|form|unit|lot)\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:(?!was\b|is\b|has\b|as\b|its\b|his\b|this\b|does\b)[a-z]+s|people|men|women|children)\b"
)
_OUTLET = re.compile(rf"\s+{either(words('en', 'names', 'outlets'))}\b")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a handler may know: the match, the text around it and the day of publication."""

    match: Match
    text: str
    anchor: Day | None

    def group(self, name: str) -> str:
        """Return the named group, "" where it took no part."""
        return self.match.groupdict().get(name) or ""

    @property
    def before(self) -> str:
        """Some text before the match."""
        return self.text[max(0, self.match.start() - _CONTEXT) : self.match.start()]

    @property
    def future(self) -> bool:
        """Whether the sentence so far looks ahead."""
        return _TENSE.search(_SENTENCE_END.split(self.before)[-1]) is not None


Handler = Callable[[Seen], Period | None]


def _month(word: str) -> int:
    return _SHORT[word[:3].lower()]


def _number(word: str) -> int:
    return int("".join(char for char in word if char.isdigit()))


def _year(word: str) -> int | None:
    return int(word) if word else None


def _in_year(seen: Seen, month: int, day: int | None, year: int | None) -> Period | None:
    """Return the day or month; without a year the nearest one that the sentence can mean."""
    if year is not None:
        return periods.month(year, month) if day is None else periods.day(year, month, day)
    if seen.anchor is None:
        return periods.UNKNOWN
    near = [
        found
        for year_ in (seen.anchor.year - 1, seen.anchor.year, seen.anchor.year + 1)
        if (found := _in_year(seen, month, day, year_)) is not None and found.start and found.end
    ]
    ahead = [found for found in near if found.end is not None and found.end > seen.anchor]
    behind = [found for found in near if found.start is not None and found.start <= seen.anchor]
    if seen.future and ahead:
        return ahead[0]
    soon = ahead and day is not None and (ahead[0].start or seen.anchor) - seen.anchor <= _SOON
    if behind and not soon:
        return behind[-1]
    return ahead[0] if ahead else None


def _with_time(seen: Seen, period: Period | None) -> Period | None:
    clock = seen.group("clock") or seen.group("clock2")
    if not clock or period is None or period.start is None:
        return period
    found = re.match(r"(\d{1,2})(?::(\d\d))?(?::\d\d)?\s*([ap])?", clock, re.IGNORECASE)
    if found is None:
        return period
    hour, minute = int(found[1]) % 24, int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    zone = re.search(r"[+-]\d\d:?\d\d$|(?:Z|UTC|GMT)$", clock)
    suffix = "" if zone is None else "Z" if zone[0][0] not in "+-" else f"{zone[0][:3]}:{zone[0][-2:]}"
    return periods.at(period, f"T{hour:02d}:{minute:02d}{suffix}") if minute < 60 else period


def full(seen: Seen) -> Period | None:
    """Return the day, with its time where one stands by it."""
    found = _in_year(seen, _month(seen.group("m")), _number(seen.group("d")), _year(seen.group("y")))
    return _with_time(seen, found)


def month_year(seen: Seen) -> Period | None:
    """Return the month."""
    return _in_year(seen, _month(seen.group("m")), None, _year(seen.group("y")))


def bare_month(seen: Seen) -> Period | None:
    """Return the month alone; in "March and May 2021" it takes the year of the next one."""
    if not _BEFORE_MONTH.search(seen.before):
        return None
    after = _MONTH_AND_YEAR.match(seen.text, seen.match.end())
    return _in_year(seen, _month(seen.group("m")), None, int(after["y"]) if after else None)


def season(seen: Seen) -> Period | None:
    """Return the three months of the season (meteorological, northern)."""
    first = _SEASONS[seen.group("season").lower()]
    year = int(seen.group("y"))
    if first == periods.MONTHS:  # "the winter of 2021" began in December of that year or the one before
        return periods.months(year - 1, 12, 15, "range")
    return periods.months(year, first, 3, "range")


def part_of_year(seen: Seen) -> Period | None:
    """Q3 2024, the third quarter of 2024, H1 2023; without a year the last such part."""
    number = int(seen.group("n")) if seen.group("n") else _ORDER.get(seen.group("order").lower(), 0)
    part = periods.half if seen.group("part").lower() in {"half", "h"} else periods.quarter
    if number == 0:  # "final", "last"
        number = 2 if part is periods.half else 4
    year = _year(seen.group("y"))
    relative = seen.group("rel").lower()
    if year is None and seen.anchor is not None:
        year = seen.anchor.year + {"last": -1, "next": 1}.get(relative, 0)
        found = part(year, number)
        if not relative and found and found.start and found.start > seen.anchor and not seen.future:
            year -= 1
    return periods.UNKNOWN if year is None else part(year, number)


def decade(seen: Seen) -> Period | None:
    """Return the ten years."""
    digits = seen.group("decade")
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return periods.years(first, 10)


def century(seen: Seen) -> Period | None:
    """Return the hundred years, from the year 1 of the century."""
    number = _number(seen.group("n"))
    return periods.years(number * 100 - 99, 100) if 11 <= number <= 21 else None


def plain_year(seen: Seen) -> Period | None:
    """Return the year."""
    return periods.year(int(seen.group("y")))


def bare_year(seen: Seen) -> Period | None:
    """Return the year of four figures alone, None where they count or number something."""
    before = seen.before
    if _NO_YEAR_BEFORE.search(before):
        return None
    if _COUNTED.match(seen.text, seen.match.end()) and not _BEFORE_YEAR.search(before):
        return None
    return plain_year(seen)


def fiscal(seen: Seen) -> Period | None:
    """Return both years that a financial year can touch: its first day differs by country."""
    year = int(seen.group("y")) if len(seen.group("y")) > 2 else 2000 + int(seen.group("y"))
    return periods.years(year, 2) if seen.group("second") else periods.years(year - 1, 2)


def day_range(seen: Seen) -> Period | None:
    """Return the days from one to another in one month."""
    month, year = _month(seen.group("m")), _year(seen.group("y"))
    first = _in_year(seen, month, _number(seen.group("d")), year)
    last = _in_year(seen, month, _number(seen.group("d2")), year)
    return None if first is None or last is None else _join(first, last)


def _join(first: Period, last: Period) -> Period | None:
    if periods.UNKNOWN in (first, last):
        return periods.UNKNOWN
    return periods.covering(first, last)


def month_range(seen: Seen) -> Period | None:
    """Months or days from one to another; a missing first year is the last one's, or the one before."""
    last_year = _year(seen.group("y2"))
    months = [_month(seen.group("m")), _month(seen.group("m2"))]
    days = [_number(seen.group(name)) if seen.group(name) else None for name in ("d", "d2")]
    last = _in_year(seen, months[1], days[1], last_year)
    if last is None or last.start is None:
        return last
    backwards = (months[0], days[0] or 0) > (months[1], days[1] or 0)
    first_year = _year(seen.group("y")) or last.start.year - int(backwards)
    first = _in_year(seen, months[0], days[0], first_year)
    return None if first is None else _join(first, last)


def year_range(seen: Seen) -> Period | None:
    """Return the years from one to another, also "2019-21"."""
    first, last = seen.group("y"), seen.group("y2")
    end = int(first[: 4 - len(last)] + last)
    return periods.years(int(first), end - int(first) + 1) if end > int(first) else None


def relative_day(seen: Seen) -> Period | None:
    """Return yesterday, today, tomorrow."""
    if seen.anchor is None:
        return periods.UNKNOWN
    word = seen.group("word").lower()
    shift = -2 if word.startswith("the day before") else -1 if word.startswith(("yesterday", "last")) else 0
    found = seen.anchor + dt.timedelta(days=1 if word.startswith("tomorrow") else shift)
    return periods.day(found.year, found.month, found.day)


def weekday(seen: Seen) -> Period | None:
    """Return the weekday last before publication, that day included; "last" excludes it."""
    if _OUTLET.match(seen.text, seen.match.end()):
        return None
    if seen.anchor is None:
        return periods.UNKNOWN
    back = (seen.anchor.weekday() - _WEEKDAYS[seen.group("w")[:3].lower()]) % 7
    relative = seen.group("rel").lower()
    if relative in {"next", "coming"} or (not relative and seen.future):
        back = back - 7
    elif relative in {"last", "past"} and back == 0:
        back = 7
    found = seen.anchor - dt.timedelta(days=back)
    return periods.day(found.year, found.month, found.day)


def relative_month(seen: Seen) -> Period | None:
    """Return "last March", the last one that is over, "next March", the next to come."""
    if seen.anchor is None:
        return periods.UNKNOWN
    month, relative = _month(seen.group("m")), seen.group("rel").lower()
    year = seen.anchor.year
    if relative in {"last", "past"}:
        year -= int(month >= seen.anchor.month)
    elif relative in {"next", "coming"}:
        year += int(month <= seen.anchor.month)
    return periods.month(year, month)


def relative_season(seen: Seen) -> Period | None:
    """Return "last summer", "this spring"."""
    if seen.anchor is None:
        return periods.UNKNOWN
    relative, first = seen.group("rel").lower(), _SEASONS[seen.group("season").lower()]
    over = (seen.anchor.month - 1) // 3 > (first - 1) // 3 and first != periods.MONTHS
    year = (
        seen.anchor.year - int(relative in {"last", "past"} and not over) + int(relative == "next" and over)
    )
    return periods.months(year, first, 3, "range")


def relative_unit(seen: Seen) -> Period | None:
    """Return "last year", "this week", "next quarter"."""
    if seen.anchor is None:
        return periods.UNKNOWN
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(seen.group("rel").lower(), 0)
    return _shifted(seen.anchor, seen.group("unit").lower(), shift)


def _shifted(anchor: Day, unit: str, count: int) -> Period | None:
    if unit in {"week", "weekend"}:
        found = periods.week(anchor + dt.timedelta(weeks=count))
        start = found.start
        if unit == "weekend" and start is not None:
            return Period(start + dt.timedelta(days=5), start + dt.timedelta(days=7), "range")
        return found
    if unit == "quarter":
        number = anchor.year * 4 + (anchor.month - 1) // 3 + count
        return periods.quarter(number // 4, number % 4 + 1)
    if unit == "decade":
        return periods.years((anchor.year // 10 + count) * 10, 10)
    return periods.month_shifted(anchor, count) if unit == "month" else periods.year(anchor.year + count)


@functools.cache
def _limit(unit: str) -> int:
    return {"day": 40_000, "week": 5000, "month": 1200, "year": 500, "hour": 1_000_000, "decade": 50}[unit]


def _count(seen: Seen, unit: str) -> int | None:
    number = NUMERALS.read(seen.group("count")) if seen.group("count") else None
    low = 1.0 if number is None else number.low
    return None if low is None or low > _limit(unit) else int(low)


def ago(seen: Seen) -> Period | None:
    """Two days ago is that day; two weeks ago that week, months that month, years that year."""
    unit = seen.group("unit").lower()
    count = _count(seen, unit)
    if seen.anchor is None or count is None:
        return periods.UNKNOWN
    bound = seen.group("bound").lower()
    if unit in {"day", "hour"}:
        days = count if unit == "day" else count // 24
        then = seen.anchor - dt.timedelta(days=days)
        found = periods.day(then.year, then.month, then.day)
    else:
        found = _shifted(seen.anchor, unit, -count)
    if found is not None and re.search(r"more|over|least", bound):
        return Period(None, found.end, "range")
    return found


def span(seen: Seen) -> Period | None:
    """Return "the past two years", up to publication, "the next two years", from it on."""
    unit = seen.group("unit").lower()
    count = _count(seen, unit)
    if seen.anchor is None or count is None:
        return periods.UNKNOWN
    ahead = seen.group("rel").lower() in {"next", "coming"}
    days = {"day": 1.0, "hour": 1 / 24, "week": 7.0, "month": 30.436875, "year": 365.2425, "decade": 3652.425}
    delta = dt.timedelta(days=max(1, round(days[unit] * count)))
    start, end = (seen.anchor, seen.anchor + delta) if ahead else (seen.anchor - delta, seen.anchor)
    return Period(start, end + dt.timedelta(days=1), "range")
