"""Identifiers with a form or a check digit of their own, and reference numbers after their words.

Checks by python-stdnum (ISO 13616, ISO 17442, ISO 9362, ISO 6166, IMO resolution A.600(15), ISO 6346,
national registers) and phonenumbers (ITU E.164). A check digit passes by chance once in ten, so that
a bare run of figures counts only after its word.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import phonenumbers

from casegraph.extract.base import Extractor, Found, Reading
from casegraph.extract.lang import zh_identifiers
from casegraph.extract.spans import Taken

_TLD = (
    r"(?:com|org|net|info|biz|gov|edu|mil|int|io|eu|uk|de|fr|ru|su|ua|by|kz|cn|hk|tw|jp|kr|in|ir|tr|us|ch|at|pl|ae"
    r"|sg|example)"
)
_MAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+%-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w-])",
    re.ASCII,
)
_URL = re.compile(
    r"(?<!\w)(?:(?:https?|ftp|hxxps?)://|www\.)[^\s<>\"\u201c\u201d\u00ab\u00bb\u3002\uff0c]+", re.IGNORECASE
)
_DOMAIN = re.compile(
    rf"(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+{_TLD}(?:/[^\s<>\"\u201d]*)?(?![\w@-])"
)
_URL_TAIL = re.compile(r"[.,;:!?'\u2019\"\u201d\u2026]+$")
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)\d[\d\s().\u00a0/-]{6,24}\d(?!\d)")
_PHONE_WORD = re.compile(
    r"(?:\b(?:tel|phone|telephone|mobile|cell|fax|call|\u0442\u0435\u043b|\u0442\u0435\u043b\u0435\u0444\u043e\u043d|"
    r"\u0444\u0430\u043a\u0441)\b\.?|\u7535\u8bdd|\u4f20\u771f|\u624b\u673a)[:\s\uff1a]*(?P<id>[(\d][\d\s().\u00a0-]{5,20}\d)(?!\d)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?P<what>contract|invoice|agreement|purchase\s+order|bill\s+of\s+lading|registration|licen[cs]e|permit|passport"
    r"|account|case|docket|tender|customs\s+declaration|specification|company|order|registered|certificate|serial|policy"
    r"|act\s+of\s+acceptance|waybill|letter)"
    r"(?:\s+under)?\s*(?:number|numbers|num\.?|nos?\.?|ref(?:erence)?\.?|\u2116|#|n\u00b0|n\u00ba)\s*[:.]?\s*"
    r"(?P<id>[A-Z\u0410-\u042f0-9][\w/.-]*\d[\w/.-]*(?:[ ]\d{3,})*|\d[\w/.-]*(?:[ ]\d{3,})*)",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"\b(?P<what>contract|invoice|agreement|order|passport|permit)\s+(?P<id>(?=[\w/-]*\d)[A-Z0-9\u0410-\u042f]{1,12}[-/][\w/-]+)"
)
_REGISTERED = re.compile(
    r"\b(?P<what>registered|incorporated|registration)\b[^.;\n]{0,60}\bnumber\s+(?P<id>[A-Z]{0,3}\d[\w/-]{3,})"
)
_TAIL = re.compile(r"[.,/-]+$")


_FIGURE_OR_BIC = re.compile(r"\d|BIC|SWIFT")


class Checked(NamedTuple):
    """A number with a check: its form, the stdnum module that checks it, the words it may need before it."""

    name: str
    pattern: str
    module: str
    words: str = ""


CHECKED: tuple[Checked, ...] = (
    Checked("iban", r"[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}", "stdnum.iban"),
    Checked("lei", r"[A-Z0-9]{18}\d{2}", "stdnum.lei"),
    Checked("isin", r"[A-Z]{2}[A-Z0-9]{9}\d", "stdnum.isin"),
    Checked("container", r"[A-Z]{3}[UJZ][ ]?\d{6}[ -]?\d", "stdnum.iso6346"),
    Checked("uscc", r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", "stdnum.cn.uscc"),
    Checked("bic", r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", "stdnum.bic", r"BIC|SWIFT|S\.W\.I\.F\.T\."),
    Checked("imo", r"\d{7}", "stdnum.imo", "IMO"),
    Checked("inn", r"\d{10}|\d{12}", "stdnum.ru.inn", "INN|\u0418\u041d\u041d"),
    Checked("ogrn", r"\d{13}|\d{15}", "stdnum.ru.ogrn", "OGRN|\u041e\u0413\u0420\u041d(?:\u0418\u041f)?"),
    Checked("edrpou", r"\d{8}", "stdnum.ua.edrpou", "EDRPOU|[\u0404\u0415]\u0414\u0420\u041f\u041e\u0423"),
    Checked("unp", r"\d{9}", "stdnum.by.unp", "UNP|\u0423\u041d\u041f"),
    Checked("imei", r"\d{15}", "stdnum.imei", "IMEI"),
    Checked("bitcoin", r"(?:bc1[a-z0-9]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34})", "stdnum.bitcoin"),
)  # fmt: skip
# Han characters stand right beside a code without a blank.
_NO_WORD, _NO_WORD_AFTER = r"(?<![^\W\u3400-\u9fff])", r"(?![^\W\u3400-\u9fff])"
_LINK = r"number|code|no\.?|is|:|\uff1a|\u53f7|\u4ee3\u7801|\u7801|\u4e3a"
_ETHER = re.compile(r"(?<!\w)0x[0-9a-fA-F]{40}(?!\w)")
_MMSI = re.compile(r"\bMMSI\b[^\d\n]{0,12}(?P<id>\d{9})(?!\d)")
_KPP = re.compile(r"(?:\bKPP\b|\u041a\u041f\u041f)[^\d\n]{0,6}(?P<id>\d{9})(?!\d)")


@functools.cache
def _checks() -> tuple[tuple[Checked, re.Pattern[str], Callable[[str], bool], Callable[[str], str]], ...]:
    found = []
    for kind in CHECKED:
        module = importlib.import_module(kind.module)
        lead = (
            rf"(?:\b|{_NO_WORD})(?:{kind.words}){_NO_WORD_AFTER}[^\w\n]{{0,4}}(?:(?:{_LINK})\s*){{0,2}}"
            if kind.words
            else _NO_WORD
        )
        pattern = re.compile(rf"{lead}(?P<id>{kind.pattern}){_NO_WORD_AFTER}")
        found.append((kind, pattern, module.is_valid, module.compact))
    return tuple(found)


Id = tuple[int, int, str, str]  # start, end, kind, canonical form


def _free_forms(text: str) -> Iterator[Id]:
    for match in _MAIL.finditer(text):
        yield match.start(), match.end(), "email", match.group().lower()
    for pattern in (_URL, _DOMAIN):
        for match in pattern.finditer(text):
            found = _trimmed(match.group())
            yield match.start(), match.start() + len(found), "url", found


def _trimmed(url: str) -> str:
    """Return the address without the sentence's marks; a closing bracket stays if it was opened."""
    while True:
        shorter = _URL_TAIL.sub("", url)
        for opening, closing in ("()", "[]"):
            if shorter.endswith(closing) and shorter.count(opening) < shorter.count(closing):
                shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def _phones(text: str) -> Iterator[Id]:
    for pattern, group in ((_PHONE, 0), (_PHONE_WORD, "id")):
        for match in pattern.finditer(text):
            words = match.group(group).strip()
            canonical = _phone(words)
            if canonical is not None:
                start = match.start(group)
                yield start, start + len(words), "phone", canonical


