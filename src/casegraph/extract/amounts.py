"""Sums of money: signs, ISO 4217 codes and currency names with bounds and magnitudes."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from casegraph.extract import currencies, places
from casegraph.extract.base import Extractor, Found, Reading
from casegraph.extract.lang import ru_amounts, zh_amounts
from casegraph.extract.lang.data import either, words
from casegraph.extract.numerals import FIGURE, Bounds, Number, Numerals
from casegraph.extract.spans import Taken
from casegraph.model import Amount

LANGUAGES = ("en",)
_FREE = r"(?<![\w.,])"
_SIGN = either(currencies.SIGNS, currencies.YEN_OR_YUAN)
_YUAN_WORDS = re.compile(r"\b(?:yuan|renminbi|RMB|CNY|China|Chinese)\b")
_YEN_WORDS = re.compile(r"\b(?:yen|JPY|Japan|Japanese)\b")


# Between the ends of a range; "and" needs a "between" before it, the group `pair`.
TO = r"(?:\s*[-\u2013\u2014]\s*|\s+(?:to|or)\s+|(?(pair)\s+and\s+|(?!)))"
_WEIGHT = re.compile(r"\s+of\s+(?!credit)|-")  # "50 pounds of explosives", "a 500-pound bomb"


class Grammar:
    """The patterns of one language, compiled once."""

    def __init__(self, language: str) -> None:
        """Compile; takes 0.2 s, most of it for the CLDR's names."""
        self.language = language
        self.numerals, self.bounds = Numerals(language), Bounds(language)
        people = either(places.peoples(language), places.countries(language), ["US", "U.S.", "UAE"])
        self.full = currencies.full_names(language)
        self.bare = currencies.bare_names(language)
        self.word_too = words(language, "currencies", "also_words")
        number = rf"(?:{self.numerals.figures}|{self.numerals.words})"
        name = rf"(?:{either(self.full)}|(?:{people}\s+)?{either(self.bare)})(?!\w)"
        code = rf"(?-i:{either(currencies.written_codes())})(?!\w)"
        range_ = TO
        before, after = rf"(?P<before>{self.bounds.before})?", rf"(?P<after>{self.bounds.after})?"
        two = r"(?P<pair>(?:between|from)\s+)?"
        signed = rf"(?P<sign>{_SIGN}|{code})\s?(?P<low>{self.numerals.figures})"
        self.patterns = (
            re.compile(
                rf"{_FREE}{two}{before}{signed}(?:{range_}(?:{_SIGN}|{code})?\s?(?P<high>{self.numerals.figures}))?"
                rf"(?P<name>\s+{name})?{after}",
                re.IGNORECASE,
            ),
            re.compile(
                rf"{_FREE}{two}{before}(?P<low>{number})(?:(?:\s+(?:{name}|{code}))?{range_}(?P<high>{number}))?"
                rf"(?:(?:\s+of)?[\s-]+(?P<name>{name})|\s?(?P<sign>{code}|{_SIGN}(?!\s?\d))){after}",
                re.IGNORECASE,
            ),
        )
        self.trigger = re.compile(
            rf"[$\u20ac\u00a3\u00a5\u20bd\u20b4\u20b9\u20a9\u20ba\u20b8\u20aa\u20ab\u0e3f\u20a6\u20be\u20bc\u058f\uffe5\u5143]"
            rf"|[A-Z]{{3}}\s?\d|\d\s?[A-Z]{{3}}|Rs|(?i:\b{either(self.bare, _last_words(self.full))}\b)"
        )
        only = self.word_too
        sure = either(self.full, [word for word in self.bare if word not in only])
        plain = [word for word in self.bare if word in only]
        self.no_sum = re.compile(
            rf"(?<![\w-])(?P<name>{people}\s+{either(self.bare)}|{sure}|(?<=\bin\s){either(plain)})(?!\w|\s+\d)",
            re.IGNORECASE,
        )

    def currency(self, name: str | None, sign: str | None, text: str) -> str | None:
        """Return the ISO 4217 code that a name or sign stands for; `text` settles yen or yuan."""
        if sign:
            return _of_sign(sign, text) if not name else self.of_name(name) or _of_sign(sign, text)
        return self.of_name(name) if name else None

    def of_name(self, name: str) -> str | None:
        """Return the code of "Hong Kong dollars", "yuan"."""
        folded = " ".join(name.lower().split())
        if folded in self.full:
            return self.full[folded]
        people, _, bare = folded.rpartition(" ")
        if people:
            country = _country(people, self.language)
            found = currencies.of_country(country, bare, self.language) if country else None
            if found:
                return found
        return self.bare.get(bare) or None


