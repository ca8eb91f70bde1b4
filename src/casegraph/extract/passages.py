"""Blocks that hold sentences of several scripts or East Slavic languages, cut where these change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.extract.lang.cyrillic import variety
from casegraph.extract.lang.han import han_share

_ENDS = re.compile(
    r"[\u3002\uff01\uff1f\uff1b][\u201d\u2019\u300d\uff09)]*\s*|[.!?;][\"'\u201d\u2019)]*\s+|\s*\n\s*|\s+/\s+"
)
_LETTER = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FEW_HAN, _FEW_LETTERS = 4, 20  # fewer are a name or a term within the other language
_MANY_LETTERS = 2 * _FEW_LETTERS
_HALF, _FIFTH = 0.5, 0.2
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_NOT_RUSSIAN, _NOT_UKRAINIAN = re.compile(r"[іїєґў]", re.IGNORECASE), re.compile(r"[ыэъё]", re.IGNORECASE)


def _script(text: str) -> str:
    """Return "han", "latin", "cyrillic" with its language, or "" where too little stands there to tell."""
    if han_share(text) >= _HALF:
        return "han" if len(_HAN.findall(text)) >= _FEW_HAN else ""
    letters = len(_LETTER.findall(text))
    if letters < _FEW_LETTERS:
        return ""
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic < _HALF * letters:  # a firm's long name in a Russian sentence is no English passage
        return (
            "letters" if cyrillic == 0 or (cyrillic < _FIFTH * letters and letters >= _MANY_LETTERS) else ""
        )
    return f"cyrillic {variety(text) or ''}"


def _differ(one: str, other: str) -> bool:
    """Tell whether two sentences are of two passages; Cyrillic that tells no language goes with any."""
    if one == other:
        return False
    return not (one.startswith(other) or other.startswith(one))


def _mixed(text: str) -> bool:
    """Tell whether a text may hold more than one passage: most don't."""
    if _HAN.search(text) is not None:
        return True
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic < _FEW_LETTERS:
        return False
    foreign = len(_LATIN.findall(text)) >= _FEW_LETTERS
    return foreign or (_NOT_RUSSIAN.search(text) is not None and _NOT_UKRAINIAN.search(text) is not None)


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the text's passages; a text of one script and language is one passage."""
    if not _mixed(text):
        yield 0, len(text)
        return
    start, place, script = 0, 0, ""
    for end in [*(match.end() for match in _ENDS.finditer(text)), len(text)]:
        own = _script(text[place:end])
        if own and script and _differ(own, script):
            yield start, place
            start, script = place, own
        elif len(own) > len(script):
            script = own
        place = end
    yield start, len(text)
