"""The manifest of a stage's tables: which segments are live. Only what it names is read."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from casegraph.model import Record
from casegraph.store.atomic import write_whole

FORMAT = 1
"""Of the segments and of the columns that the codec makes; another number means: make the tables again."""

NAME = "manifest.json"

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


def load_manifest(folder: Path) -> Manifest | None:
    """Return the manifest in a stage's folder, None when there is none that can be used."""
    try:
        found = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if found.format == FORMAT else None


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