def _phone(words: str) -> str | None:
    """Return the number in E.164, or its figures if it has no country code; None if it is none."""
    international = "+" + words[2:] if words.startswith("00") else words
    if not international.startswith("+"):
        digits = re.sub(r"\D", "", words)
        return digits if 6 <= len(digits) <= 12 else None
    try:
        number = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _checked(text: str) -> Iterator[Id]:
    for kind, pattern, is_valid, compact in _checks():
        for match in pattern.finditer(text):
            words = match["id"]
            while len(words) > 4 and not is_valid(words) and " " in words:
                words = words.rpartition(" ")[0]
            if is_valid(words):
                yield match.start("id"), match.start("id") + len(words), kind.name, compact(words)
    for match in _ETHER.finditer(text):
        yield match.start(), match.end(), "ether", match.group().lower()
    for name, pattern in (("mmsi", _MMSI), ("kpp", _KPP)):
        for match in pattern.finditer(text):
            yield match.start("id"), match.end("id"), name, match["id"]


def _references(text: str) -> Iterator[Id]:
    for pattern in (_REFERENCE, _CONTRACT, _REGISTERED):
        for match in pattern.finditer(text):
            words = _TAIL.sub("", match["id"])
            kind = match["what"].split()[0].lower()
            if any(char.isdigit() for char in words):
                yield match.start("id"), match.start("id") + len(words), kind, words.upper()


def identifiers(text: str) -> Iterator[Id]:
    """Yield the identifiers of a text; the first of two that overlap is the surer."""
    yield from _free_forms(text)
    if _FIGURE_OR_BIC.search(text) is None:
        return
    yield from _checked(text)
    yield from _phones(text)
    yield from _references(text)


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    taken = Taken(found)
    for block in reading.searched():
        own = zh_identifiers.find(block.text) if block.language == "zh" else ()
        for start, end, kind, canonical in (*own, *identifiers(block.text)):
            if taken.claim(block.page, block.start + start, block.start + end):
                yield Found(
                    page=block.page,
                    kind="identifier",
                    start=block.start + start,
                    end=block.start + end,
                    normal=canonical,
                    detail=kind,
                )


IDENTIFIERS = Extractor(name="identifiers", version=1, find=_find)
