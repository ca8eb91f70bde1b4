"""The pieces that pages are made of, and how they become pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from casegraph.model import CLAIM_ROLES, Block, BlockRole, Layout, Page, Table, make_id
from casegraph.read.language import other_language
from casegraph.read.limits import MAX_PAGE
from casegraph.read.placing import Places, Spots, placed

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
    count from the beginning of the text. `spots` are the words of a text layer that it was made of, to be
    found in it when its page is made.
    """

    text: str
    role: BlockRole
    table: Table | None = None
    words: tuple[Word, ...] = ()
    depth: int = 0  # of quotation in a mail
    spots: Spots | None = None


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
    spots = piece.spots
    for text in filter(None, _split(piece.text, MAX_PAGE)):
        yield Piece(text, piece.role, depth=piece.depth, spots=spots)
        spots = None  # those of the later parts are not known


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
    words = _words(sheet.pieces, starts)
    sure = words.confidence if sheet.ocr and len(words) else None
    yield Page(
        id=page_id(document, number),
        document=document,
        number=number,
        text=text,
        blocks=tuple(blocks),
        language=own,
        source="ocr" if sheet.ocr else "text",
        confidence=round(int(sure.sum()) / len(sure) / 100, 4) if sure is not None else None,
    )
    tables = ((start, piece.table) for piece, start in zip(sheet.pieces, starts, strict=True) if piece.table)
    for place, (start, table) in enumerate(tables, 1):
        yield _placed(table, document, number, place, start)
    if len(words) and sheet.size is not None:
        yield _layout(document, number, sheet, words)


def _words(pieces: Sequence[Piece], starts: Sequence[int]) -> Places:
    """Return the places of a page's words: those that readers know, else those of its text layer."""
    known = [(start, word) for piece, start in zip(pieces, starts, strict=True) for word in piece.words]
    if not known:
        own = zip(pieces, starts, strict=True)
        return placed([(piece.text, start, piece.spots) for piece, start in own if piece.spots is not None])
    return Places(
        np.array([start + word.start for start, word in known]),
        np.array([start + word.end for start, word in known]),
        np.array([word.box for _, word in known]),
        np.array([word.confidence for _, word in known]),
    )


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


def _layout(document: str, number: int, sheet: Sheet, words: Places) -> Layout:
    width, height = sheet.size or (0, 0)
    left, top, right, bottom = words.boxes.T
    return Layout(
        document=document,
        page=number,
        width=width,
        height=height,
        source="ocr" if sheet.ocr else "text-layer",
        start=_packed(words.start - _before(words.end)),
        end=_packed(words.end - words.start),
        left=_packed(left - _before(right)),
        top=_packed(top - _before(top)),
        right=_packed(right - left),
        bottom=_packed(bottom - top),
        confidence=_packed(words.confidence) if sheet.ocr and words.confidence is not None else b"",
    )


def _before(values: np.ndarray) -> np.ndarray:
    """Return the value before each, 0 before the first."""
    return np.concatenate(([0], values[:-1]))


def _packed(values: np.ndarray) -> bytes:
    """Return the values as `model.pack` does."""
    return values.astype("<i4").tobytes()
