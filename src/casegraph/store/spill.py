"""Rows on their way from one step of a global stage to the next: a file that can be read part by part.

A file has an Arrow record batch for each part that has rows, compressed, and before them where each lies: of
a thousand parts one is found and read in a sixth of the time that Arrow's own file format takes, whose list
of batches has to be read whole. It lives as long as the build.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from casegraph.store.atomic import pending_path

SUFFIX = ".spill"

_MARK = b"cgspill1"
_DIGEST = 12  # bytes
_HEAD = np.dtype([("mark", "S8"), ("schema", "<u4"), ("cells", "<u4")])
_PART, _CELL = np.dtype("<i8"), np.dtype([("at", "<i8"), ("packed", "<i8"), ("bytes", "<i8")])
_CODEC = pa.Codec("zstd", 1)


def part_of(key: str, parts: int) -> int:
    """Return the part that the rows of a key lie in; the same on every machine."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % parts


class _Index(NamedTuple):
    """What a file has before its rows: the parts in order, where their rows lie, how wide its schema is."""

    schema: int  # bytes
    parts: npt.NDArray[np.int64]

    def place(self, cell: int = 0) -> int:
        """Return where in the file it is told where a cell lies."""
        return _HEAD.itemsize + self.parts.nbytes + cell * _CELL.itemsize

    def digests(self) -> int:
        """Return where the digests of the cells lie; the schema lies behind them, then the rows."""
        return self.place(len(self.parts))


def write_spill(path: Path, rows: pa.Table, part: Sequence[int]) -> None:
    """Write rows, each in its part; the order within a part stays."""
    numbers = np.asarray(part, dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    found, starts = np.unique(numbers[order], return_index=True)
    sorted_rows = rows.take(pa.array(order)).combine_chunks()
    schema = rows.schema.serialize().to_pybytes()
    index = _Index(len(schema), found.astype(_PART))
    cells = np.zeros(len(found), dtype=_CELL)
    digests: list[bytes] = []
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pending = pending_path(path.parent)
    with pending.open("wb") as file:
        file.seek(index.digests() + _DIGEST * len(found))
        file.write(schema)
        for number, (start, end) in enumerate(pairwise([*starts.tolist(), len(numbers)])):
            data = sorted_rows.slice(start, end - start).to_batches()[0].serialize()
            digests.append(hashlib.blake2b(data, digest_size=_DIGEST).digest())
            packed = _CODEC.compress(data, asbytes=True)
            cells[number] = file.tell(), len(packed), len(data)
            file.write(packed)
        file.seek(0)
        head = np.array([(_MARK, len(schema), len(found))], dtype=_HEAD)
        file.write(b"".join((head.tobytes(), index.parts.tobytes(), cells.tobytes(), *digests)))
    pending.rename(path)


def _index(file: BinaryIO) -> _Index:
    data = file.read(_HEAD.itemsize)
    if len(data) < _HEAD.itemsize or not data.startswith(_MARK):
        raise pa.ArrowInvalid("this is no file of rows")
    _, schema, cells = np.frombuffer(data, dtype=_HEAD)[0].item()
    return _Index(schema, np.frombuffer(file.read(cells * _PART.itemsize), dtype=_PART))


def read_spill(
    path: Path, part: int | None = None, columns: Sequence[str] | None = None
) -> Iterator[pa.Table]:
    """Yield the rows of a part of a file, or of all parts one after another.

    Raises FileNotFoundError where there is no file, pa.ArrowInvalid for one that is none of these.
    """
    with path.open("rb", buffering=0) as file:
        index = _index(file)
        first, last = 0, len(index.parts)
        if part is not None:
            first, last = (int(np.searchsorted(index.parts, part, side)) for side in ("left", "right"))
        if first == last:
            return
        own = os.pread(file.fileno(), (last - first) * _CELL.itemsize, index.place(first))
        schema = pa.ipc.read_schema(
            pa.py_buffer(os.pread(file.fileno(), index.schema, index.digests() + _DIGEST * len(index.parts)))
        )
        for start, packed, size in np.frombuffer(own, dtype=_CELL).tolist():
            data = _CODEC.decompress(os.pread(file.fileno(), packed, start), decompressed_size=size)
            rows = pa.Table.from_batches([pa.ipc.read_record_batch(data, schema)])
            yield rows if columns is None else rows.select(list(columns))


def cells_of(path: Path) -> dict[int, bytes]:
    """Return a digest of the rows that a file has for each part."""
    with path.open("rb", buffering=0) as file:
        index = _index(file)
        data = os.pread(file.fileno(), _DIGEST * len(index.parts), index.digests())
    cuts = range(0, len(data), _DIGEST)
    return {part: data[cut : cut + _DIGEST] for part, cut in zip(index.parts.tolist(), cuts, strict=True)}


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
