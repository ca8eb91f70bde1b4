"""Quantities: measures with their units, shares, and counted things."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence

from casegraph.extract import units
from casegraph.extract.amounts import TO, read_number
from casegraph.extract.base import Extractor, Found, Reading
from casegraph.extract.identifiers import failing
from casegraph.extract.lang import ru_amounts, zh_amounts
from casegraph.extract.lang.data import either, values, words
from casegraph.extract.numerals import Bounds, Number, Numerals, tidy
from casegraph.extract.spans import Taken
from casegraph.model import Quantity

LANGUAGES = ("en",)
_FREE = r"(?<![\w$\u20ac\u00a3\u00a5#/])(?<!\w[-.,:'\u2019])"
_NUMBERED = re.compile(
    r"(?:\b(?:nos?\.?|number|numbers|section|sections|sec\.|article|articles|art\.|chapter|page|pages|p\.|pp\.|paragraph"
    r"|clause|annex|appendix|item|part|phase|stage|level|grade|class|type|mark|mk\.?|model|version|series|room|flight"
    r"|unit|block|plot|berth|gate|pier|highway|route|road|resolution|directive|regulation|rule|order|decree|law|act"
    r"|case|file|figure|table|channel|line|day|week|round|volume|vol\.|division|brigade|regiment|battalion|squadron"
    r"|building|floor|tower|hall|apartment|apt\.?|suite|house|platform|wagon|seat|cell|group|area|zone|sector|district|ward|aged|age|euro|lot|point)|\u2116|#)\s*$",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?<![\w.,)])[-\u2212]\Z")
_OLD = re.compile(r"[-\s]olds?\b")
_CAPITAL_BEFORE = re.compile(r"[\w,;)'\u2019%-]\s+(?P<word>[A-Z][\w'\u2019-]*[a-z])\s$")
_AGE_BEFORE = re.compile(r"[A-Z][\w.'\u2019-]*,\s*$")
_ORDINAL_OR_WORD = re.compile(
    r"(?:st|nd|rd|th)?[-\u2010\u2011]?[A-Za-z]|\s*(?:[ap]\.?m\.?\b|o'clock)|[:/]\d|\s*\u00b0"
)
_STREET = re.compile(
    r"\s+(?:[A-Z][a-z]+\s+)?(?:Street|Road|Avenue|Lane|Square|Boulevard|Drive|Quay|Highway)\b"
)
_NO_COUNT_ONE = re.compile(
    r"\s*(?:of|another|day|thing|hand|side|way|would|could|can|might|must|should|is|was|has|who|that|whose|another's"
    r"|more|by|again|who's|after)\b|\s*[.,;:!?)'\u2019\u201d\"]|\s*$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\s+(?:[a-z-]+\s+)?(?:people|men|women|[a-z]+s)\b")  # "5m people", but "5m tall"
_ONE_BEFORE = re.compile(
    r"\b(?:no|any|every|some|each|this|that|the|which|another|only|other)[\s-]+$", re.IGNORECASE
)


class Grammar:
    """The patterns of one language, compiled once."""

    def __init__(self, language: str) -> None:
        """Compile; 0.1 s."""
        self.language = language
        self.numerals, self.bounds = Numerals(language), Bounds(language)
        number = rf"(?:{self.numerals.figures}|{self.numerals.words})"
        before, after = rf"(?P<before>{self.bounds.before})?", rf"(?P<after>{self.bounds.after})?"
        pair = r"(?P<pair>(?<!\w)(?:between|from)\s+)?"
        numbers = rf"(?P<low>{number})(?:(?:{units.pattern(language)})?{TO}(?P<high>{number}))?"
        self.measure = re.compile(
            rf"{_FREE}{pair}{before}{numbers}(?P<plus>\s*\+(?!\d))?(?P<unit>{units.pattern(language)}){after}",
            re.IGNORECASE,
        )
        fraction = either(values(language, "numbers", "fractions"))
        self.share = re.compile(
            rf"(?<![\w-]){before}(?:(?P<low>(?:an?|one|two|three|four|five|six|seven|eight|nine)(?:[\s-]))?"
            rf"(?P<fraction>{fraction}))(?=\s+of\b|\s+(?:the|its|their|his|her|all|share|stake|interest|owned)\b"
            rf"|-owned\b|(?<=-third)\s|(?<=-thirds)\s|(?<=-quarter)\s|(?<=-quarters)\s)",
            re.IGNORECASE,
        )
        self.plus_one = re.compile(
            r"(?<![\w.,])50\s*(?:%|per\s*cent|percent)?\s*\+\s*1(?:\s*(?:shares?\b|%|per\s*cent\b))?(?!\d)"
        )
        self.count = re.compile(rf"{_FREE}{pair}{before}{numbers}(?!\s*%){after}", re.IGNORECASE)
        self.fractions = values(language, "numbers", "fractions")
        self.cardinals = values(language, "numbers", "cardinals")


@functools.cache
def _grammar(language: str) -> Grammar:
    return Grammar(language)


Span = tuple[int, int, Quantity]
Finder = Callable[[str, Grammar], Iterator[Span]]
_Own = Callable[[str], Iterator[Span]]
_OWN: dict[str, tuple[_Own, _Own]] = {  # languages with a grammar of their own: measures, counts
    "ru": (ru_amounts.measures, ru_amounts.counts),
    "zh": (zh_amounts.measures, zh_amounts.counts),
}


def _span(match: re.Match[str], number: Number, unit: str, end: int) -> Span:
    start = match.start() if match["high"] or not match["pair"] else match.end("pair")
    return start, end, Quantity(
        minimum=number.low, maximum=number.high, unit=unit, approximate=number.approximate
    )  # fmt: skip


def _measures(text: str, grammar: Grammar) -> Iterator[Span]:
    for match in grammar.plus_one.finditer(text):
        yield match.start(), match.end(), Quantity(minimum=50.0, maximum=None, unit="%")
    for match in grammar.measure.finditer(text):
        number = read_number(match, grammar.numerals, grammar.bounds)
        unit = units.unit(match["unit"], grammar.language)
        if number is None or unit is None or _is_no_measure(match, text):
            continue
        if match["plus"]:
            number = Number(number.low, None, number.approximate)
        start, end, quantity = _span(match, number.times(unit[1]), unit[0], match.end())
        yield (
            (start - 1, end, _negative(quantity))
            if _MINUS.search(text[max(0, start - 2) : start])
            else (start, end, quantity)
        )


def _negative(quantity: Quantity) -> Quantity:
    """Return the quantity below zero."""
    low = None if quantity.maximum is None else -quantity.maximum
    high = None if quantity.minimum is None else -quantity.minimum
    return Quantity(minimum=low, maximum=high, unit=quantity.unit, approximate=quantity.approximate)


def _is_no_measure(match: re.Match[str], text: str) -> bool:
    """Tell whether the unit is none: "43-year-old", "5m people"."""
    if _OLD.match(text, match.end()):
        return True
    return match["unit"] == "m" and _PLURAL.match(text, match.end()) is not None


def _shares(text: str, grammar: Grammar) -> Iterator[Span]:
    """Yield "half of", "two-thirds of the", "a third of" as per cent."""
    for match in grammar.share.finditer(text):
        part = grammar.fractions[match["fraction"].lower()]
        times = grammar.cardinals.get((match["low"] or "one").strip(" -\n").lower(), 1.0)
        if match["low"] is None and part != grammar.fractions["half"]:
            continue  # "the third of May", "Third of its kind": an ordinal
        share = Number(tidy(round(part * times * 100, 4)), tidy(round(part * times * 100, 4)))
        share = grammar.bounds.apply(share, match["before"] or "")
        yield match.start(), match.end(), Quantity(
            minimum=share.low, maximum=share.high, unit="%", approximate=share.approximate
        )  # fmt: skip


def _named(text: str, start: int) -> bool:
    """Tell whether a capital word inside the sentence stands right before: "Radio 4", "Falcon 9"."""
    before = _CAPITAL_BEFORE.search(text[max(0, start - 40) : start])
    return before is not None and before["word"] not in words("en", "names", "never_names")


def _is_name_or_label(match: re.Match[str], text: str) -> bool:
    """Tell whether the number names or orders something: "Section 7", "43-year-old", "14 Dock Road"."""
    before = text[max(0, match.start() - 40) : match.start()]
    end = match.end("high") if match["high"] else match.end("low")
    if _ORDINAL_OR_WORD.match(text, end) or _NUMBERED.search(before) or _STREET.match(text, end):
        return not match["before"] or _ORDINAL_OR_WORD.match(text, end) is not None
    if _AGE_BEFORE.search(before) and text[end : end + 1] in {",", ".", ")"}:
        return True
    if not match["before"] and _named(text, match.start()):
        return True
    if match["low"].lower() == "one" and not match["before"] and not match["high"]:
        return bool(_NO_COUNT_ONE.match(text, end) or _ONE_BEFORE.search(before))
    return False


def _counts(text: str, grammar: Grammar) -> Iterator[Span]:
    for match in grammar.count.finditer(text):
        number = read_number(match, grammar.numerals, grammar.bounds)
        if number is None or _is_name_or_label(match, text):
            continue
        if number.low == 0 and number.high == 0:
            continue
        yield _span(match, number, "item", match.end("after") if match["after"] else _end(match))


def _end(match: re.Match[str]) -> int:
    return match.end("high") if match["high"] else match.end("low")


def _spans(kind: Finder, text: str, language: str) -> Iterator[Span]:
    measures_and_counts = _OWN.get(language)
    if measures_and_counts is None:
        return kind(text, _grammar(language))
    if kind is _measures:
        return measures_and_counts[0](text)
    return measures_and_counts[1](text) if kind is _counts else iter(())


def _find(kinds: tuple[Finder, ...], reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    taken = Taken(found)
    for block in reading.searched():
        for one in failing(block.text):  # a misprinted number counts nothing
            taken.claim(block.page, block.start + one.start, block.start + one.end)
        if block.language not in LANGUAGES and block.language not in _OWN:
            continue
        for spans in kinds:
            for start, end, quantity in _spans(spans, block.text, block.language):
                if taken.claim(block.page, block.start + start, block.start + end):
                    yield Found(
                        page=block.page,
                        kind="quantity",
                        start=block.start + start,
                        end=block.start + end,
                        quantity=quantity,
                    )


# Measures before names, for the parser takes "Celsius" for one; counts after them ("Group of Seven").
MEASURES = Extractor(name="measures", version=2, find=functools.partial(_find, (_measures, _shares)))
COUNTS = Extractor(name="counts", version=2, find=functools.partial(_find, (_counts,)))
