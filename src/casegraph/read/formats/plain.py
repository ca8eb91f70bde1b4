"""Plain text: in any encoding, written as such or copied out of a browser's window."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.celltypes import table_pieces
from casegraph.read.charset import decode, is_text
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.layout import lay_out
from casegraph.read.limits import MAX_BLOCKS
from casegraph.read.lines import Line
from casegraph.read.paragraphs import gathered, paragraphs, wrap_width
from casegraph.read.pieces import Piece
from casegraph.read.tabular import comma_rows, delimiter_of, table_text
from casegraph.read.textmagic import READABLE
from casegraph.read.unread import name_type

_GAP = re.compile(r"\n(?:[ \t]*+\n)++")  # possessive: 20 million line ends would else take 2 GB
_ROWS = 200  # of a table in one block
_WEB = re.compile(
    r"https?://[^\s<>\"'\u201d\u00bb\u3000-\u303f\uff00-\uffef]+[^\s<>\"'\u201d\u00bb.,;:!?)\u3000-\u303f\uff00-\uffef]"
)


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of cleaned text, tables as one line each with their role fixed."""
    rows = comma_rows(text)
    if rows is not None:
        for number, place in enumerate(range(0, len(rows), _ROWS)):
            yield Line(table_text(rows[place : place + _ROWS]), number, fixed="table")
        return
    yield from _text_lines(text)


def _text_lines(text: str) -> Iterator[Line]:
    group = 0
    text = _GAP.sub("\n\n", text)
    if text.count("\n") > MAX_BLOCKS:
        for number, part in enumerate(gathered(text)):
            yield Line(part, number)
        return
    columns = wrap_width(text)
    for part in text.split("\n\n"):
        rows = [row for row in part.split("\n") if row.strip()]
        delimiter = delimiter_of(rows)
        if delimiter is not None:
            yield Line(table_text([row.split(delimiter) for row in rows]), group, fixed="table")
            group += 1
            continue
        for paragraph in paragraphs(part, columns):
            yield Line(paragraph.text, group + paragraph.group)
        group += 1


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    if media_type == "text/plain" or (media_type in READABLE and is_text(original.data)):
        return media_type
    return None


def read(original: Original, media_type: str) -> Reading:
    """Yield the text with roles; problems `undecodable` and `cut`."""
    draft = Draft(original, media_type, "plain 2")
    decoded = decode(original.data)
    draft.decoding(decoded)
    text = clean(decoded.text)
    lines = list(lines_of(text))
    layout = lay_out(lines)
    draft.title = layout.title
    draft.authors = layout.authors
    draft.publisher = layout.publisher
    draft.published = layout.published
    draft.captured = layout.captured
    if layout.modified is not None:
        draft.value("modified", layout.modified.start)
    for match in _WEB.finditer(text):
        draft.link(match.group())
    if not lines:
        draft.problem("no-text", "the file holds nothing but blanks and control characters")
    draft.page(
        piece
        for line, role in zip(lines, layout.roles, strict=True)
        for piece in (table_pieces(line.text, role) if line.fixed == "table" else (Piece(line.text, role),))
    )
    yield from draft.finish()


READER = Reader(
    name="plain",
    version=2,
    media_types=("text/plain", *sorted(READABLE)),
    recognise=_recognise,
    read=read,
)
