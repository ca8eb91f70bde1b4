"""What lines beside a table say of all its rows: "Seller: ...", "户名：...", the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casegraph.text.tables.headings import label_concepts

_LABEL = re.compile(r"\s*(?P<label>[^:：\n]{1,60}?)\s*(?:[:：]|\s[-–—]\s)\s*(?P<value>\S.*)?", re.DOTALL)
_NEXT = re.compile(r"(?:\s{2,}|[;；|]|\s(?=[^\s:：]{2,30}(?:\s[^\s:：]{2,20})?[:：]))")

Words = tuple[int, str]
"""A cell or a line: where its first character stands, and its words."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value; offsets are those of the page."""

    concepts: tuple[str, ...]
    label: str
    start: int
    value: str


def read_facts(lines: Iterable[Sequence[Words]]) -> tuple[list[Fact], list[Words]]:
    """Return the labelled values of lines in order, and the lines that are none: titles.

    A line is a list of its cells. A label may stand in the cell before its value, or alone on the line above.
    """
    facts: list[Fact] = []
    titles: list[Words] = []
    waiting: tuple[tuple[str, ...], str] | None = None
    for line in lines:
        cells = [(start, words) for start, words in line if words.strip()]
        found = list(_in_line(cells))
        if not found and waiting is not None and cells:
            found = [Fact(waiting[0], waiting[1], *cells[0])]
        facts.extend(fact for fact in found if fact.value)
        bare = [fact for fact in found if not fact.value]
        waiting = (bare[0].concepts, bare[0].label) if len(bare) == 1 else None
        if not found and cells:
            titles.extend(cells)
    return facts, titles


def _in_line(cells: Sequence[Words]) -> Iterator[Fact]:
    place = 0
    while place < len(cells):
        start, words = cells[place]
        inside = list(_in_cell(start, words))
        after = cells[place + 1] if place + 1 < len(cells) else None
        if len(inside) == 1 and not inside[0].value and after is not None:
            yield Fact(inside[0].concepts, inside[0].label, *after)
            place += 2
            continue
        if not inside and after is not None and (concepts := label_concepts(words)):
            yield Fact(concepts, words.strip(" :："), *after)
            place += 2
            continue
        yield from inside
        place += 1


def _in_cell(start: int, words: str) -> Iterator[Fact]:
    """Yield the labelled values of one line: one or several behind each other."""
    place = 0
    while place < len(words):
        match = _LABEL.match(words, place)
        if match is None:
            return
        concepts = label_concepts(match["label"])
        if not concepts:
            # "Invoice 7, seller: ..." - the label may be the last words before the colon.
            following = _NEXT.search(words, place)
            if following is None or following.end() <= place:
                return
            place = following.end()
            continue
        if match["value"] is None:
            yield Fact(concepts, match["label"], start + match.end(), "")
            return
        begin = match.start("value")
        end = len(words)
        for cut in _NEXT.finditer(words, begin):
            rest = _LABEL.match(words, cut.end())
            if rest is not None and label_concepts(rest["label"]):
                end = cut.start()
                break
        value = words[begin:end].rstrip(" ;；|")
        yield Fact(concepts, match["label"], start + begin, value)
        place = end + 1