def _last_words(names: Iterable[str]) -> set[str]:
    return {name.rpartition(" ")[2] for name in names}


@functools.cache
def _grammar(language: str) -> Grammar:
    return Grammar(language)


@functools.cache
def _country(people: str, language: str) -> str | None:
    folded = {word.lower(): code for word, code in places.peoples(language).items()}
    return folded.get(people) or places.countries(language).get(people)


def _of_sign(sign: str, text: str) -> str | None:
    if sign in currencies.YEN_OR_YUAN:
        yuan, yen = _YUAN_WORDS.search(text), _YEN_WORDS.search(text)
        return None if bool(yuan) == bool(yen) else "CNY" if yuan else "JPY"
    return currencies.SIGNS.get(sign) or currencies.SIGNS.get(sign.upper()) or sign.upper()


def _span_of(low: Number, high: Number | None, low_text: str, high_text: str, numerals: Numerals) -> Number:
    """Return one number; in "$5-7 million" the magnitude belongs to both."""
    if high is None or high.high is None or low.low is None:
        return low
    if re.fullmatch(FIGURE, low_text.strip()):
        size = re.search(rf"{numerals.magnitude}$", high_text, re.IGNORECASE)
        figure = re.match(FIGURE, high_text)
        if size is not None and figure is not None and high.high:
            base = numerals.read(figure.group())
            if base is not None and base.high:
                low = low.times(high.high / base.high)
    if low.low is not None and low.low > high.high:
        return high
    return Number(low.low, high.high, low.approximate)


def _is_weight(match: re.Match[str], text: str) -> bool:
    name = match["name"] or ""
    if not name.lower().startswith("pound"):
        return False
    return _WEIGHT.match(text, match.end()) is not None or text[match.start("name") - 1] == "-"


def read_number(match: re.Match[str], numerals: Numerals, bounds: Bounds) -> Number | None:
    """Return the number of a match with groups low, high, before and after."""
    low = numerals.read(match["low"])
    if low is None:
        return None
    high = numerals.read(match["high"]) if match["high"] else None
    number = _span_of(low, high, match["low"], match["high"] or "", numerals)
    return bounds.apply(number, f"{match['before'] or ''} {match['after'] or ''}")


def sums(text: str, language: str, whole: str) -> Iterator[tuple[int, int, Amount]]:
    """Yield start, end and amount of each sum; `whole` is the page's text."""
    grammar = _grammar(language)
    if grammar.trigger.search(text) is None:  # most paragraphs: the patterns cost ten times as much
        return
    for pattern in grammar.patterns:
        for match in pattern.finditer(text):
            number = read_number(match, grammar.numerals, grammar.bounds)
            code = grammar.currency(match["name"], match["sign"], whole)
            if number is None or (code == "GBP" and _is_weight(match, text)):
                continue
            start = match.start() if match["high"] or not match["pair"] else match.end("pair")
            yield start, match.end(), Amount(minimum=number.low, maximum=number.high, currency=code)
    for match in grammar.no_sum.finditer(text):
        code = grammar.of_name(match["name"])
        if code is not None:
            yield match.start(), match.end(), Amount(minimum=None, maximum=None, currency=code)


_CODED = re.compile(
    rf"{_FREE}(?:(?P<code>[A-Z]{{3}})\s?(?P<low>{FIGURE})|(?P<low2>{FIGURE})\s?(?P<code2>[A-Z]{{3}}))(?!\w)"
)


def _coded(text: str) -> Iterator[tuple[int, int, Amount]]:
    """Yield figures with an ISO code: in any language."""
    for match in _CODED.finditer(text):
        code = match["code"] or match["code2"]
        value = float(re.sub(r"[^\d.]", "", match["low"] or match["low2"]))
        if code in currencies.written_codes():
            yield match.start(), match.end(), Amount(minimum=value, maximum=value, currency=code)


_OWN: dict[str, Callable[[str], Iterator[tuple[int, int, Amount]]]] = {
    "ru": ru_amounts.sums,
    "zh": zh_amounts.sums,
}


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    taken = Taken(found)
    for block in reading.searched():
        whole = reading.pages[block.page].text
        language = block.language if block.language in LANGUAGES else None
        own = _OWN.get(block.language or "")
        if own is not None:
            amounts = own(block.text)
        else:
            amounts = sums(block.text, language, whole) if language else _coded(block.text)
        for start, end, amount in amounts:
            if taken.claim(block.page, block.start + start, block.start + end):
                yield Found(
                    page=block.page,
                    kind="amount",
                    start=block.start + start,
                    end=block.start + end,
                    amount=amount,
                )


AMOUNTS = Extractor(name="amounts", version=2, find=_find)
