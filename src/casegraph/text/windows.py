"""Long texts in parts of a bounded size, for what reads no more at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENDS = re.compile(r"[.!?\u2026][\"\u201d\u00bb)]*\s+|[\u3002\uff01\uff1f][\u201d\u300d]?|\n+")


def windows(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield text[start:end] in spans of at most `most` code points, divided where a sentence ends."""
    while end - start > most:
        ends = [match.end() for match in _ENDS.finditer(text, start, start + most)]
        cut = ends[-1] if ends and ends[-1] > start else start + most
        yield start, cut
        start = cut
    yield start, end
