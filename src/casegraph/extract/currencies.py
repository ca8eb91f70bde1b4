"""Currencies by symbol, code and name (ISO 4217; names from the Unicode CLDR)."""

from __future__ import annotations

import functools

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

from casegraph.extract.lang.data import marks

# Signs that one currency uses, and those that a letter before them tells apart.
SIGNS: dict[str, str] = {
    "US$": "USD", "USD$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD",
    "NZ$": "NZD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "$": "USD", "\u20ac": "EUR",
    "\u00a3": "GBP", "\u20bd": "RUB", "\u20b4": "UAH", "\u20b9": "INR", "\u20a9": "KRW", "\u20ba": "TRY",
    "\u20b8": "KZT", "\u20aa": "ILS", "\u20ab": "VND", "\u0e3f": "THB", "\u20a6": "NGN", "\u20be": "GEL",
    "\u20bc": "AZN", "\u058f": "AMD", "CN\u00a5": "CNY", "RMB": "CNY", "JP\u00a5": "JPY", "Rs.": "INR",
    "Rs": "INR",
}  # fmt: skip
_WORDS = frozenset(["TOP", "ALL", "MOP", "CUP", "PEN", "MAD", "BAM", "SOS", "COP", "GEL", "BOB"])
YEN_OR_YUAN = frozenset(["\u00a5", "\uffe5", "\u5143"])


@functools.cache
def codes() -> frozenset[str]:
    """Return the ISO 4217 codes of currencies in use."""
    found: set[str] = set()
    for territory in (str(key) for key in Locale("en").territories):
        if len(territory) == 2:
            found.update(get_territory_currencies(territory))
    return frozenset(found)


@functools.cache
def written_codes() -> frozenset[str]:
    """Return the codes that are no English words in capitals ("TOP 10", "ALL 3")."""
    return codes() - _WORDS


@functools.cache
def full_names(language: str) -> dict[str, str]:
    """Return the full lower-case names of currencies, singular and plural, with their codes."""
    found: dict[str, str] = {}
    for code in sorted(codes()):
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale=language).lower()
            if " " in name:
                found.setdefault(name, code)
                if "ruble" in name:
                    found.setdefault(name.replace("ruble", "rouble"), code)
    return found


@functools.cache
def bare_names(language: str) -> dict[str, str]:
    """Return one-word names with the code that they mean alone, "" where none prevails."""
    return marks(language, "currencies", "bare")


@functools.cache
def of_country(country: str, word: str, language: str) -> str | None:
    """Return the currency called `word` ("rials", "kroner") in the country (ISO 3166-1)."""
    stem = word.lower().replace("rouble", "ruble").rstrip("s")[:4]
    for code in get_territory_currencies(country.upper()):
        name = get_currency_name(code, count=2, locale=language).lower()
        if any(part.startswith(stem) for part in name.split()):
            return str(code)
    return None
