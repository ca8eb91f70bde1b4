"""The steps in which a worker brings names of the whole case together, each for one part of the case.

    count   buckets    rows of `resolve`, equal ones counted            to parts by entity
    weigh   a part     what the case knows of each entity               (stays in its part)
    offer   a part     each entity to the blocks that a rule names      to parts by block
    decide  a part     the links that the rule makes of each block      (for the build to put together)
    move    a part     rows of entities that became another             to parts by that one
    make    a part     the table of entities

What a step holds is a part, however large the case; which parts there are changes no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Entity, Resolved
from casegraph.pipeline.entities import (
    COLUMNS,
    COUNTED,
    columns_of,
    counted_rows,
    entities_of,
    lists,
    parts_of,
    tallies,
    unit_of,
)
from casegraph.pipeline.tasks import Step
from casegraph.resolve import RULES, Counted, Judged, Known, Link, Rule, components
from casegraph.store.manifest import Segment
from casegraph.store.segment import write_segment
from casegraph.store.shelf import Shelf
from casegraph.store.spill import SUFFIX, part_of, spilled, write_spill

MOST_BITS = 8  # leading bits of an entity's id that tell its part, at most: as many as `make` has parts
KNOWN = "known.msgpack"

_COUNTED = pa.schema(
    [
        ("id", pa.string()),
        ("group", pa.string()),
        ("key", pa.string()),
        ("mentions", pa.int64()),
        ("spread", pa.int64()),
        ("placed", pa.bool_()),
        ("longer", pa.list_(pa.string())),
        ("votes", pa.list_(pa.int64())),
        ("bears", pa.list_(pa.string())),
        ("documents", pa.list_(pa.string())),
    ]
)
_LINKS = pa.schema(
    [(name, pa.string()) for name in ("one", "other", "own_key", "other_key")] + [("sure", pa.bool_())]
)


class _Told(msgspec.Struct, frozen=True, array_like=True):
    """What of `Known` goes to workers: vetoes are the build's own business."""

    into: dict[str, str]
    voted: list[str]
    proposed: list[tuple[str, str, tuple[str, str]]]
    boxes: bool
    same: tuple[tuple[str, str], ...]


_WIRE: msgspec.msgpack.Decoder[_Told] = msgspec.msgpack.Decoder(_Told)


def entity_part(entity: str, parts: int) -> int:
    """Return the part of an entity by the leading bits of its id; `parts` is a power of two up to 256."""
    return int(entity[len("entity-") :][:2], 16) >> (MOST_BITS - (parts.bit_length() - 1))


def file_name(part: int) -> str:
    """Return what the file is called that a step writes for a part."""
    return f"{part:05}{SUFFIX}"


def known_to(known: Known) -> bytes:
    """Return what rules ask of what is known as bytes."""
    proposed = [(link.one, link.other, link.keys) for link in known.proposed.values()]
    told = _Told(dict(known.into), sorted(known.voted), proposed, known.boxes, known.judged.same)
    return msgspec.msgpack.encode(told)


def known_from(data: bytes) -> Known:
    """Return what is known from bytes."""
    told = _WIRE.decode(data)
    links = {one: Link(one, other, keys, sure=False) for one, other, keys in told.proposed}
    return Known(told.into, frozenset(told.voted), links, told.boxes, Judged(told.same))


def links_of(tables: Iterable[pa.Table]) -> Iterator[Link]:
    """Yield the links that `decide` has written."""
    for table in tables:
        for one, other, own, another, sure in zip(*columns_of(table, *_LINKS.names), strict=True):
            yield Link(one, other, (own, another), sure)


