"""The steps in which a worker brings names of the whole case together, each for one part of the case.

    count   buckets    rows of `resolve`, equal ones counted            to parts by entity
    weigh   a part     what the case knows of each entity               (stays in its part)
    offer   a part     each entity to the blocks that a rule names      to parts by block
    decide  a part     the links that the rule makes of each block      (for the build to put together)
    score   a part     what the matcher makes of each block             to parts by entity
    refer   a part     entities that entries of reference data name     to parts by entry
    listed  a part     the pairs that each entry makes                  to parts by entity
    pair    a part     the table of pairs
    move    a part     rows of entities that became another             to parts by that one
    make    a part     the table of entities

What a step holds is a part, however large the case; which parts there are changes no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Entity, Pair, Problem, Record, Resolved
from casegraph.pipeline import matches
from casegraph.pipeline.counting import case_counts
from casegraph.pipeline.entities import (
    COLUMNS,
    COUNTED,
    columns_of,
    counted_rows,
    entities_of,
    parts_of,
    unit_of,
)
from casegraph.pipeline.entries import REFERRED, listed_pairs, referred
from casegraph.pipeline.stepping import file_name, prefix_bits
from casegraph.pipeline.tasks import Done, Step, Tally
from casegraph.resolve import JUDGED, RULES, Counted, Judged, Known, Link, Rule, components
from casegraph.store.manifest import Segment, Unit
from casegraph.store.segment import write_segment
from casegraph.store.shelf import Shelf
from casegraph.store.spill import part_of, spilled, write_spill

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
        ("identifiers", pa.list_(pa.string())),
        ("names", pa.list_(pa.string())),
        ("aliases", pa.list_(pa.string())),
        ("said", pa.list_(pa.int64())),
        ("documents", pa.list_(pa.string())),
    ]
)
_MATCHED = ("names", "aliases", "said")  # columns that the matcher alone needs
_ALWAYS = tuple(name for name in _COUNTED.names if name not in {*_MATCHED, "documents"})
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


def known_to(known: Known) -> bytes:
    """Return what rules ask of what is known as bytes."""
    proposed = [(link.one, link.other, link.keys) for link in known.proposed.values()]
    told = _Told(dict(known.into), sorted(known.voted), proposed, known.boxes, known.judged.same)
    return msgspec.msgpack.encode(told)


def known_from(data: bytes) -> Known:
    """Return what is known from bytes."""
    told = _WIRE.decode(data)
    links = {one: Link(one, other, keys, sure=False) for one, other, keys in told.proposed}
    return Known(told.into, frozenset(told.voted), links, told.boxes, judged=Judged(told.same))


def links_of(tables: Iterable[pa.Table]) -> Iterator[Link]:
    """Yield the links that `decide` has written."""
    for table in tables:
        for one, other, own, another, sure in zip(*columns_of(table, *_LINKS.names), strict=True):
            yield Link(one, other, (own, another), sure)


class Groups:
    """Does the steps, in a worker."""

    def __init__(
        self, resolved: Shelf | None, made: tuple[Shelf, Shelf, Shelf], spill: Path, outbox: Path
    ) -> None:
        self._resolved = resolved
        self._entities, self._pairs, self._comparisons = made
        self._spill, self._outbox = spill, outbox
        self._known: tuple[str, Known] = ("", Known())

    def do(self, step: Step) -> Done:
        """Do one step; segments come of `make` and `pair` alone, None where there is nothing."""
        if step.step == "make":
            return Done(segments={self._entities.stage: self._make(step)})
        if step.step == "pair":
            return Done(segments={self._pairs.stage: self._pair(step)})
        if step.step == "score":
            return self._score(step)
        done = {
            "count": self._count,
            "weigh": self._weigh,
            "offer": self._offer,
            "decide": self._decide,
            "refer": self._refer,
            "listed": self._listed,
            "move": self._move,
        }
        self._write(step, *done[step.step](step))
        return Done(segments={})

    def _write(self, step: Step, rows: pa.Table, parts: list[int]) -> None:
        write_spill(self._outbox / step.writes / file_name(step.part), rows, parts)

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
        found = list(case_counts(self._rows(step, *step.reads)))
        counts = [one for one, _ in found]
        columns = [
            [one.id for one in counts],
            [one.group for one in counts],
            [one.key for one in counts],
            [one.mentions for one in counts],
            [one.spread for one in counts],
            [one.placed for one in counts],
            [sorted(one.short_of) for one in counts],
            [[one.short_of[longer] for longer in sorted(one.short_of)] for one in counts],
            [sorted(one.bears) for one in counts],
            [sorted(one.identifiers) for one in counts],
            [one.names for one in counts],
            [sorted(one.aliases) for one in counts],
            [[one.aliases[alias] for alias in sorted(one.aliases)] for one in counts],
            [documents for _, documents in found],
        ]
        arrays = [pa.array(values, type=field.type) for values, field in zip(columns, _COUNTED, strict=True)]
        return pa.table(arrays, schema=_COUNTED), [0] * len(found)

    def _offer(self, step: Step) -> tuple[pa.Table, list[int]]:
        rule, known = _rule(step.rule), self._told(step)
        (folder,) = step.reads
        without = set() if rule.name == matches.RULE else set(_MATCHED)
        without |= set() if rule.documents else {"documents"}
        names = [name for name in _COUNTED.names if name not in without]
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
        for key, block in self._blocks(step, rule.least):
            links += rule.decide(key, block, known)
        columns = [
            [link.one for link in links],
            [link.other for link in links],
            [link.keys[0] for link in links],
            [link.keys[1] for link in links],
            [link.sure for link in links],
        ]
        arrays = [pa.array(values, type=field.type) for values, field in zip(columns, _LINKS, strict=True)]
        return pa.table(arrays, schema=_LINKS), [0] * len(links)

    def _blocks(self, step: Step, least: int) -> Iterator[tuple[str, list[Counted]]]:
        tables = spilled([self._spill / folder for folder in step.reads], step.part)
        if tables:
            rows = _in_company(pa.concat_tables(tables), least)
            rows = rows.sort_by([("block", "ascending"), ("id", "ascending")])
            members = zip(rows.column("block").to_pylist(), _decoded(rows), strict=True)
            for key, block in groupby(members, key=lambda pair: pair[0]):
                yield key, [one for _, one in block]

    def _score(self, step: Step) -> Done:
        found: list[Pair] = []
        crowds: list[Problem] = []
        tally, most = Tally(), matches.most()
        memo = matches.memory(self._comparisons, prefix_bits(step.part, step.pieces))
        for key, block in self._blocks(step, 2):
            tally.documents += 1
            if len(block) > most:
                crowds.append(matches.crowded(key, block))
            else:
                found += matches.pairs_of(key, block, memo)
        tally.records, tally.problems = memo.fresh, len(crowds)
        rows = matches.written(found)
        self._write(step, rows, [entity_part(left, step.parts) for left in rows.column("left").to_pylist()])
        own = msgspec.structs.replace(step, parts=step.pieces)
        unit, tables = matches.kept(memo, [*crowds, *matches.failures(memo)], step.key)
        segment = _written(own, self._comparisons, [unit], tables)
        return Done(segments={self._comparisons.stage: segment}, tallies={matches.STAGE: tally})

    def _refer(self, step: Step) -> tuple[pa.Table, list[int]]:
        (folder,) = step.reads
        tables = spilled([self._spill / folder / file_name(step.part)])
        rows = pa.concat_tables(tables) if tables else _COUNTED.empty_table()
        derived = self._entities.folder.parent
        return referred(derived, step.lists, _decoded(rows.drop_columns(["documents"])), step.parts)

    def _listed(self, step: Step) -> tuple[pa.Table, list[int]]:
        tables = spilled([self._spill / folder for folder in step.reads], step.part)
        found = listed_pairs(pa.concat_tables(tables) if tables else REFERRED.empty_table())
        return matches.written(found), [entity_part(one.left, step.parts) for one in found]

    def _pair(self, step: Step) -> Segment | None:
        tables = spilled([self._spill / folder for folder in step.reads], step.part)
        made = list(matches.tables_of(pa.concat_tables(tables), step.key)) if tables else []
        made = made or [matches.nothing(step.key)]
        return _segment(step, self._pairs, [unit for unit, _ in made], Pair, [rows for _, rows in made])

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
        return _segment(step, self._entities, units, Entity, parts)


def _segment(
    step: Step, shelf: Shelf, units: list[Unit], type_: type[Record], tables: list[tuple[str, pa.Table]]
) -> Segment | None:
    """Write the segment of one part; None where there is nothing."""
    return _written(step, shelf, units, [(type_, tables)]) if units else None


def _written(
    step: Step,
    shelf: Shelf,
    units: list[Unit],
    tables: Iterable[tuple[type[Record], list[tuple[str, pa.Table]]]],
) -> Segment:
    prefix = prefix_bits(step.part, step.parts)
    name = f"{step.key}-{prefix}" if prefix else step.key
    return write_segment(shelf.out, name, prefix, units, [(type_, iter(rows)) for type_, rows in tables])


def _rule(name: str) -> Rule:
    if name == matches.RULE:
        return matches.matcher()
    return next(rule for rule in (*RULES, JUDGED) if rule.name == name)


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
    matched = set(_MATCHED) <= set(rows.column_names)
    names: Iterator[tuple[list[str], list[str], list[int]]] = iter(())
    if matched:
        names = zip(*columns_of(rows, *_MATCHED), strict=True)
    for id_, group, key, mentions, spread, placed, longer, votes, bears, numbers in zip(
        *columns_of(rows, *_ALWAYS), strict=True
    ):
        forms, aliases, said = next(names) if matched else ([], [], [])
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
            identifiers=frozenset(numbers),
            names=tuple(forms),
            aliases=dict(zip(aliases, said, strict=True)),
        )


def _numbered(documents: pa.ListArray) -> Iterator[frozenset[int]]:
    numbers = documents.flatten().dictionary_encode().indices.to_numpy()
    start = 0
    for length in pc.list_value_length(documents).to_pylist():
        yield frozenset(numbers[start : start + length].tolist())
        start += length
