"""What a document tells: its blocks without furniture, cut into sentences, as one run of words."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

import msgspec
import numpy as np

from casegraph.model import Block, BlockRole, Page, Target
from casegraph.text import after_lead
from casegraph.trace.creditforms import datelines
from casegraph.trace.words import Flags, Places, Words, split

TOLD: frozenset[BlockRole] = frozenset({"title", "deck", "paragraph", "heading", "list", "quote", "note"})
"""Roles of blocks that tell something; captions, tables, heads and feet are printed with whatever comes."""

_MOST = 400_000  # code points of one document that are compared
_END = re.compile(
    r"(?:[.!?\u2026]+[\"'\u201d\u2019\u00bb)\]]*(?=\s+[\"'\u201c\u2018\u00ab(\[\u2014\u2013-]*\s*[A-Z\u0410-\u042f\u04010-9\u4e00-\u9fff])"
    r"|[\u3002\uff01\uff1f\uff1b!?]+[\u201d\u2019\u300d\u300f\u300b\uff09]*)\s*|\n{2,}"
)
_SHORTENED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|St|No|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp"
    r"|г|ул|им|тыс|млн|млрд|руб|долл|стр|др|пр|т|д|п|см|гг|обл|р|ч|ст|кв|куб|пос|просп|пл)|\b[A-Z\u0410-\u042f]|\b[A-Z]\.[A-Z])\.$"
)
_QUOTED = re.compile(
    r"\u201c([^\u201c\u201d\n]{8,1500})\u201d|\u00ab([^\u00ab\u00bb\n]{8,1500})\u00bb|\"([^\"\n]{8,1500})\""
)
_ENDED = re.compile(r"[.!?:;\u2026\u3002\"\u201d\u00bb)]$")
_WRAPPED, _BROKEN, _SMALL = (
    6,
    0.6,
    0.4,
)  # lines of a page; shares of those that end and go on within a sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: where it stands, and which words of the story are its words."""

    page: int  # index in the pages
    start: int  # code points of that page
    end: int
    role: BlockRole
    depth: int  # of quotation in a mail
    first: int  # word of the story
    last: int  # behind its last word


@dataclass(frozen=True, slots=True)
class Story:
    """Sentences in order and their words as one run. `quoted`: words between quotation marks."""

    pages: Sequence[Page]
    sentences: tuple[Sentence, ...]
    words: Words  # starts and ends count code points of the word's page
    page: Places  # of each word, the index of its page
    sentence: Places  # of each word, the number of its sentence
    quoted: Flags

    def text(self, number: int) -> str:
        """Return the words of one sentence."""
        one = self.sentences[number]
        return self.pages[one.page].text[one.start : one.end]

    def spelled(self) -> list[str]:
        """Return the letters and digits of each word, caseless."""
        texts = [page.text for page in self.pages]
        places = zip(self.page.tolist(), self.words.start.tolist(), self.words.end.tolist(), strict=True)
        return [texts[page][start:end].casefold() for page, start, end in places]

    def target(self, first: int, last: int) -> Target:
        """Return where the words [first, last) stand; they are of one page."""
        page = self.pages[int(self.page[first])]
        while self.page[last - 1] != self.page[first]:
            last -= 1
        return page.target(int(self.words.start[first]), int(self.words.end[last - 1]))


@functools.cache
def _furniture() -> re.Pattern[str]:
    data = tomllib.loads(files("casegraph.trace").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{one})" for one in data["whole"]), re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Tell whether a paragraph is what pages and mails carry under whatever text: see furniture.toml."""
    return _furniture().match(text.strip(" \t*_-\u2014\u2013\u2022|>")) is not None


def told(page: Page) -> Iterator[Block]:
    """Yield the blocks of a page that tell something; a page without blocks is one."""
    if not page.blocks and page.text.strip():
        yield Block(start=0, end=len(page.text), role="paragraph")
    for block in page.blocks:
        if block.role in TOLD and not is_furniture(page.text[block.start : block.end]):
            yield block


