"""Rows on their way from one step of a global stage to the next: a file that can be read part by part.

A file is Arrow's own format, a record batch for each part that has rows. It lives as long as the build.
"""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from casegraph.store.atomic import pending_path

_PARTS, _CELLS = b"parts", b"cells"
_DIGEST = 12  # bytes
SUFFIX = ".arrow"


def part_of(key: str, parts: int) -> int:
    """Return the part that the rows of a key lie in; the same on every machine."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % parts


def write_spill(path: Path, rows: pa.Table, part: Sequence[int]) -> None:
    """Write rows, each in its part; the order within a part stays."""
    numbers = np.asarray(part, dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    found, starts = np.unique(numbers[order], return_index=True)
    sorted_rows = rows.take(pa.array(order)).combine_chunks()
    cuts = pairwise([*starts.tolist(), len(numbers)])
    cells = [sorted_rows.slice(start, end - start).to_batches()[0] for start, end in cuts]
    digests = [hashlib.blake2b(one.serialize(), digest_size=_DIGEST).hexdigest() for one in cells]
    told = {_PARTS: " ".join(map(str, found)).encode(), _CELLS: " ".join(digests).encode()}
    schema = rows.schema.with_metadata(told)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pending = pending_path(path.parent)
    options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    with pa.OSFile(str(pending), "wb") as sink, pa.ipc.new_file(sink, schema, options=options) as file:
        for one in cells:
            file.write_batch(one)
    pending.rename(path)


def read_spill(
    path: Path, part: int | None = None, columns: Sequence[str] | None = None
) -> Iterator[pa.Table]:
    """Yield the rows of a part of a file, or of all parts one after another."""
    with contextlib.closing(pa.memory_map(str(path))) as source:
        schema = pa.ipc.open_file(source).schema
        fields = None if columns is None else [schema.get_field_index(name) for name in columns]
        options = pa.ipc.IpcReadOptions(included_fields=fields, use_threads=False)
        file = pa.ipc.open_file(source, options=options)
        for place, own in enumerate(map(int, schema.metadata[_PARTS].split())):
            if part is None or own == part:
                yield pa.Table.from_batches([file.get_batch(place)]).replace_schema_metadata(None)


def cells_of(path: Path) -> dict[int, bytes]:
    """Return a digest of the rows that a file has for each part."""
    with contextlib.closing(pa.memory_map(str(path))) as source:
        told = pa.ipc.open_file(source).schema.metadata
    parts, digests = (told[name].split() for name in (_PARTS, _CELLS))
    return {int(part): bytes.fromhex(digest.decode()) for part, digest in zip(parts, digests, strict=True)}


def spilled(
    places: Iterable[Path], part: int | None = None, columns: Sequence[str] | None = None
) -> list[pa.Table]:
    """Return the rows of a part (None: all) of some files, or of all files in a folder by their names."""
    files = [
        file
        for place in places
        for file in ([place] if place.suffix == SUFFIX else sorted(place.glob(f"*{SUFFIX}")))
    ]
    return [rows for file in files for rows in read_spill(file, part, columns)]
