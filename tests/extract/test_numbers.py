from __future__ import annotations

import re

import pytest

from casegraph.extract.lang.en_numbers import BOUNDS, NUMERALS
from casegraph.extract.numerals import Number
from tests.extract.made import mentions

WORDS = re.compile(NUMERALS.words, re.IGNORECASE)
FIGURES = re.compile(NUMERALS.figures, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seven", 7),
        ("twenty-one", 21),
        ("one hundred and five", 105),
        ("two and a half million", 2_500_000),
        ("a million and a half", 1_500_000),
        ("half a dozen", 6),
        ("three hundred thousand", 300_000),
        ("one million two hundred thousand and six", 1_200_006),
    ],
)
def test_number_words(text: str, value: float) -> None:
    match = WORDS.fullmatch(text)
    assert match is not None
    assert NUMERALS.read(text) == Number(value, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2,000", 2000), ("9.1 million", 9_100_000), ("5bn", 5e9), ("1\u00a0000\u00a0000", 1e6), ("3k", 3000)],
)
def test_figures(text: str, value: float) -> None:
    assert FIGURES.fullmatch(text) is not None
    assert NUMERALS.read(text) == Number(value, value)


@pytest.mark.parametrize(
    ("text", "least"), [("dozens", 24), ("hundreds of thousands", 200_000), ("several hundred", 200)]
)
def test_a_plural_is_at_least_twice_itself(text: str, least: float) -> None:
    assert NUMERALS.read(text) == Number(least, None, approximate=True)


@pytest.mark.parametrize("text", ["two three", "1" * 30])
def test_what_is_no_number_is_none(text: str) -> None:
    assert NUMERALS.read(text) is None


@pytest.mark.parametrize(
    ("around", "low", "high", "approximate"),
    [
        ("at least", 7, None, False),
        ("no less than", 7, None, False),
        ("no more than", None, 7, False),
        ("up to", None, 7, False),
        ("some", 7, 7, True),
        ("nearly", None, 7, True),
        ("or more", 7, None, False),
        ("", 7, 7, False),
    ],
)
def test_bounds(around: str, low: float | None, high: float | None, *, approximate: bool) -> None:
    assert BOUNDS.apply(Number(7, 7), around) == Number(low, high, approximate)


def quantities(text: str) -> list[tuple[str, float | None, float | None, str]]:
    found = [(one.target.exact, one.quantity) for one in mentions(text, "quantity")]
    return [(words, one.minimum, one.maximum, one.unit) for words, one in found if one is not None]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("It has taken delivery of at least seven military drones.", "at least seven", 7, None, "item"),
        ("It can travel some 2,000km.", "some 2,000km", 2000, 2000, "km"),
        ("It carries a 20-kilogram warhead.", "20-kilogram", 20, 20, "kg"),
        ("They hold 51 per cent.", "51 per cent", 51, 51, "%"),
        ("They hold 50+1 per cent of it.", "50+1 per cent", 50, None, "%"),
        ("Half of the shares are his.", "Half", 50, 50, "%"),
        ("She has a one-third stake.", "one-third", 33.3333, 33.3333, "%"),
        ("They own two-thirds of the yard.", "two-thirds", 66.6667, 66.6667, "%"),
        ("Prices fell by 8 to 9 per cent.", "8 to 9 per cent", 8, 9, "%"),
        ("They sold between 200 and 250 cars.", "between 200 and 250", 200, 250, "item"),
        ("The ship made 14 knots.", "14 knots", 14, 14, "kn"),
        ("It flew at 900 km/h.", "900 km/h", 900, 900, "km/h"),
        ("They moved 50 pounds of explosives.", "50 pounds", 50, 50, "lb"),
        ("About 5m people fled.", "About 5m", 5e6, 5e6, "item"),
        ("It stood 5m tall.", "5m", 5, 5, "m"),
        ("It was \u22125 degrees Celsius.", "\u22125 degrees Celsius", -5, -5, "Cel"),
        ("It lasted three decades.", "three decades", 30, 30, "a"),
        ("We need at least one ship.", "at least one", 1, None, "item"),
        ("One official spoke.", "One", 1, 1, "item"),
    ],
)
def test_quantities(text: str, words: str, low: float | None, high: float | None, unit: str) -> None:
    assert quantities(text) == [(words, low, high, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Kern, 43, lives there.",
        "She is aged 43.",
        "A 43-year-old man fell.",
        "No. 7 burned down.",
        "Section 7 is void.",
        "It is one of those cases.",
        "No one knows.",
        "It stood at 14 Dock Road.",
        "He came tenth, not 10th.",
        "The Falcon 9 rocket stood there.",
        "They talk 24/7.",
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert quantities(text) == []


def amounts(text: str) -> list[tuple[str, float | None, float | None, str | None]]:
    found = [(one.target.exact, one.amount) for one in mentions(text, "amount")]
    return [(words, one.minimum, one.maximum, one.currency) for words, one in found if one is not None]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "currency"),
    [
        ("It cost $1.25 million.", "$1.25 million", 1.25e6, 1.25e6, "USD"),
        ("It cost \u20ac5bn then.", "\u20ac5bn", 5e9, 5e9, "EUR"),
        ("They paid 9.1 million yuan.", "9.1 million yuan", 9.1e6, 9.1e6, "CNY"),
        ("Some was paid in Chinese yuan.", "Chinese yuan", None, None, "CNY"),
        ("It was paid in roubles.", "roubles", None, None, "RUB"),
        ("They paid 500,000 Hong Kong dollars.", "500,000 Hong Kong dollars", 5e5, 5e5, "HKD"),
        ("They paid 100 Iranian rials.", "100 Iranian rials", 100, 100, "IRR"),
        ("They paid 30 Norwegian kroner.", "30 Norwegian kroner", 30, 30, "NOK"),
        ("They paid between $5 and $7 million.", "between $5 and $7 million", 5e6, 7e6, "USD"),
        ("They paid $5-7 million.", "$5-7 million", 5e6, 7e6, "USD"),
        ("They paid at least $3 million.", "at least $3 million", 3e6, None, "USD"),
        ("They paid less than A$200,000.", "less than A$200,000", None, 2e5, "AUD"),
        ("They paid half a billion dollars.", "half a billion dollars", 5e8, 5e8, "USD"),
        ("They paid USD 10,000.", "USD 10,000", 1e4, 1e4, "USD"),
        ("They paid \u00a5500 to the Japanese.", "\u00a5500", 500, 500, "JPY"),
        ("They paid \u00a5500.", "\u00a5500", 500, 500, None),
    ],
)
def test_amounts(text: str, words: str, low: float | None, high: float | None, currency: str | None) -> None:
    assert amounts(text) == [(words, low, high, currency)]


@pytest.mark.parametrize(
    "text", ["He won the race.", "A pound of meat.", "The dollar fell.", "The TOP 10 list."]
)
def test_currency_words_that_mean_no_sum(text: str) -> None:
    assert amounts(text) == []


def test_two_sums_with_and_are_two() -> None:
    assert [low for _, low, _, _ in amounts("Fines of $40,000 and $45,000 were paid.")] == [40_000, 45_000]
