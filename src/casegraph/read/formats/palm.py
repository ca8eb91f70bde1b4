"""E-books of Mobipocket and Kindle (MOBI, PRC, AZW), and texts of Palm organisers (PalmDOC)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.bookpages import book_pieces
from casegraph.read.bylines import is_name
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.dates import parse_iso
from casegraph.read.draft import Draft
from casegraph.read.palmfile import Book, book, records
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type

_MOBI, _DOC = "application/x-mobipocket-ebook", "application/x-palm-doc"
_BREAK = re.compile(r"<\s*mbp:pagebreak\b[^>]*>", re.IGNORECASE)
_SAYS = {
    100: "creator", 101: "publisher", 103: "description", 104: "isbn", 105: "subject", 106: "date",
    108: "contributor", 503: "title", 524: "language",
}  # fmt: skip
_IMAGES = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG", ".png"), (b"GIF8", ".gif"), (b"BM", ".bmp"))
_SMALLEST_IMAGE = 10_000  # bytes
_MOST = 1_000


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in {_MOBI, _DOC} else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page for each chapter that the book marks.

    Problems: `encrypted`, `damaged`, `damaged-part`, `undecodable`, `no-text`.
    """
    draft = Draft(original, media_type, "palm 1")
    found = records(original.data)
    try:
        made = book(found)
    except ValueError:
        draft.problem("damaged", "the book is broken: its text cannot be unpacked")
        yield from draft.finish()
        return
    _state(draft, made)
    if made.encrypted:
        draft.problem("encrypted", "the book is locked for a reader's device; its text was not read")
    else:
        decoded = decode(made.text, made.encoding)
        draft.decoding(decoded)
        for part in _BREAK.split(decoded.text) if made.markup else (decoded.text,):
            draft.page(book_pieces(part) if made.markup else _plain(part))
        if made.broken:
            draft.problem("damaged-part", "some records of the book are broken or missing")
        _pictures(draft, found[made.first_image :] if 0 < made.first_image < len(found) else ())
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the book has no text")
    yield from draft.finish()


def _plain(text: str) -> Iterator[Piece]:
    for part in clean(text).split("\n\n"):
        if part.strip():
            yield Piece(part.strip(), "paragraph")


def _state(draft: Draft, made: Book) -> None:
    for number, key in _SAYS.items():
        for value in made.says.get(number, ()):
            draft.value(key, decode(value, made.encoding).text)
    says = draft.metadata
    title = decode(made.title, made.encoding).text if made.title else ""
    name = draft.original.data[:32].split(b"\0", 1)[0].decode("latin-1").replace("_", " ")
    draft.title = next(iter(says.get("title", ())), "") or title or name or None
    draft.authors = [author for author in says.get("creator", ()) if is_name(author)]
    draft.publisher = next(iter(says.get("publisher", ())), None)
    draft.published = parse_iso(next(iter(says.get("date", ())), ""))
    draft.stated_language = next(iter(says.get("language", ())), "")[:2].lower() or None


def _pictures(draft: Draft, found: Sequence[bytes]) -> None:
    for number, record in enumerate(found[:_MOST], 1):
        ending = next((end for mark, end in _IMAGES if record.startswith(mark)), None)
        if ending is not None and len(record) >= _SMALLEST_IMAGE:
            draft.hold(draft.child(f"images/{number}{ending}", record, "embedded"))


READER = Reader(name="palm", version=1, media_types=(_MOBI, _DOC), recognise=_recognise, read=read)
