"""The journal of a case: an append-only SQLite file, the only thing that cannot be recomputed."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from shutil import disk_usage
from typing import Any, TypeVar

import msgspec

from casegraph.errors import CaseDamagedError, CasegraphError, CaseLockedError, CaseTooNewError
from casegraph.model import (
    Activity,
    Addition,
    Answer,
    ClaimReview,
    Failure,
    Grade,
    Judgement,
    Problem,
    Record,
    ReferenceSource,
    make_id,
)
from casegraph.store import ledger
from casegraph.store.decided import Numbered, decisions
from casegraph.store.held import Held
from casegraph.store.migrations import MIGRATIONS, Migration

APPLICATION = 0x63617365  # "case": SQLite's application_id, so that file(1) and we know the file
LEAST_FREE = 1 << 20  # bytes on the disk below which a failed write is a full disk
WAIT = 30.0  # seconds to wait for another writer
_ADDITION = Addition.__struct_fields__
_ANSWER = ("key", "passage", "model", "prompt", "body", "failure")
_ANSWERS = """SELECT q.document, q.page, q.low, q.high, a.key, a.passage, a.model, a.prompt, a.body, a.failure
 FROM questions q JOIN answers a ON a.id =
 (SELECT id FROM answers WHERE key = q.key ORDER BY failure <> '', id DESC LIMIT 1)"""
R = TypeVar("R", bound=Record)


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Journal:
    """The file `journal.sqlite`. Each call opens and closes it, so that any thread may call."""

    def __init__(self, path: Path, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
        self.path = path
        self._migrations = migrations

    def create(self) -> None:
        """Make an empty journal; the file must not be there."""
        with self._connect(create=True) as journal:
            journal.execute(f"PRAGMA application_id = {APPLICATION}")
            journal.execute("PRAGMA journal_mode = WAL")
            journal.execute(
                "CREATE TABLE migrations (format INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                " applied TEXT NOT NULL, program TEXT NOT NULL)"
            )
            self._migrate(journal, 0)
        self.path.chmod(0o600)

    def check(self) -> None:
        """Bring an older journal to the present format.

        Raises CaseTooNewError when a later casegraph made it, CaseDamagedError when it is no journal.
        """
        with self._connect() as journal:
            (application,) = journal.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION:
                raise CaseDamagedError(f"{self.path.name} is not the journal of a case")
            (found,) = journal.execute("SELECT max(format) FROM migrations").fetchone()
            if found is None:
                raise CaseDamagedError(f"{self.path.name} was never finished; make the case again")
            if found > len(self._migrations):
                raise CaseTooNewError(
                    f"the case has format {found}, this casegraph knows up to {len(self._migrations)}:"
                    " use a newer casegraph"
                )
            if found < len(self._migrations):
                self._migrate(journal, found)

    def format(self) -> int:
        """Return the number of the journal's format."""
        with self._connect() as journal:
            (found,) = journal.execute("SELECT max(format) FROM migrations").fetchone()
        return int(found)

    def _migrate(self, journal: sqlite3.Connection, found: int) -> None:
        journal.execute("BEGIN IMMEDIATE")
        for number, step in enumerate(self._migrations[found:], found + 1):
            step(journal)
            journal.execute(
                "INSERT INTO migrations VALUES (?, ?, ?, ?)",
                (number, step.__name__, now(), version("casegraph")),
            )
        if ledger.chained(journal):
            ledger.extend(journal)
        journal.execute("COMMIT")

    @contextlib.contextmanager
    def _entries(self) -> Iterator[sqlite3.Connection]:
        """Give the journal for new entries: they get their links, and all is kept or nothing."""
        with self._connect() as journal:
            journal.execute("BEGIN IMMEDIATE")
            yield journal
            ledger.extend(journal)
            journal.execute("COMMIT")

    @contextlib.contextmanager
    def _connect(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        uri = f"{self.path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
        try:
            with contextlib.closing(
                sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None)
            ) as journal:
                journal.execute("PRAGMA synchronous = FULL")
                yield journal
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise CaseLockedError(
                    "another program is writing to this case; try again when it is done"
                ) from None
            raise _trouble(error, self.path) from None
        except sqlite3.DatabaseError as error:
            raise CaseDamagedError(f"{self.path.name} is damaged: {error}") from None

    def add(self, additions: Iterable[Addition]) -> int:
        """Append additions in one transaction, all but those already there; return how many were new."""
        rows = [
            tuple((one.path or one.name) if name == "path" else getattr(one, name) for name in _ADDITION)
            for one in additions
        ]
        with self._entries() as journal:
            before = self._additions(journal)
            journal.executemany(
                f"INSERT OR IGNORE INTO additions ({', '.join(_ADDITION)})"  # noqa: S608 - own names
                f" VALUES ({', '.join('?' * len(_ADDITION))})",
                rows,
            )
            return self._additions(journal) - before

    def refuse(self, problems: Iterable[Problem], noted: str) -> None:
        """Append what could not be taken in, unless the last word on that name is the same."""
        with self._entries() as journal:
            for one in problems:
                last = journal.execute(
                    "SELECT code, detail FROM refusals WHERE name = ? ORDER BY id DESC LIMIT 1",
                    (one.subject,),
                ).fetchone()
                if last != (one.code, one.detail):
                    journal.execute(
                        "INSERT INTO refusals (name, code, detail, noted) VALUES (?, ?, ?, ?)",
                        (one.subject, one.code, one.detail, noted),
                    )

    def refused(self) -> list[Problem]:
        """Return what could not be taken in and was not taken in under that name since."""
        with self._connect() as journal:
            rows = journal.execute(
                "SELECT code, name, detail FROM refusals"
                " WHERE id IN (SELECT max(id) FROM refusals GROUP BY name)"
                " AND name NOT IN (SELECT name FROM additions) ORDER BY name"
            ).fetchall()
        return [Problem(code=code, subject=name, detail=detail) for code, name, detail in rows]

    def count(self) -> tuple[int, int]:
        """Return the number of originals and of their bytes."""
        with self._connect() as journal:
            found = journal.execute(
                "SELECT count(*), total(size)"
                " FROM (SELECT max(size) AS size FROM additions GROUP BY document)"
            ).fetchone()
        return int(found[0]), int(found[1])

    def held(self, low: str = "", high: str = "\uffff") -> Iterator[Held]:
        """Yield the originals with low <= id < high, by id."""
        with self._connect() as journal:
            rows = journal.execute(
                "SELECT document, name, path, size, added FROM additions WHERE document >= ?"
                " AND document < ? ORDER BY document, name, path",
                (low, high),
            )
            for document, group in itertools.groupby(rows, key=lambda row: str(row[0])):
                found = list(group)
                names = tuple(dict.fromkeys(row[1] for row in found))
                yield Held(
                    document=document,
                    names=names,
                    own=names,
                    paths=tuple(sorted({row[2] for row in found})),
                    size=found[0][3],
                    added=min(row[4] for row in found),
                )

    def origins(self, low: str = "", high: str = "\uffff") -> dict[str, list[Addition]]:
        """Return how the originals with low <= id < high came in: an addition for each path."""
        found: dict[str, list[Addition]] = {}
        with self._connect() as journal:
            rows = journal.execute(
                f"SELECT {', '.join(_ADDITION)} FROM additions WHERE document >= ? AND document < ?"  # noqa: S608 - own names
                " ORDER BY id",
                (low, high),
            )
            for row in rows:
                found.setdefault(row[0], []).append(Addition(**dict(zip(_ADDITION, row, strict=True))))
        return found

    def places(self, documents: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
        """Return names and paths under which some documents came, for those that did."""
        found: dict[str, set[tuple[str, str]]] = {}
        with self._connect() as journal:
            for document in documents:
                rows = journal.execute(
                    "SELECT name, path FROM additions WHERE document = ?", (document,)
                ).fetchall()
                if rows:
                    found[document] = {(name, path) for name, path in rows}
        return found

    def additions(self) -> int:
        """Return how many additions there were."""
        with self._connect() as journal:
            return self._additions(journal)

    @staticmethod
    def _additions(journal: sqlite3.Connection) -> int:
        return int(journal.execute("SELECT ifnull(max(id), 0) FROM additions").fetchone()[0])  # nothing goes

    def named(self, name: str) -> list[str]:
        """Return the documents that came under a name, or under a path that ends in it."""
        tail = "%/" + name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        with self._connect() as journal:
            rows = journal.execute(
                "SELECT DISTINCT document FROM additions WHERE name = ?1 OR path = ?1 OR path LIKE ?2"
                " ESCAPE '\\' ORDER BY document",
                (name, tail),
            ).fetchall()
        return [document for (document,) in rows]

    def act(self, activities: Iterable[Activity]) -> None:
        """Append what was run."""
        self._append("activities", Activity, activities)

    def activities(self) -> list[Activity]:
        """Return what was run, oldest first."""
        return self._listed("activities", Activity)

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Append what people say of pairs of entities, all or none."""
        self._append("judgements", Judgement, judgements)

    def judgements(self) -> list[Judgement]:
        """Return what was ever said of pairs of entities, oldest first."""
        return self._listed("judgements", Judgement)

    def grade(self, grade: Grade) -> None:
        """Append a grade that a person gives."""
        self._append("grades", Grade, [grade])

    def grades(self) -> list[Grade]:
        """Return all grades that people ever gave, oldest first."""
        return self._listed("grades", Grade)

    def review(self, reviews: Iterable[ClaimReview]) -> None:
        """Append what a person says of claims, all or none."""
        self._append("reviews", ClaimReview, reviews)

    def reviews(self) -> list[ClaimReview]:
        """Return what people ever said of claims, oldest first."""
        return self._listed("reviews", ClaimReview)

    def decisions(self) -> list[Numbered]:
        """Return all that people ever decided, oldest first, with the numbers of the chain's links."""
        with self._connect() as journal:
            return decisions(journal)

    def _append(self, table: str, type_: type[Record], records: Iterable[Record]) -> None:
        names = type_.__struct_fields__
        with self._entries() as journal:
            journal.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608 - own names
                [tuple(getattr(one, name) for name in names) for one in records],
            )

    def _listed(self, table: str, type_: type[R]) -> list[R]:
        names = type_.__struct_fields__
        with self._connect() as journal:
            rows = journal.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id").fetchall()  # noqa: S608 - own names
        return [msgspec.convert(dict(zip(names, row, strict=True)), type_, strict=False) for row in rows]

    def answer(self, answer: Answer, server: str, made: str) -> None:
        """Append what a model said of a passage, unless it is what it had said before; and where that stands.

        `server` is the address that was asked, `made` when, ISO 8601 UTC.
        """
        values = [getattr(answer, name) for name in _ANSWER]
        with self._entries() as journal:
            last = journal.execute(
                "SELECT body, failure FROM answers WHERE key = ? ORDER BY id DESC LIMIT 1", (answer.key,)
            ).fetchone()
            if last != (answer.body, answer.failure):
                journal.execute(
                    f"INSERT INTO answers ({', '.join(_ANSWER)}, server, made)"  # noqa: S608 - own names
                    f" VALUES ({', '.join('?' * (len(_ANSWER) + 2))})",
                    (*values, server, made),
                )
            journal.execute(
                "INSERT OR IGNORE INTO questions (document, page, low, high, key) VALUES (?, ?, ?, ?, ?)",
                (answer.document, answer.page, answer.start, answer.end, answer.key),
            )

    def answered(self, key: str) -> tuple[str, Failure] | None:
        """Return body and failure of the answer of a key that counts, None where there is none."""
        with self._connect() as journal:
            found = journal.execute(
                "SELECT body, failure FROM answers WHERE key = ? ORDER BY failure <> '', id DESC LIMIT 1",
                (key,),
            ).fetchone()
        return None if found is None else (found[0], found[1])

    def answers(self, documents: Iterable[str]) -> list[Answer]:
        """Return the answers that count of some documents, by document, place, model and prompt."""
        found: list[Answer] = []
        order = " WHERE q.document = ? ORDER BY q.page, q.low, q.high, a.model, a.prompt, a.key"
        with self._connect() as journal:
            for document in documents:
                rows = journal.execute(_ANSWERS + order, (document,))
                found += [_answer(row) for row in rows]
        return found

    def answer_digests(self) -> dict[str, str]:
        """Return for each document of which a model was asked a digest of all answers that count."""
        parts: dict[str, list[str]] = {}
        with self._connect() as journal:
            for row in journal.execute(_ANSWERS + " ORDER BY q.document, q.page, q.low, q.high, a.key"):
                parts.setdefault(row[0], []).append(make_id("answer", *row[1:]))
        return {document: make_id("answers", *own) for document, own in parts.items()}

    def refer(self, source: ReferenceSource) -> None:
        """Append a file of reference data, or that it no longer counts."""
        self._append("reference_sources", ReferenceSource, [source])

    def references(self) -> list[ReferenceSource]:
        """Return what was ever said of files of reference data, oldest first."""
        return self._listed("reference_sources", ReferenceSource)

    def head(self, number: int | None = None) -> ledger.Head | None:
        """Return the last link of the chain over the entries, or the one of a number (see `ledger`)."""
        with self._connect() as journal:
            return ledger.head(journal, number)

    def flaws(self, watch: Callable[[int], None]) -> list[ledger.Flaw]:
        """Return the entries that are not as the chain over them says."""
        with self._connect() as journal:
            return list(ledger.flaws(journal, watch))

    def originals(self, entries: int | None = None) -> Iterator[tuple[str, int]]:
        """Yield id and size of each original by id; with `entries`, of those among the first so many."""
        with self._connect() as journal:
            yield from journal.execute(
                "SELECT document, max(size) FROM additions WHERE ?1 IS NULL OR id IN"
                " (SELECT entry FROM chain WHERE entry_table = 'additions' AND number <= ?1)"
                " GROUP BY document ORDER BY document",
                (entries,),
            )


def _answer(row: tuple[Any, ...]) -> Answer:
    document, page, low, high, key, passage, model, prompt, body, failure = row
    return Answer(
        key=key, document=document, page=page, start=low, end=high, passage=passage, model=model,
        prompt=prompt, body=body, failure=failure,
    )  # fmt: skip


def _trouble(error: sqlite3.OperationalError, path: Path) -> CasegraphError:
    """Return what the user must mend: a full disk or a forbidden folder damages no journal.

    SQLite tells a full disk as SQLITE_FULL only for the journal itself; for the files that it keeps beside
    it, a write fails as some SQLITE_IOERR.
    """
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or (
        name.startswith("SQLITE_IOERR") and disk_usage(path.parent).free < LEAST_FREE
    ):
        return CasegraphError(f"no space left on device: {path.name}; free some and do it again")
    if name.startswith("SQLITE_READONLY"):
        return CasegraphError(f"the case is read-only: {path.name} cannot be written")
    return CaseDamagedError(f"{path.name} cannot be used: {error}")
