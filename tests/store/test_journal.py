from __future__ import annotations

import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from casegraph.errors import CaseDamagedError, CasegraphError, CaseLockedError, CaseTooNewError
from casegraph.model import Activity, Addition, Problem
from casegraph.store import journal as module
from casegraph.store.journal import Journal
from casegraph.store.migrations import MIGRATIONS


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(tmp_path / "journal.sqlite")
    made.create()
    return made


def addition(document: str, name: str, size: int = 3) -> Addition:
    return Addition(
        document=document, name=name, size=size, modified=None, added="2024-01-01T00:00:00Z", pen_name=None
    )


def test_the_same_file_twice_is_one_addition(journal: Journal) -> None:
    assert journal.add([addition("sha256:b", "b"), addition("sha256:a", "z"), addition("sha256:a", "y")]) == 3
    assert journal.add([addition("sha256:a", "y"), addition("sha256:a", "x")]) == 1
    held = list(journal.held())
    assert [(one.document, one.names) for one in held] == [
        ("sha256:a", ("x", "y", "z")),
        ("sha256:b", ("b",)),
    ]
    assert journal.count() == (2, 6)
    assert journal.places(["sha256:a", "sha256:q"]) == {"sha256:a": {("x", "x"), ("y", "y"), ("z", "z")}}


def test_documents_are_found_by_range_and_by_name(journal: Journal) -> None:
    journal.add(
        [
            addition("sha256:0a", "in/a_b%.txt"),
            addition("sha256:f0", "b.txt"),
            addition("sha256:f1", "xb.txt"),
        ]
    )
    assert [one.document for one in journal.held("sha256:f", "sha256:g")] == ["sha256:f0", "sha256:f1"]
    assert journal.named("b.txt") == ["sha256:f0"]
    assert journal.named("a_b%.txt") == ["sha256:0a"]
    assert journal.named("aXb%.txt") == []


def test_it_can_only_be_appended_to(journal: Journal) -> None:
    journal.add([addition("sha256:a", "a")])
    for statement in ("DELETE FROM additions", "UPDATE additions SET name = 'b'"):
        with sqlite3.connect(journal.path) as raw, pytest.raises(sqlite3.IntegrityError, match="appended"):
            raw.execute(statement)
        raw.close()


def test_what_was_refused_is_told_until_it_is_taken_in(journal: Journal) -> None:
    locked = Problem(code="add.unreadable", subject="a", detail="no")
    journal.refuse([locked, Problem(code="add.special-file", subject="p", detail="pipe")], "2024")
    journal.refuse([locked], "2025")
    assert [one.subject for one in journal.refused()] == ["a", "p"]
    journal.add([addition("sha256:a", "a")])
    assert [one.subject for one in journal.refused()] == ["p"]


def test_activities_come_back(journal: Journal) -> None:
    done = Activity(
        stage="read", version=1, settings="s", started="1", ended="2", used=3, generated=4, problems=5
    )
    journal.act([done])
    assert journal.activities() == [done]


def test_a_newer_journal_is_left_alone(journal: Journal) -> None:
    with sqlite3.connect(journal.path) as raw:
        raw.execute("INSERT INTO migrations VALUES (99, 'later', '2030', '9')")
    raw.close()
    with pytest.raises(CaseTooNewError, match="format 99"):
        journal.check()


def test_an_older_journal_is_brought_up_with_a_receipt(journal: Journal) -> None:
    journal.add([addition("sha256:a", "a")])

    def add_colour(raw: sqlite3.Connection) -> None:
        raw.execute("ALTER TABLE additions ADD COLUMN colour TEXT")

    later = Journal(journal.path, (*MIGRATIONS, add_colour))
    later.check()
    later.check()
    assert later.format() == len(MIGRATIONS) + 1
    with sqlite3.connect(journal.path) as raw:
        assert [row[:2] for row in raw.execute("SELECT format, name FROM migrations")] == [
            *((number, step.__name__) for number, step in enumerate((*MIGRATIONS, add_colour), 1)),
        ]
    raw.close()
    assert [one.document for one in later.held()] == ["sha256:a"]
    with pytest.raises(CaseTooNewError):
        journal.check()


def test_a_migration_that_fails_leaves_the_old_format(journal: Journal) -> None:
    def half(raw: sqlite3.Connection) -> None:
        raw.execute("CREATE TABLE half (x)")
        raw.execute("SELECT * FROM nowhere")

    with pytest.raises(CaseDamagedError):
        Journal(journal.path, (*MIGRATIONS, half)).check()
    assert journal.format() == len(MIGRATIONS)
    with sqlite3.connect(journal.path) as raw:
        assert not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()
    raw.close()


@pytest.mark.parametrize("content", [b"", b"this is no database, however long it may be" * 40])
def test_damage_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(content)
    with pytest.raises(CaseDamagedError) as caught:
        Journal(path).check()
    assert "journal.sqlite" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_journal_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(CaseDamagedError):
        Journal(tmp_path / "journal.sqlite").count()
    assert not list(tmp_path.iterdir())


def test_another_writer_is_told(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT", 0.05)
    raw = sqlite3.connect(journal.path, isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    with pytest.raises(CaseLockedError):
        journal.add([addition("sha256:a", "a")])
    assert journal.count() == (0, 0)  # readers are never kept waiting
    raw.close()


def failing(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("name", "free", "words"),
    [
        ("SQLITE_FULL", 1 << 30, "no space left"),
        ("SQLITE_IOERR_SHMSIZE", 0, "no space left"),
        ("SQLITE_IOERR_WRITE", 1 << 30, "cannot be used"),
        ("SQLITE_READONLY_DIRECTORY", 1 << 30, "read-only"),
        ("SQLITE_CANTOPEN", 0, "cannot be used"),
    ],
)
def test_a_full_disk_or_a_locked_folder_is_not_called_damage(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, name: str, free: int, words: str
) -> None:
    monkeypatch.setattr(module, "disk_usage", lambda _path: SimpleNamespace(free=free))
    with pytest.raises(CasegraphError, match=words) as raised, journal._connect():
        raise failing(name)
    assert isinstance(raised.value, CaseDamagedError) == (words == "cannot be used")
