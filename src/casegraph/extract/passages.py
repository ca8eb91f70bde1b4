"""Blocks that hold sentences in Han characters and sentences in letters, cut where the script changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.extract.lang.han import han_share

_ENDS = re.compile(
    r"[\u3002\uff01\uff1f\uff1b][\u201d\u2019\u300d\uff09)]*\s*|[.!?;][\"'\u201d\u2019)]*\s+|\s*\n\s*|\s+/\s+"
)
_LETTER = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FEW_HAN, _FEW_LETTERS = 4, 20  # fewer are a name or a term within the other language
_HALF = 0.5


def _script(text: str) -> str:
    """Return "han", "letters", or "" where too little stands there to tell."""
    if han_share(text) >= _HALF:
        return "han" if len(_HAN.findall(text)) >= _FEW_HAN else ""
    return "letters" if len(_LETTER.findall(text)) >= _FEW_LETTERS else ""


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the text's passages, one a script; a text of one script is one passage."""
    if _HAN.search(text) is None:
        yield 0, len(text)
        return
    start, place, script = 0, 0, ""
    for end in [*(match.end() for match in _ENDS.finditer(text)), len(text)]:
        own = _script(text[place:end])
        if own and script and own != script:
            yield start, place
            start = place
        script = own or script
        place = end
    yield start, len(text)
