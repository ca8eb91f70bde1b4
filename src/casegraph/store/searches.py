"""Searches that people keep: a small table of its own, from which they can be taken out again.

Unlike a decision, a search changes nothing that anybody sees, and what was looked for may be a secret: so the
journal, which forgets nothing, does not have them.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from casegraph.errors import CaseDamagedError, CaseLockedError, UsageError
from casegraph.model import Record

FILE = "searches.sqlite"
MOST = 500
"""Searches that are kept in one case."""

_WAIT = 10.0  # seconds to wait for another writer


class SavedSearch(Record, frozen=True, kw_only=True):
    """A search that somebody kept: what was asked, or the list of names that was looked for."""

    id: str  # made from what is asked
    name: str  # what it is called
    asked: dict[str, str] = {}  # fields of the search, as in its address
    names: tuple[str, ...] = ()  # of a list
    made: str  # ISO 8601 UTC
    pen_name: str | None = None  # who kept it, as they chose to sign


class Searches:
    """The file of one case; made at the first search that is kept. Any thread may call."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def all(self) -> list[SavedSearch]:
        """Return the searches, the newest first."""
        if not self._path.exists():
            return []
        with self._opened() as table:
            rows = table.execute("SELECT body FROM searches ORDER BY made DESC, id").fetchall()
        return [msgspec.json.decode(body, type=SavedSearch) for (body,) in rows]

    def get(self, id_: str) -> SavedSearch | None:
        """Return a search by its id, None where it is not kept."""
        return next((one for one in self.all() if one.id == id_), None)

    def keep(self, search: SavedSearch) -> None:
        """Keep a search; the same one again takes the place of the older. Raises UsageError beyond `MOST`."""
        with self._opened() as table:
            table.execute(
                "INSERT OR REPLACE INTO searches (id, made, body) VALUES (?, ?, ?)",
                (search.id, search.made, msgspec.json.encode(search)),
            )
            (count,) = table.execute("SELECT count(*) FROM searches").fetchone()
            if count > MOST:
                raise UsageError(f"{MOST} searches are kept already; remove some")

    def remove(self, id_: str) -> bool:
        """Take a search out; say whether it was there."""
        if not self._path.exists():
            return False
        with self._opened() as table:
            return table.execute("DELETE FROM searches WHERE id = ?", (id_,)).rowcount > 0

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if not self._path.exists():
            self._path.touch(mode=0o600)
        try:
            with contextlib.closing(sqlite3.connect(self._path, timeout=_WAIT)) as table, table:
                table.execute("PRAGMA secure_delete = ON")
                table.execute(
                    "CREATE TABLE IF NOT EXISTS searches (id TEXT PRIMARY KEY, made TEXT NOT NULL,"
                    " body BLOB NOT NULL) WITHOUT ROWID"
                )
                yield table
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise CaseLockedError("another program writes to the searches; try again") from None
            raise CaseDamagedError(f"{FILE} cannot be used: {error}") from None
        except sqlite3.DatabaseError as error:
            raise CaseDamagedError(f"{FILE} is damaged: {error}") from None
