"""Tables written as text (CSV, TSV): a table with typed cells, in any encoding and any usual dialect."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading, suffixes
from casegraph.read.celltypes import Habit, habits, typed
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.delimited import Dialect, Rows, dialect_of
from casegraph.read.draft import Draft
from casegraph.read.formulas import Formulas
from casegraph.read.grid import Raw, tables
from casegraph.read.unread import name_type

_CSV = "text/csv"
_TSV = "text/tab-separated-values"
_NAMES = frozenset({"csv", "tsv", "tab"})
_HEAD = 200_000  # bytes that decide
_MOST_CELLS = 3_000_000  # of one document
_TOLD_ROWS = 5
_LONGEST_CELL = 10_000  # characters kept of one cell
_MARKUP = re.compile(r"\s*(?:<[!?a-zA-Z]|[{\[]|BEGIN:)")


def _recognise(original: Original) -> str | None:
    if name_type(original) != "text/plain":
        return None
    head = clean(decode(original.data[:_HEAD]).text)
    dialect = None if _MARKUP.match(head) else dialect_of(head, named=bool(suffixes(original) & _NAMES))
    if dialect is None:
        return None
    return _TSV if dialect.delimiter == "\t" else _CSV


def read(original: Original, media_type: str) -> Reading:
    """Yield the rows as one table; numbers and dates get values where they can be read in one way only.

    Problems: `undecodable`, `cut`, `damaged-part`, `ragged-rows`, `formula-text`.
    """
    draft = Draft(original, media_type, "delimited 1")
    decoded = decode(original.data)
    draft.decoding(decoded)
    text = clean(decoded.text)
    dialect = dialect_of(text, named=True) or Dialect("\t" if media_type == _TSV else ",")
    draft.value("delimiter", {"\t": "tab", "|": "pipe"}.get(dialect.delimiter, dialect.delimiter))
    rows = Rows(text, dialect)
    formulas = Formulas()
    pieces = list(tables(_cells(draft, list(rows), formulas)))
    if rows.unclosed:
        draft.problem(
            "damaged-part",
            f"{rows.unclosed} quotation marks are never closed; their lines were cut at every delimiter",
        )
    formulas.tell(draft)
    for piece in pieces:
        draft.page([piece])
    if not pieces:
        draft.problem("no-text", "the table holds nothing")
    yield from draft.finish()


def _cells(draft: Draft, rows: list[list[str]], formulas: Formulas) -> Iterator[list[Raw]]:
    _tell_ragged(draft, rows)
    own = habits([row for row in rows if row])
    left = _MOST_CELLS
    for row in rows:
        left -= len(row)
        if left < 0:
            draft.cut()
            return
        cells = [typed(cell, own[place] if place < len(own) else Habit()) for place, cell in enumerate(row)]
        for cell, words in zip(cells, row, strict=True):
            formulas.see(cell.text)
            if len(words) > _LONGEST_CELL:
                draft.cut()
        yield cells


def _tell_ragged(draft: Draft, rows: list[list[str]]) -> None:
    """Say which rows are longer or shorter than most; rows of nothing are none."""
    lengths = {number: len(row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)}
    if not lengths:
        return
    usual = Counter(lengths.values()).most_common(1)[0][0]
    odd = [number for number, length in lengths.items() if length != usual]
    if odd:
        shown = ", ".join(map(str, odd[:_TOLD_ROWS])) + (" ..." if len(odd) > _TOLD_ROWS else "")
        draft.problem(
            "ragged-rows", f"{len(odd)} of {len(lengths)} rows have not {usual} cells as most have: {shown}"
        )


READER = Reader(name="delimited", version=1, media_types=(_CSV, _TSV), recognise=_recognise, read=read)
