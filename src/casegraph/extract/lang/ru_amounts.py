"""Sums, measures and counts of Russian: 9,1 млн руб., два миллиона рублей, не менее 12 тонн, семь станков."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from casegraph.extract import currencies
from casegraph.extract.lang import ru_clock
from casegraph.extract.lang.data import either, words
from casegraph.extract.lang.ru_bare_sums import labelled as labelled_sums
from casegraph.extract.lang.ru_numbers import (
    FIGURE,
    bounded,
    bounds,
    cardinals,
    magnitude,
    mark,
    number,
    read,
    size,
    stems,
)
from casegraph.extract.numerals import Number, tidy
from casegraph.model import Amount, Quantity

_FREE = r"(?<![\w$€£¥₽№#/])(?<![\w][-.,:'’/])"
_TO = r"(?:\s*[-–—]\s*|\s+до\s+|\s+или\s+)"
_SIGNS = r"(?:US\$|[$€£¥₽₴₸₹]|(?-i:USD|EUR|CNY|RUB|RUR|GBP|JPY|CHF|HKD|KZT|UAH|BYN|AED|TRY|INR)(?!\w))"
_OLD = {"RUR": "RUB", "¥": "CNY"}
_YEN = re.compile(r"иен|йен|япон|JPY", re.IGNORECASE)

SumSpan = tuple[int, int, Amount]
Span = tuple[int, int, Quantity]


@functools.cache
def _sum_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = rf"(?:{stems('currencies', 'of_state')[0]}|{stems('currencies', 'nouns')[0]})"
    before, after = rf"(?P<before>{bounds().before})?", rf"(?P<after>{bounds().after})?"
    spelt = r"(?:\s*\([^()\d]{3,120}\))?"
    cents = either(words("ru", "currencies", "minor"))
    minor = rf"(?:[,\s]\s*(?P<minor>\d\d)(?:\s*\([^()]{{2,40}}\))?\s*{cents}(?!\w))?"
    low = rf"(?P<low>{number()})"
    high = rf"(?:\s*(?:{names}|{_SIGNS}))?{_TO}(?P<high>{number()})"
    named = re.compile(
        rf"{_FREE}{before}{low}(?:{high})?{spelt}\s?(?P<name>{names}|{_SIGNS}){spelt}{minor}{after}",
        re.IGNORECASE,
    )
    signed = re.compile(
        rf"(?<![\w$]){before}(?P<name>{_SIGNS})\s?(?P<low>{FIGURE}(?:\s?{size()})?)"
        rf"(?:{_TO}{_SIGNS}?\s?(?P<high>{FIGURE}(?:\s?{size()})?))?(?P<minor>(?!))?{after}",
        re.IGNORECASE,
    )
    alone = re.compile(
        rf"(?<!\w)(?:в|за)\s+(?P<name>(?:[а-яё]+(?:их"
        rf"|ых)\s+)?{either(words('ru', 'currencies', 'alone'))})(?!\w)",
        re.IGNORECASE,
    )
    return named, signed, alone


def _code(name: str, text: str) -> str | None:
    """Return the ISO 4217 code of a name in some case or of a sign."""
    if name == "¥":
        return "JPY" if _YEN.search(text) else "CNY"
    known = currencies.SIGNS.get(name) or (
        name if name.isascii() and name.isalpha() and name.isupper() else None
    )
    if known is not None:
        return _OLD.get(known, known)
    folded = " ".join(name.lower().split())
    of_state = mark(folded, "currencies", "of_state")
    return of_state or mark(
        folded.replace(" сша", " США").replace(" кнр", " КНР").replace(" оаэ", " ОАЭ"), "currencies", "nouns"
    )


_ENGLISH = re.compile(r"\d{1,3},\d{3}")


def _number(match: re.Match[str], text: str) -> Number | None:
    low = read(match["low"])
    if low is None:
        return None
    if "name" in match.re.groupindex and _ENGLISH.fullmatch(
        match["low"]
    ):  # nobody counts money in thousandths
        low = low.times(1000)
    around = f"{match['before'] or ''} {match['after'] or ''}"
    if not match["high"]:
        return bounded(low, around, text[: match.start()])
    high = read(match["high"])
    if high is None or high.high is None or low.low is None:
        return None
    scale = _scale(match["low"], match["high"])
    low_value = tidy(low.low * scale)
    if low_value > high.high:
        return None
    plain = (match["before"] or "").strip().lower() in {"от", ""}
    found = Number(low_value, high.high, low.approximate)
    return found if plain else bounded(found, around, text[: match.start()])


def _scale(low: str, high: str) -> float:
    """Return what the magnitude of the second number makes of the first: "15–20 млн"."""
    own, other = re.search(rf"{size()}$", low, re.IGNORECASE), re.search(rf"{size()}$", high, re.IGNORECASE)
    return 1.0 if own is not None or other is None else magnitude(other.group())


def sums(text: str) -> Iterator[SumSpan]:
    """Yield start, end and amount of each sum of a Russian text."""
    named, signed, alone = _sum_patterns()
    for pattern in (named, signed):
        for match in pattern.finditer(text):
            found = _number(match, text)
            code = _code(match["name"], text)
            if found is None or _is_no_money(match):
                continue
            if match["minor"] and found.low == found.high and found.low is not None:
                value = tidy(found.low + int(match["minor"]) / 100)
                found = Number(value, value, found.approximate)
            yield match.start(), match.end(), Amount(minimum=found.low, maximum=found.high, currency=code)
    for match in alone.finditer(text):
        code = _code(_nominal(match["name"]), text)
        if code is not None:
            yield match.start("name"), match.end(), Amount(minimum=None, maximum=None, currency=code)
    yield from labelled_sums(text)


def _nominal(name: str) -> str:
    return (
        name.rsplit(maxsplit=1)[-1]
        if " " not in name or mark(name.lower(), "currencies", "of_state") is None
        else name
    )


def _is_no_money(match: re.Match[str]) -> bool:
    """Tell whether the word is none: "р." behind a number in words is another abbreviation."""
    return match["name"].lower() == "р." and not any(char.isdigit() for char in match["low"])


@functools.cache
def _measure_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = rf"(?P<before>{bounds().before})?", rf"(?P<after>{bounds().after})?"
    units = stems("units", "forms")[0]
    measure = re.compile(
        rf"{_FREE}{before}(?P<low>{number()})(?:(?:\s?(?:{units}))?{_TO}(?P<high>{number()}))?"
        rf"(?:\s*\([^()\d]{{3,60}}\))?[\s\u00a0-]?(?P<unit>{units}){after}",
        re.IGNORECASE,
    )
    share = re.compile(
        rf"(?<!\w){before}(?:(?P<times>од(?:на|ну|ной)|две|двух|двум|двумя|три|трёх|трех|трём|тремя"
        rf"|четыре)\s+)?"
        r"(?P<part>половин(?:а|у|ой|е)|трет(?:ь|и|ью|ей|ям|ями)|четверт(?:ь|и|ью|ей|ям|ями)|пят(?:ая|ую|ой"
        r"|ых)(?=\s+(?:част|дол)))"
        r"(?=\s+(?:[а-яё]+(?:ых|их|ого|его|ой|ей)\s+)?[а-яё]+(?!\w)|\s*[.,;])",
        re.IGNORECASE,
    )
    return measure, share


_AGE = re.compile(
    r"(?:(?<!\w)(?:ему|ей|им|мне|нам|исполнилось|возрасте|возраст)\s+(?:было\s+|уже\s+|тогда\s+)?)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<!\w)(?:в|к|до|после|около|с)\s+$", re.IGNORECASE)
_OF_DAY = re.compile(r"\s+(?:утра|вечера|ночи|дня|пополудни)(?!\w)")
_YEAR = re.compile(r"[1-9]\d{3}")
_SIGNS_OF_ONE = frozenset("мтглВАLWVAhmtg")
_HOUR = frozenset(["час", "часа", "часов", "часам"])
_PARTS = {"по": 0.5, "тр": 1 / 3, "че": 0.25, "пя": 0.2}
_NO_SHARE = re.compile(r"\s+(?:века|столетия|финала|часа|года|месяца|дня|класса|пути|жизни|ночи)\b")
_HALF_OF_TIME = re.compile(r"(?:перв\w+|втор\w+|друг\w+|лучш\w+)\s+$", re.IGNORECASE)


_PLUS_ONE = re.compile(
    r"(?<![\d.,])(?P<low>25|50|75)\s?%?\s*(?:\+|плюс)\s*(?:1|одна|одну|одной)\s+акци[яюией]{1,2}(?!\w)"
)


def _within(match: re.Match[str], clocks: list[tuple[int, int]]) -> bool:
    """Tell whether the number is a time of day's: в 10 часов 30 минут."""
    return any(start < match.end() and match.start() < end for start, end in clocks)


