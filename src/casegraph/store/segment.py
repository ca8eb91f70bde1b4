"""Writing, merging and reading segments: folders of Parquet files that are never changed once named."""

from __future__ import annotations

import bisect
import functools
import hashlib
import heapq
import shutil
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casegraph.model import Record
from casegraph.store.atomic import pending_path, sync
from casegraph.store.codec import codec, runs
from casegraph.store.manifest import Segment, Table, Unit

GROUP_DOCUMENTS = 32
GROUP_WEIGHT = 1 << 20
"""A row group ends after so many documents or bytes. A merge holds one row group of each source, and whoever
wants one document or one entity reads one: of 16 MiB, the table of 130,000 entities was eight of them."""

Rows = Iterator[tuple[str, pa.Table]]
"""Documents in order with their rows of one table; documents without rows are left out."""


def segment_name(prefix: str, units: Iterable[Unit], kind: str = "") -> str:
    """Return the name of the segment of these units: the same units always get the same name."""
    digest = hashlib.blake2b(digest_size=12)
    for unit in units:
        digest.update(f"{unit.document}\0{unit.key}\0{unit.outcome}\n".encode())
    return f"{kind}{prefix or 'all'}-{digest.hexdigest()}"


def write_segment(
    folder: Path, name: str, prefix: str, units: Sequence[Unit], tables: Iterable[tuple[type[Record], Rows]]
) -> Segment:
    """Write a segment under a pending name, then give it `name`; a folder that has the name is replaced.

    `units` are by document. The bytes depend on units and rows alone, not on how the rows come in batches.
    """
    pending = pending_path(folder)
    pending.mkdir(mode=0o700, parents=True)
    cuts = _cuts(units)
    unit_codec = codec(Unit)
    unit_rows = ((unit.document, _as_table(unit_codec.encode(unit.document, [unit]))) for unit in units)
    written: dict[str, Table] = {}
    whole = dict.fromkeys(cuts, 0)  # units are always read all at once: one row group
    for type_, rows in (*tables, (Unit, unit_rows)):
        path = pending / f"{codec(type_).table}.parquet"
        count = _write_table(path, codec(type_).schema, rows, whole if type_ is Unit else cuts)
        if count:
            written[path.stem] = Table(rows=count, bytes=path.stat().st_size)
            sync(path)
    sync(pending)
    target = folder / name
    if target.exists():
        shutil.rmtree(target)
    pending.rename(target)
    sync(folder)
    failed = sum(unit.outcome not in {"done", "skipped"} for unit in units)
    return Segment(name=name, prefix=prefix, documents=len(units), failed=failed, tables=written)


def _as_table(batch: pa.RecordBatch) -> pa.Table:
    return pa.Table.from_batches([batch])


def _cuts(units: Sequence[Unit]) -> dict[str, int]:
    """Return the row group of each document."""
    cuts: dict[str, int] = {}
    group = documents = weight = 0
    for unit in units:
        if documents and (documents == GROUP_DOCUMENTS or weight + unit.weight > GROUP_WEIGHT):
            group, documents, weight = group + 1, 0, 0
        cuts[unit.document] = group
        documents, weight = documents + 1, weight + unit.weight
    return cuts


def _write_table(path: Path, schema: pa.Schema, rows: Rows, cuts: dict[str, int]) -> int:
    """Write one file, a row group at a time; return its number of rows. No rows, no file."""
    writer: pq.ParquetWriter | None = None
    held: list[pa.Table] = []
    group, count = -1, 0

    def flush() -> None:
        nonlocal writer
        if held:
            writer = writer or pq.ParquetWriter(
                path, schema, compression="zstd", write_statistics=["key_document"]
            )
            whole = pa.concat_tables(held).combine_chunks()
            writer.write_table(whole, row_group_size=max(1, whole.num_rows))
            held.clear()

    try:
        for document, table in rows:
            if cuts[document] != group:
                flush()
                group = cuts[document]
            held.append(table)
            count += table.num_rows
        flush()
    finally:
        if writer is not None:
            writer.close()
    return count


def table_path(folder: Path, segment: Segment, type_: type[Record]) -> Path | None:
    """Return the file of a record type in a segment, None when the segment has no such rows."""
    table = codec(type_).table
    return folder / segment.name / f"{table}.parquet" if table in segment.tables else None


def read_rows(
    folder: Path,
    segment: Segment,
    type_: type[Record],
    *,
    span: tuple[str, str] | None = None,
    documents: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> Iterator[pa.Table]:
    """Yield the live rows of a segment a row group at a time, by document.

    `span` (low, high) keeps documents with low <= id < high, `documents` (sorted) those; `columns` names the
    columns wanted besides `key_document`. Raises FileNotFoundError or pa.ArrowInvalid when the file is gone
    or damaged.
    """
    path = table_path(folder, segment, type_)
    if path is None:
        return
    wanted = None if columns is None else list(dict.fromkeys(("key_document", *columns)))
    with path.open("rb") as stream, pq.ParquetFile(stream) as file:
        for group in range(file.num_row_groups):
            if not _may_hold(file, group, span, documents):
                continue
            rows = file.read_row_group(group, columns=wanted, use_threads=False)
            keep = _mask(rows.column("key_document"), segment.dropped, span, documents)
            yield rows if keep is None else rows.filter(keep)


def _may_hold(
    file: pq.ParquetFile, group: int, span: tuple[str, str] | None, documents: Sequence[str] | None
) -> bool:
    """Say by its statistics whether a row group may hold any document that is wanted."""
    found = file.metadata.row_group(group).column(0).statistics
    if found is None or not found.has_min_max:
        return True
    if documents is not None:
        first = bisect.bisect_left(documents, found.min)
        return first < len(documents) and documents[first] <= found.max
    return span is None or bool(found.max >= span[0] and found.min < span[1])


def _mask(
    key: pa.ChunkedArray,
    dropped: Sequence[str],
    span: tuple[str, str] | None,
    documents: Sequence[str] | None,
) -> pa.ChunkedArray | None:
    masks = []
    if span is not None:
        masks.append(pc.and_(pc.greater_equal(key, span[0]), pc.less(key, span[1])))
    if documents is not None:
        masks.append(pc.is_in(key, value_set=pa.array(documents, type=pa.string())))
    if dropped:
        masks.append(pc.invert(pc.is_in(key, value_set=pa.array(dropped, type=pa.string()))))
    return functools.reduce(pc.and_, masks) if masks else None


def by_document(parts: Iterable[pa.Table]) -> Rows:
    """Yield each document of some tables with its rows."""
    for table in parts:
        for document, start, length in runs(table.column("key_document").to_pylist()):
            yield document, table.slice(start, length)


def merge_rows(
    folder: Path, sources: Sequence[Segment], type_: type[Record], span: tuple[str, str] | None = None
) -> Rows:
    """Yield the live documents of several segments in one order."""
    parts = [by_document(read_rows(folder, source, type_, span=span)) for source in sources]
    return heapq.merge(*parts, key=itemgetter(0))


def read_units(
    folder: Path,
    segment: Segment,
    span: tuple[str, str] | None = None,
    documents: Sequence[str] | None = None,
) -> list[Unit]:
    """Return the live units of a segment by document; `documents`, sorted, narrows them down."""
    parts = read_rows(folder, segment, Unit, span=span, documents=documents)
    return [unit for rows in parts for unit in codec(Unit).decode(rows)]