class Groups:
    """Does the steps, in a worker."""

    def __init__(self, resolved: Shelf | None, entities: Shelf, spill: Path, outbox: Path) -> None:
        self._resolved, self._entities = resolved, entities
        self._spill, self._outbox = spill, outbox
        self._known: tuple[str, Known] = ("", Known())

    def do(self, step: Step) -> Segment | None:
        """Do one step; returns a segment for `make` alone, None where there is nothing."""
        if step.step == "make":
            return self._make(step)
        done = {
            "count": self._count,
            "weigh": self._weigh,
            "offer": self._offer,
            "decide": self._decide,
            "move": self._move,
        }
        rows, parts = done[step.step](step)
        write_spill(self._outbox / step.writes / file_name(step.part), rows, parts)
        return None

    def _rows(self, step: Step, *folders: str) -> pa.Table:
        tables = spilled([self._spill / folder for folder in folders], step.part)
        return pa.concat_tables(tables) if tables else COUNTED.empty_table()

    def _told(self, step: Step) -> Known:
        if self._known[0] != step.known:
            self._known = step.known, known_from((self._spill / step.known / KNOWN).read_bytes())
        return self._known[1]

    def _count(self, step: Step) -> tuple[pa.Table, list[int]]:
        if self._resolved is None:
            return COUNTED.empty_table(), []
        parts = [
            counted_rows(self._resolved.rows(Resolved, prefix, columns=COLUMNS)) for prefix in step.prefixes
        ]
        return _by_entity(pa.concat_tables(parts), step.parts)

    def _weigh(self, step: Step) -> tuple[pa.Table, list[int]]:
        found = list(_case_counts(self._rows(step, *step.reads)))
        columns = [
            [one.id for one, _ in found],
            [one.group for one, _ in found],
            [one.key for one, _ in found],
            [one.mentions for one, _ in found],
            [one.spread for one, _ in found],
            [one.placed for one, _ in found],
            [sorted(one.short_of) for one, _ in found],
            [[one.short_of[longer] for longer in sorted(one.short_of)] for one, _ in found],
            [sorted(one.bears) for one, _ in found],
            [documents for _, documents in found],
        ]
        arrays = [pa.array(values, type=field.type) for values, field in zip(columns, _COUNTED, strict=True)]
        return pa.table(arrays, schema=_COUNTED), [0] * len(found)

    def _offer(self, step: Step) -> tuple[pa.Table, list[int]]:
        rule, known = _rule(step.rule), self._told(step)
        (folder,) = step.reads
        names = _COUNTED.names if rule.documents else _COUNTED.names[:-1]
        tables = spilled([self._spill / folder / file_name(step.part)], columns=names)
        rows = pa.concat_tables(tables) if tables else _COUNTED.empty_table().select(names)
        pairs = [
            (key, place)
            for place, one in enumerate(_decoded(rows))
            if one.id not in known.into
            for key in rule.keys(one, known)
        ]
        keys = [key for key, _ in pairs]
        offered = rows.take(pa.array([place for _, place in pairs], type=pa.int64()))
        offered = offered.append_column("block", pa.array(keys, type=pa.string()))
        return offered, [part_of(key, step.parts) for key in keys]

    def _decide(self, step: Step) -> tuple[pa.Table, list[int]]:
        rule, known = _rule(step.rule), self._told(step)
        links: list[Link] = []
        tables = spilled([self._spill / folder for folder in step.reads], step.part)
        if tables:
            rows = _in_company(pa.concat_tables(tables), rule.least)
            rows = rows.sort_by([("block", "ascending"), ("id", "ascending")])
            members = zip(rows.column("block").to_pylist(), _decoded(rows), strict=True)
            for key, block in groupby(members, key=lambda pair: pair[0]):
                links += rule.decide(key, [one for _, one in block], known)
        columns = [
            [link.one for link in links],
            [link.other for link in links],
            [link.keys[0] for link in links],
            [link.keys[1] for link in links],
            [link.sure for link in links],
        ]
        arrays = [pa.array(values, type=field.type) for values, field in zip(columns, _LINKS, strict=True)]
        return pa.table(arrays, schema=_LINKS), [0] * len(links)

    def _move(self, step: Step) -> tuple[pa.Table, list[int]]:
        into = components(self._told(step))
        rows = self._rows(step, *step.reads)
        rows = rows.filter(pc.is_in(rows.column("entity"), value_set=pa.array(list(into), pa.string())))
        own = pa.array([into[entity] for entity in rows.column("entity").to_pylist()], pa.string())
        return _by_entity(rows.set_column(0, "entity", own), step.parts)

    def _make(self, step: Step) -> Segment | None:
        into = components(self._told(step))
        merged: dict[str, list[str]] = {}
        for one, other in sorted(into.items()):
            if entity_part(other, step.parts) == step.part:
                merged.setdefault(other, []).append(one)
        first, *moved = step.reads
        rows = self._rows(step, first)
        gone = pc.is_in(rows.column("entity"), value_set=pa.array(list(into), pa.string()))
        rows = pa.concat_tables([rows.filter(pc.invert(gone)), self._rows(step, *moved)])
        if not rows.num_rows:
            return None
        parts = list(parts_of(entities_of(rows, merged)))
        units = [unit_of(part, table, step.key) for part, table in parts]
        bits = step.parts.bit_length() - 1
        prefix = format(step.part, f"0{bits}b") if bits else ""
        name = f"{step.key}-{prefix}" if prefix else step.key
        return write_segment(self._entities.out, name, prefix, units, [(Entity, iter(parts))])


