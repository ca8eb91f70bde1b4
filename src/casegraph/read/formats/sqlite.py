"""SQLite databases: each table a table. Opened read-only in scratch space, without triggers or extensions."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode, is_text
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.limits import MAX_CHARACTERS
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type

_TYPE = "application/vnd.sqlite3"
_MOST_TABLES = 2_000
_MOST_ROWS = 1_000_000  # of one table
_MOST_VIEW_ROWS = 10_000
_STEPS = 20_000_000  # of SQLite's machine for one table, about ten seconds
_LEAST_CHILD = 64  # bytes of a value that may be a file
_MOST_CHILDREN = 10_000
_ERRORS = (sqlite3.Error, ValueError, OverflowError, UnicodeError, MemoryError)
_ALLOWED = frozenset({
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE,
})  # fmt: skip
_FUNCTIONS = frozenset(
    "abs avg coalesce count date datetime glob group_concat hex ifnull iif instr julianday length like lower "
    "ltrim max min nullif printf quote replace round rtrim strftime substr substring sum time total trim "
    "typeof upper".split()
)


def _recognise(original: Original) -> str | None:
    return _TYPE if name_type(original) == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield each table, then the views; values that are files are children.

    Problems: `damaged`, `damaged-part`, `cut`, `rows-cut`, `no-text`.
    """
    draft = Draft(original, media_type, "sqlite 1")
    with tempfile.TemporaryDirectory(prefix="casegraph-") as folder:
        path = Path(folder) / "data"
        path.write_bytes(original.data)
        try:
            base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, cached_statements=0)
        except _ERRORS:
            draft.problem("damaged", "the database cannot be opened")
        else:
            with contextlib.closing(base):
                _guard(base)
                _tables(draft, base)
    if not draft.filled:
        draft.problem("no-text", "the database holds no rows")
    yield from draft.finish()


def _guard(base: sqlite3.Connection) -> None:
    """Let the connection do nothing but look: no writing, attaching, extensions, nor odd functions."""

    def allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        del first
        if action not in _ALLOWED or (
            action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in _FUNCTIONS
        ):
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    base.text_factory = _text
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 100_000_000)
    base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    base.execute("PRAGMA trusted_schema=OFF")
    base.execute("PRAGMA cell_size_check=ON")
    base.execute("PRAGMA query_only=ON")
    base.set_authorizer(allowed)


def _text(value: bytes) -> str:
    return decode(value).text


def _tables(draft: Draft, base: sqlite3.Connection) -> None:
    try:
        listed = base.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY type, name"
        ).fetchmany(_MOST_TABLES + 1)
    except _ERRORS:
        draft.problem("damaged", "the database is broken: its list of tables cannot be read")
        return
    if len(listed) > _MOST_TABLES:
        draft.problem("rows-cut", f"only the first {_MOST_TABLES} tables were read")
    held: set[bytes] = set()
    letters = 0
    for kind, name in listed[:_MOST_TABLES]:
        if name.startswith("sqlite_"):
            continue
        if letters > MAX_CHARACTERS:
            draft.cut()
            break
        draft.value(kind, name)
        rows = _Rows(draft, base, name, _MOST_ROWS if kind == "table" else _MOST_VIEW_ROWS, held)
        for number, piece in enumerate(tables(rows, name=name)):
            letters += len(piece.text)
            draft.page([Piece(clean(name), "heading"), piece] if number == 0 else [piece])
        rows.tell()


class _Rows:
    """The rows of one table or view, read once: its columns' names, then its values."""

    def __init__(
        self, draft: Draft, base: sqlite3.Connection, name: str, most: int, held: set[bytes]
    ) -> None:
        self._draft, self._base, self._name, self._most, self._held = draft, base, name, most, held
        self._cut = self._broken = False

    def __iter__(self) -> Iterator[list[Raw]]:
        """Yield the rows, as many as are allowed."""
        left = [_STEPS // 1_000_000]

        def tired() -> int:
            left[0] -= 1
            return left[0] < 0

        self._base.set_progress_handler(tired, 1_000_000)
        letters = 0
        quoted = self._name.replace('"', '""')
        try:
            cursor = self._base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - the name is quoted
            if cursor.description is None:
                return
            yield [raw(column[0]) for column in cursor.description]
            for count, row in enumerate(cursor):
                if count >= self._most or letters > MAX_CHARACTERS:
                    self._cut = True
                    return
                cells = [self._cell(value) for value in row]
                letters += sum(len(cell.text) for cell in cells)
                yield cells
        except _ERRORS:
            self._broken = True
            self._cut = left[0] < 0
        finally:
            self._base.set_progress_handler(None, 0)

    def tell(self) -> None:
        """Say what was left out."""
        if self._cut:
            self._draft.problem("rows-cut", "a table or view has more rows than are read; the first were")
        elif self._broken:
            self._draft.problem("damaged-part", "a table or view of the database cannot be read to its end")

    def _cell(self, value: object) -> Raw:
        match value:
            case None:
                return Raw()
            case int() | float():
                number = repr(value)
                return Raw(number, "number", number)
            case bytes():
                return self._blob(value)
        return raw(str(value))

    def _blob(self, value: bytes) -> Raw:
        """Return what a cell shows of bytes: their text, or their number; files among them are held."""
        if value and is_text(value) and len(value) < _LEAST_CHILD * 100:
            return raw(decode(value).text)
        kind = name_type(Original(document="", data=value))
        known = len(value) >= _LEAST_CHILD and kind != "application/octet-stream"
        if known and value not in self._held and len(self._held) < _MOST_CHILDREN:
            self._held.add(value)
            name = f"{clean(self._name)}/{len(self._held)}"
            self._draft.hold(self._draft.child(name, value, "embedded"))
        return Raw(f"({len(value)} bytes)")


READER = Reader(name="sqlite", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
