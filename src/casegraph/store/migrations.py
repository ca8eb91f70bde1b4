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
        _only_append(journal, table)


def paths_and_times(journal: sqlite3.Connection) -> None:
    """Give additions the path as it was named and all times of the file; one original may have many paths.

    The table is made anew, since SQLite cannot change what must be unique. What older entries never knew
    stays empty; their path is their name.
    """
    journal.execute("ALTER TABLE additions RENAME TO older_additions")
    journal.execute("DROP INDEX addition_names")
    journal.execute(
        "CREATE TABLE additions (id INTEGER PRIMARY KEY, document TEXT NOT NULL, name TEXT NOT NULL,"
        " path TEXT NOT NULL, size INTEGER NOT NULL, modified TEXT, changed TEXT, accessed TEXT, zone TEXT,"
        " added TEXT NOT NULL, pen_name TEXT, UNIQUE (document, name, path))"
    )
    journal.execute(
        "INSERT INTO additions (id, document, name, path, size, modified, added, pen_name)"
        " SELECT id, document, name, name, size, modified, added, pen_name FROM older_additions ORDER BY id"
    )
    journal.execute("DROP TRIGGER additions_no_update")
    journal.execute("DROP TRIGGER additions_no_delete")
    journal.execute("DROP TABLE older_additions")
    journal.execute("CREATE INDEX addition_names ON additions (name)")
    _only_append(journal, "additions")


def chained_entries(journal: sqlite3.Connection) -> None:
    """Make the chain over all entries; those that were there are linked as they were found (see `ledger`)."""
    journal.execute(
        "CREATE TABLE chain (number INTEGER PRIMARY KEY, entry_table TEXT NOT NULL, entry INTEGER NOT NULL,"
        " digest TEXT NOT NULL, UNIQUE (entry_table, entry))"
    )
    _only_append(journal, "chain")
    _only_append(journal, "migrations")


def judgements_of_people(journal: sqlite3.Connection) -> None:
    """Make the table of what people say of two entities: the same, not the same, unsure."""
    journal.execute(
        "CREATE TABLE judgements (id INTEGER PRIMARY KEY, left TEXT NOT NULL, right TEXT NOT NULL,"
        " judgement TEXT NOT NULL, score REAL, note TEXT NOT NULL, made TEXT NOT NULL, pen_name TEXT)"
    )
    _only_append(journal, "judgements")


def answers_of_models(journal: sqlite3.Connection) -> None:
    """Make the tables of what language models said: an answer for each passage, and where the passages stand.

    An answer is kept by what was asked of whom, so that copies of a passage and rebuilds ask nothing again.
    """
    journal.execute(
        "CREATE TABLE answers (id INTEGER PRIMARY KEY, key TEXT NOT NULL, passage TEXT NOT NULL,"
        " model TEXT NOT NULL, prompt TEXT NOT NULL, body TEXT NOT NULL, failure TEXT NOT NULL,"
        " server TEXT NOT NULL, made TEXT NOT NULL)"
    )
    journal.execute("CREATE INDEX answer_keys ON answers (key)")
    journal.execute(
        "CREATE TABLE questions (id INTEGER PRIMARY KEY, document TEXT NOT NULL, page INTEGER NOT NULL,"
        " low INTEGER NOT NULL, high INTEGER NOT NULL, key TEXT NOT NULL,"
        " UNIQUE (document, page, low, high, key))"
    )
    for table in ("answers", "questions"):
        _only_append(journal, table)


def references_of_others(journal: sqlite3.Connection) -> None:
    """Make the table of files of reference data: which bytes, from whom, under which licence, read how."""
    journal.execute(
        "CREATE TABLE reference_sources (id INTEGER PRIMARY KEY, dataset TEXT NOT NULL,"
        " original TEXT NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL,"
        " mapping TEXT NOT NULL,"
        " schema TEXT NOT NULL, publisher TEXT NOT NULL, source TEXT NOT NULL, licence TEXT NOT NULL,"
        " issued TEXT NOT NULL, retrieved TEXT NOT NULL, note TEXT NOT NULL, removed INTEGER NOT NULL,"
        " added TEXT NOT NULL, pen_name TEXT)"
    )
    _only_append(journal, "reference_sources")


def grades_of_people(journal: sqlite3.Connection) -> None:
    """Make the table of grades of the Admiralty code that people give to sources and to claims."""
    journal.execute(
        "CREATE TABLE grades (id INTEGER PRIMARY KEY, axis TEXT NOT NULL, subject TEXT NOT NULL,"
        " value TEXT NOT NULL, proposed TEXT NOT NULL, note TEXT NOT NULL, made TEXT NOT NULL, pen_name TEXT)"
    )
    _only_append(journal, "grades")


def reviews_of_people(journal: sqlite3.Connection) -> None:
    """Make the table of what people say of claims: accepted or not, read otherwise, notes, marks."""
    journal.execute(
        "CREATE TABLE reviews (id INTEGER PRIMARY KEY, claim TEXT NOT NULL, document TEXT NOT NULL,"
        " aspect TEXT NOT NULL, value TEXT NOT NULL, read TEXT NOT NULL, note TEXT NOT NULL,"
        " made TEXT NOT NULL, pen_name TEXT)"
    )
    _only_append(journal, "reviews")


def _only_append(journal: sqlite3.Connection, table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        journal.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'the journal is only ever appended to'); END"
        )


MIGRATIONS: tuple[Migration, ...] = (
    first_format,
    paths_and_times,
    chained_entries,
    judgements_of_people,
    answers_of_models,
    references_of_others,
    grades_of_people,
    reviews_of_people,
)
"""The step at position n makes format n + 1. Steps are added at the end and never changed."""
