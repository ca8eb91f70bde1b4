"""The steps in which a worker finds claims that may say the same, each for one part of the case.

    claim   buckets    each claim to the blocks that it, or a passage, names     to parts by block
                       what tells the states of claims, and whom they name       to parts by document
                       which parties they tie                                    to parts by party
    agree   a part     links between claims of a block                           (the build joins them)
    muster  buckets    claims that are linked, and what tells their states       to parts by group
                       whom they name                                            to parts by party
    tie     a part     parties that are tied to those                            to parts by group

A claim goes by its document's id and its own. What a part's buckets came to is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph import trace
from casegraph.model import Claim, Derivation, Resolved
from casegraph.pipeline.entities import columns_of
from casegraph.pipeline.join import entities_in, joined, mentions_of
from casegraph.pipeline.reviewed import Alterations, Altered
from casegraph.pipeline.stepping import prefix_bits
from casegraph.pipeline.tasks import Done, Step
from casegraph.pipeline.tracing.kin import packed, several, thinned, unpacked
from casegraph.pipeline.tracing.steps import (
    PAIRS,
    Job,
    Row,
    Shelves,
    Steps,
    as_table,
    by_bucket,
    crowding,
    encode,
    segments_of,
)
from casegraph.pipeline.tracing.stories import ROAD
from casegraph.pipeline.tracing.tables import digest_of, memory
from casegraph.store.layout import prefix_of
from casegraph.store.spill import part_of

STATES, BONDS = 1, 2
"""Kinds of rows in files that have several: so many times the number of parts further on are theirs."""


class _State(msgspec.Struct, frozen=True, array_like=True):
    """What tells a claim's state, and the keys of those whom it names."""

    digest: bytes
    names: tuple[str, ...]


_STATE: msgspec.msgpack.Decoder[_State] = msgspec.msgpack.Decoder(_State)
_TABLES: msgspec.msgpack.Decoder[tuple[bytes, bytes, bytes]] = msgspec.msgpack.Decoder(
    tuple[bytes, bytes, bytes]
)


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities of the case that a bucket names, and their schemas as its documents tell them."""

    of: Mapping[str, str]  # by mention
    schemas: Mapping[str, str]  # by entity

    def schemas_of(self, claim: Claim) -> dict[str, str]:
        """Return the schemas of the entities that a claim names."""
        own = sorted({*entities_in(claim), *(self.of[one] for one in mentions_of(claim) if one in self.of)})
        return {one: self.schemas[one] for one in own if one in self.schemas}


def entities_of(shelves: Shelves, step: Step, into: Mapping[str, str]) -> dict[str, Entities]:
    """Return the entities of a step's buckets; `into` tells which became others."""
    found = {}
    for prefix in step.prefixes:
        rows = shelves.resolved.rows(Resolved, prefix, columns=("mention", "entity", "schema"))
        of: dict[str, str] = {}
        schemas: dict[str, str] = {}
        for mention, entity, schema in zip(*columns_of(rows, "mention", "entity", "schema"), strict=True):
            of[mention] = own = into.get(entity, entity)
            schemas[own] = min(schema, schemas.get(own, schema))
        found[prefix] = Entities(of, schemas)
    return found


def altered_in(altered: Iterable[Altered], prefixes: Sequence[str]) -> list[Altered]:
    """Return what people say of the claims of some buckets, by claim."""
    width = len(prefixes[0]) if prefixes else 0
    own = (one for one in altered if prefix_of(one.document, width) in prefixes)
    return sorted(own, key=lambda one: one.claim)


