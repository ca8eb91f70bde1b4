"""Where words stand in a text that somebody says to have read there."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words of these scripts have no blanks between them: a name may begin and end anywhere in them.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def places_of(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the words stand in text[start:end], in code points, one after the other.

    They must stand there sign by sign and as whole words; only a run of blanks is as good as another.
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return
    last = len(text) if end is None else end
    for match in re.compile(r"\s+".join(parts)).finditer(text, start, last):
        if not _inside_word(text, match.start()) and not _inside_word(text, match.end()):
            yield match.span()


def find_words(text: str, words: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Return where the words stand first, None where they do not; see `places_of`."""
    return next(places_of(text, words, start, end), None)


def _inside_word(text: str, place: int) -> bool:
    """Say whether a place is between two letters or digits of one word."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if not (before.isalnum() and after.isalnum()):
        return False
    return not (_UNSPACED.match(before) or _UNSPACED.match(after))
