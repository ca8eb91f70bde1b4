"""Pieces of entries in the order of a file, given back entry by entry; memory does not grow with the file.

A scratch database on the disk: SQLite sorts more rows than memory holds by itself.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path

_BATCH = 5000
_HOPS = 1000  # ids that take each other's place in a row; more is a circle


class Fragments:
    """A scratch database, deleted with `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("PRAGMA cache_size = -65536")  # 64 MB
        self._db.execute("CREATE TABLE fragments (id TEXT NOT NULL, body BLOB NOT NULL)")
        self._db.execute("CREATE TABLE replaced (old TEXT PRIMARY KEY, new TEXT NOT NULL)")
        self._db.execute("CREATE TABLE problems (body BLOB NOT NULL)")
        self._waiting: list[tuple[str, bytes]] = []
        self._any_replaced = False
        self.current = lru_cache(maxsize=10_000)(self._current)

    def add(self, id_: str, body: bytes) -> None:
        """Add a piece of an entry."""
        self._waiting.append((id_, body))
        if len(self._waiting) >= _BATCH:
            self._write()

    def trouble(self, body: bytes) -> None:
        """Add a problem."""
        self._db.execute("INSERT INTO problems VALUES (?)", (body,))

    def troubles(self) -> Iterator[bytes]:
        """Yield the problems in the order in which they came."""
        for row in self._db.execute("SELECT body FROM problems ORDER BY rowid"):
            yield row[0]

    def replace(self, old: str, new: str) -> None:
        """Say that an id means another one; the first word on it holds."""
        self._any_replaced = True
        self._db.execute("INSERT OR IGNORE INTO replaced VALUES (?, ?)", (old, new))

    def _write(self) -> None:
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO fragments VALUES (?, ?)", self._waiting)
        self._db.execute("COMMIT")
        self._waiting.clear()

    def _current(self, id_: str) -> str:
        """Return the id that took the place of another, itself where none did."""
        for _ in range(_HOPS if self._any_replaced else 0):
            row = self._db.execute("SELECT new FROM replaced WHERE old = ?", (id_,)).fetchone()
            if row is None:
                break
            id_ = row[0]
        return id_

    def olds(self, id_: str) -> list[str]:
        """Return the ids whose place an id took."""
        if not self._any_replaced:
            return []
        rows = self._db.execute(
            "WITH RECURSIVE before(id) AS (SELECT old FROM replaced WHERE new = ?"
            " UNION SELECT old FROM replaced JOIN before ON new = before.id)"
            " SELECT id FROM before ORDER BY id",
            (id_,),
        )
        return [row[0] for row in rows]

    def entries(self) -> Iterator[tuple[str, list[bytes]]]:
        """Yield the pieces of each entry by its id, in the order in which they came; no replaced entries."""
        self._write()
        self._db.execute("CREATE INDEX IF NOT EXISTS replaced_by ON replaced (new)")
        rows = self._db.execute("SELECT id, body FROM fragments ORDER BY id, rowid")
        for id_, own in groupby(rows, key=lambda row: str(row[0])):
            bodies = [row[1] for row in own]
            if self.current(id_) == id_:
                yield id_, bodies

    def close(self) -> None:
        """Delete the database."""
        self._db.close()
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
