"""The manifest of a stage's tables: which segments are live. Only what it names is read."""

from __future__ import annotations

import bisect
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from casegraph.model import Record
from casegraph.store.atomic import sync, write_whole

FORMAT = 1
"""Of the segments and of the columns that the codec makes; another number means: make the tables again."""

NAME = "manifest.json"
LOG = "manifest.log"
"""Changes since the manifest was written whole, one a line: a build commits for each batch, and a large case
has a hundred thousand segments."""

LEAST_LOG = 1 << 20  # bytes that the log may have, however short the manifest is

Outcome = Literal[
    "done", "failed", "worker-died", "time-limit", "memory-limit", "process-limit", "output-limit", "skipped"
]
"""What became of a document in a stage. `skipped`: an earlier stage could not do it."""


class Unit(Record, frozen=True, kw_only=True):
    """One document in one stage: what it was made from, and what became of it."""

    document: str
    key: str  # cache key: stage, version, settings and upstream
    upstream: str
    settings: str
    outcome: Outcome
    weight: int  # bytes of its rows in memory: where to cut row groups
    records: dict[str, int]  # rows by table


class Table(Record, frozen=True, kw_only=True):
    """A Parquet file: its rows and its size in bytes, by which a cut or lost file is found out."""

    rows: int
    bytes: int


class Segment(Record, frozen=True, kw_only=True):
    """A folder with the output of some documents of one bucket: a Parquet file a table, units among them."""

    name: str
    prefix: str  # of the bucket: bit string, see store.layout
    documents: int
    failed: int  # units that are neither done nor skipped
    tables: dict[str, Table]
    dropped: tuple[str, ...] = ()  # documents whose rows here no longer count


class Manifest(Record, frozen=True, kw_only=True):
    """All live segments of one stage by (prefix, name). A document lives in one segment at most."""

    format: int = FORMAT
    stage: str
    version: int
    segments: tuple[Segment, ...] = ()


class Change(Record, frozen=True, kw_only=True):
    """One step: documents that no longer count, segments out, segments in; in this order."""

    drop: dict[str, tuple[str, ...]] = {}
    remove: tuple[str, ...] = ()
    add: tuple[Segment, ...] = ()


class Live:
    """The live segments of one stage by name, and in order; changed in place."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self.ordered = sorted(segments, key=_order)
        self.names = {one.name: one for one in self.ordered}

    def apply(self, change: Change) -> None:
        """Carry out a change. Carried out twice it comes to the same."""
        for name, documents in change.drop.items():
            if (former := self.names.get(name)) is not None:
                dropped = tuple(sorted({*former.dropped, *documents}))
                self._put(msgspec.structs.replace(former, dropped=dropped))
        for name in change.remove:
            self._take(name)
        for segment in change.add:
            self._put(segment)

    def _take(self, name: str) -> None:
        former = self.names.pop(name, None)
        if former is not None:
            del self.ordered[bisect.bisect_left(self.ordered, _order(former), key=_order)]

    def _put(self, segment: Segment) -> None:
        self._take(segment.name)
        if len(segment.dropped) < segment.documents:
            self.names[segment.name] = segment
            bisect.insort(self.ordered, segment, key=_order)


def _order(segment: Segment) -> tuple[str, str]:
    return segment.prefix, segment.name


def load_manifest(folder: Path) -> Manifest | None:
    """Return the manifest in a stage's folder, None when there is none that can be used."""
    try:
        found = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if found.format != FORMAT:
        return None
    changes, _ = _logged(folder)
    if not changes:
        return found
    live = Live(found.segments)
    for change in changes:
        live.apply(change)
    return msgspec.structs.replace(found, segments=tuple(live.ordered))


def _logged(folder: Path) -> tuple[list[Change], bool]:
    """Return the changes of the log, and whether its end is whole: a crash may have cut the last line."""
    try:
        data = (folder / LOG).read_bytes()
    except FileNotFoundError:
        return [], True
    changes: list[Change] = []
    for line in data.splitlines(keepends=True):
        try:
            changes.append(msgspec.json.decode(line, type=Change))
        except (msgspec.DecodeError, UnicodeDecodeError):
            return changes, False
        if not line.endswith(b"\n"):
            return changes, False
    return changes, True


def log_change(folder: Path, change: Change) -> bool:
    """Add a change to the log, to last; return False, with nothing done, when a whole manifest is due."""
    path = folder / LOG
    try:
        whole = (folder / NAME).stat().st_size
    except FileNotFoundError:
        return False
    size = path.stat().st_size if path.exists() else 0
    if size > max(LEAST_LOG, whole):
        return False
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        if size and os.pread(handle, 1, size - 1) != b"\n":
            return False
        os.write(handle, msgspec.json.encode(change) + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    if not size:
        sync(folder)
    return True


def documents_read(derived: Path) -> int:
    """Return how many documents some version of `read` has done: a first guess at the work left."""
    most = 0
    for folder in derived.glob("read-*"):
        manifest = load_manifest(folder)
        if manifest is not None:
            most = max(most, sum(one.documents - len(one.dropped) for one in manifest.segments))
    return most


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step, so that a crash leaves the old one or the new one."""
    ordered = sorted(manifest.segments, key=lambda segment: (segment.prefix, segment.name))
    data = msgspec.json.encode(msgspec.structs.replace(manifest, segments=tuple(ordered)), order="sorted")
    write_whole(folder / NAME, msgspec.json.format(data, indent=1) + b"\n")
    (folder / LOG).unlink(missing_ok=True)  # where a crash leaves it, it comes to the same once more


def change_of(
    add: Iterable[Segment], remove: Iterable[str], drop: Mapping[str, Iterable[str]] | None
) -> Change:
    """Return a change of these parts."""
    dropped = {name: tuple(documents) for name, documents in (drop or {}).items()}
    return Change(add=tuple(add), remove=tuple(remove), drop=dropped)


def mark_of(folder: Path) -> tuple[tuple[int, int, int], ...]:
    """Return what tells one state of a manifest on disk from another; empty where there is none."""
    marks = []
    for name in (NAME, LOG):
        try:
            state = (folder / name).stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        marks.append((state.st_ino, state.st_mtime_ns, state.st_size))
    return tuple(marks)
