"""Decoded text without what is no part of any word: control, format and non-characters."""

from __future__ import annotations

import re
import unicodedata

_NEWLINES = re.compile(r"\r\n?|[\x85\u2028]")
_BREAKS = re.compile(r"[\x0b\x0c\u2029]")
_KEPT = frozenset("\n\t\u200c\u200d")  # joiners carry meaning in Persian and Indic words


def _dropped() -> re.Pattern[str]:
    """Match runs of what is dropped: category Cc and Cf below U+2100, and the odd ones above."""
    low = [chr(code) for code in range(0x2100) if unicodedata.category(chr(code)) in {"Cc", "Cf"}]
    return re.compile(
        "[" + "".join(map(re.escape, (char for char in low if char not in _KEPT)))
        + "\ufeff\ufffe\uffff\ufff9-\ufffb\ufdd0-\ufdef\U000e0000-\U000e007f]+"
    )  # fmt: skip


_DROPPED = _dropped()  # a pattern: `str.translate` with a table takes thirty times as long on clean text
_SURROGATES = re.compile("[\ud800-\udfff]")  # cannot be stored as UTF-8
_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST_PATH = 1_000
_FOLD = re.compile(r"[ \t\n\r\f\v]+")  # not the no-break space: it is a character of the original


def clean(text: str) -> str:
    r"""Return the text with `\n` for every line end and a blank line for form feeds; controls dropped."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # neither controls nor formats nor surrogates: most texts, told in a tenth of the time
    text = _BREAKS.sub("\n\n", _NEWLINES.sub("\n", text))
    return _SURROGATES.sub("\ufffd", _DROPPED.sub("", text))


def fold_spaces(text: str) -> str:
    """Return the text on one line, as a browser shows it: ASCII blanks folded, none at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _FOLD.sub(" ", text).strip(" ")


def clean_value(text: str, limit: int) -> str:
    """Return a metadata value: one line, no control characters, at most `limit` characters."""
    return " ".join(clean(text[: limit * 4]).split())[:limit]


def clean_path(name: str) -> str:
    """Return a path inside a container as a relative one with "/": no drive, no root, no way up.

    Names that lead out of the container ("../../etc/passwd") keep their words and lose their power.
    """
    name = _SURROGATES.sub("\ufffd", _DROPPED.sub("", name)).replace("\n", " ").replace("\\", "/")
    parts = [part.strip() for part in name.split("/")]
    if parts and _DRIVE.fullmatch(parts[0]):
        parts = parts[1:]
    return "/".join(part for part in parts if part not in {"", ".", ".."})[:_LONGEST_PATH]
