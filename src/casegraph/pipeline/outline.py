"""What claims there are, in columns, kept in memory: of what kind, in which document, naming whom.

Lists, counts and searches by name over all claims are made here; the claims that are shown are read from the
tables. A bucket's columns are made anew only when its segments are others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Claim, Kind, Resolved, Stance
from casegraph.pipeline.asked import Wanted
from casegraph.pipeline.keeping import Kept
from casegraph.pipeline.named import ABOUT, SAID_BY, Named
from casegraph.pipeline.phrase import is_full
from casegraph.pipeline.plan import Ground
from casegraph.store.manifest import mark_of
from casegraph.store.shelf import Shelf

Mask = npt.NDArray[np.bool_]
"""Of each claim whether it is meant."""

KINDS: tuple[Kind, ...] = get_args(Kind)
STANCES: tuple[Stance, ...] = get_args(Stance)
PARTS = (ABOUT, SAID_BY)
_DIGITS = 16  # hex digits of an id that tell it from others: 64 bits


@dataclass(frozen=True, slots=True)
class Outline:
    """The claims of a bucket by document, and the names in them; a number is a place in a column."""

    documents: list[str]  # that have claims
    document: npt.NDArray[np.int32]  # of each claim: number of its document
    key: npt.NDArray[np.uint64]  # the beginning of its id
    kind: npt.NDArray[np.int8]  # place in KINDS
    stance: npt.NDArray[np.int8]  # place in STANCES
    claim: npt.NDArray[np.int32]  # of each name: number of the claim that it stands in
    part: npt.NDArray[np.int8]  # place in PARTS
    name: npt.NDArray[np.int32]  # place in `names`
    loose: Mask  # whether it comes from no mention
    entity: npt.NDArray[np.int32]  # place in `entities`, -1 for none
    names: pa.Array  # different ones, folded
    entities: npt.NDArray[np.uint64]  # beginnings of ids as documents gave them, sorted

    def naming(self, part: str, wanted: Wanted, own: npt.NDArray[np.uint64]) -> Mask:
        """Say of each claim whether it names what is wanted in a part, as `claims_naming` does.

        `own` are the beginnings of the ids that documents gave to the entities wanted.
        """
        hit = np.isin(self.entity, np.flatnonzero(np.isin(self.entities, own)))
        if wanted.phrase is not None and len(self.names):
            hit |= wanted.phrase.mask(self.names).to_numpy(zero_copy_only=False)[self.name]
        if wanted.names and len(self.names):
            whole = _among(self.names, sorted(wanted.names))
            if whole.any():
                full = np.zeros(len(whole), bool)
                full[[one for one in np.flatnonzero(whole).tolist() if is_full(self.names[one].as_py())]] = (
                    True
                )
                hit |= whole[self.name] & (self.loose | full[self.name])
        if not hit.any():
            return np.zeros(len(self.document), bool)
        hit &= self.part == PARTS.index(part)
        found = np.zeros(len(self.document), bool)
        found[self.claim[hit]] = True
        return found

    def like(self, kind: str | None, stance: str | None) -> Mask:
        """Say of each claim whether it is of a kind and stance; None asks for nothing."""
        found = np.ones(len(self.document), bool)
        for column, value, known in ((self.kind, kind, KINDS), (self.stance, stance, STANCES)):
            if value is not None:
                found &= column == known.index(value)
        return found

    def within(self, low: int, high: int) -> Mask:
        """Say of each claim whether the beginning of its id lies between two numbers, both included."""
        return np.asarray((self.key >= np.uint64(low)) & (self.key <= np.uint64(high)))

    def of(self, claims: Mask) -> list[str]:
        """Return the documents of some claims."""
        return [self.documents[number] for number in np.unique(self.document[claims]).tolist()]


def _among(names: pa.Array, wanted: list[str]) -> Mask:
    found = pc.is_in(names, value_set=pa.array(wanted, type=pa.string()))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def keys_of(ids: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    """Return the beginnings of ids `kind-<40 hex digits>` as numbers; of others a digest."""
    if not len(ids):
        return np.zeros(0, np.uint64)
    digits = pc.utf8_slice_codeunits(ids, -40, -40 + _DIGITS).to_pylist()
    try:
        data = bytes.fromhex("".join(digits))
    except ValueError:
        data = b""
    if len(data) == 8 * len(ids):
        return np.frombuffer(data, dtype=">u8").astype(np.uint64)
    return np.array([key_of(one) for one in ids.to_pylist()], dtype=np.uint64)


def key_of(id_: str) -> int:
    """Return the beginning of an id as a number; of what is no such id a digest."""
    try:
        return int(id_[-40 : -40 + _DIGITS], 16)
    except ValueError:
        return int.from_bytes(hashlib.blake2b(id_.encode(), digest_size=8).digest(), "big")


Kept_ = dict[str, tuple[tuple[object, ...], Outline]]
_KEPT: Kept[Kept_] = Kept()


def outlines(ground: Ground) -> Iterator[tuple[str, Outline]]:
    """Yield the claims of each bucket in columns, as the tables stand; nothing without claims."""
    claims = _giver(ground, Claim)
    if claims is None:
        return
    resolved = _giver(ground, Resolved)
    buckets, shelves = ground.buckets(), [claims, resolved]

    def make(before: Kept_ | None) -> Kept_:
        former = before or {}
        made: Kept_ = {}
        for prefix in buckets:
            key = _state(shelves, prefix)
            known = former.get(prefix)
            kept = known is not None and known[0] == key
            made[prefix] = known if known is not None and kept else (key, _outline(claims, resolved, prefix))
        return made

    mark = len(buckets), *(mark_of(shelf.folder) for shelf in shelves if shelf is not None)
    found = _KEPT.get(ground.folder.absolute(), mark, make)
    for prefix in buckets:
        yield prefix, found[prefix][1]


def claims_in(ground: Ground, documents: Collection[str]) -> int:
    """Return how many claims stand in some documents."""
    count = 0
    for _, outline in outlines(ground):
        wanted = [number for number, one in enumerate(outline.documents) if one in documents]
        count += int(np.isin(outline.document, wanted).sum()) if wanted else 0
    return count


def _giver(ground: Ground, type_: type) -> Shelf | None:
    return next((shelf for shelf in ground.shelves.values() if type_ in shelf.types), None)


def _state(shelves: list[Shelf | None], prefix: str) -> tuple[object, ...]:
    """Return what tells one state of a bucket from another."""
    return tuple(
        (segment.name, segment.dropped)
        for shelf in shelves
        if shelf is not None
        for segment in shelf.segments(prefix)
    )


def _outline(claims: Shelf, resolved: Shelf | None, prefix: str) -> Outline:
    rows = claims.rows(Claim, prefix, columns=("id", "kind", "stance"))
    names = claims.rows(Named, prefix, columns=("claim", "part", "name", "mention"))
    places = rows.column("key_document").combine_chunks().dictionary_encode()
    ids = rows.column("id").combine_chunks()
    mention, entity = _given(resolved, prefix)
    given = pc.index_in(names.column("mention"), value_set=mention).combine_chunks().fill_null(-1)
    known, entities = (
        np.unique(entity, return_inverse=True) if len(entity) else (entity, np.zeros(0, np.int64))
    )
    at = given.to_numpy().astype(np.int64)
    told = names.column("name").combine_chunks().dictionary_encode()
    return Outline(
        documents=places.dictionary.to_pylist(),
        document=places.indices.to_numpy().astype(np.int32),
        key=keys_of(ids),
        kind=_places(rows.column("kind"), KINDS),
        stance=_places(rows.column("stance"), STANCES),
        claim=pc.index_in(names.column("claim"), value_set=ids).combine_chunks().to_numpy().astype(np.int32),
        part=_places(names.column("part"), PARTS),
        name=told.indices.to_numpy().astype(np.int32),
        loose=names.column("mention").combine_chunks().is_null().to_numpy(zero_copy_only=False),
        entity=np.where(at >= 0, entities[at] if len(entities) else -1, -1).astype(np.int32),
        names=told.dictionary,
        entities=known,
    )


def _given(resolved: Shelf | None, prefix: str) -> tuple[pa.Array, npt.NDArray[np.uint64]]:
    """Return the mentions of a bucket and the beginnings of their entities' ids."""
    if resolved is None:
        return pa.array([], type=pa.string()), np.zeros(0, np.uint64)
    rows = resolved.rows(Resolved, prefix, columns=("mention", "entity"))
    return rows.column("mention").combine_chunks(), keys_of(rows.column("entity"))


def _places(column: pa.ChunkedArray, known: tuple[str, ...]) -> npt.NDArray[np.int8]:
    found = pc.index_in(column, value_set=pa.array(known, type=pa.string())).combine_chunks().fill_null(-1)
    return np.asarray(found.to_numpy(), dtype=np.int8)
