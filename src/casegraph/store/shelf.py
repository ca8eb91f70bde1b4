"""The tables of one version of one stage: reading while others write, committing, merging, clearing away."""

from __future__ import annotations

import bisect
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import pyarrow as pa

from casegraph.errors import CaseDamagedError
from casegraph.model import Problem, Record
from casegraph.store.atomic import PENDING, sync
from casegraph.store.codec import codec, empty
from casegraph.store.layout import bounds
from casegraph.store.manifest import (
    LOG,
    Live,
    Manifest,
    Segment,
    Unit,
    change_of,
    load_manifest,
    log_change,
    mark_of,
    save_manifest,
)
from casegraph.store.segment import (
    by_document,
    merge_rows,
    read_rows,
    read_units,
    segment_name,
    write_segment,
)

R = TypeVar("R", bound=Record)
T = TypeVar("T")

PART = "part-"  # how names of segments begin that hold one batch and wait to be merged

_NAME = re.compile(r"[A-Za-z0-9][\w-]*")

ATTEMPTS = 5
"""How often a reader begins again because a build replaced the files under it."""


class Shelf:
    """`derived/<stage>-<version>/`. One process commits (it holds the build lock), any number read.

    Others may write segments into an `outbox` of theirs, from which the build takes them over.
    """

    def __init__(
        self,
        derived: Path,
        stage: str,
        version: int,
        gives: tuple[type[Record], ...],
        outbox: Path | None = None,
    ) -> None:
        self.stage, self.version = stage, version
        self.types: tuple[type[Record], ...] = (*gives, Problem)
        self.folder = derived / f"{stage}-{version}"
        self.out = (outbox or derived) / self.folder.name
        self._usable = True
        self._held: tuple[tuple[tuple[int, int, int], ...], Manifest, Live] | None = None

    def manifest(self) -> Manifest:
        """Return the manifest as it stands on disk."""
        mark = mark_of(self.folder)
        if not mark:
            return self._empty()
        if self._held is None or self._held[0] != mark:
            loaded = load_manifest(self.folder)
            self._usable = loaded is not None
            found = loaded or self._empty()
            self._held = mark, found, Live(found.segments)
        return self._held[1]

    def _live(self) -> Live:
        """Return the live segments as they stand on disk."""
        manifest = self.manifest()
        return self._held[2] if self._held is not None and self._held[1] is manifest else Live(())

    def _empty(self) -> Manifest:
        return Manifest(stage=self.stage, version=self.version)

    def named(self, name: str) -> Segment | None:
        """Return the live segment of a name."""
        self.manifest()
        return self._live().names.get(name)

    def segments(self, prefix: str) -> list[Segment]:
        """Return the live segments that may hold documents of a bucket."""
        return _nested(self.manifest().segments, prefix)

    def in_order(self, prefix: str) -> bool:
        """Say whether a bucket is one merged segment with nothing dropped, or empty."""
        own = self.segments(prefix)
        return not own or (
            len(own) == 1
            and own[0].prefix == prefix
            and not own[0].dropped
            and not own[0].name.startswith(PART)
        )

    def units(
        self, prefix: str, without: Collection[str] = (), documents: Sequence[str] | None = None
    ) -> dict[str, tuple[Segment, Unit]]:
        """Return the live units of a bucket with the segment that holds each, by document.

        `without` names segments to leave out; `documents`, sorted, narrows them down.
        """

        def read(segments: list[Segment]) -> dict[str, tuple[Segment, Unit]]:
            return {
                unit.document: (segment, unit)
                for segment in segments
                if segment.name not in without
                for unit in read_units(self.folder, segment, _span(segment, prefix), documents)
            }

        return dict(sorted(self._read(prefix, read).items()))

    def rows(
        self,
        type_: type[Record],
        prefix: str,
        *,
        columns: Sequence[str] | None = None,
        documents: Sequence[str] | None = None,
    ) -> pa.Table:
        """Return the rows of a bucket by (document, page, start); `documents`, sorted, narrows them down."""

        def read(segments: list[Segment]) -> pa.Table:
            parts: list[pa.Table] = []
            for segment in segments:
                span = _span(segment, prefix)
                parts += read_rows(
                    self.folder, segment, type_, span=span, documents=documents, columns=columns
                )
            if not parts:
                none = empty(type_)
                return none.select(list(dict.fromkeys(("key_document", *columns)))) if columns else none
            whole = pa.concat_tables(parts)
            return whole.sort_by("key_document") if len(segments) > 1 else whole

        return self._read(prefix, read)

    def parts(
        self, type_: type[Record], name: str, *, columns: Sequence[str] | None = None
    ) -> Iterator[pa.Table]:
        """Yield the rows of a live segment a row group at a time; nothing where there is none of that name.

        Raises CaseDamagedError when its files are gone or damaged.
        """
        segment = self.named(name)
        try:
            if segment is not None:
                yield from read_rows(self.folder, segment, type_, columns=columns)
        except (pa.ArrowException, OSError) as error:
            if self.named(name) is not None:
                raise CaseDamagedError(
                    f"the tables of {self.stage} are damaged: build the case again"
                ) from error

    def records(self, type_: type[R], prefix: str, *, documents: Sequence[str] | None = None) -> Iterator[R]:
        """Yield the records of a bucket in order."""
        return codec(type_).decode(self.rows(type_, prefix, documents=documents))

    def by_document(
        self, type_: type[R], prefix: str, documents: Sequence[str]
    ) -> Iterator[tuple[str, Iterator[R]]]:
        """Yield each of some documents of a bucket, sorted by id, that has records, with these in order."""
        for document, rows in by_document([self.rows(type_, prefix, documents=documents)]):
            yield document, codec(type_).decode(rows)

    def _read(self, prefix: str, read: Callable[[list[Segment]], T]) -> T:
        """Read a bucket as one manifest shows it; begin again when a build replaced a file meanwhile."""
        for _ in range(ATTEMPTS):
            before = self.manifest()
            try:
                return read(_nested(before.segments, prefix))
            except (FileNotFoundError, NotADirectoryError):
                if self.manifest() is before:
                    break
            except (pa.ArrowException, OSError):
                break
        raise CaseDamagedError(f"the tables of {self.stage} are damaged: build the case again")

    def write_part(
        self,
        prefix: str,
        units: Sequence[Unit],
        batches: Mapping[type[Record], Sequence[tuple[str, pa.Table]]],
    ) -> Segment:
        """Write the output of one batch of documents; it counts once it is committed."""
        name = segment_name(prefix, units, PART)
        tables = [(type_, iter(batches.get(type_, ()))) for type_ in self.types]
        return write_segment(self.out, name, prefix, units, tables)

    def merge(self, prefix: str, sources: Sequence[Segment]) -> Segment | None:
        """Write what is live of `sources` in a bucket as one segment; None when nothing is."""
        span = bounds(prefix)
        units = sorted(
            (unit for source in sources for unit in read_units(self.folder, source, span)),
            key=lambda unit: unit.document,
        )
        if not units:
            return None
        name = segment_name(prefix, units)
        for source in sources:
            if source.name == name:  # what was done again came to the same: the live folder stays as it is
                return msgspec.structs.replace(source, dropped=())
        tables = [(type_, merge_rows(self.folder, sources, type_, span)) for type_ in self.types]
        return write_segment(self.out, name, prefix, units, tables)

    def take_over(self, outbox: Path, segment: Segment) -> Segment:
        """Move a segment from a worker's outbox to the others, to be committed; a live one of its name stays.

        Raises CaseDamagedError for a name that no segment has: a worker is not trusted.
        """
        if not _NAME.fullmatch(segment.name):
            raise CaseDamagedError(f"a worker gave a table of {self.stage} a name that none can have")
        source, target = outbox / self.folder.name / segment.name, self.folder / segment.name
        if segment.name in self._live().names or not source.is_dir():
            return segment
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists():
            shutil.rmtree(target)
        source.rename(target)
        sync(self.folder)
        return segment

    def commit(
        self,
        *,
        add: Iterable[Segment] = (),
        remove: Iterable[str] = (),
        drop: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """Change the manifest in one step: segments in, segments out, documents that no longer count."""
        change = change_of(add, remove, drop)
        live = self._live()
        self._held = None  # until what it says is on disk
        live.apply(change)
        manifest = msgspec.structs.replace(self._empty(), segments=tuple(live.ordered))
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._usable or not log_change(self.folder, change):
            save_manifest(self.folder, manifest)
        self._usable = True
        self._held = mark_of(self.folder), manifest, live

    def replace(self, made: Iterable[tuple[Path, Segment]]) -> None:
        """Put segments, each with its outbox, in the place of all that is there, in one step."""
        before = {segment.name: segment for segment in self.manifest().segments}
        own = {segment.name: self.take_over(outbox, segment) for outbox, segment in made}
        fresh = [segment for name, segment in sorted(own.items()) if before.get(name) != segment]
        gone = sorted(before.keys() - own.keys())
        if fresh or gone:
            self.commit(add=fresh, remove=gone)

    def settle(self) -> None:
        """Write the manifest whole, if there are changes beside it: once a build is over."""
        if (self.folder / LOG).exists():
            save_manifest(self.folder, self.manifest())

    def damaged(self) -> list[Segment]:
        """Return the segments whose files are missing or have another size than the manifest says."""
        return [segment for segment in self.manifest().segments if not self._whole(segment)]

    def _whole(self, segment: Segment) -> bool:
        for name, table in segment.tables.items():
            try:
                if (self.folder / segment.name / f"{name}.parquet").stat().st_size != table.bytes:
                    return False
            except OSError:
                return False
        return True

    def discard(self, names: Iterable[str]) -> None:
        """Delete segments that were taken out of the manifest; a reader begins again (see `_read`)."""
        live = self._live()
        for name in names:
            if name not in live.names:
                shutil.rmtree(self.folder / name, ignore_errors=True)

    def sweep(self) -> None:
        """Delete what the manifest does not name; only while no worker writes, whose work is unnamed yet."""
        if not self.folder.is_dir():
            return
        live = {segment.name for segment in self.manifest().segments}
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in live:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(PENDING):
                path.unlink(missing_ok=True)


def _nested(segments: Sequence[Segment], prefix: str) -> list[Segment]:
    """Return the segments that share documents with a bucket; `segments` are by prefix."""
    low = bisect.bisect_left(segments, prefix, key=_prefix)
    high = bisect.bisect_left(segments, prefix + "2", key=_prefix)
    found = list(segments[low:high])
    for length in range(len(prefix)):
        low = bisect.bisect_left(segments, prefix[:length], key=_prefix)
        high = bisect.bisect_right(segments, prefix[:length], key=_prefix)
        found += segments[low:high]
    return found


def _prefix(segment: Segment) -> str:
    return segment.prefix


def _span(segment: Segment, prefix: str) -> tuple[str, str] | None:
    """Return the bounds to read a bucket's part of a segment by, None when all of the segment lies in it."""
    return None if segment.prefix.startswith(prefix) else bounds(prefix)
