"""The steps that bring entities of the case together by entries of reference data; see `grouping`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec
import pyarrow as pa

from casegraph.model import Pair
from casegraph.resolve import Counted
from casegraph.store.referenced import ReferenceTables
from casegraph.store.spill import part_of

REFERRED = pa.schema([("entry", pa.string()), ("body", pa.binary())])

Lists = tuple[tuple[str, str], ...]
"""Data sets by name, each with the key of its tables."""


def referred(
    derived: Path, lists: Lists, entities: Iterable[Counted], parts: int
) -> tuple[pa.Table, list[int]]:
    """Return the entities of a part that bear names or numbers of entries, as rows by entry."""
    from casegraph.reference import VERSION  # noqa: PLC0415 - loads all readers of lists
    from casegraph.resolve.listed import Entry, borne  # noqa: PLC0415 - loads dictionaries of three scripts

    def entries() -> Iterator[Entry]:
        tables = ReferenceTables(derived, VERSION)
        for dataset, key in lists:
            for id_, schema, caption, names, numbers in tables.names(key):
                yield Entry(
                    dataset=dataset,
                    id=id_,
                    schema=schema,
                    caption=caption,
                    names=names,
                    identifiers=numbers,
                )

    found = list(borne(entities, entries()))
    keys = [f"{one.entry.dataset}\0{one.entry.id}" for one in found]
    bodies = [msgspec.msgpack.encode(one) for one in found]
    rows = pa.table([pa.array(keys, pa.string()), pa.array(bodies, pa.binary())], schema=REFERRED)
    return rows, [part_of(key, parts) for key in keys]


def listed_pairs(rows: pa.Table) -> list[Pair]:
    """Return the pairs that entries make, of all rows of each entry."""
    from casegraph.resolve.listed import Borne, pairs_of  # noqa: PLC0415 - a command loads what it uses

    decode = msgspec.msgpack.Decoder(Borne).decode
    ordered = rows.sort_by([("entry", "ascending"), ("body", "ascending")])
    members = zip(ordered.column("entry").to_pylist(), ordered.column("body").to_pylist(), strict=True)
    found: list[Pair] = []
    for _, own in groupby(members, key=lambda row: row[0]):
        found += pairs_of(decode(body) for _, body in own)
    return found
