"""How a journal came to its present format: named steps, each leaving a receipt in the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]


def first_format(journal: sqlite3.Connection) -> None:
    """Make the tables of format 1; the triggers hold them to appending only."""
    journal.execute(
        "CREATE TABLE additions (id INTEGER PRIMARY KEY, document TEXT NOT NULL, name TEXT NOT NULL,"
        " size INTEGER NOT NULL, modified TEXT, added TEXT NOT NULL, pen_name TEXT, UNIQUE (document, name))"
    )
    journal.execute(
        "CREATE TABLE refusals (id INTEGER PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL,"
        " detail TEXT NOT NULL, noted TEXT NOT NULL)"
    )
    journal.execute("CREATE INDEX addition_names ON additions (name)")
    journal.execute(
        "CREATE TABLE activities (id INTEGER PRIMARY KEY, stage TEXT NOT NULL, version INTEGER NOT NULL,"
        " settings TEXT NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL, used INTEGER NOT NULL,"
        " generated INTEGER NOT NULL, problems INTEGER NOT NULL)"
    )
    for table in ("additions", "refusals", "activities"):
        for verb in ("UPDATE", "DELETE"):
            journal.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'the journal is only ever appended to'); END"
            )


MIGRATIONS: tuple[Migration, ...] = (first_format,)
"""The step at position n makes format n + 1. Steps are added at the end and never changed."""
