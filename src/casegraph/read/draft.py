"""A document while it is being read, and how its pieces become pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casegraph.model import (
    CLAIM_ROLES,
    Block,
    BlockRole,
    Date,
    Document,
    Link,
    Original,
    Page,
    Problem,
    make_id,
)
from casegraph.read.base import Reading
from casegraph.read.charset import Decoded
from casegraph.read.cleaning import clean, clean_value
from casegraph.read.language import language_of, other_language
from casegraph.read.limits import MAX_CHARACTERS, MAX_LINKS, MAX_PAGE, MAX_VALUE, MAX_VALUES

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LONGEST_URL = 2_000
_LONGEST_LINK_TEXT = 500
_SAMPLE = 20_000  # characters of prose that tell a language
_PAGE_LETTERS = 400  # from which a page's own language is told; lists of names mislead shorter ones
_SCRIPT_LETTERS = 40  # the same where letters beyond ASCII tell more


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one block to be, with its role."""

    text: str
    role: BlockRole


def _split(text: str, limit: int) -> Iterator[str]:
    """Yield the text in parts of at most `limit`, cut at white space where there is some."""
    place = 0
    while len(text) - place > limit:
        cut = max(
            text.rfind(" ", place + limit // 2, place + limit),
            text.rfind("\n", place + limit // 2, place + limit),
        )
        cut = place + limit if cut < 0 else cut
        yield text[place:cut].strip()
        place = cut
    yield text[place:].strip()


@dataclass(slots=True)
class Draft:
    """Collects what a reader finds; `finish` makes the records.

    A reader sets the fields that Document has, calls `page` for each page in order and `problem`
    for what it could not use.
    """

    original: Original
    media_type: str
    reader: str
    title: str | None = None
    authors: Sequence[str] = ()
    publisher: str | None = None
    published: Date | None = None
    captured: Date | None = None
    stated_language: str | None = None
    url: str | None = None
    paged: bool = False  # the format has pages of its own, whose numbers must stay
    metadata: dict[str, list[str]] = field(default_factory=dict)
    _pages: list[list[Piece]] = field(default_factory=list)
    _links: dict[Link, None] = field(default_factory=dict)
    _problems: list[Problem] = field(default_factory=list)
    _size: int = 0
    _cut: bool = False

    def problem(self, code: str, detail: str, page: int | None = None) -> None:
        """Note something that could not be used; `code` without the prefix."""
        subject = self.original.document if page is None else self._page_id(page)
        self._problems.append(Problem(code=f"read.{code}", subject=subject, detail=detail))

    def decoding(self, decoded: Decoded) -> None:
        """Record an encoding, and what could not be decoded or was cut."""
        self.value("encoding", decoded.encoding)
        if decoded.undecodable:
            detail = f"{decoded.undecodable} places are not valid {decoded.encoding}; they read U+FFFD"
            self.problem("undecodable", detail)
        self._cut = self._cut or decoded.cut

    def cut(self) -> None:
        """Note that the reader itself kept only the first part of the text."""
        self._cut = True

    def value(self, key: str, value: str | None) -> None:
        """Keep a metadata value; control characters, repeats and what is beyond the limits are dropped."""
        kept = clean_value(value or "", MAX_VALUE)
        if not kept or (key not in self.metadata and len(self.metadata) >= MAX_VALUES):
            return
        values = self.metadata.setdefault(key, [])
        if kept not in values and len(values) < MAX_VALUES:
            values.append(kept)

    def link(self, url: str, text: str = "") -> None:
        """Keep an outgoing link if it is http or https."""
        url = url.strip()
        if len(self._links) < MAX_LINKS and len(url) <= _LONGEST_URL and _WEB.fullmatch(url):
            self._links[Link(url=clean(url), text=clean_value(text, _LONGEST_LINK_TEXT))] = None

    def page(self, pieces: Iterable[Piece]) -> None:
        """Add a page. Text beyond MAX_CHARACTERS of the document is cut, which `finish` reports."""
        kept: list[Piece] = []
        for piece in pieces:
            text = piece.text.strip()
            if not text:
                continue
            room = MAX_CHARACTERS - self._size
            if len(text) > room:
                self._cut = True
                text = text[: max(room, 0)].rstrip()
            self._size += len(text)
            if text:
                kept.append(Piece(text, piece.role))
        self._pages.append(kept)

    def finish(self) -> Reading:
        """Yield the Document, its Pages and the Problems."""
        pages = self._bound() if self.paged else self._flow()
        language = language_of(_prose(piece for page in pages for piece in page)) or self.stated_language
        if self._cut:
            self.problem("cut", f"only the first {self._size} characters of the text were read")
        yield Document(
            id=self.original.document,
            media_type=self.media_type,
            size=len(self.original.data),
            title=clean_value(self.title or "", MAX_VALUE) or None,
            authors=tuple(dict.fromkeys(name for name in map(_value, self.authors) if name))[:MAX_VALUES],
            publisher=_value(self.publisher or "") or None,
            published=self.published,
            captured=self.captured,
            language=language,
            url=self.url,
            links=tuple(self._links),
            metadata={key: tuple(values) for key, values in sorted(self.metadata.items())},
            pages=len(pages),
            reader=self.reader,
        )
        for number, pieces in enumerate(pages, 1):
            yield self._make(number, pieces, language)
        yield from self._problems

    def _page_id(self, number: int) -> str:
        return make_id("page", self.original.document, number)

    def _bound(self) -> list[list[Piece]]:
        """Return the pages as they are, the too long ones cut."""
        bound: list[list[Piece]] = []
        for number, pieces in enumerate(self._pages, 1):
            first = next(_pages(pieces), [])
            if sum(len(piece.text) for piece in first) < sum(len(piece.text) for piece in pieces):
                self.problem(
                    "page-cut", f"only the first {MAX_PAGE} characters of the page were read", number
                )
            bound.append(first)
        return bound

    def _flow(self) -> list[list[Piece]]:
        """Return the pages with long ones going on to the next."""
        return [page for pieces in self._pages for page in _pages(pieces)]

    def _make(self, number: int, pieces: Sequence[Piece], language: str | None) -> Page:
        parts: list[str] = []
        blocks: list[Block] = []
        place = 0
        prose = _prose(pieces)
        letters = _PAGE_LETTERS if prose.isascii() else _SCRIPT_LETTERS
        own = other_language(prose, language, letters=letters) or language
        for piece in pieces:
            if parts:
                parts.append("\n\n")
                place += 2
            parts.append(piece.text)
            other = other_language(piece.text, own) if piece.role in CLAIM_ROLES else None
            blocks.append(Block(start=place, end=place + len(piece.text), role=piece.role, language=other))
            place += len(piece.text)
        return Page(
            id=self._page_id(number),
            document=self.original.document,
            number=number,
            text="".join(parts),
            blocks=tuple(blocks),
            language=own,
        )


def _prose(pieces: Iterable[Piece]) -> str:
    """Return the first prose, as much as telling a language takes."""
    parts: list[str] = []
    size = 0
    for piece in pieces:
        if piece.role in CLAIM_ROLES:
            parts.append(piece.text)
            size += len(piece.text)
            if size >= _SAMPLE:
                break
    return " ".join(parts)


def _value(text: str) -> str:
    return clean_value(text, MAX_VALUE)


def _pages(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield pieces in runs of at most MAX_PAGE characters, longer pieces cut at white space."""
    run: list[Piece] = []
    size = 0
    for piece in pieces:
        for text in _split(piece.text, MAX_PAGE):
            if not text:
                continue
            if run and size + 2 + len(text) > MAX_PAGE:
                yield run
                run, size = [], 0
            size += len(text) + (2 if run else 0)
            run.append(Piece(text, piece.role))
    if run:
        yield run
