"""The tables of reference data: a folder a file, with its entries and its problems; read piece by piece."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from casegraph.errors import CaseDamagedError
from casegraph.model import Problem, Record, ReferenceEntity
from casegraph.store.atomic import pending_path, sync
from casegraph.store.codec import codec

R = TypeVar("R", bound=Record)
Make = Callable[[Path], tuple[Iterable[ReferenceEntity], Iterable[Problem]]]
"""Given a folder for scratch files, which it clears away, gives the entries and the problems of a file."""

GROUP = 20_000
"""Entries of a row group: with all properties about 20 MB in memory."""


class ReferenceTables:
    """`derived/reference-<version>/`: a folder for each file that was read, by its key."""

    def __init__(self, derived: Path, version: int) -> None:
        self.folder = derived / f"reference-{version}"

    def has(self, key: str) -> bool:
        """Say whether a file was read."""
        return (self.folder / key).is_dir()

    def write(self, key: str, make: Make) -> None:
        """Write what `make` gives, the entries first."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        pending = pending_path(self.folder)
        pending.mkdir(mode=0o700)
        try:
            entities, problems = make(pending)
            _write(pending, ReferenceEntity, entities)
            _write(pending, Problem, problems)
            sync(pending)
            if self.has(key):
                shutil.rmtree(self.folder / key)
            pending.rename(self.folder / key)
            sync(self.folder)
        finally:
            shutil.rmtree(pending, ignore_errors=True)

    def count(self, key: str, type_: type[Record]) -> int:
        """Return how many records there are."""
        return int(self._open(key, type_).metadata.num_rows)

    def records(self, key: str, type_: type[R]) -> Iterator[R]:
        """Yield the records in order: entries by id, problems by line."""
        for batch in self._open(key, type_).iter_batches(batch_size=GROUP // 4):
            yield from codec(type_).decode(batch)

    def names(self, key: str) -> Iterator[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]]:
        """Yield id, schema, caption, names and identifiers of the entries, and read nothing else."""
        columns = ["id", "schema", "caption", "names", "identifiers"]
        decode = msgspec.json.Decoder(tuple[str, ...]).decode
        for batch in self._open(key, ReferenceEntity).iter_batches(GROUP // 4, columns=columns):
            rows = (batch.column(name).to_pylist() for name in columns)
            for id_, schema, caption, names, numbers in zip(*rows, strict=True):
                yield id_, schema, caption, decode(names), decode(numbers)

    def holds(self, key: str, id_: str) -> bool:
        """Say whether an entry of this id is there; the entries are by id, so that few are read."""
        self._open(key, ReferenceEntity)
        path = self.folder / key / f"{codec(ReferenceEntity).table}.parquet"
        return bool(pq.read_table(path, columns=["id"], filters=[("id", "=", id_)]).num_rows)

    def _open(self, key: str, type_: type[Record]) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(self.folder / key / f"{codec(type_).table}.parquet")
        except (OSError, pa.ArrowException):
            raise CaseDamagedError("the tables of reference data are damaged: build the case again") from None

    def keep(self, keys: Sequence[str]) -> None:
        """Delete what is read of files that are no longer in the case, and what a crash left."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in keys:
                shutil.rmtree(path, ignore_errors=True)


def _write(folder: Path, type_: type[R], records: Iterable[R]) -> None:
    own, rest = codec(type_), iter(records)
    path = folder / f"{own.table}.parquet"
    with pq.ParquetWriter(path, own.schema, compression="zstd") as writer:
        while group := list(islice(rest, GROUP)):
            writer.write_batch(own.encode("", group) if type_ is ReferenceEntity else _in_order(type_, group))
    sync(path)


def _in_order(type_: type[R], records: list[R]) -> pa.RecordBatch:
    """Return records as they come: `encode` would sort them by their words."""
    own = codec(type_)
    batches = [own.encode("", [record]) for record in records]
    return pa.Table.from_batches(batches, schema=own.schema).combine_chunks().to_batches()[0]