def _rule(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


def _by_entity(rows: pa.Table, parts: int) -> tuple[pa.Table, list[int]]:
    return rows, [entity_part(entity, parts) for entity in rows.column("entity").to_pylist()]


def _in_company(rows: pa.Table, least: int) -> pa.Table:
    """Return the rows of blocks with so many members: most names are alone in theirs."""
    if least < 2:
        return rows
    counts = rows.group_by("block", use_threads=False).aggregate([([], "count_all")])
    large = counts.filter(pc.greater_equal(counts.column("count_all"), least)).column("block")
    return rows.filter(pc.is_in(rows.column("block"), value_set=large.combine_chunks()))


def _decoded(rows: pa.Table) -> Iterator[Counted]:
    """Yield what the rows know of entities; documents, where they are there, as numbers within these rows."""
    documents: Iterator[frozenset[int]] | None = None
    if "documents" in rows.column_names:
        documents = _numbered(rows.column("documents").combine_chunks())
    for id_, group, key, mentions, spread, placed, longer, votes, bears in zip(
        *columns_of(rows, *_COUNTED.names[:-1]), strict=True
    ):
        yield Counted(
            id=id_,
            group=group,
            key=key,
            mentions=mentions,
            documents=next(documents) if documents is not None else frozenset[int](),
            placed=placed,
            short_of=dict(zip(longer, votes, strict=True)),
            bears=frozenset(bears),
            spread=spread,
        )


def _numbered(documents: pa.ListArray) -> Iterator[frozenset[int]]:
    numbers = documents.flatten().dictionary_encode().indices.to_numpy()
    start = 0
    for length in pc.list_value_length(documents).to_pylist():
        yield frozenset(numbers[start : start + length].tolist())
        start += length


def _case_counts(rows: pa.Table) -> Iterator[tuple[Counted, Sequence[str]]]:
    """Yield what the case knows of each entity as the documents name it, by id, and its documents."""
    documents = lists(rows, "document")
    mentions = tallies(rows, "key")
    groups = lists(rows, "group")
    boxes = set(rows.filter(pc.is_valid(rows.column("email"))).column("entity").to_pylist())
    placed = set(rows.filter(pc.is_valid(rows.column("country"))).column("entity").to_pylist())
    longer: dict[str, dict[str, set[str]]] = {}
    votes = rows.filter(pc.is_valid(rows.column("short_of")))
    for entity, other, document in zip(*columns_of(votes, "entity", "short_of", "document"), strict=True):
        longer.setdefault(entity, {}).setdefault(other, set()).add(document)
    for entity, tally in sorted(mentions.items()):
        counted = Counted(
            id=entity,
            group=next((one for one in groups[entity] if one), ""),
            key=min(tally),
            mentions=sum(tally.values()),
            documents=frozenset[str](),
            placed=entity in placed,
            short_of={other: len(found) for other, found in longer.get(entity, {}).items()},
            bears=frozenset(tally) if entity in boxes else frozenset(),
            spread=len(documents[entity]),
        )
        yield counted, documents[entity]