class Claims(Steps):
    """Does the steps from claims to groups of them."""

    def _jobs(self) -> dict[str, Job]:
        return {"claim": self._claim, "agree": self._agree, "muster": self._muster, "tie": self._tie}

    def _merged(self, step: Step, into: Mapping[str, str]) -> bytes:
        """Return what tells how the entities are merged that a step's buckets name."""
        own: set[str] = set()
        for prefix in step.prefixes if into else ():
            rows = self._shelves.resolved.rows(Resolved, prefix, columns=("entity",))
            own.update(pc.unique(rows.column("entity")).to_pylist())
        return encode(sorted((one, into[one]) for one in own & into.keys()))

    def _claim(self, step: Step) -> Done:
        shelf = self._shelves.made.claims
        memo = memory(shelf, prefix_bits(step.part, step.parts))
        into, altered = self._merges(), self._altered()
        given = segments_of((self._shelves.claims, self._shelves.resolved), step.prefixes)
        version, said = (
            str(trace.VERSION).encode(),
            encode(altered_in(altered.by_claim.values(), step.prefixes)),
        )
        digest = digest_of(version, self._merged(step, into), said, *given)
        known = memo.recall(digest)
        if known is None:
            rows = self._looked_at(step, into, altered)
            known = memo.keep(digest, encode([packed(as_table(one)) for one in rows]))
        keys, states, bonds = map(unpacked, _TABLES.decode(known))
        keys = pa.concat_tables([keys, as_table(self._in_passages(step, altered))])
        parts = [part_of(key, step.parts) for key in keys.column("key").to_pylist()]
        parts += [STATES * step.parts + step.part] * states.num_rows
        parts += [BONDS * step.parts + part_of(key, step.parts) for key in bonds.column("key").to_pylist()]
        self._write(step, pa.concat_tables([keys, states, bonds]), parts)
        return self._kept(step, shelf, memo)

    def _looked_at(
        self, step: Step, into: Mapping[str, str], altered: Alterations
    ) -> tuple[list[Row], list[Row], list[Row]]:
        keys: list[Row] = []
        states: list[Row] = []
        bonds: set[tuple[str, str]] = set()
        for prefix, entities in entities_of(self._shelves, step, into).items():
            pages: dict[str, list[Claim]] = {}
            for claim in self._shelves.claims.records(Claim, prefix):
                if not altered.stands(claim.id):
                    continue
                whole, id_ = altered.read(joined(claim, entities.of)), f"{claim.document} {claim.id}"
                found = {*trace.claim_keys(whole), *trace.matter_keys(whole)}
                keys += [(key, id_, b"") for key in sorted(found)]
                pages.setdefault(claim.document, []).append(whole)
                state = _State(digest_of(encode(whole)), tuple(sorted(set(trace.names(whole)))))
                states.append(("", id_, encode(state)))
                bonds.update(pair for one in trace.bonds(whole) for pair in (one, one[::-1]))
            keys += [
                (key, f"{claim.document} {claim.id}", b"")
                for _, claims in sorted(pages.items())
                for claim, key in (*trace.denial_keys(claims), *trace.sense_keys(claims))
            ]
        return keys, states, [(left, right, b"") for left, right in sorted(bonds)]

    def _in_passages(self, step: Step, altered: Alterations) -> list[Row]:
        """Return the keys of claims that a passage of a derivation brings together."""
        ways: dict[str, list[Derivation]] = {}
        for _, document, blob in self._read(step, *step.reads):
            road = ROAD.decode(blob)
            ways.setdefault(document, []).extend(one for one in (*road.own, *road.later) if one.passages)
        return [
            (key, f"{claim.document} {claim.id}", b"")
            for prefix, documents in by_bucket(step, {one for one, steps in ways.items() if steps})
            for claim in self._shelves.claims.records(Claim, prefix, documents=documents)
            if altered.stands(claim.id)
            for key in trace.passage_keys(claim, ways[claim.document])
        ]

    def _agree(self, step: Step) -> Done:
        """Link the claims of each block in a row."""
        rows, crowded = several(thinned(self._rows(step, *step.reads)))
        keys = rows.column("key")
        same = pc.equal(keys.slice(1), keys.slice(0, max(0, rows.num_rows - 1)))
        left = rows.slice(0, max(0, rows.num_rows - 1)).filter(same).column("document")
        right = rows.slice(1).filter(same).column("document")
        count = len(left)
        self._write(step, pa.table([[""] * count, left, right, [1.0] * count], schema=PAIRS), [0] * count)
        return crowding(crowded)

    def _muster(self, step: Step) -> None:
        groups, claims, roads = step.reads
        own = self._beyond(step, STATES)
        states = {claim: _STATE.decode(made) for _, claim, made in self._read(own, claims)}
        ways = {document: digest_of(blob) for _, document, blob in self._read(step, roads)}
        for document, houses in self._houses(step.prefixes).items():
            ways[document] = ways.get(document, b"") + encode(houses)
        rows: list[Row] = []
        named: set[tuple[str, str]] = set()
        for group, document, claim in self._read(step, groups):
            id_ = claim.decode()
            rows.append((group, id_, states[id_].digest + ways.get(document, b"")))
            named.update((name, group) for name in states[id_].names)
        parts = [part_of(group, step.parts) for group, _, _ in rows]
        parts += [STATES * step.parts + part_of(name, step.parts) for name, _ in sorted(named)]
        rows += [(name, group, b"") for name, group in sorted(named)]
        self._write(step, as_table(rows), parts)

    def _tie(self, step: Step) -> None:
        counted, claims = step.reads
        tied: dict[str, set[str]] = {}
        for left, right, _ in self._read(self._beyond(step, BONDS), claims):
            tied.setdefault(left, set()).add(right)
        found = {
            (group, f"{name}\n{other}")
            for name, group, _ in self._read(self._beyond(step, STATES), counted)
            for other in tied.get(name, ())
        }
        rows = [(group, pair, b"") for group, pair in sorted(found)]
        self._blobs(step, rows, lambda row: part_of(row[0], step.parts))

    def _beyond(self, step: Step, times: int) -> Step:
        """Return a step that reads the further parts of a file that has several kinds of rows."""
        return msgspec.structs.replace(step, part=times * step.parts + step.part)
