"""The chain over the journal's entries: what was altered, taken out or slipped in shows.

Each link holds the SHA-256 of the link before it and of one entry, so that whoever changes an entry must
change every later link, and with them the head that an exported custody record names (compare RFC 9162's log
heads). Triggers keep honest programs from it; the chain shows what others did.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from typing import Literal

from casegraph.model import Record

ENTRIES = (
    *("migrations", "additions", "refusals", "activities", "judgements", "answers", "questions"),
    *("reference_sources", "grades", "reviews"),
)
"""The tables whose rows are entries. A new table is added at the end."""

FIRST = "0" * 64
"""What stands before the first link."""

_KEYS = {"migrations": "format"}
_EVERY = 10_000  # links between two calls of a progress callback


class Flaw(Record, frozen=True, kw_only=True):
    """An entry of the journal that is not as its link says. `number` is 0 for an entry without a link."""

    what: Literal["altered", "missing", "extra"]
    table: str
    entry: int
    number: int


class Head(Record, frozen=True, kw_only=True):
    """The last link of a chain, or of its beginning up to some number."""

    entries: int  # links up to and with this one
    digest: str  # 64 hex digits; those of FIRST for an empty chain


def chained(journal: sqlite3.Connection) -> bool:
    """Say whether a journal has a chain yet."""
    return bool(journal.execute("SELECT 1 FROM sqlite_master WHERE name = 'chain'").fetchone())


def extend(journal: sqlite3.Connection) -> None:
    """Link every entry that has no link yet; to be called before the transaction of new entries ends."""
    number, digest = _last(journal)
    for table in _tables(journal):
        key = _KEYS.get(table, "id")
        (done,) = journal.execute(
            "SELECT coalesce(max(entry), -1) FROM chain WHERE entry_table = ?", (table,)
        ).fetchone()
        rows = journal.execute(f"SELECT * FROM {table} WHERE {key} > ? ORDER BY {key}", (done,))  # noqa: S608 - own names
        names = [column[0] for column in rows.description]
        for row in rows.fetchall():
            entry = dict(zip(names, row, strict=True))
            number, digest = number + 1, _digest(digest, table, entry)
            journal.execute("INSERT INTO chain VALUES (?, ?, ?, ?)", (number, table, entry[key], digest))


def head(journal: sqlite3.Connection, number: int | None = None) -> Head | None:
    """Return the last link, or the one of a number; None when there is no such link."""
    if number is None:
        return Head(entries=_last(journal)[0], digest=_last(journal)[1])
    if number == 0:
        return Head(entries=0, digest=FIRST)
    found = journal.execute("SELECT digest FROM chain WHERE number = ?", (number,)).fetchone()
    return None if found is None else Head(entries=number, digest=found[0])


def flaws(journal: sqlite3.Connection, watch: Callable[[int], None]) -> Iterator[Flaw]:
    """Yield what does not fit, link by link; each is checked against the stored one before it.

    So one altered entry is one flaw, and not all that follow. `watch` is told how many links are done.
    """
    before, expected = FIRST, 1
    links = journal.execute("SELECT number, entry_table, entry, digest FROM chain ORDER BY number")
    for number, table, entry, digest in links:
        for lost in range(expected, number):
            yield Flaw(what="missing", table="chain", entry=lost, number=lost)
        row = _entry(journal, table, entry)
        if row is None:
            yield Flaw(what="missing", table=table, entry=entry, number=number)
        elif number == expected and _digest(before, table, row) != digest:
            yield Flaw(what="altered", table=table, entry=entry, number=number)
        before, expected = digest, number + 1
        if number % _EVERY == 0:
            watch(number)
    for table in _tables(journal):
        key = _KEYS.get(table, "id")
        loose = journal.execute(
            f"SELECT {key} FROM {table} WHERE {key} NOT IN"  # noqa: S608 - own names
            " (SELECT entry FROM chain WHERE entry_table = ?)",
            (table,),
        )
        for (entry,) in loose:
            yield Flaw(what="extra", table=table, entry=entry, number=0)


def _tables(journal: sqlite3.Connection) -> list[str]:
    """Return the tables of entries that a journal of its format has."""
    there = {name for (name,) in journal.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [table for table in ENTRIES if table in there]


def _last(journal: sqlite3.Connection) -> tuple[int, str]:
    found = journal.execute("SELECT number, digest FROM chain ORDER BY number DESC LIMIT 1").fetchone()
    return (0, FIRST) if found is None else (int(found[0]), str(found[1]))


def _entry(journal: sqlite3.Connection, table: str, entry: int) -> dict[str, object] | None:
    if table not in ENTRIES:
        return None
    rows = journal.execute(f"SELECT * FROM {table} WHERE {_KEYS.get(table, 'id')} = ?", (entry,))  # noqa: S608 - own names
    names = [column[0] for column in rows.description]
    row = rows.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


def _digest(before: str, table: str, entry: dict[str, object]) -> str:
    """Return the digest of a link: of the one before, and of names and values of the columns that are filled.

    Empty columns are left out, so that a column that a later format adds changes no older link. Lengths go in
    first, as in `model.ids`.
    """
    digest = hashlib.sha256()
    parts = [before, table]
    for name, value in sorted(entry.items()):
        if value is not None:
            parts += [name, type(value).__name__, str(value)]
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
