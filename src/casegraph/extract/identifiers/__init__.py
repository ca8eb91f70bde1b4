"""Identifiers with a form or a check digit of their own, and reference numbers after their words.

Checks by python-stdnum (ISO 13616, ISO 17442, ISO 9362, ISO 6166, IMO resolution A.600(15), ISO 6346,
national registers), phonenumbers (ITU E.164) and `checks`. A check digit passes by chance once in ten, so
that a bare run of figures counts only after its word; behind it a number that fails is told as a problem.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterator, Sequence

from casegraph.extract.base import Extractor, Found, Reading
from casegraph.extract.identifiers.cells import beside_headings
from casegraph.extract.identifiers.checks import ALIKE
from casegraph.extract.identifiers.contacts import Id, addresses, phones
from casegraph.extract.identifiers.labelled import AFTER, BEFORE, Labelled, labelled
from casegraph.extract.identifiers.references import references, russian
from casegraph.extract.lang import zh_identifiers
from casegraph.extract.spans import Taken

_FIGURE_OR_BIC = re.compile(r"\d|BIC|SWIFT|СВИФТ")
_USCC = "0-9A-HJ-NPQRTUWXY"
# Forms that need no word before them: long, or with a check of two figures.
_FREE: tuple[tuple[str, str, str], ...] = (
    ("iban", r"[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}", "stdnum.iban"),
    ("lei", r"[A-Z0-9]{18}\d{2}", "stdnum.lei"),
    ("isin", r"[A-Z]{2}[A-Z0-9]{9}\d", "stdnum.isin"),
    ("container", r"[A-Z]{3}[UJZ][ ]?\d{6}[ -]?\d", "stdnum.iso6346"),
    ("uscc", rf"[{_USCC}]{{2}}\d{{6}}[{_USCC}]{{10}}", "stdnum.cn.uscc"),
    ("resident", r"[1-9]\d{16}[\dXx]", "stdnum.cn.ric"),
    ("bitcoin", r"(?:bc1[a-z0-9]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34})", "stdnum.bitcoin"),
)
_ETHER = re.compile(r"(?<!\w)0x[0-9a-fA-F]{40}(?!\w)")
_PLAIN = str.maketrans("０１２３４５６７８９：／．－（）", "0123456789:/.-()")


@functools.cache
def _free() -> tuple[tuple[str, re.Pattern[str], Callable[[str], bool], Callable[[str], str]], ...]:
    found = []
    for name, form, source in _FREE:
        module = importlib.import_module(source)
        found.append((name, re.compile(rf"{BEFORE}(?P<id>{form}){AFTER}"), module.is_valid, module.compact))
    return tuple(found)


def _checked(text: str) -> Iterator[Id]:
    for name, pattern, is_valid, compact in _free():
        for match in pattern.finditer(text):
            words = match["id"]
            while len(words) > 4 and not is_valid(words.upper()) and " " in words:
                words = words.rpartition(" ")[0]
            if is_valid(words if name == "bitcoin" else words.upper()):
                yield match.start("id"), match.start("id") + len(words), name, compact(words)
    for match in _ETHER.finditer(text):
        yield match.start(), match.end(), "ether", match.group().lower()


def _behind_words(plain: str) -> Iterator[Labelled]:
    """Yield numbers behind their words, in Cyrillic and in Latin letters that were typed as Cyrillic."""
    yield from labelled(plain)
    alike = plain.translate(ALIKE)
    if alike != plain:
        yield from (
            one for one in labelled(alike) if one.holds and one.kind in {"container", "bic", "iban", "lei"}
        )


def identifiers(text: str, language: str | None = None) -> Iterator[Id]:
    """Yield the identifiers of a text; the first of two that overlap is the surer."""
    yield from addresses(text)
    if _FIGURE_OR_BIC.search(text) is None:
        return
    plain = text.translate(_PLAIN)
    yield from ((one.start, one.end, one.kind, one.normal) for one in _behind_words(plain) if one.holds)
    yield from _checked(plain.translate(ALIKE))
    yield from phones(plain, language)
    if language == "zh":
        yield from zh_identifiers.find(plain)
    yield from references(plain)
    yield from russian(plain)


def failing(text: str) -> Iterator[Labelled]:
    """Yield the numbers that stand behind an identifier's word and fail its check."""
    if _FIGURE_OR_BIC.search(text) is not None:
        yield from (one for one in labelled(text.translate(_PLAIN)) if not one.holds)


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    taken = Taken(found)
    for block in reading.searched():
        for start, end, kind, canonical in identifiers(block.text, block.language):
            if taken.claim(block.page, block.start + start, block.start + end):
                yield _found(block.page, block.start + start, block.start + end, kind, canonical)
    for page, start, words, label in beside_headings(reading):
        for one in labelled(f"{label}: {words}".translate(_PLAIN)):
            at = start - len(label) - 2
            if one.holds and one.start >= len(label) + 2 and taken.claim(page, at + one.start, at + one.end):
                yield _found(page, at + one.start, at + one.end, one.kind, one.normal)


def _found(page: int, start: int, end: int, kind: str, normal: str) -> Found:
    return Found(page=page, kind="identifier", start=start, end=end, normal=normal, detail=kind)


IDENTIFIERS = Extractor(name="identifiers", version=2, find=_find)
