"""A document while it is being read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from casegraph.model import Child, ChildRole, Date, Document, Link, Original, Problem, Unpacked, content_id
from casegraph.read import dates
from casegraph.read.base import Reading
from casegraph.read.charset import Decoded
from casegraph.read.cleaning import clean, clean_path, clean_value
from casegraph.read.language import language_of
from casegraph.read.limits import MAX_CHARACTERS, MAX_LINKS, MAX_PAGE, MAX_VALUE, MAX_VALUES
from casegraph.read.pieces import Piece, Sheet, make_page, page_id, prose, runs, stripped
from casegraph.read.tabling import finished, tabled

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LONGEST_URL = 2_000
_LONGEST_LINK_TEXT = 500


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
    _pages: list[Sheet] = field(default_factory=list)
    _children: list[Unpacked] = field(default_factory=list)
    _number: int = 0  # children so far
    _links: dict[Link, None] = field(default_factory=dict)
    _problems: list[Problem] = field(default_factory=list)
    _size: int = 0
    _cut: bool = False

    def problem(self, code: str, detail: str, page: int | None = None) -> None:
        """Note something that could not be used; `code` without the prefix."""
        subject = self.original.document if page is None else page_id(self.original.document, page)
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

    def child(
        self, name: str, data: bytes, role: ChildRole, *, modified: str | None = None, url: str | None = None
    ) -> Unpacked:
        """Return something inside the document, numbered; the reader yields it, or hands it to `hold`."""
        self._number += 1
        child = Child(
            document=self.original.document,
            child=content_id(data),
            number=self._number,
            name=clean_path(name) or f"{role}-{self._number}",
            size=len(data),
            role=role,
            modified=modified,
            url=url,
        )
        return Unpacked(child=child, data=data)

    def hold(self, child: Unpacked) -> None:
        """Keep something inside the document until `finish` yields it."""
        self._children.append(child)

    def page(
        self, pieces: Iterable[Piece], *, size: tuple[int, int] | None = None, ocr: bool = False
    ) -> None:
        """Add a page. Text beyond MAX_CHARACTERS of the document is cut, which `finish` reports.

        `size` is its width and height in hundredths of a point.
        """
        kept: list[Piece] = []
        for given in (part for piece in pieces for part in tabled(piece)):
            piece = given if given.table is not None or given.words else stripped(given)
            text = piece.text
            if not text:
                continue
            room = MAX_CHARACTERS - self._size
            if len(text) > room:
                self._cut = True
                text = text[: max(room, 0)].rstrip()
            self._size += len(text)
            if text:
                kept.append(
                    piece
                    if text == piece.text
                    else Piece(text, piece.role, depth=piece.depth, spots=piece.spots)
                )
        self._pages.append(Sheet(kept, size, ocr))

    @property
    def troubled(self) -> bool:
        """Whether a problem was noted so far."""
        return bool(self._problems)

    @property
    def filled(self) -> bool:
        """Whether any page has text so far."""
        return self._size > 0

    def finish(self) -> Reading:
        """Yield what was held, the Document, its Pages with their Tables and Layouts, and the Problems."""
        sheets = self._bound() if self.paged else self._flow()
        pieces = [piece for sheet in sheets for piece in sheet.pieces]
        language = language_of(prose(pieces)) or self.stated_language
        sheets = finished(sheets, language)
        if self._cut:
            self.problem("cut", f"only the first {self._size} characters of the text were read")
        yield from self._children
        yield Document(
            id=self.original.document,
            media_type=self.media_type,
            size=len(self.original.data) if self.original.size is None else self.original.size,
            title=clean_value(self.title or "", MAX_VALUE) or None,
            authors=tuple(dict.fromkeys(name for name in map(_value, self.authors) if name))[:MAX_VALUES],
            publisher=_value(self.publisher or "") or None,
            published=self.published,
            captured=self.captured or dates.parse_iso(self.original.captured or ""),
            language=language,
            url=self.url or self.original.url,
            links=tuple(self._links),
            metadata={key: tuple(values) for key, values in sorted(self.metadata.items())},
            pages=len(sheets),
            children=self._number,
            reader=self.reader,
        )
        for number, sheet in enumerate(sheets, 1):
            yield from make_page(self.original.document, number, sheet, language)
        yield from self._problems

    def _bound(self) -> list[Sheet]:
        """Return the pages as they are, the too long ones cut."""
        bound: list[Sheet] = []
        for number, sheet in enumerate(self._pages, 1):
            first = next(runs(sheet.pieces), [])
            if sum(len(piece.text) for piece in first) < sum(len(piece.text) for piece in sheet.pieces):
                self.problem(
                    "page-cut", f"only the first {MAX_PAGE} characters of the page were read", number
                )
            bound.append(replace(sheet, pieces=first))
        return bound

    def _flow(self) -> list[Sheet]:
        """Return the pages with long ones going on to the next."""
        return [replace(sheet, pieces=run) for sheet in self._pages for run in runs(sheet.pieces)]


def _value(text: str) -> str:
    return clean_value(text, MAX_VALUE)
