"""The steps in which a worker finds on whose word claims rest, each for one part of the case.

verify       a part     claims of groups that are to be made anew            to parts by document
report       buckets    these claims, with their documents' roads            to parts by group
corroborate  a part     clusters, origins, contradictions of each group      to parts by document or id
back         a part     the tables of corroborations, and of numbers by claim
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from casegraph import trace
from casegraph.model import Claim, Corroboration, Document
from casegraph.pipeline.join import joined
from casegraph.pipeline.stepping import prefix_bits
from casegraph.pipeline.tasks import Done, Step
from casegraph.pipeline.tracing.claims import entities_of
from casegraph.pipeline.tracing.steps import Job, Row, Said, Steps, by_bucket, document_part, encode
from casegraph.pipeline.tracing.stories import ROAD, Road, bare
from casegraph.pipeline.tracing.tables import Memory, digest_of, memory, place_of
from casegraph.pipeline.tracing.weighed import Backed, backed_by
from casegraph.store.spill import part_of

_REPORTED: msgspec.msgpack.Decoder[trace.Reported] = msgspec.msgpack.Decoder(trace.Reported)
_MADE: msgspec.msgpack.Decoder[list[Row]] = msgspec.msgpack.Decoder(list[Row])
_BACKED: msgspec.msgpack.Decoder[Backed] = msgspec.msgpack.Decoder(Backed)
_FOUND: msgspec.msgpack.Decoder[Corroboration] = msgspec.msgpack.Decoder(Corroboration)
_NOWHERE = Road()
_CLAIM, _CLUSTER = "claim", "corroboration-"
_HASH = len("sha256:")


class Backing(Steps):
    """Does the steps from groups of claims to corroborations."""

    def _jobs(self) -> dict[str, Job]:
        return {
            "verify": self._verify,
            "report": self._report,
            "corroborate": self._corroborate,
            "back": self._back,
        }

    def _memo(self, step: Step) -> Memory:
        return memory(self._shelves.made.clusters, prefix_bits(step.part, step.parts))

    def _bonds(self, step: Step, folder: str) -> dict[str, list[tuple[str, str]]]:
        """Return by group the parties tied to each other among those that its claims name, and beyond."""
        found: dict[str, set[tuple[str, str]]] = {}
        for group, pair, _ in self._read(step, folder):
            left, _, right = pair.partition("\n")
            found.setdefault(group, set()).add((left, right))
        return {group: sorted(pairs) for group, pairs in found.items()}

    def _verify(self, step: Step) -> None:
        counted, tied = step.reads
        memo, said, bonds = self._memo(step), self._said(), self._bonds(step, tied)
        rows = [
            row
            for group, own in self._groups(step, counted)
            if not memo.knows(_digest(own, bonds.get(group, ()), said))
            for row in own
        ]
        self._blobs(step, rows, lambda row: document_part(row[1], step.parts))

    def _report(self, step: Step) -> None:
        wanted, roads = step.reads
        groups = self._wanted(step, wanted)
        ways = {document: ROAD.decode(blob) for _, document, blob in self._read(step, roads)}
        entities = entities_of(self._shelves, step, self._merges()) if groups else {}
        houses = self._houses(step.prefixes if groups else ())
        altered = self._altered()
        rows: list[Row] = []
        for prefix, documents in by_bucket(step, {one.partition(" ")[0] for one in groups}):
            held: dict[str, Document] = {one.id: one for one in self._bare(prefix, documents)}
            own = entities[prefix]
            for claim in self._shelves.claims.records(Claim, prefix, documents=documents):
                id_ = f"{claim.document} {claim.id}"
                if id_ in groups:
                    road, whole = ways.get(claim.document, _NOWHERE), altered.read(joined(claim, own.of))
                    told = trace.Reported(
                        whole,
                        bare(held[claim.document]),
                        road.road,
                        road.sources,
                        road.later,
                        own.schemas_of(whole),
                        (*houses.get(claim.document, ()), *road.houses),
                    )
                    rows += [(group, id_, encode(told)) for group in groups[id_]]
        self._blobs(step, rows, lambda row: part_of(row[0], step.parts))

    def _corroborate(self, step: Step) -> Done:
        counted, tied, told = step.reads
        memo, said, bonds = self._memo(step), self._said(), self._bonds(step, tied)
        families, grades = trace.Families(said.publishers), dict(said.grades)
        reported = {group: [blob for _, _, blob in own] for group, own in self._groups(step, told)}
        rows: list[Row] = []
        for group, own in self._groups(step, counted):
            digest = _digest(own, bonds.get(group, ()), said)
            made = memo.recall(digest)
            if made is None:
                whole = [_REPORTED.decode(blob) for blob in reported.get(group, ())]
                wiser = families.learned((), (house for one in whole for house in one.houses))
                found = trace.corroborations(whole, wiser, grades, bonds.get(group, ()))
                places = {one.claim.id: one.claim.document for one in whole}
                made = memo.keep(digest, encode([row for one in found for row in rows_of(one, places)]))
            rows += _MADE.decode(made)
        self._blobs(step, rows, lambda row: document_part(row[1], step.parts))
        return self._kept(step, self._shelves.made.clusters, memo)

    def _back(self, step: Step) -> Done:
        clusters: dict[str, list[bytes]] = {}
        claims: dict[str, list[bytes]] = {}
        for kind, place, blob in self._read(step, *step.reads):
            if kind == _CLAIM:
                claims.setdefault(place, []).append(blob)
            else:
                clusters.setdefault(place_of(_CLUSTER + place[_HASH:]), []).append(blob)
        made = self._shelves.made
        segments = {
            made.corroborations.stage: self._table(
                step, made.corroborations, clusters, lambda blob: (_FOUND.decode(blob),)
            ),
            made.backing.stage: self._table(step, made.backing, claims, lambda blob: (_BACKED.decode(blob),)),
        }
        return Done(segments=segments)


def _digest(own: Sequence[Row], bonds: Sequence[tuple[str, str]], said: Said) -> bytes:
    """Return a digest of all that the corroborations of a group follow from."""
    states = (part for _, claim, made in own for part in (claim.encode(), made))
    return digest_of(str(trace.VERSION).encode(), encode(said), encode(bonds), *states)


def rows_of(one: Corroboration, places: Mapping[str, str]) -> Iterator[Row]:
    """Yield a cluster, placed by its id as a document is by its own, and the numbers of its claims."""
    yield _CLUSTER, f"sha256:{one.id.removeprefix(_CLUSTER)}", encode(one)
    for backed in backed_by(one):
        yield _CLAIM, places[backed.claim], encode(backed)
