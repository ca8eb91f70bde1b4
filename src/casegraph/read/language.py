"""Which language a text is in."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

import eldc

_LETTERS = re.compile(r"[^\W\d_]")
_SAMPLE = 20_000  # characters; eldc reads 150 million a second, so this is to bound the join, not eldc
_FEW = 12  # letters below which a guess is worth nothing
_BLOCK = 80  # letters from which a block's own language is told; names mislead shorter ones


@functools.cache
def _detector() -> Callable[[str], str]:
    eldc.init()  # without it every call raises RuntimeError
    detect: Callable[[str], str] = eldc.detect_mt  # `detect` is "for single thread use"
    return detect


def _has(text: str, letters: int) -> bool:
    """Tell whether a text has so many letters; its beginning says so most of the time."""
    if sum(map(str.isalpha, text[: 2 * letters])) >= letters:
        return True
    return len(_LETTERS.findall(text[: 40 * _BLOCK])) >= letters


def language_of(text: str, letters: int = _FEW) -> str | None:
    """Return the ISO 639-1 code of the text's language, None if it has fewer than `letters` letters."""
    text = text[:_SAMPLE]
    if not _has(text, letters):
        return None
    code = _detector()(text)
    return code if len(code) == 2 else None


def other_language(text: str, language: str | None, letters: int | None = None) -> str | None:
    """Return the text's language if it surely is not `language`, else None.

    Short texts are not judged: names mislead. Scripts other than Latin need fewer letters.
    """
    least = letters or (_BLOCK if text.isascii() else _BLOCK // 3)
    if len(text) < least:
        return None
    found = language_of(text, letters=least)
    if found is None or found == language:
        return None
    return found if eldc.detect_details(text[:_SAMPLE]).reliable else None
