"""Blocks cut into pieces for a parser, and analyses put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.extract.base import Analysis, Piece
from casegraph.model import Block, Page
from casegraph.text import after_lead

MAX_PIECE = 8000  # code points; the parser needs about 1 MB per 1,000
_WORDS = re.compile(r"\S+")
# One to one: marks that stand for an apostrophe and that the models never saw.
_MARKS = str.maketrans({"\u02bc": "\u2019", "\u02b9": "\u2019", "\u00b4": "\u2019", "\u2032": "\u2019"})
_ENDS = re.compile(r"[.!?\u2026\u3002\uff01\uff1f]['\"\u201d\u2019\u00bb)\]]*\s+|\n\s*\n")


_WIDE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u2018\u2019\u201c\u201d]")


def _broken_word(text: str, end: int, start: int) -> bool:
    """Tell whether a line ends there between two Han characters or their marks: Chinese breaks anywhere."""
    gap = text[end:start]
    return gap.count("\n") == 1 and bool(_WIDE.match(text, end - 1) and _WIDE.match(text, start))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield [start, end) in parts of at most MAX_PIECE, cut at a sentence end, a blank or anywhere."""
    while end - start > MAX_PIECE:
        window = text[start : start + MAX_PIECE]
        cut = max((match.end() for match in _ENDS.finditer(window)), default=0)
        if cut < MAX_PIECE // 4:
            cut = max(window.rfind(" "), window.rfind("\n")) + 1
        if cut < MAX_PIECE // 4:
            cut = MAX_PIECE
        yield start, start + cut
        start += cut
    yield start, end


def pieces(index: int, page: Page, block: Block) -> Iterator[Piece]:
    """Yield the block's pieces. Runs of blanks become one blank: the parser's models saw no others."""
    # A dateline or label run into the first sentence leads the parser astray: a town becomes the subject.
    lead = after_lead(page.text, block.start, block.end)
    for start, end in _cut(page.text, lead, block.end):
        words: list[str] = []
        offsets: list[int] = []
        for match in _WORDS.finditer(page.text, start, end):
            if words and not _broken_word(page.text, offsets[-1] + 1, match.start()):
                words.append(" ")
                offsets.append(match.start() - 1)
            words.append(match.group().translate(_MARKS))
            offsets.extend(range(match.start(), match.end()))
        if words:
            yield Piece(page=index, text="".join(words), offsets=offsets)


def append(whole: Analysis, part: Analysis, piece: Piece) -> None:
    """Add a piece's analysis to its page's, with page offsets and running numbers."""
    tokens = len(whole.start)
    sentences = whole.sentence[-1] + 1 if whole.sentence else 0
    whole.start.extend(piece.offsets[start] for start in part.start)
    whole.end.extend(piece.offsets[end - 1] + 1 for end in part.end)
    whole.head.extend(head + tokens for head in part.head)
    whole.sentence.extend(number + sentences for number in part.sentence)
    whole.pos.extend(part.pos)
    whole.tag.extend(part.tag)
    whole.dep.extend(part.dep)
    whole.lemma.extend(part.lemma)
    whole.label.extend(part.label)
    whole.first.extend(part.first)
