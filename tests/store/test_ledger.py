"""The chain over the journal's entries: whatever is done to it past the program shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casegraph.model import Activity, Addition, Problem
from casegraph.store.journal import Journal
from casegraph.store.ledger import FIRST, Head
from casegraph.store.migrations import MIGRATIONS

Tamper = Callable[[sqlite3.Connection], object]


def addition(document: str, path: str) -> Addition:
    return Addition(
        document=document, name=path.rpartition("/")[2], path=path, size=3, modified=None,
        added="2024-01-01T00:00:00Z", pen_name="Wren",
    )  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(tmp_path / "journal.sqlite")
    made.create()
    made.add([addition("sha256:a", "leak/a.txt"), addition("sha256:b", "leak/b.txt")])
    made.refuse([Problem(code="add.unreadable", subject="c", detail="no")], "2024")
    made.add([addition("sha256:a", "copy/a.txt")])
    made.act(
        [
            Activity(
                stage="read", version=1, settings="s", started="1", ended="2", used=1, generated=1, problems=0
            )
        ]
    )
    return made


def flaws(journal: Journal) -> list[tuple[str, str, int]]:
    return [(one.what, one.table, one.entry) for one in journal.flaws(lambda _: None)]


def tamper(journal: Journal, *statements: str) -> None:
    """Do what somebody with the file and SQLite can do."""
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, sql in triggers:
            raw.execute(sql)


def test_every_entry_has_its_link(journal: Journal) -> None:
    head = journal.head()
    assert head is not None
    assert head.entries == len(MIGRATIONS) + 5
    assert flaws(journal) == []
    assert journal.head(0) == Head(entries=0, digest=FIRST)
    assert journal.head(head.entries + 1) is None
    earlier = journal.head(head.entries - 2)
    assert earlier is not None
    assert list(journal.originals(earlier.entries)) == [("sha256:a", 3), ("sha256:b", 3)]
    assert list(journal.originals(len(MIGRATIONS) + 1)) == [("sha256:a", 3)]


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        ("UPDATE additions SET name = 'z.txt' WHERE id = 1", ("altered", "additions", 1)),
        ("UPDATE additions SET added = '1999' WHERE id = 2", ("altered", "additions", 2)),
        ("UPDATE additions SET pen_name = NULL WHERE id = 3", ("altered", "additions", 3)),
        ("UPDATE additions SET size = '3' || '0' WHERE id = 3", ("altered", "additions", 3)),
        ("DELETE FROM additions WHERE id = 2", ("missing", "additions", 2)),
        ("DELETE FROM refusals", ("missing", "refusals", 1)),
        ("UPDATE activities SET problems = 7", ("altered", "activities", 1)),
        ("UPDATE migrations SET applied = 'x' WHERE format = 1", ("altered", "migrations", 1)),
        (
            "INSERT INTO additions (document, name, path, size, added) VALUES ('sha256:q', 'q', 'q', 1, '2')",
            ("extra", "additions", 4),
        ),
        (
            "UPDATE chain SET entry_table = 'sqlite_master' WHERE entry = 2 AND entry_table = 'additions'",
            ("missing", "sqlite_master", 2),
        ),
    ],
)
def test_one_change_is_one_flaw(journal: Journal, statement: str, flaw: tuple[str, str, int]) -> None:
    tamper(journal, statement)
    found = flaws(journal)
    assert flaw in found
    assert len(found) == (2 if "chain" in statement else 1)


def test_a_link_taken_out_shows(journal: Journal) -> None:
    tamper(journal, "DELETE FROM chain WHERE number = 5", "DELETE FROM additions WHERE id = 2")
    assert ("missing", "chain", 5) in flaws(journal)


def test_a_chain_cut_short_is_whole_but_has_another_head(journal: Journal) -> None:
    before = journal.head()
    assert before is not None
    tamper(journal, "DELETE FROM chain WHERE entry_table = 'activities'", "DELETE FROM activities")
    assert flaws(journal) == []
    assert journal.head(before.entries) is None


def test_a_journal_of_the_first_format_gets_its_chain(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    old = Journal(path, MIGRATIONS[:1])
    old.create()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(
            "INSERT INTO additions (document, name, size, modified, added) VALUES"
            " ('sha256:a', 'in/a.txt', 3, '2020-01-01T00:00:00Z', '2024')"
        )
    Journal(path).check()
    now = Journal(path)
    assert now.format() == len(MIGRATIONS)
    (one,) = now.origins()["sha256:a"]
    assert (one.name, one.path, one.modified, one.zone) == (
        "in/a.txt",
        "in/a.txt",
        "2020-01-01T00:00:00Z",
        None,
    )
    assert flaws(now) == []
    now.add([addition("sha256:b", "b")])
    assert flaws(now) == []
    for statement in ("DELETE FROM additions", "DELETE FROM chain", "DELETE FROM migrations"):
        with closing(sqlite3.connect(path)) as raw, pytest.raises(sqlite3.IntegrityError, match="appended"):
            raw.execute(statement)