def _lines_joined(page: Page) -> tuple[str, list[Block]]:
    """Return the text of a page and its blocks that tell something; of a column of print without line ends.

    A column of which each line was read as a paragraph is known by that most lines end without a full stop
    and many go on with a small letter; the items of a list or an invoice do not. Places stay what they are.
    """
    blocks = list(told(page))
    lines = [page.text[one.start : one.end].strip() for one in blocks if one.role == "paragraph"]
    broken = sum(not _ENDED.search(one) for one in lines)
    small = sum(one[:1].islower() for one in lines)
    if len(lines) < _WRAPPED or broken < _BROKEN * len(lines) or small < _SMALL * len(lines):
        return page.text, blocks
    text, joined = page.text, blocks[:1]
    for one in blocks[1:]:
        last = joined[-1]
        if _goes_on(text, last, one):
            text = text[: last.end] + " " * (one.start - last.end) + text[one.start :]
            joined[-1] = msgspec.structs.replace(last, end=one.end)
        else:
            joined.append(one)
    return text, joined


def _goes_on(text: str, one: Block, after: Block) -> bool:
    """Tell whether a line goes on in the next one."""
    return (
        one.role == after.role == "paragraph"
        and one.depth == after.depth
        and not text[one.end : after.start].strip()
        and text[one.start : one.end].rstrip()[-1:] not in ".!?\u2026\u3002"
    )


def sentences_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of text[start:end]."""
    begin = start
    for found in _END.finditer(text, start, end):
        piece = text[begin : found.end()].rstrip()
        if _SHORTENED.search(piece[-12:]):
            continue
        if piece.strip():
            yield begin, found.end()
        begin = found.end()
    if text[begin:end].strip():
        yield begin, end


def _begin(text: str, block: Block) -> int:
    """Return where a paragraph's words begin, past a dateline in any of the three languages."""
    start = after_lead(text, block.start, block.end)
    if start > block.start:
        return start
    found = (one.match(text, block.start, block.end) for one in datelines())
    return next((one.end() for one in found if one is not None and one.end() < block.end), block.start)


def _parts(columns: Sequence[tuple[str, Sequence[Block]]]) -> Iterator[tuple[int, Block, int, int]]:
    room = _MOST
    for index, (text, blocks) in enumerate(columns):
        for block in blocks:
            start = _begin(text, block) if block.role == "paragraph" else block.start
            for first, last in sentences_of(text, start, block.end):
                yield index, block, first, last
                room -= last - first
            if room <= 0:
                return


def read(pages: Sequence[Page]) -> Story:
    """Return the story that pages tell."""
    columns = [_lines_joined(page) for page in pages]
    split_pages = [split(text) for text, _ in columns]
    quoted_pages = [_quoted(text, words) for (text, _), words in zip(columns, split_pages, strict=True)]
    sentences: list[Sentence] = []
    taken: list[Places] = []
    total = 0
    for index, block, start, end in _parts(columns):
        words = split_pages[index]
        first, last = np.searchsorted(words.start, [start, end])
        if last <= first:
            continue
        count = int(last - first)
        begin, close = int(words.start[first]), int(words.end[last - 1])
        sentences.append(Sentence(index, begin, close, block.role, block.depth, total, total + count))
        taken.append(np.arange(first, last))
        total += count
    return _joined(pages, split_pages, quoted_pages, sentences, taken)


def _joined(
    pages: Sequence[Page],
    parts: list[Words],
    quoted: list[Flags],
    sentences: list[Sentence],
    taken: list[Places],
) -> Story:
    counts = [one.last - one.first for one in sentences]
    page = np.repeat(np.array([one.page for one in sentences], dtype=np.int64), counts)
    sentence = np.repeat(np.arange(len(sentences), dtype=np.int64), counts)
    columns = ("start", "end", "whole", "stem", "han", "number", "capital")
    if not sentences:
        return Story(pages, (), split(""), page, sentence, np.zeros(0, dtype=np.bool_))
    gathered = {
        name: np.concatenate(
            [getattr(parts[one.page], name)[places] for one, places in zip(sentences, taken, strict=True)]
        )
        for name in columns
    }
    inside = np.concatenate([quoted[one.page][places] for one, places in zip(sentences, taken, strict=True)])
    return Story(pages, tuple(sentences), Words(**gathered), page, sentence, inside)


def _quoted(text: str, words: Words) -> Flags:
    """Flag the words between quotation marks, where at least four (or eight Han signs) stand there."""
    flags = np.zeros(len(words), dtype=np.bool_)
    for start, end in quotations(text):
        first, last = np.searchsorted(words.start, [start, end])
        if last - first >= (8 if words.han[first:last].any() else 4):
            flags[first:last] = True
    return flags


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between quotation marks."""
    for found in _QUOTED.finditer(text):
        yield found.span(found.lastindex or 0)