def measures(text: str) -> Iterator[Span]:
    """Yield measures and shares: 2000 км, три месяца, 24,5 процента, две трети голосов."""
    measure, share = _measure_patterns()
    for match in _PLUS_ONE.finditer(text):
        yield _span(match.start(), match.end(), Number(float(match["low"]), None), "%")
    clocks = list(ru_clock.alone(text))
    for match in measure.finditer(text):
        if _within(match, clocks):
            continue
        found = _number(match, text)
        unit = mark(match["unit"], "units", "forms") or mark(match["unit"].lower(), "units", "forms")
        if found is None or unit is None or _is_no_measure(match, text):
            continue
        yield _span(match.start(), match.end(), found, unit)
    for match in share.finditer(text):
        if _NO_SHARE.match(text, match.end()) or _HALF_OF_TIME.search(text[: match.start()]):
            continue
        alone = text[match.end() :].lstrip()[:1] in {".", ",", ";"}
        if alone and not match["times"] and text[: match.start()].rstrip()[-1:] not in {"—", "–", "-"}:
            continue  # "жене — четверть", but "выиграл третью."
        if not match["times"] and match["part"].lower() in {"четверти", "трети", "третей", "четвертей"}:
            continue
        times = cardinals().get((match["times"] or "одна").lower(), 1.0)
        value = tidy(round(_PARTS[match["part"][:2].lower()] * times * 100, 4))
        found = bounded(Number(value, value), match["before"] or "", text[: match.start()])
        yield _span(match.start(), match.end(), found, "%")


