"""The tables that `trace` makes of the whole case, and what is kept of them for the next build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pyarrow as pa

from casegraph.model import Corroboration, Derivation, Record, make_id
from casegraph.pipeline.entities import columns_of, unit_of
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.store.codec import codec
from casegraph.store.manifest import Manifest, Unit
from casegraph.store.shelf import Shelf

STAGE = "trace"
LINEAGE = "lineage"
"""How the work on the whole case is called while it goes on, and its first table."""

TRACED = frozenset({"read", "attribute", "resolve", "trace"})
"""Stages whose tables it takes: a chain without one of them traces nothing."""

VERSION = 3
_DIGITS = 2  # hex digits of a corroboration's id that place it in the table


class Memo(Record, frozen=True, kw_only=True):
    """What was made of a group, by a digest of all that it was made from, so that it stays right."""

    digest: bytes
    result: bytes  # MessagePack


@dataclass(frozen=True, slots=True)
class Traced:
    """The tables: derivations, corroborations, numbers for each claim; and what is kept."""

    lineage: Shelf
    corroborations: Shelf
    backing: Shelf
    kin: Shelf
    stories: Shelf
    claims: Shelf
    clusters: Shelf

    def __iter__(self) -> Iterator[Shelf]:
        return iter(getattr(self, name) for name in self.__slots__)


def traced(derived: Path, outbox: Path | None = None) -> Traced:
    """Return where the tables are kept."""
    kept = ("kin", "stories", "claims", "clusters")
    return Traced(
        Shelf(derived, LINEAGE, VERSION, (Derivation,), outbox),
        Shelf(derived, "corroborations", VERSION, (Corroboration,), outbox),
        Shelf(derived, "backing", VERSION, (Backed,), outbox),
        *(Shelf(derived, f"traced-{name}", VERSION, (Memo,), outbox) for name in kept),
    )


def place_of(corroboration: str) -> str:
    """Return the place of a corroboration in its table: the beginning of its id."""
    return corroboration[: corroboration.index("-") + 1 + _DIGITS]


def trace_key(
    version: int, said: msgspec.Struct, manifests: Iterable[Manifest], altered: Sequence[msgspec.Struct] = ()
) -> str:
    """Return the key of the tables that follow from these others, and from what people say.

    `version` is that of what looks at more than one document: see `trace.VERSION`. `said` is of outlets,
    `altered` of claims.
    """
    names = [name for one in manifests for seg in one.segments for name in (seg.name, *seg.dropped)]
    words = [msgspec.json.encode(one).decode() for one in (said, *altered)]
    return make_id("key", STAGE, VERSION, version, words[0], *names, *words[1:])


@dataclass(slots=True)
class Memory:
    """What earlier builds made of groups of one part, and what this one did."""

    former: Mapping[bytes, bytes]
    used: dict[bytes, bytes] = field(default_factory=dict)
    fresh: int = 0

    def recall(self, digest: bytes) -> bytes | None:
        """Return what was made of a group with this digest, None when it must be made."""
        found = self.former.get(digest)
        if found is not None:
            self.used[digest] = found
        return found

    def knows(self, digest: bytes) -> bool:
        """Say whether a group with this digest need not be made."""
        return digest in self.former

    def keep(self, digest: bytes, result: bytes) -> bytes:
        """Keep what was made of a group."""
        self.used[digest] = result
        self.fresh += 1
        return result


def memory(shelf: Shelf, prefix: str) -> Memory:
    """Return what earlier builds made of the groups of a part; nothing where they had other parts."""
    if not any(segment.prefix == prefix for segment in shelf.manifest().segments):
        return Memory({})
    rows = shelf.rows(Memo, prefix, columns=("digest", "result"))
    return Memory(dict(zip(*columns_of(rows, "digest", "result"), strict=True)))


def kept(stage: str, found: Memory) -> tuple[Unit, tuple[str, pa.Table]]:
    """Return what is kept of a part as a table with its unit, whose key says what it holds."""
    own = [Memo(digest=digest, result=result) for digest, result in sorted(found.used.items())]
    table = pa.Table.from_batches([codec(Memo).encode(stage, own)])
    key = digest_of(*(part for one in own for part in (one.digest, one.result))).hex()
    return unit_of(stage, table, key, codec(Memo).table), (stage, table)


def digest_of(*parts: bytes) -> bytes:
    """Return a digest of some bytes, their lengths among them."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()
