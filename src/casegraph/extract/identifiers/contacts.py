"""Addresses of the network and telephone numbers (RFC 5322, RFC 3986, ITU E.164 by phonenumbers)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

Id = tuple[int, int, str, str]  # start, end, kind, canonical form

_TLD = (
    r"(?:com|org|net|info|biz|gov|edu|mil|int|io|eu|uk|de|fr|ru|su|ua|by|kz|cn|hk|tw|jp|kr|in|ir|tr|us|ch"
    r"|at|pl|ae"
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
_PHONE = re.compile(r"(?<![\w+/.-])(?:\+|00)\d[\d \t().\u00a0/-]{6,24}\d(?!\d)")
_PHONE_WORD = re.compile(
    r"(?:(?<![^\W\u3400-\u9fff])(?:tel|phone|telephone|mobile|cell|fax|call|тел|телефон\w*|моб|факс\w*"
    r"|звоните|phones?)(?!\w)\.?"
    r"|电话|传真|手机)(?:号码?)?[:\s：]{0,4}(?P<id>\+?[(\d][\d ().\u00a0-]{5,20}\d)(?!\d)",
    re.IGNORECASE,
)
# Written so that nothing else can be meant: the trunk prefix with brackets or hyphens.
_NATIONAL: dict[str, re.Pattern[str]] = {
    "ru": re.compile(r"(?<![\w+.-])8[ \u00a0-]?(?:\(\d{3,5}\)[ \u00a0]?"
    r"|\d{3,4}-)\d{1,3}(?:[ \u00a0-]?\d{2}){2}(?![\w-])"),
    "zh": re.compile(r"(?<![A-Za-z\d-])(?:\(0\d{2,3}\)\s?|0\d{2,3}-)[2-8]\d{6,7}(?![\w-])"
    r"|(?<![\d-])400-?\d{3}-?\d{4}(?!\d)"),
}  # fmt: skip
_REGION = {"ru": "RU", "zh": "CN", "uk": "UA", "be": "BY"}


def addresses(text: str) -> Iterator[Id]:
    """Yield mail and web addresses."""
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


def phones(text: str, language: str | None) -> Iterator[Id]:
    """Yield telephone numbers: international, behind their word, or national in an unmistakable form."""
    patterns: list[tuple[re.Pattern[str], int | str]] = [(_PHONE, 0), (_PHONE_WORD, "id")]
    if language in _NATIONAL:
        patterns.append((_NATIONAL[language], 0))
    for pattern, group in patterns:
        for match in pattern.finditer(text):
            words = match.group(group).strip()
            canonical = _canonical(words, _REGION.get(language or ""))
            if canonical is not None:
                start = match.start(group)
                yield start, start + len(words), "phone", canonical


def _canonical(words: str, region: str | None) -> str | None:
    """Return the number in E.164, or its figures if its country is not known; None if it is none."""
    international = "+" + words[2:] if words.startswith("00") else words
    try:
        number = phonenumbers.parse(international, region)
    except phonenumbers.NumberParseException:
        number = None
    abroad = international.startswith("+")
    if number is not None:
        fits = phonenumbers.is_possible_number if abroad else phonenumbers.is_valid_number
        if fits(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if abroad:
        return None
    figures = re.sub(r"\D", "", words)
    return figures if 6 <= len(figures) <= 12 else None
