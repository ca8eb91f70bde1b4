"""Check digits that python-stdnum has not: of Russian, Kazakh and Chinese registers and banks.

A check says whether the figures can be such a number, never whether anyone bears it.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterable

from babel import Locale

ALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
"""Capitals of Cyrillic that a typist takes for the Latin ones of a code."""
_NOT_SIGN = re.compile(r"[^0-9A-Za-z]")
_CHAPTERS = 97  # of the Harmonized System; 77 is kept free
_BIC_COUNTRY = slice(4, 6)


def compact(number: str) -> str:
    """Return the signs without what parts them, in Latin capitals."""
    return _NOT_SIGN.sub("", number.translate(ALIKE)).upper()


def _weighted(number: str, weights: Iterable[int]) -> int:
    return sum(int(figure) * weight for figure, weight in zip(number, weights, strict=False))


def standard(module: str) -> Callable[[str], bool]:
    """Return the check of a python-stdnum module; imported with the first number."""

    @functools.cache
    def check() -> Callable[[str], bool]:
        found: Callable[[str], bool] = importlib.import_module(module).is_valid
        return found

    return lambda number: check()(compact(number))


def is_snils(number: str) -> bool:
    """Check a person's insurance number (ПФР, постановление № 1036п): weights 9 to 1, modulo 101."""
    figures = compact(number)
    return len(figures) == 11 and _weighted(figures, range(9, 0, -1)) % 101 % 100 == int(figures[9:])


def is_okpo(number: str) -> bool:
    """Check a firm's code in Russian statistics: weights from 1, once more from 3 where the rest is 10."""
    figures = compact(number)
    if len(figures) not in {8, 10}:
        return False
    for first in (1, 3):
        weights = [(first + i - 1) % 10 + 1 for i in range(len(figures) - 1)]
        rest = _weighted(figures, weights) % 11
        if rest < 10:
            return rest == int(figures[-1])
    return figures[-1] == "0"


def is_kazakh(number: str) -> bool:
    """Check a Kazakh business or person number (БИН, ИИН): weights 1 to 11, once more from 3."""
    figures = compact(number)
    rest = _weighted(figures, range(1, 12)) % 11
    if rest == 10:
        rest = _weighted(figures, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return len(figures) == 12 and rest == int(figures[-1])


def is_account(number: str, bik: str) -> bool:
    """Check the key of a Russian account with its bank's BIK (Bank of Russia, order 515 of 08.09.1997).

    Of a correspondent account "0" and figures 5 and 6 of the BIK go first, of others its last three.
    """
    figures = compact(number)
    leads = (bik[6:], f"0{bik[4:6]}") if figures.startswith("301") else (bik[6:],)
    weights = (7, 1, 3) * 8
    return len(figures) == 20 and any(_weighted(lead + figures, weights) % 10 == 0 for lead in leads)


def is_goods_code(number: str) -> bool:
    """Tell whether the first two figures are a chapter of the Harmonized System."""
    chapter = int(compact(number)[:2])
    return 0 < chapter <= _CHAPTERS and chapter != 77


def is_organisation_code(number: str) -> bool:
    """Check the last sign (GB 11714-1997): weights 3 7 9 10 5 8 4 2, modulo 11, X for ten."""
    signs = compact(number)
    rest = 11 - sum(int(sign, 36) * n for sign, n in zip(signs, (3, 7, 9, 10, 5, 8, 4, 2), strict=False)) % 11
    return len(signs) == 9 and signs[-1] == {10: "X", 11: "0"}.get(rest, str(rest))


@functools.cache
def _territories() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").territories) - {"ZZ", "QO", "EZ", "UN"}


def is_bic(number: str) -> bool:
    """Tell whether signs 5 and 6 are a country (ISO 9362): a BIC has no check digit."""
    return number[_BIC_COUNTRY] in _territories()


def any_form(_: str) -> bool:
    """Return True: of numbers that have a form but no check digit."""
    return True
