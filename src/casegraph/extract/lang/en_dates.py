"""The forms of English dates, most specific first: an earlier form masks the later ones."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from casegraph.extract.lang import en_date_meaning as means
from casegraph.extract.lang.en_date_meaning import MONTH, YEAR, Handler, Seen
from casegraph.extract.lang.en_numbers import BOUNDS, NUMERALS
from casegraph.extract.periods import Day, Period

_DAY = r"(?<![\d.,/:])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:/%\w]|[.,]\d)"
_WEEKDAY = (
    r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)(?!\w)"
)
_FULL_WEEKDAY = r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\w)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_PART = (
    r"(?:(?<!\w)(?:(?:very\s+)?(?:early|late|mid)(?:\s+in)?[\s-]+(?:the\s+)?"
    r"|(?:beginning|start|middle|end|close|turn)\s+of\s+(?:the\s+)?))"
)
_DASH = r"[-\u2013\u2014]"
_TO = rf"(?:\s*{_DASH}\s*|\s+(?:to|until|till|through|and)\s+)"
_TO_NOT_AND = rf"(?:\s*{_DASH}\s*|\s+(?:to|until|till|through)\s+)"
_ZONE = r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)(?!\w)"
_CLOCK = rf"(?:\d{{1,2}}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?|\d{{1,2}}\s*[ap]\.?m\b\.?)(?:\s*{_ZONE})?"
_FROM = r"(?:(?<!\w)(?:from|between)\s+(?:the\s+)?)"
_FREE = r"(?<![\w$\u20ac\u00a3#])(?<![\w.,]-)(?<!\d[.,])"  # no part of a word, sum or reference before
_Y = rf"(?:,?\s+(?:of\s+)?(?P<y>{YEAR}))"
_Y2 = rf"(?:,?\s+(?:of\s+)?(?P<y2>{YEAR}))"
_AT = rf"(?:,?\s*(?:at\s+|{_DASH}\s*)?(?P<clock>{_CLOCK}))"
_CLOCK_ON = rf"(?:(?P<clock2>{_CLOCK})\s+on\s+(?:the\s+)?)"
_ON = rf"(?:{_WEEKDAY},?\s+(?:the\s+)?)"
_REL = r"(?<!\w)(?P<rel>last|past|next|coming|this|previous)"
_COUNT = rf"(?<!\w)(?P<bound>{BOUNDS.before})?(?:(?P<count>{NUMERALS.words}|\d{{1,5}})|an?)[\s-]+"
_UNIT = r"(?P<unit>hour|day|week|month|year|decade)s?(?!\w)"
_DM, _MD = rf"(?P<d>{_DAY})\s+(?:of\s+)?(?P<m>{MONTH})", rf"(?P<m>{MONTH})\s+(?:the\s+)?(?P<d>{_DAY})"
_DM2, _MD2 = rf"(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m2>{MONTH})", rf"(?P<m2>{MONTH})\s+(?P<d2>{_DAY})"
_MONTH_1 = rf"(?<!\w)(?P<m>{MONTH})"
_NTH = r"(?<!\w)(?P<order>first|1st|second|2nd|third|3rd|fourth|4th|final|last)"
_NO_REL = "(?P<rel>)"

FORMS: tuple[tuple[str, Handler], ...] = (
    (rf"{_FROM}?{_DM}{_Y}?{_TO}{_DM2}{_Y2}?", means.month_range),
    (rf"{_FROM}?{_MD}{_Y}?{_TO}{_MD2}{_Y2}?", means.month_range),
    (rf"{_FROM}?(?P<d>{_DAY}){_TO}(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m>{MONTH}){_Y}?", means.day_range),
    (rf"{_FROM}?{_MONTH_1}\s+(?P<d>{_DAY}){_TO}(?P<d2>{_DAY})(?!\s+{MONTH}){_Y}?", means.day_range),
    (rf"{_CLOCK_ON}?{_ON}?{_DM}{_Y}?{_AT}?", means.full),
    (rf"{_CLOCK_ON}?{_ON}?(?<!\w){_MD}{_Y}?{_AT}?", means.full),
    (rf"{_FROM}{_MONTH_1}{_Y}?{_TO}(?P<m2>{MONTH}){_Y2}?", means.month_range),
    (rf"{_MONTH_1}{_Y}?{_TO_NOT_AND}(?P<m2>{MONTH}){_Y2}", means.month_range),
    (rf"{_PART}?{_MONTH_1}{_Y}", means.month_year),
    (rf"{_PART}?(?<!\w)(?P<season>{_SEASON})(?:\s+of)?\s+(?P<y>{YEAR})", means.season),
    (
        (
            rf"{_NTH}[\s-]+(?P<part>quarter|half)(?:\s+of)?\s+"
            rf"(?:(?:the\s+year\s+)?(?P<y>{YEAR})|(?P<rel>this|last|next)\s+year|the\s+year(?!\w))"
        ),
        means.part_of_year,
    ),
    (rf"(?<!\w)(?-i:(?P<part>Q)(?P<n>[1-4]))(?:\s+(?:of\s+)?(?P<y>{YEAR})|(?!\w))", means.part_of_year),
    (rf"(?<!\w)(?-i:(?P<part>H)(?P<n>[12]))\s+(?:of\s+)?(?P<y>{YEAR})", means.part_of_year),
    (rf"(?<!\w)(?-i:(?P<n>[1-4])(?P<part>Q))\s*(?P<y>{YEAR})", means.part_of_year),
    (rf"{_FROM}(?P<y>{YEAR}){_TO}(?P<y2>{YEAR})", means.year_range),
    (rf"{_FREE}(?P<y>{YEAR}){_TO_NOT_AND}(?P<y2>{YEAR})", means.year_range),
    (rf"{_FREE}(?P<y>20\d\d){_DASH}(?P<y2>\d\d)(?![-\d\u2013.])", means.year_range),
    (rf"{_PART}?(?<!\w)(?P<decade>1[5-9]\d0|20\d0)s(?!\w)", means.decade),
    (rf"{_PART}?['\u2019\u2018](?P<decade>[2-9]0)s(?!\w)", means.decade),
    (rf"{_PART}?(?<!\w)(?P<n>\d\d(?:st|nd|rd|th))\s+century", means.century),
    (
        r"(?<!\w)(?:fiscal|financial)(?:\s+year)?\s+(?P<y>(?:19|20)\d\d)(?:[/\u2013-](?P<second>(?:20)?\d\d))?(?!\d)",
        means.fiscal,
    ),
    (r"(?<!\w)FY\s?(?P<y>(?:20)?\d\d)(?:[/\u2013-](?P<second>(?:20)?\d\d))?(?!\d)", means.fiscal),
    (rf"{_PART}(?P<y>{YEAR})", means.plain_year),
    (
        (
            r"(?<!\w)(?P<word>the\s+day\s+before\s+yesterday|(?:yesterday|tomorrow|this)\s+(?:morning|afternoon|evening)"
            r"|last\s+night|yesterday|today|tomorrow|tonight)(?!\w)"
        ),
        means.relative_day,
    ),
    (rf"{_REL}\s+(?P<w>{_FULL_WEEKDAY})", means.weekday),
    (rf"{_REL}\s+(?P<m>{MONTH})", means.relative_month),
    (rf"{_REL}\s+(?P<season>{_SEASON})(?!\w)", means.relative_season),
    (
        rf"(?:(?<!\w)(?:early|earlier|late|later)\s+)?{_REL}\s+(?P<unit>weekend|week|month|quarter|year|decade)(?![\w-])",
        means.relative_unit,
    ),
    (rf"{_COUNT}{_UNIT}\s+ago(?!\w)", means.ago),
    (rf"{_REL}\s+(?P<bound>)(?P<count>{NUMERALS.words}|\d{{1,5}})\s+{_UNIT}", means.span),
    (rf"(?:(?<=\bon\s)|(?<=\bOn\s))(?P<w>{_WEEKDAY}){_NO_REL}", means.weekday),
    (rf"(?<!\w)(?P<w>{_FULL_WEEKDAY})(?:\s+(?:morning|afternoon|evening|night))?{_NO_REL}", means.weekday),
    (
        rf"(?<=\s)(?:(?:early|late|mid)[\s-])?(?P<m>{MONTH})(?!['\u2019]s\s+[a-z])",
        means.bare_month,
    ),
    (
        r"(?<![\w.,/$\u20ac\u00a3#-])(?P<y>(?:1[89]|20)\d\d)(?![\w,./%-]\w|\d|\s?%|\s?\u00b0)",
        means.bare_year,
    ),
)


# What a text must hold for a form to be worth a search, by what the form's source holds.
_NEEDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (MONTH, re.compile(MONTH)),
    (_FULL_WEEKDAY, re.compile(_FULL_WEEKDAY)),
    (_WEEKDAY + ")" + _NO_REL, re.compile(_WEEKDAY)),
    (_SEASON, re.compile(_SEASON, re.IGNORECASE)),
    ("(?P<rel>last|past", re.compile(r"last|past|next|coming|this|previous", re.IGNORECASE)),
    ("ago", re.compile(r"\sago", re.IGNORECASE)),
    ("(?P<y>", re.compile(r"\d\d")),
)


@functools.cache
def _compiled() -> tuple[tuple[re.Pattern[str], Handler, tuple[int, ...]], ...]:
    made = []
    for source, handler in FORMS:
        optional = handler in {means.full, means.day_range, means.month_range, means.part_of_year}
        needs = tuple(
            number
            for number, (part, _) in enumerate(_NEEDS)
            if part in source
            and not (part == "(?P<y>" and optional)
            and not (number == 1 and MONTH in source)
        )
        made.append((re.compile(source, re.IGNORECASE), handler, needs))
    return tuple(made)


def find(text: str, anchor: Day | None) -> Iterator[tuple[int, int, Period]]:
    """Yield start, end and meaning of each date in the text, not in order."""
    holds = [needed.search(text) is not None for _, needed in _NEEDS]
    for pattern, handler, needs in _compiled():
        if not all(holds[number] for number in needs):
            continue
        for match in pattern.finditer(text):
            period = handler(Seen(match, text, anchor))
            if period is not None:
                yield match.start(), match.end(), period
