"""Access databases (MDB, ACCDB): each table a table. No query, macro or module in them is run."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw, tables, typed
from casegraph.read.jetfile import Database, Table, Value, holds_attachments
from casegraph.read.limits import MAX_CHARACTERS
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type

_TYPE = "application/x-msaccess"
_MOST_TABLES, _MOST_ROWS = 1_000, 200_000
_BROKEN = (ValueError, struct.error, IndexError, OverflowError, LookupError)
_RICH = re.compile(r"</?(?:div|font|p|br|strong|em|u|ul|ol|li|blockquote|span)\b[^<>]{0,400}>", re.IGNORECASE)
"""Mark-up of memo fields with rich text."""


def _recognise(original: Original) -> str | None:
    return _TYPE if name_type(original) == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page or more for each table: the names of its columns, then its rows.

    Problems: `encrypted`, `damaged`, `damaged-part`, `rows-cut`, `cut`, `attachment-unread`,
    `no-text`.
    """
    draft = Draft(original, media_type, "access 1")
    try:
        base = Database(original.data)
        listed = [] if base.encrypted else list(base.tables())
    except _BROKEN:
        draft.problem("damaged", "the database is broken: its list of tables cannot be read")
    else:
        if base.encrypted:
            draft.problem("encrypted", "the database is encrypted; a password is needed to open it")
        _tables(draft, base, listed)
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the database holds no rows")
    yield from draft.finish()


def _tables(draft: Draft, base: Database, listed: list[tuple[str, int]]) -> None:
    if len(listed) > _MOST_TABLES:
        draft.problem("rows-cut", f"only the first {_MOST_TABLES} tables were read")
    letters = broken = attached = 0
    for name, page in listed[:_MOST_TABLES]:
        if letters > MAX_CHARACTERS:
            draft.cut()
            break
        draft.value("table", name)
        try:
            table = Table(base, page)
            attached += holds_attachments(table)
            for number, piece in enumerate(tables(_rows(draft, table), name=name)):
                letters += len(piece.text)
                draft.page([Piece(clean(name), "heading"), piece] if number == 0 else [piece])
        except _BROKEN:
            broken += 1
    if broken:
        draft.problem("damaged-part", f"{broken} tables of the database are broken and could not be read")
    if attached:
        draft.problem("attachment-unread", "files attached to rows of the database were not taken out")


def _rows(draft: Draft, table: Table) -> Iterator[list[Raw]]:
    yield [raw(column.name) for column in table.columns]
    for number, row in enumerate(table.rows()):
        if number >= _MOST_ROWS:
            draft.problem("rows-cut", "a table has more rows than are read; the first were")
            return
        yield [_cell(value) for value in row]


def _cell(value: Value) -> Raw:
    if isinstance(value, str):
        return raw(_RICH.sub(" ", value) if "<div" in value.lower() else value)
    return Raw("") if value == b"" else typed(value)


READER = Reader(name="access", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
