"""Which blocks of an HTML page are the article, by trafilatura's judgement."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import trafilatura
from lxml import html

from casegraph.read.dom import Chunk
from casegraph.text import fold_letters

_MOST_ELEMENTS = 60_000  # trafilatura takes 2 s for 60,000 and its time grows faster than the page
_SHORT = 25  # letters below which a block must be a whole line of the extraction
_SHINGLE = 12  # letters compared at a time, of a block that was taken in part
_PART = 0.75  # share of such shingles from which the block counts as taken
_LEAST = 140  # letters of an extraction that can be an article

# It warns of every page it finds nothing on; that is a Problem here and never a log line.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)


def extract(root: html.HtmlElement) -> str | None:
    """Return the article's text as trafilatura has it (precision mode, no comments), or None."""
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return None
    try:
        return trafilatura.extract(root, favor_precision=True, include_comments=False)
    except Exception:  # noqa: BLE001 - its heuristics raise all sorts on malformed pages; the caller has a fallback
        return None


def _shingles(letters: str) -> set[str]:
    return {letters[place : place + _SHINGLE] for place in range(0, max(1, len(letters) - _SHINGLE + 1), 3)}


def taken(chunks: Sequence[Chunk], story: str | None) -> list[bool] | None:
    """Return which blocks the extraction holds, or None when it is too little to be an article."""
    if not story:
        return None
    whole = fold_letters(story)
    if len(whole) < _LEAST and len(whole) < sum(len(chunk.text) for chunk in chunks) * 0.3:
        return None
    lines = {fold_letters(line) for line in story.split("\n")}
    result: list[bool] = []
    for chunk in chunks:
        letters = fold_letters(chunk.text)
        if len(letters) < _SHORT and chunk.tag != "table":
            result.append(letters in lines)
        elif letters in whole:
            result.append(True)
        else:
            parts = _shingles(letters)
            result.append(sum(part in whole for part in parts) >= _PART * len(parts))
    return result if any(result) else None
