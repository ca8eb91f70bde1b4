"""Decoded text without what is no part of any word: control, format and non-characters."""

from __future__ import annotations

import re
import unicodedata

_NEWLINES = re.compile(r"\r\n?|[\x85\u2028]")
_BREAKS = re.compile(r"[\x0b\x0c\u2029]")
_KEPT = frozenset("\n\t\u200c\u200d")  # joiners carry meaning in Persian and Indic words


def _dropped() -> dict[int, str | None]:
    """Map every code point below U+2100 of category Cc or Cf, and the odd ones above, to nothing."""
    table: dict[int, str | None] = {
        code: None
        for code in range(0x2100)
        if unicodedata.category(chr(code)) in {"Cc", "Cf"} and chr(code) not in _KEPT
    }
    table |= dict.fromkeys((0xFEFF, 0xFFFE, 0xFFFF, 0xFFF9, 0xFFFA, 0xFFFB))
    table |= dict.fromkeys(range(0xFDD0, 0xFDF0))
    table |= dict.fromkeys(range(0xE0000, 0xE0080))
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # a lone surrogate cannot be stored
    return table


_TABLE = _dropped()
_FOLD = re.compile(r"[ \t\n\r\f\v]+")  # not the no-break space: it is a character of the original


def clean(text: str) -> str:
    r"""Return the text with `\n` for every line end and a blank line for form feeds; controls dropped."""
    return _BREAKS.sub("\n\n", _NEWLINES.sub("\n", text)).translate(_TABLE)


def fold_spaces(text: str) -> str:
    """Return the text on one line, as a browser shows it: ASCII blanks folded, none at the ends."""
    return _FOLD.sub(" ", text).strip(" ")


def clean_value(text: str, limit: int) -> str:
    """Return a metadata value: one line, no control characters, at most `limit` characters."""
    return " ".join(clean(text[: limit * 4]).split())[:limit]
