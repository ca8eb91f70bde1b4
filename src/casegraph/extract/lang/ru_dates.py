"""Russian dates in words: days, months, quarters, halves, years, and those that count from publication.

Forms after Розенталь, Справочник по правописанию, and GOST R 7.0.97-2016. Months stand in any case; a day
without a year is the one last before publication.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from casegraph.extract import periods
from casegraph.extract.lang import ru_clock
from casegraph.extract.lang.ru_lemmas import readings
from casegraph.extract.lang.ru_numbers import number as number_source
from casegraph.extract.lang.ru_numbers import read
from casegraph.extract.numerals import Number
from casegraph.extract.periods import Day, Period

_MONTHS = tuple("январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split())
_MONTH = (
    r"(?P<m>(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|е|ю|ём|ем)|(?:март"
    r"|август)(?:а|е|у|ом)?"
    r"|ма(?:й|я|е|ю|ем))(?!\w)"
)
_YEAR = r"(?P<y>(?:1[5-9]|20|21)\d\d)(?:-?го|-?й|-?м)?(?:\s*(?:гг?\.|год(?:а|у|ом|ов|ы)?(?!\w)))"
_BARE = r"(?P<y>(?:1[5-9]|20|21)\d\d)(?:-?(?:го|м|й)(?!\w))?(?:\s*(?:гг?\.|год(?:а|у|ом|ов|ы)?(?!\w)))?(?!\d)"
_DAY = r"(?<![\w.,/-])(?P<d>[12]?\d|3[01])(?:-?го|-?е)?\s+"
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4, "четвёрт": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_NEAR = {"сегодня": 0, "вчера": -1, "позавчера": -2, "завтра": 1, "послезавтра": 2, "накануне": -1}
_DAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_WEEKDAY = (
    r"(?P<w>понедельник(?:а|у|ом)?|вторник(?:а|у|ом)?|сред(?:у|а|ы|ой)|четверг(?:а|у|ом)?|пятниц(?:у|а|ы|ей)"
    r"|суббот(?:у|а|ы|ой)|воскресень(?:е|я|ю|ем))(?!\w)"
)

_SEASONS = {"вес": 3, "лет": 6, "осе": 9, "зим": 12}  # first month
_DECADES = {
    "двадцат": 1920, "тридцат": 1930, "сороков": 1940, "пятидесят": 1950, "шестидесят": 1960,
    "семидесят": 1970, "восьмидесят": 1980, "девяност": 1990, "нулев": 2000,
}  # fmt: skip
_FARTHEST = 900  # years, months, weeks or days that a number counts back

# "с февраля по апрель 2024 года": the year stands once, at the end.
_SINCE = re.compile(r"(?<!\w)[сС]о?\s+\Z")
_UNTIL = re.compile(rf"\s+(?:по|до)\s+(?:[12]?\d|3[01])?\s*{_MONTH}\s+{_YEAR}", re.IGNORECASE)

Handler = Callable[["re.Match[str]", "Day | None"], "Period | None"]


def _month(word: str) -> int:
    folded = word.lower()
    numbers = (3, *range(1, len(_MONTHS) + 1))  # "март" before "ма"
    return next((number for number in numbers if folded.startswith(_MONTHS[number - 1])), 1)


_AHEAD = re.compile(
    r"(?<!\w)(?:состо[ия]тся|состояться|пройд[её]т|пройдут|буд(?:ет|ут)|намечен|запланирован|ожида[ею]тся"
    r"|предсто[ия]т|планиру[ею]т"
    r"|намерен|начн[её]тся|завершится|откроется|вступит|не\s+позднее|должн[аоы]?|должен)\w*(?!\s+был)",
    re.IGNORECASE,
)
_END_OF_SENTENCE = re.compile(r"[.!?…](?=\s|$)|\n")


def _looks_ahead(match: re.Match[str]) -> bool:
    """Tell whether a verb of the future stands in the same sentence near the date."""
    before = _END_OF_SENTENCE.split(match.string[max(0, match.start() - 60) : match.start()])[-1]
    after = _END_OF_SENTENCE.split(match.string[match.end() : match.end() + 40])[0]
    return _AHEAD.search(before) is not None or _AHEAD.search(after) is not None


def _full(match: re.Match[str], anchor: Day | None) -> Period | None:
    number, day = _month(match["m"]), match["d"]

    def of(year: int) -> Period | None:
        return periods.day(year, number, int(day)) if day else periods.month(year, number)

    if match["y"]:
        return of(int(match["y"]))
    since = _SINCE.search(match.string, 0, match.start("d") if day else match.start("m"))
    until = _UNTIL.match(match.string, match.end()) if since else None
    if until is not None:
        return of(int(until["y"]) - (_month(until["m"]) < number))
    if anchor is None:
        return periods.UNKNOWN
    found = of(anchor.year)
    if found is None or found.start is None or found.end is None:
        return found
    if _looks_ahead(match):
        return of(anchor.year + 1) if found.end <= anchor else found
    return of(anchor.year - 1) if found.start > anchor else found


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


def _of_what(text: str, place: int) -> bool:
    """Tell whether a noun in the genitive follows."""
    word = re.compile(r"\s+([а-яё-]+)").match(text, place)
    if word is None:
        return False
    known = readings(word[1])
    return bool(known) and {"NOUN", "gent"} <= known[0].tag.grammemes


def _near(match: re.Match[str], anchor: Day | None) -> Period | None:
    if match["near"].lower() == "накануне" and _of_what(match.string, match.end()):
        return None  # "накануне визита" is before the visit
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


def _shift(word: str) -> int:
    """Return how many years, months or weeks a word of relation goes: "прошлый" -1, "позапрошлый" -2."""
    folded = word.lower()
    if folded.startswith("позапрошл"):
        return -2
    if folded.startswith(("прош", "минувш")):
        return -1
    return 1 if folded.startswith(("следующ", "будущ")) else 0


def _last_month(match: re.Match[str], anchor: Day | None) -> Period | None:
    """Return the month of that name that lies nearest before publication, or after it."""
    if anchor is None:
        return periods.UNKNOWN
    number, shift = _month(match["m"]), _shift(match["rel"])
    over = number < anchor.month
    year = anchor.year - int(shift < 0 and not over) + int(shift > 0 and over)
    return periods.month(year, number)


def _season(match: re.Match[str], anchor: Day | None) -> Period | None:
    """Return the three months (meteorological, northern) of a season; winter from December before."""
    if match["y"]:
        year = int(match["y"])
    elif anchor is None:
        return periods.UNKNOWN
    else:
        year = anchor.year + _shift(match["rel"])
    first = _SEASONS[match["season"].lower()[:3]]
    if first == periods.MONTHS:  # "зима 2021 года" began in December of that year or the one before
        return periods.months(year - 1, first, 15 if match["y"] else 3, "range")
    return periods.months(year, first, 3, "range")


def _decade(match: re.Match[str], _: Day | None) -> Period | None:
    word = match["dec"].lower()
    if word.isdigit():
        year = int(word) if len(word) == 4 else 1900 + int(word) if int(word) > 10 else 2000 + int(word)
        return periods.years(year, 10)
    first = next((value for stem, value in _DECADES.items() if word.startswith(stem)), None)
    return None if first is None else periods.years(first, 10)


def _ago(match: re.Match[str], anchor: Day | None) -> Period | None:
    """Two days ago is that day; two weeks ago that week, months that month, years that year."""
    number = read(match["n"]) if match["n"] else Number(1.0, 1.0)
    if anchor is None or number is None or number.low is None or number.low > _FARTHEST:
        return periods.UNKNOWN
    count = int(number.low)
    unit = match["unit"].lower()
    if unit.startswith(("год", "лет")):
        return periods.year(anchor.year - count)
    if unit.startswith("месяц"):
        return periods.month_shifted(anchor, -count)
    days = count * (7 if unit.startswith("недел") else 1)
    day = anchor - dt.timedelta(days=days)
    return periods.week(day) if unit.startswith("недел") else periods.day(day.year, day.month, day.day)


def _relative(match: re.Match[str], anchor: Day | None) -> Period | None:
    if anchor is None:
        return periods.UNKNOWN
    shift, unit = _shift(match["rel"]), match["unit"].lower()
    if unit.startswith("г"):
        year = anchor.year + shift
        if match["m"] and match["d"]:
            return periods.day(year, _month(match["m"]), int(match["d"]))
        return periods.month(year, _month(match["m"])) if match["m"] else periods.year(year)
    if unit.startswith("месяц"):
        return periods.month_shifted(anchor, shift)
    return periods.week(anchor + dt.timedelta(days=7 * shift))


_REL = (
    r"(?P<rel>прошл\w+|позапрошл\w+|минувш\w+|прошедш\w+|сего|эт(?:ом|ого|от|ой|у|а)|текущ\w+|нынешн\w+"
    r"|следующ\w+|будущ\w+)"
)
_AGO = (
    rf"(?:(?P<n>{number_source()})\s+)?(?P<unit>недел[юиь]|месяц(?:а|ев)?|год(?:а)?|лет|день|дня|дней)"
    r"\s+(?:тому\s+)?назад(?!\w)"
)
_SEASON = r"(?P<season>весной|летом|осенью|зимой|весн[аеуы]|лет[оае]|осен[ьи]|зим[аеуы])"
_DECADE = r"(?P<dec>(?:19|20)\d0|[2-9]0)-?(?:е|х|ые|ых|ми)(?:\s+(?:год\w*|гг?\.))?"
_WORDED = rf"(?P<dec>{'|'.join(f'{stem}ы(?:е|х|м|ми)' for stem in _DECADES)})(?:\s+год\w*)?"
_ENDS = r"(?P<a>[12]?\d|3[01])\s*(?:[-–—]|\s+по\s+|\s+и\s+|\s+до\s+)\s*(?P<d>[12]?\d|3[01])\s+"
_ORDINAL = r"(?P<n>перв\w+|втор\w+|трет\w+|четв[её]рт\w+|IV|III|II|I|[1-4])(?:-?\w{1,2})?\s+"
_WHICH = r"(?:(?P<rel>прошл\w+|минувш\w+|следующ\w+|ближайш\w+|эт\w+)\s+)?"
_SOURCES: tuple[tuple[str, Handler], ...] = (
    (rf"(?<![\w.,/-])(?:с\s+)?{_ENDS}{_MONTH}(?:\s+{_BARE})?", _day_range),
    (rf"{_DAY}{_MONTH}\s+{_REL}\s+(?P<unit>год(?:а|у)?)(?!\w)", _relative),
    (rf"{_DAY}{_MONTH}\s+(?P<rel>с)\.\s?(?P<unit>г\.)", _relative),
    (rf"(?<!\w)(?P<d>){_MONTH}\s+(?P<rel>с)\.\s?(?P<unit>г\.)", _relative),
    (rf"{_DAY}{_MONTH}(?:\s+{_BARE})?", _full),
    (rf"(?<!\w){_ORDINAL}(?P<what>квартал\w*|полугоди\w+)(?:\s+{_BARE})?", _part),
    (rf"(?P<d>)(?<!\w){_MONTH}\s+{_BARE}", _full),
    (rf"(?<!\w){_REL}\s+{_MONTH}", _last_month),
    (rf"(?<!\w){_SEASON}\s+(?P<rel>){_BARE}", _season),
    (rf"(?<!\w){_SEASON}\s+(?P<y>){_REL}\s+года(?!\w)", _season),
    (rf"(?<!\w)(?P<y>){_REL}\s+{_SEASON}(?!\w)", _season),
    (
        rf"(?P<d>)(?:(?<!\w){_MONTH}\s+)?(?<!\w){_REL}\s+(?P<unit>год(?:а|у|ом)?|месяц\w*|недел\w+)(?!\w)",
        _relative,
    ),
    (rf"(?<!\w){_AGO}", _ago),
    (rf"(?<![\d.,/-]){_DECADE}(?!\w)", _decade),
    (
        (
            rf"(?:(?<=в )|(?<=с )|(?<=до )|(?<=конца )|(?<=конце )|(?<=начале )|(?<=начала )|(?<=В )"
            rf"|(?<=С )){_WORDED}(?!\w)"
        ),
        _decade,
    ),
    (rf"(?<!\d)(?P<a>(?:19|20)\d\d)\s*[-–—]\s*{_YEAR}", _years),
    (r"(?<![\d.,/-])(?P<y>(?:19|20)\d\d)-(?:го|м|й|му)(?!\w)", _year),
    (rf"(?<![\d.,/-]){_YEAR}", _year),
    (rf"(?<!\w)(?P<near>{'|'.join(sorted(_NEAR, key=len, reverse=True))})(?!\w)", _near),
    (rf"(?<!\w)(?:в|во|на)\s+{_WHICH}{_WEEKDAY}", _weekday),
    (rf"(?<!\w)(?:в|с|к|до)\s+(?P<d>){_MONTH}(?P<y>)(?!\s+\d)", _full),
)
_FORMS = tuple((re.compile(source, re.IGNORECASE), handler) for source, handler in _SOURCES)


# "в начале 2020 года": the words are the date's, its days stay the year's.
_DAY_OF_WEEK = re.compile(
    r"(?<!\w)(?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)[а-яё]{0,3},?\s+$", re.IGNORECASE
)
_PART = re.compile(r"(?<!\w)(?:начал[аеоу]|середин[аеуы]|кон(?:ец|ца|це|цу))\s+$", re.IGNORECASE)


def _timed(text: str, start: int, end: int, period: Period) -> tuple[int, int, Period]:
    """Return a day with the time of day that stands behind or before it."""
    if period.precision != "day":
        return start, end, period
    behind, before = ru_clock.behind(text, end), ru_clock.before(text, start)
    if behind is not None:
        return start, behind[0], periods.at(period, behind[1])
    return (start, end, period) if before is None else (before[0], end, periods.at(period, before[1]))


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
                before = _DAY_OF_WEEK if period.precision == "day" else _PART
                part = before.search(text, max(0, start - 30), start)
                first = part.start() if part is not None else start
                last = start + len(text[start : match.end()].rstrip())
                yield _timed(text, first, last, period)
