"""Where the words of a span begin and end."""

from __future__ import annotations

import re

from casegraph.attribute.base import Span

_LEAD = re.compile(r"^[\s,;:.—–\-…]+")
_JOINING = " \t\n\r\u00a0,;:—–-"
_ABBREVIATION = re.compile(
    r"(?:\b\w\.)+\w?\.$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|etc|Gen|Sen|No|[DRI]-[A-Z][a-z]+)\.$"
)


def trim(text: str, span: Span) -> Span | None:
    """Return the span without joining punctuation at its ends, None if nothing is left."""
    start, end = span
    piece = text[start:end]
    lead = _LEAD.match(piece)
    if lead:
        start += lead.end()
    end -= len(piece := text[start:end]) - len(piece.rstrip(_JOINING))
    if not _ABBREVIATION.search(text[start:end]):
        end -= len(piece := text[start:end]) - len(piece.rstrip(_JOINING + "."))
    while text[end - 1 : end] == ")" and "(" not in text[start:end]:  # "(He denies this.)"
        end = start + len(text[start : end - 1].rstrip(_JOINING + "."))
    return (start, end) if end > start else None
