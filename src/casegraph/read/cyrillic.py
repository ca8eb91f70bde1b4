"""Which of the Cyrillic encodings a text is in: by how often letters come, and how words are written."""

from __future__ import annotations

import math
import re
from typing import Final

_SHARES: Final = {
    # Per mille of letters in the Russian National Corpus; і, ї, є, ґ as in Ukrainian texts.
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44, "к": 35,
    "м": 32, "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 16, "б": 16, "ч": 14,
    "й": 12, "х": 10, "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 0.4, "ё": 0.4,
    "і": 55, "ї": 6, "є": 5, "ґ": 0.1,
}  # fmt: skip
_BITS: Final = {letter: math.log2(share / 1000) for letter, share in _SHARES.items()}
_STRANGE: Final = -12.0  # of a character above ASCII that is no letter of these and stands in a word
_CANDIDATES: Final = ("cp1251", "koi8-u", "cp866", "cp1125", "iso8859-5", "mac-cyrillic")
"""In the order in which the first of equals is taken: by how often leaks hold them."""
_RUN: Final = re.compile(rb"[\x80-\xff]{3,}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_USUAL: Final = -5.6  # bits a letter; Russian has -4.5, letters at random -7.5
_SAMPLE: Final = 4_000  # bytes
_PUNCTUATION: Final = frozenset("«»—–…№“”„’‘\u00a0©°•§")


def cyrillic(data: bytes) -> str | None:
    """Return the encoding in which data reads as Russian or Ukrainian, None where it does in none.

    Words must be written wholly in letters beyond ASCII, as accents in Western words are not.
    """
    sample = data[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    if sum(map(len, _RUN.findall(sample))) * 3 < high * 2 or not high:
        return None
    scores = {name: _score(sample, name) for name in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda name: scores[name])
    return best if scores[best] > _USUAL else None


def _score(sample: bytes, name: str) -> float:
    """Return bits a letter, less what is written as nobody writes."""
    text = sample.decode(name, "replace")
    bits = 0.0
    count = 0
    for char in text:
        if char <= "\x7f" or char in _PUNCTUATION:
            continue
        count += 1
        bits += _BITS.get(char.lower(), _STRANGE)
    for word in _WORD.findall(text):
        if word[:1] > "\x7f" and not (word.islower() or word.isupper() or word.istitle()):
            bits += _STRANGE / 2
    bits -= sum(1 for char in text if "\u2500" <= char <= "\u259f") * 4
    return bits / count if count else -math.inf
