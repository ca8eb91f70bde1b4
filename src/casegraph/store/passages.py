"""The passage of a page that shows best why a search found it, with what was found marked in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import tantivy

from casegraph.model import Page

SNIPPET = 240  # characters around a hit
VOID = "\0"  # stands for each character that is another field's

_FULL = re.compile(r"[^\0\s][^\0]*")


def masked(page: Page, *, furniture: bool) -> str:
    """Return the page's furniture or all but it; in place of the rest stands VOID, so that places stay."""
    parts: list[str] = []
    place = 0
    for block in page.blocks:
        if block.role == "furniture":
            before, inside = page.text[place : block.start], page.text[block.start : block.end]
            parts += [VOID * len(before), inside] if furniture else [before, VOID * len(inside)]
            place = block.end
    rest = page.text[place:]
    parts.append(VOID * len(rest) if furniture else rest)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a page, where they start, and what was found in them."""

    text: str
    start: int
    highlights: tuple[tuple[int, int], ...] = ()


def passage(text: str, snippet: tantivy.Snippet) -> Passage:
    """Return the part of a snippet, free of VOID, that holds the most of what was found."""
    found = _in_code_points(text, snippet)
    parts = []
    for part in _FULL.finditer(found.text):
        inside = [
            (start - part.start(), end - part.start())
            for start, end in found.highlights
            if part.start() <= start and end <= part.end()
        ]
        words = part[0].rstrip()
        if words:
            parts.append(Passage(words, found.start + part.start(), tuple(inside)))
    return _widened(text, max(parts, key=lambda one: len(one.highlights), default=Passage("", 0)))


def _widened(text: str, passage: Passage) -> Passage:
    """Return the passage with the words behind it up to SNIPPET characters.

    tantivy counts bytes, which leaves Russian half and Chinese a third, and VOID before the first word too.
    """
    end, last = passage.start + len(passage.text), passage.start + SNIPPET
    stop = text.find(VOID, end)
    stop = len(text) if stop < 0 else stop
    if not passage.text or end >= min(last, stop):
        return passage
    if last < stop:
        blank = max(text.rfind(" ", end, last), text.rfind("\n", end, last))
        stop = blank if blank >= 0 else last
    return Passage(text[passage.start : stop].rstrip(), passage.start, passage.highlights)


def _in_code_points(text: str, snippet: tantivy.Snippet) -> Passage:
    """Return fragment, its start in the text and its highlights; tantivy counts bytes of UTF-8."""
    fragment = snippet.fragment()
    if not fragment:
        full = _FULL.search(text)
        start = full.start() if full else 0
        return Passage(text[start : start + SNIPPET], start)
    data = fragment.encode()
    start = len(text.encode()[: snippet.fragment_range().start].decode())
    marks = [
        (len(data[: one.start].decode()), len(data[: one.end].decode())) for one in snippet.highlighted()
    ]
    first, last = start, start + len(fragment)  # a fragment begins and ends with a word: add its punctuation
    while first > 0 and _is_mark(text[first - 1]):
        first -= 1
    while last < len(text) and _is_mark(text[last]):
        last += 1
    shift = start - first
    return Passage(text[first:last], first, tuple((begin + shift, end + shift) for begin, end in marks))


def _is_mark(char: str) -> bool:
    return char != VOID and not char.isspace() and not char.isalnum()
