"""What a case holds: the originals of its journal, and the documents that containers among them hold.

The children are derived: their file is made again from the tables of `read` whenever those change.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from casegraph.errors import CaseDamagedError
from casegraph.model import DEEPEST, Record
from casegraph.store.atomic import pending_path
from casegraph.store.held import Held
from casegraph.store.journal import Journal

FILE = "children-3.sqlite"  # the number goes up with its columns: an older one is left alone
PATHS = 100
"""Paths kept of one document: the same bytes may lie in ten thousand mails."""


class Kin(Record, frozen=True, kw_only=True):
    """One line of a container's list, as the holdings take it."""

    container: str
    child: str
    number: int
    name: str
    size: int
    role: str = "member"
    url: str | None = None
    modified: str | None = None


class Holdings:
    """The documents of a case by id. Each call opens and closes the files, so that any thread may call."""

    def __init__(self, journal: Journal, derived: Path) -> None:
        self._journal = journal
        self._path = derived / FILE
        self._counted: tuple[tuple[int, str], tuple[int, int]] | None = None

    def count(self) -> tuple[int, int]:
        """Return the number of documents and of their bytes.

        Counting 100,000 takes 0.2 s, and most of what a reader opens asks: what was counted is kept.
        """
        mark = self._journal.additions(), self.mark()
        known = self._counted
        if known is None or known[0] != mark:
            known = self._counted = mark, self._count()
        return known[1]

    def _count(self) -> tuple[int, int]:
        documents, size = self._journal.count()
        with self._children() as children:
            if children is None:
                return documents, size
            more, bytes_ = children.execute(
                "SELECT count(*), total(size) FROM (SELECT document, max(size) AS size FROM children"
                " WHERE document NOT IN (SELECT document FROM journal.additions) GROUP BY document)"
            ).fetchone()
        return documents + int(more), size + int(bytes_)

    def held(self, low: str = "", high: str = "\uffff") -> Iterator[Held]:
        """Yield the documents with low <= id < high, by id."""
        both = heapq.merge(
            self._journal.held(low, high), self._inside(low, high), key=lambda one: (one.document, one.depth)
        )
        for _, same in itertools.groupby(both, key=lambda one: one.document):
            found = list(same)
            yield found[0] if len(found) == 1 else _united(found)

    def _inside(self, low: str, high: str) -> Iterator[Held]:
        with self._children() as children:
            if children is None:
                return
            rows = children.execute(
                "SELECT document, path, own, size, depth, added, captured, url FROM children"
                " WHERE document >= ? AND document < ? ORDER BY document, path",
                (low, high),
            )
            for document, group in itertools.groupby(rows, key=lambda row: row[0]):
                found = list(group)
                captures = [(row[6], row[7]) for row in found if row[7]]
                captured, url = min(captures, default=(None, None))
                yield Held(
                    document=document,
                    names=tuple(row[1] for row in found),
                    own=tuple(sorted({row[2] for row in found})),
                    paths=tuple(row[1] for row in found),
                    size=found[0][3],
                    depth=min(row[4] for row in found),
                    added=min(row[5] for row in found),
                    url=url,
                    captured=captured or None,
                )

    def named(self, name: str) -> list[str]:
        """Return the documents that have a name, or a path that ends in it."""
        found = self._journal.named(name)
        tail = "%/" + name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        with self._children() as children:
            if children is not None:
                rows = children.execute(
                    "SELECT DISTINCT document FROM children WHERE path = ? OR path LIKE ? ESCAPE '\\'",
                    (name, tail),
                ).fetchall()
                found = sorted({*found, *(document for (document,) in rows)})
        return found

    def containers(self, document: str) -> list[str]:
        """Return the ids of the containers that hold a document."""
        with self._children() as children:
            if children is None:
                return []
            rows = children.execute(
                "SELECT DISTINCT container FROM children WHERE document = ? ORDER BY container", (document,)
            ).fetchall()
        return [container for (container,) in rows]

    def kin(self, low: str, high: str) -> dict[str, list[Kin]]:
        """Return the places in containers of the documents with low <= id < high."""
        found: dict[str, dict[tuple[str, int], Kin]] = {}
        with self._children() as children:
            if children is None:
                return {}
            rows = children.execute(
                "SELECT document, container, number, own, size, role, url, modified FROM children"
                " WHERE document >= ? AND document < ? ORDER BY document, container, number",
                (low, high),
            )
            for document, container, number, own, size, role, url, modified in rows:
                found.setdefault(document, {})[container, number] = Kin(
                    container=container, child=document, number=number, name=own, size=size, role=role,
                    url=url or None, modified=modified,
                )  # fmt: skip
        return {document: list(places.values()) for document, places in found.items()}

    def mark(self) -> str:
        """Return what the present list of children was made from; empty when there is none."""
        with self._children() as children:
            return "" if children is None else str(children.execute("SELECT mark FROM made").fetchone()[0])

    def refresh(self, mark: str, kin: Iterable[Kin]) -> bool:
        """Make the list of children again; return whether other documents or names are in it than before.

        `mark` names what it is made from, to be asked for by `mark()`.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pending = pending_path(self._path.parent)
        try:
            with contextlib.closing(sqlite3.connect(pending, isolation_level=None)) as children:
                self._fill(children, mark, kin)
                changed = self._differ(children)
            pending.replace(self._path)
        except sqlite3.DatabaseError as error:
            raise CaseDamagedError(f"the list of what containers hold cannot be made: {error}") from None
        finally:
            pending.unlink(missing_ok=True)
        return changed

    def _fill(self, children: sqlite3.Connection, mark: str, kin: Iterable[Kin]) -> None:
        children.execute("PRAGMA journal_mode = OFF")
        children.execute("PRAGMA synchronous = OFF")
        children.execute("ATTACH ? AS journal", (f"{self._journal.path.absolute().as_uri()}?mode=ro",))
        children.execute("BEGIN")
        children.execute("CREATE TABLE made (mark TEXT NOT NULL)")
        children.execute("INSERT INTO made VALUES (?)", (mark,))
        self._take(children, kin)
        children.execute(
            "CREATE TABLE children (document TEXT NOT NULL, path TEXT NOT NULL, own TEXT NOT NULL,"
            " size INTEGER NOT NULL, depth INTEGER NOT NULL, added TEXT NOT NULL, container TEXT NOT NULL,"
            " captured TEXT NOT NULL, url TEXT NOT NULL, number INTEGER NOT NULL, role TEXT NOT NULL,"
            " modified TEXT, PRIMARY KEY (document, path)) WITHOUT ROWID"
        )
        children.execute(
            "CREATE TEMP TABLE level AS SELECT document, name AS path, min(added) AS added"
            " FROM journal.additions WHERE document IN (SELECT container FROM kin) GROUP BY document, name"
        )
        for depth in range(1, DEEPEST + 1):
            children.execute(
                "CREATE TEMP TABLE next AS SELECT * FROM ("
                "SELECT kin.child AS document, level.path || '/' || kin.name AS path, kin.name AS own,"
                " kin.size AS size, level.added AS added, kin.container AS container,"
                " kin.captured AS captured, kin.url AS url, kin.number AS number, kin.role AS role,"
                " kin.modified AS modified, row_number() OVER"
                " (PARTITION BY kin.child ORDER BY level.path || '/' || kin.name, captured, url) AS place"
                " FROM kin JOIN level ON level.document = kin.container"
                " WHERE kin.child != kin.container) WHERE place <= ?",
                (PATHS,),
            )
            children.execute(
                "INSERT OR IGNORE INTO children"
                " SELECT document, path, own, size, ?, added, container, captured, url, number, role,"
                " modified FROM next"
                " ORDER BY path, captured, url",
                (depth,),
            )
            children.execute("DROP TABLE temp.level")
            children.execute(
                "CREATE TEMP TABLE level AS SELECT document, path, added FROM next"
                " WHERE document IN (SELECT container FROM kin)"
            )
            children.execute("DROP TABLE temp.next")
            if not children.execute("SELECT count(*) FROM level").fetchone()[0]:
                break
        children.execute("COMMIT")

    @staticmethod
    def _take(children: sqlite3.Connection, kin: Iterable[Kin]) -> None:
        """Put the lines of all containers into a table that goes with the connection."""
        children.execute(
            "CREATE TEMP TABLE kin"
            " (container TEXT, child TEXT, name TEXT, size INTEGER, captured TEXT, url TEXT, number INTEGER,"
            " role TEXT, modified TEXT)"
        )
        children.executemany(
            "INSERT INTO kin VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(k.container, k.child, k.name, k.size, (k.modified or "") if k.url else ""),
                    *(k.url or "", k.number, k.role, k.modified),
                )
                for k in kin
            ),
        )
        children.execute("CREATE INDEX temp.kin_containers ON kin (container)")

    def _differ(self, children: sqlite3.Connection) -> bool:
        """Return whether the new list has other documents or names than the one that it replaces."""
        if not self._path.is_file():
            return bool(children.execute("SELECT EXISTS (SELECT 1 FROM children)").fetchone()[0])
        children.execute("ATTACH ? AS former", (f"{self._path.absolute().as_uri()}?mode=ro&immutable=1",))
        pairs = (("main", "former"), ("former", "main"))
        return any(
            children.execute(
                f"SELECT EXISTS (SELECT document, own, captured, url FROM {one}.children"  # noqa: S608 - own names
                f" EXCEPT SELECT document, own, captured, url FROM {other}.children)"
            ).fetchone()[0]
            for one, other in pairs
        )

    @contextlib.contextmanager
    def _children(self) -> Iterator[sqlite3.Connection | None]:
        """Give the list with the journal beside it, None when there is none."""
        if not self._path.is_file():
            yield None
            return
        try:
            uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            with contextlib.closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as children:
                children.execute(
                    "ATTACH ? AS journal", (f"{self._journal.path.absolute().as_uri()}?mode=ro",)
                )
                yield children
        except sqlite3.DatabaseError:
            raise CaseDamagedError(
                "the list of what containers hold is damaged: delete derived/ and build"
            ) from None


def _united(found: list[Held]) -> Held:
    """Return one document that came both by itself and inside a container."""
    return Held(
        document=found[0].document,
        names=tuple(dict.fromkeys(name for one in found for name in one.names)),
        own=tuple(sorted({name for one in found for name in one.own})),
        paths=tuple(dict.fromkeys(path for one in found for path in one.paths)),
        size=found[0].size,
        added=min(one.added for one in found),
        depth=min(one.depth for one in found),
        url=next((one.url for one in found if one.url), None),
        captured=next((one.captured for one in found if one.url), None),
    )
