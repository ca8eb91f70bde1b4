"""Russian dates in words: days, months, quarters, halves, years, and those that count from publication.

Forms after Розенталь, Справочник по правописанию, and GOST R 7.0.97-2016. Months stand in any case; a day
without a year is the one last before publication.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from casegraph.extract import periods
from casegraph.extract.periods import Day, Period

_MONTHS = tuple("январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split())
_MONTH = (
    r"(?P<m>(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|е|ю|ём|ем)|(?:март|август)(?:а|е|у|ом)?"
    r"|ма(?:й|я|е|ю|ем))(?!\w)"
)
_YEAR = r"(?P<y>(?:1[5-9]|20|21)\d\d)(?:-?го|-?й|-?м)?(?:\s*(?:гг?\.|год(?:а|у|ом|ов|ы)?(?!\w)))"
_BARE = r"(?P<y>(?:1[5-9]|20|21)\d\d)(?:\s*(?:гг?\.|год(?:а|у|ом|ов|ы)?(?!\w)))?(?!\d)"
_DAY = r"(?<![\w.,/-])(?P<d>[12]?\d|3[01])(?:-?го|-?е)?\s+"
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4, "четвёрт": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_NEAR = {"сегодня": 0, "вчера": -1, "позавчера": -2, "завтра": 1, "послезавтра": 2, "накануне": -1}
_DAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_WEEKDAY = (
    r"(?P<w>понедельник(?:а|у|ом)?|вторник(?:а|у|ом)?|сред(?:у|а|ы|ой)|четверг(?:а|у|ом)?|пятниц(?:у|а|ы|ей)"
    r"|суббот(?:у|а|ы|ой)|воскресень(?:е|я|ю|ем))(?!\w)"
)

Handler = Callable[["re.Match[str]", "Day | None"], "Period | None"]


def _month(word: str) -> int:
    folded = word.lower()
    numbers = (3, *range(1, len(_MONTHS) + 1))  # "март" before "ма"
    return next((number for number in numbers if folded.startswith(_MONTHS[number - 1])), 1)


def _full(match: re.Match[str], anchor: Day | None) -> Period | None:
    number, day = _month(match["m"]), match["d"]

    def of(year: int) -> Period | None:
        return periods.day(year, number, int(day)) if day else periods.month(year, number)

    if match["y"]:
        return of(int(match["y"]))
    if anchor is None:
        return periods.UNKNOWN
    found = of(anchor.year)
    late = found is not None and found.start is not None and found.start > anchor
    return of(anchor.year - 1) if late else found


def _day_range(match: re.Match[str], anchor: Day | None) -> Period | None:
    number = _month(match["m"])
    year = int(match["y"]) if match["y"] else anchor.year if anchor is not None else None
    if year is None:
        return periods.UNKNOWN
    first, last = periods.day(year, number, int(match["a"])), periods.day(year, number, int(match["d"]))
    return periods.covering(first, last) if first is not None and last is not None else None


def _year(match: re.Match[str], _: Day | None) -> Period | None:
    return periods.year(int(match["y"]))


def _years(match: re.Match[str], _: Day | None) -> Period | None:
    first, last = int(match["a"]), int(match["y"])
    return periods.years(first, last - first + 1) if first < last else None


def _part(match: re.Match[str], anchor: Day | None) -> Period | None:
    year = int(match["y"]) if match["y"] else anchor.year if anchor is not None else None
    word = match["n"].lower()
    stems = (value for stem, value in _ORDINALS.items() if len(stem) > 3 and word.startswith(stem))
    number = int(word) if word.isdigit() else _ORDINALS.get(word) or next(stems, 0)
    if year is None or not number:
        return periods.UNKNOWN
    if match["what"].lower().startswith("полугоди"):
        return periods.half(year, number) if number <= 2 else None
    return periods.quarter(year, number)


def _near(match: re.Match[str], anchor: Day | None) -> Period | None:
    if anchor is None:
        return periods.UNKNOWN
    day = anchor + dt.timedelta(days=_NEAR[match["near"].lower()])
    return periods.day(day.year, day.month, day.day)


def _weekday(match: re.Match[str], anchor: Day | None) -> Period | None:
    """Return the weekday last before publication, that day itself included; "прошлый" goes a week further."""
    if anchor is None:
        return periods.UNKNOWN
    number = next(n for n, stem in enumerate(_DAYS) if match["w"].lower().startswith(stem))
    back = (anchor.weekday() - number) % 7
    told = (match["rel"] or "").lower()
    if told.startswith("прошл") and back == 0:
        back = 7
    if told.startswith(("следующ", "ближайш")):
        back = back - 7 if back else -7
    day = anchor - dt.timedelta(days=back)
    return periods.day(day.year, day.month, day.day)


def _relative(match: re.Match[str], anchor: Day | None) -> Period | None:
    if anchor is None:
        return periods.UNKNOWN
    shift = {"п": -1, "э": 0, "т": 0, "н": 0, "с": 1, "б": 1}.get(match["rel"][0].lower(), 0)
    unit = match["unit"].lower()
    if unit.startswith("год"):
        year = anchor.year + shift
        return periods.month(year, _month(match["m"])) if match["m"] else periods.year(year)
    if unit.startswith("месяц"):
        return periods.month_shifted(anchor, shift)
    return periods.week(anchor + dt.timedelta(days=7 * shift))


_REL = r"(?P<rel>прошл\w+|позапрошл\w+|эт(?:ом|ого|от|ой|у|а)|текущ\w+|нынешн\w+|следующ\w+|будущ\w+)"
_ENDS = r"(?P<a>[12]?\d|3[01])\s*(?:[-–—]|\s+по\s+|\s+и\s+|\s+до\s+)\s*(?P<d>[12]?\d|3[01])\s+"
_ORDINAL = r"(?P<n>перв\w+|втор\w+|трет\w+|четв[её]рт\w+|IV|III|II|I|[1-4])(?:-?\w{1,2})?\s+"
_WHICH = r"(?:(?P<rel>прошл\w+|минувш\w+|следующ\w+|ближайш\w+|эт\w+)\s+)?"
_SOURCES: tuple[tuple[str, Handler], ...] = (
    (rf"(?<![\w.,/-])(?:с\s+)?{_ENDS}{_MONTH}(?:\s+{_BARE})?", _day_range),
    (rf"{_DAY}{_MONTH}(?:\s+{_BARE})?", _full),
    (rf"(?<!\w){_ORDINAL}(?P<what>квартал\w*|полугоди\w+)(?:\s+{_BARE})?", _part),
    (rf"(?P<d>)(?<!\w){_MONTH}\s+{_BARE}", _full),
    (rf"(?:{_MONTH}\s+)?(?<!\w){_REL}\s+(?P<unit>год(?:а|у|ом)?|месяц\w*|недел\w+)(?!\w)", _relative),
    (rf"(?<!\d)(?P<a>(?:19|20)\d\d)\s*[-–—]\s*{_YEAR}", _years),
    (rf"(?<![\d.,/-]){_YEAR}", _year),
    (rf"(?<!\w)(?P<near>{'|'.join(sorted(_NEAR, key=len, reverse=True))})(?!\w)", _near),
    (rf"(?<!\w)(?:в|во|на)\s+{_WHICH}{_WEEKDAY}", _weekday),
    (rf"(?<!\w)(?:в|с|к|до)\s+(?P<d>){_MONTH}(?P<y>)(?!\s+\d)", _full),
)
_FORMS = tuple((re.compile(source, re.IGNORECASE), handler) for source, handler in _SOURCES)


def find(text: str, anchor: Day | None) -> Iterator[tuple[int, int, Period]]:
    """Yield start, end and meaning of each date in a Russian text, the most specific forms first."""
    for pattern, handler in _FORMS:
        for match in pattern.finditer(text):
            period = handler(match, anchor)
            if period is not None:
                start = match.start()
                lead = re.match(r"(?:в|во|на|к|с|до|по)\s+", match.group(), re.IGNORECASE)
                if lead is not None:
                    start += lead.end()
                yield start, start + len(text[start : match.end()].rstrip()), period
