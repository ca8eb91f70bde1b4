"""A block's words as the name rules see them, parsed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casegraph.extract.base import Reading, Stretch

_WORD = re.compile(
    r"[A-Za-z]\.(?:[A-Za-z]\.)+|\w+(?:[-\u2010\u2011.&/]\w+)*\.?(?=[A-Z])|\w+(?:[-\u2010\u2011&/]\w+)*|['\u2019]s\b|\S"
)
_TITLE_CASE = 0.6
_FEW = 4
_ARTICLES = frozenset(["al", "el", "ul", "ad", "as", "ash", "ar", "at", "an"])
_STOPS = frozenset(".!?\u2026")


@dataclass(slots=True)
class Row:
    """Tokens of one block, parallel columns; offsets are the page's.

    Without a parse `tag`, `lemma`, `dep`, `label` are "" and `head` the token itself. `initial`
    marks the first word of a sentence, `shouting` a headline in title case or capitals.
    """

    page: int
    language: str
    role: str
    word: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    first: list[bool] = field(default_factory=list)
    initial: list[bool] = field(default_factory=list)
    shouting: bool = False
    parsed: bool = False

    def text(self, first: int, last: int) -> str:
        """Return the tokens [first, last) as they stand, each gap as one blank or none."""
        parts = []
        for token in range(first, last):
            if token > first and self.start[token] > self.end[token - 1]:
                parts.append(" ")
            parts.append(self.word[token])
        return "".join(parts)

    def capital(self, token: int) -> bool:
        """Tell whether the token begins with a capital letter."""
        return self.word[token][0].isupper()


def hyphened(row: Row, token: int) -> bool:
    """Tell whether "al-Assad" stands there in three tokens."""
    return (
        token + 2 < len(row.word)
        and row.word[token].lower() in _ARTICLES
        and row.word[token + 1] == "-"
        and row.end[token + 1] == row.start[token + 2]
        and row.word[token + 2][0].isupper()
    )


def _parsed(reading: Reading, block: Stretch, tokens: range) -> Row:
    analysis = reading.analyses[block.page]
    text = reading.pages[block.page].text
    row = Row(page=block.page, language=block.language or "", role=block.role, parsed=True)
    base, sentence = tokens.start, -1
    for token in tokens:
        start, end = analysis.start[token], analysis.end[token]
        row.word.append(text[start:end])
        row.start.append(start)
        row.end.append(end)
        row.tag.append(analysis.tag[token])
        row.lemma.append(analysis.lemma[token])
        row.dep.append(analysis.dep[token])
        row.head.append(analysis.head[token] - base)
        row.label.append(analysis.label[token])
        row.first.append(analysis.first[token])
        row.initial.append(analysis.sentence[token] != sentence)
        sentence = analysis.sentence[token]
    return row


def _plain(block: Stretch) -> Row:
    row = Row(page=block.page, language=block.language or "", role=block.role)
    for number, match in enumerate(_WORD.finditer(block.text)):
        row.word.append(match.group())
        row.start.append(block.start + match.start())
        row.end.append(block.start + match.end())
        row.head.append(number)
        row.first.append(False)
        row.initial.append(number == 0)
        for column in (row.tag, row.lemma, row.dep, row.label):
            column.append("")
    return row


def _is_shouting(row: Row) -> bool:
    """Tell whether most longer words have a capital, as in an English headline without a full stop."""
    if row.role not in {"title", "heading"} and any(word[-1] in _STOPS for word in row.word[-2:]):
        return False
    longer = [word for word in row.word if len(word) >= _FEW and word[0].isalpha()]
    capital = sum(1 for word in longer if word[0].isupper())
    return len(longer) >= _FEW and capital >= _TITLE_CASE * len(longer)


def rows(reading: Reading, languages: frozenset[str]) -> Iterator[Row]:
    """Yield the rows of all searched blocks in one of the languages."""
    for block in reading.searched():
        if block.language not in languages:
            continue
        starts = reading.analyses[block.page].start
        low = _first_from(starts, block.start)
        high = _first_from(starts, block.start + len(block.text))
        row = _parsed(reading, block, range(low, high)) if high > low else _plain(block)
        if row.word:
            row.shouting = _is_shouting(row)
            yield row


def _first_from(starts: list[int], place: int) -> int:
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] < place:
            low = middle + 1
        else:
            high = middle
    return low