def _is_no_measure(match: re.Match[str], text: str) -> bool:
    """Tell whether the unit dates or ages: "ему 43 года", "в 10 часов", "2021 года", "5 г."."""
    before, unit = text[max(0, match.start() - 40) : match.start()], match["unit"].lower()
    if unit in {"год", "года", "лет", "годам", "годом", "годами"}:
        aged = _AGE.search(before) is not None or (
            before.endswith("(") and text[match.end() : match.end() + 1] == ")"
        )
        return aged or _YEAR.fullmatch(match["low"]) is not None
    if unit == "г" and _YEAR.fullmatch(match["low"]):
        return True
    if unit in _HOUR and _OF_DAY.match(text, match.end()):
        return True
    if unit in _HOUR and not match["before"] and _CLOCK.search(before):
        return True
    return _is_no_sign(match, text[match.end("low") : match.start("unit")])


def _is_no_sign(match: re.Match[str], gap: str) -> bool:
    """Tell whether a letter or two behind a number are no unit: "2021-м", "5А", "семь в"."""
    unit = match["unit"]
    if "-" in gap and len(unit) <= 2:
        return True
    if len(unit) > 1 or not unit.isalpha():
        return False
    return unit not in _SIGNS_OF_ONE or not match["low"][-1].isdigit() or (not gap and unit in {"В", "А"})


def _span(start: int, end: int, found: Number, unit: str) -> Span:
    return (
        start,
        end,
        Quantity(minimum=found.low, maximum=found.high, unit=unit, approximate=found.approximate),
    )


@functools.cache
def _count_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = rf"(?P<before>{bounds().before})?", rf"(?P<after>{bounds().after})?"
    count = re.compile(
        rf"{_FREE}{before}(?P<low>{number()})(?:{_TO}(?P<high>{number()}))?(?![\w%°]|[-–/:][\w]"
        rf"|[.,]\d){after}",
        re.IGNORECASE,
    )
    ordered = words("ru", "units", "numbered")
    labels = "|".join(_stem(word) for word in sorted(ordered, key=lambda word: (-len(word), word)))
    return count, re.compile(rf"(?:(?<!\w)(?:{labels})|[№#])\s*$", re.IGNORECASE)


def _stem(word: str) -> str:
    return re.escape(word).replace(r"\*", r"[а-яё]*")


_NOUN = re.compile(
    r"\s+(?!(?:и|а|но|или|на|в|во|по|с|со|к|из|от|до|за|для|о|об|не|же|ли|бы|как|что|это|года?|час\w*"
    r"|раза?|утра|вечера|ночи)(?!\w))[а-яё]{2,}"
)
_PART = re.compile(r"\s+(?:трет|четверт|пят|десят)(?:ь|и|ей|ых)(?!\w)")
_NAMED = re.compile(r"[\w»)]\s+[A-ZА-ЯЁ][\w-]*[a-zа-яё]\s$|[-–]$")


def counts(text: str) -> Iterator[Span]:
    """Yield counted things: не менее семи самолётов, 14 линий, сотни ящиков."""
    pattern, labelled = _count_pattern()
    clocks = list(ru_clock.alone(text))
    for match in pattern.finditer(text):
        if _within(match, clocks):
            continue
        found = _number(match, text)
        if found is None or (found.low or found.high) in {None, 0.0}:
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        if (
            labelled.search(before)
            or _is_one(match)
            or not _NOUN.match(text, match.end())
            or _PART.match(text, match.end())
        ):
            continue
        if (not match["before"] and _NAMED.search(before)) or _AGE.search(before):
            continue
        yield _span(match.start(), match.end(), found, "item")


def _is_one(match: re.Match[str]) -> bool:
    """Tell whether the word is "один" alone: a pronoun, an article, or "alone"."""
    return not match["high"] and cardinals().get(match["low"].lower()) == 1.0
