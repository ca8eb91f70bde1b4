"""Which mail is part of which conversation: derived, and made again whenever the mails of a case change."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from casegraph.errors import CaseDamagedError
from casegraph.model import Record
from casegraph.store.atomic import pending_path

FILE = "threads-1.sqlite"  # the number goes up with its columns
_COLUMNS = ("document", "thread", "answers", "tie", "sent", "moment", "sender", "subject")


class Mailed(Record, frozen=True, kw_only=True):
    """A mail in its conversation."""

    document: str
    thread: str  # id of the conversation
    answers: str | None  # document
    tie: str  # what ties it to the one that it answers: "references" or "subject"
    sent: str  # ISO 8601, "" where it does not say
    moment: float  # seconds since 1970, for the order; 0 where it does not say
    sender: str
    subject: str


class Conversations:
    """The conversations of a case. Each call opens and closes the file, so that any thread may call."""

    def __init__(self, derived: Path) -> None:
        self._path = derived / FILE

    def mark(self) -> str:
        """Return what the present list was made from; empty when there is none."""
        with self._opened() as mails:
            return "" if mails is None else str(mails.execute("SELECT mark FROM made").fetchone()[0])

    def refresh(self, mark: str, found: Iterable[Mailed]) -> None:
        """Make the list again, in one step."""
        pending = pending_path(self._path.parent)
        try:
            with contextlib.closing(sqlite3.connect(pending, isolation_level=None)) as mails:
                mails.execute("PRAGMA journal_mode = OFF")
                mails.execute("PRAGMA synchronous = OFF")
                mails.execute("BEGIN")
                mails.execute("CREATE TABLE made (mark TEXT NOT NULL)")
                mails.execute("INSERT INTO made VALUES (?)", (mark,))
                mails.execute(
                    "CREATE TABLE mails (document TEXT PRIMARY KEY, thread TEXT NOT NULL, answers TEXT,"
                    " tie TEXT NOT NULL, sent TEXT NOT NULL, moment REAL NOT NULL, sender TEXT NOT NULL,"
                    " subject TEXT NOT NULL) WITHOUT ROWID"
                )
                mails.execute("CREATE TEMP TABLE found AS SELECT * FROM mails")
                rows = (tuple(getattr(one, name) for name in _COLUMNS) for one in found)
                mails.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
                # In one order, so that the same mails make the same bytes.
                mails.execute("INSERT INTO mails SELECT * FROM found ORDER BY document")
                mails.execute("CREATE INDEX threads ON mails (thread)")
                mails.execute("COMMIT")
            pending.replace(self._path)
        except sqlite3.DatabaseError as error:
            raise CaseDamagedError(f"the list of conversations cannot be made: {error}") from None
        finally:
            pending.unlink(missing_ok=True)

    def sizes(self, low: str, high: str) -> dict[str, tuple[Mailed, int]]:
        """Return the mails with low <= id < high, each with the number of mails of its conversation."""
        with self._opened() as mails:
            if mails is None:
                return {}
            rows = mails.execute(
                f"SELECT {', '.join(_COLUMNS)},"  # noqa: S608 - own names
                " (SELECT count(*) FROM mails AS own WHERE own.thread = mails.thread)"
                " FROM mails WHERE document >= ? AND document < ?",
                (low, high),
            )
            return {row[0]: (_mailed(row[:-1]), row[-1]) for row in rows}

    def mails(self, thread: str) -> list[Mailed]:
        """Return the mails of a conversation by time."""
        with self._opened() as mails:
            if mails is None:
                return []
            rows = mails.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM mails WHERE thread = ? ORDER BY moment, document",  # noqa: S608 - own names
                (thread,),
            )
            return [_mailed(row) for row in rows]

    def ids(self, start: str) -> list[str]:
        """Return the conversations whose id begins so, at most two."""
        with self._opened() as mails:
            if mails is None:
                return []
            rows = mails.execute(
                "SELECT DISTINCT thread FROM mails WHERE thread >= ? AND thread < ? ORDER BY thread LIMIT 2",
                (start, start + "g"),
            )
            return [thread for (thread,) in rows]

    def count(self) -> tuple[int, int]:
        """Return the number of mails and of conversations."""
        with self._opened() as mails:
            if mails is None:
                return 0, 0
            counted = mails.execute("SELECT count(*), count(DISTINCT thread) FROM mails").fetchone()
            return int(counted[0]), int(counted[1])

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection | None]:
        if not self._path.is_file():
            yield None
            return
        try:
            uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            with contextlib.closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as mails:
                yield mails
        except sqlite3.DatabaseError:
            raise CaseDamagedError(
                "the list of conversations is damaged: delete derived/ and build"
            ) from None


def _mailed(row: tuple[object, ...]) -> Mailed:
    return Mailed(**dict(zip(_COLUMNS, row, strict=True)))  # type: ignore[arg-type]  # SQLite gives what was put in
