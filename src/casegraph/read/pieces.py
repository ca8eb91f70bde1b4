"""The pieces that pages are made of, and how they become pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from casegraph.model import CLAIM_ROLES, Block, BlockRole, Layout, Page, Table, make_id, pack
from casegraph.read.language import other_language
from casegraph.read.limits import MAX_PAGE

_SAMPLE = 20_000  # characters of prose that tell a language
_PAGE_LETTERS = 400  # from which a page's own language is told; lists of names mislead shorter ones
_SCRIPT_LETTERS = 40  # the same where letters beyond ASCII tell more
_FIRST_TABLES = 8  # looked at where there is no prose
_GAP = "\n\n"  # between blocks


@dataclass(frozen=True, slots=True)
class Word:
    """A word's place in its piece's text and on the page: hundredths of a point from the upper left."""

    start: int
    end: int
    box: tuple[int, int, int, int]  # left, top, right, bottom
    confidence: int = 100  # 0 to 100, of OCR


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one block to be, with its role.

    `table` is the table that the text is, `words` where its words stand on the page; the offsets of both
    count from the beginning of the text.
    """

    text: str
    role: BlockRole
    table: Table | None = None
    words: tuple[Word, ...] = ()
    depth: int = 0  # of quotation in a mail


@dataclass(slots=True)
class Sheet:
    """A page to be: its pieces, its size in hundredths of a point, and whether it was read off an image."""

    pieces: list[Piece]
    size: tuple[int, int] | None = None
    ocr: bool = False


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


def page_id(document: str, number: int) -> str:
    """Return the id of a page."""
    return make_id("page", document, number)


def stripped(piece: Piece) -> Piece:
    """Return the piece without white space around it."""
    text = piece.text.strip()
    return piece if text == piece.text else replace(piece, text=text)


def prose(pieces: Iterable[Piece]) -> str:
    """Return the first prose, as much as telling a language takes; that of tables where there is no other."""
    parts: list[str] = []
    cells: list[str] = []
    size = 0
    for piece in pieces:
        if piece.role in CLAIM_ROLES:
            parts.append(piece.text)
            size += len(piece.text)
            if size >= _SAMPLE:
                break
        elif piece.role == "table" and len(cells) < _FIRST_TABLES:
            cells.append(piece.text[:_SAMPLE])
    return " ".join(parts or cells)


def runs(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield pieces in runs of at most MAX_PAGE characters, longer pieces cut at white space."""
    run: list[Piece] = []
    size = 0
    for piece in pieces:
        for part in _parts(piece):
            if run and size + len(_GAP) + len(part.text) > MAX_PAGE:
                yield run
                run, size = [], 0
            size += len(part.text) + (len(_GAP) if run else 0)
            run.append(part)
    if run:
        yield run


def _parts(piece: Piece) -> Iterator[Piece]:
    if len(piece.text) <= MAX_PAGE:
        yield piece
        return
    yield from (Piece(text, piece.role, depth=piece.depth) for text in _split(piece.text, MAX_PAGE) if text)


def make_page(
    document: str, number: int, sheet: Sheet, language: str | None
) -> Iterator[Page | Table | Layout]:
    """Yield a page with its tables and the places of its words."""
    text, starts = _joined(sheet.pieces)
    own_prose = prose(sheet.pieces)
    letters = _PAGE_LETTERS if own_prose.isascii() else _SCRIPT_LETTERS
    own = other_language(own_prose, language, letters=letters) or language
    blocks = [
        Block(
            start=start,
            end=start + len(piece.text),
            role=piece.role,
            language=other_language(piece.text, own) if piece.role in CLAIM_ROLES else None,
            depth=piece.depth,
        )
        for piece, start in zip(sheet.pieces, starts, strict=True)
    ]
    words = [(start, word) for piece, start in zip(sheet.pieces, starts, strict=True) for word in piece.words]
    sure = [word.confidence for _, word in words] if sheet.ocr else []
    yield Page(
        id=page_id(document, number),
        document=document,
        number=number,
        text=text,
        blocks=tuple(blocks),
        language=own,
        source="ocr" if sheet.ocr else "text",
        confidence=round(sum(sure) / len(sure) / 100, 4) if sure else None,
    )
    tables = ((start, piece.table) for piece, start in zip(sheet.pieces, starts, strict=True) if piece.table)
    for place, (start, table) in enumerate(tables, 1):
        yield _placed(table, document, number, place, start)
    if words and sheet.size is not None:
        yield _layout(document, number, sheet, words)


def _joined(pieces: Sequence[Piece]) -> tuple[str, list[int]]:
    """Return the pieces' text put together, and where each begins."""
    starts: list[int] = []
    place = 0
    for piece in pieces:
        starts.append(place)
        place += len(piece.text) + len(_GAP)
    return _GAP.join(piece.text for piece in pieces), starts


def _placed(table: Table, document: str, page: int, number: int, start: int) -> Table:
    """Return a table whose offsets count from the beginning of its page."""
    return msgspec.structs.replace(
        table,
        id=make_id("table", document, page, number),
        document=document,
        page=page,
        number=number,
        start=start + table.start,
        end=start + table.end,
        cells=tuple(
            msgspec.structs.replace(cell, start=start + cell.start, end=start + cell.end)
            for cell in table.cells
        ),
    )


def _layout(document: str, number: int, sheet: Sheet, words: list[tuple[int, Word]]) -> Layout:
    width, height = sheet.size or (0, 0)
    return Layout(
        document=document,
        page=number,
        width=width,
        height=height,
        source="ocr" if sheet.ocr else "text-layer",
        start=pack(start + word.start for start, word in words),
        end=pack(start + word.end for start, word in words),
        left=pack(word.box[0] for _, word in words),
        top=pack(word.box[1] for _, word in words),
        right=pack(word.box[2] for _, word in words),
        bottom=pack(word.box[3] for _, word in words),
        confidence=pack(word.confidence for _, word in words) if sheet.ocr else b"",
    )
