"""What a language adapter gives, what an extractor gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from casegraph.model import (
    Amount,
    Answer,
    Block,
    BlockRole,
    Date,
    Document,
    LocalModel,
    MentionKind,
    Page,
    Problem,
    Quantity,
    Table,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one block for the parser: `text` has each run of blanks as one blank.

    `offsets[i]` is the page offset of `text[i]`.
    """

    page: int  # index into the document's pages
    text: str
    offsets: Sequence[int]


@dataclass(slots=True)
class Analysis:
    """Parallel columns, one value a token; offsets count from the start of what was analysed.

    `sentence` numbers sentences from 0; `head` holds token indices, a root points at itself.
    `label` is the parser's entity label or ""; `first` is True where an entity begins.
    """

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    first: list[bool] = field(default_factory=list)


class Language(Protocol):
    """A language with a parser. Adding one: a module in `extract/lang/` and a line in its tuple."""

    @property
    def name(self) -> str:
        """The ISO 639-1 code."""
        ...

    @property
    def parser(self) -> str:
        """Name and version of the parser, as it goes into a `Parse`."""
        ...

    def analyse(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """Yield one analysis a text, in order. Raises MissingPartError when the model is absent."""
        ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block's text in its page: offsets in it plus `start` are page offsets."""

    page: int  # index into the reading's pages
    start: int
    text: str
    role: BlockRole
    language: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that an extractor may look at: one document, its pages, what the parser made of them.

    `analyses[i]` belongs to `pages[i]`, with page offsets; it is empty where nothing was parsed.
    `blocks[i]` are the blocks of `pages[i]` to search, each with its language.
    """

    document: Document
    pages: tuple[Page, ...]
    analyses: tuple[Analysis, ...]
    blocks: tuple[tuple[Block, ...], ...]
    tables: tuple[Table, ...] = ()
    answers: tuple[Answer, ...] = ()  # of language models
    model: LocalModel | None = None  # that reads beside the rules

    def searched(self) -> Iterator[Stretch]:
        """Yield the blocks' texts in order."""
        for index, (page, blocks) in enumerate(zip(self.pages, self.blocks, strict=True)):
            for block in blocks:
                yield Stretch(
                    page=index,
                    start=block.start,
                    text=page.text[block.start : block.end],
                    role=block.role,
                    language=block.language,
                )


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before it has an id: `start` and `end` are offsets in the page of index `page`."""

    page: int
    kind: MentionKind
    start: int
    end: int
    schema: str | None = None
    normal: str | None = None
    country: str | None = None
    date: Date | None = None
    amount: Amount | None = None
    quantity: Quantity | None = None
    detail: str = ""  # goes into the mention's detector after a colon: "identifiers:iban"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Extractor:
    """A recogniser: `find` gets the reading and what earlier extractors found, and yields more.

    Must be deterministic. A find that overlaps an earlier one's is dropped, whatever the kinds. What it could
    not do it yields as a Problem, and goes on.
    """

    name: str
    version: int
    find: Callable[[Reading, Sequence[Found]], Iterable[Found | Problem]]
