"""The table of entities: `resolve` names an entity for each mention, here they are brought together.

Entity ids are made from names, so bringing together is counting. Only counts by bucket are held at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Entity, Resolved, make_id
from casegraph.pipeline.tasks import Gather
from casegraph.resolve import Counted, unify
from casegraph.store.codec import codec
from casegraph.store.manifest import Manifest, Segment, Unit
from casegraph.store.segment import write_segment
from casegraph.store.shelf import Shelf

STAGE = "entities"
VERSION = 3
PART_DIGITS = 2  # hex digits of an entity's id that place it in the table

_COLUMNS = (
    "entity",
    "schema",
    "name",
    "spelling",
    "country",
    "document",
    "group",
    "key",
    "short_of",
    "email",
)


def entity_shelf(derived: Path, outbox: Path | None = None) -> Shelf:
    """Return where the table of entities is kept."""
    return Shelf(derived, STAGE, VERSION, (Entity,), outbox)


def gather_key(resolved: Manifest) -> str:
    """Return the key of the table that these segments of `resolve` make."""
    return make_id("key", STAGE, VERSION, *(segment.name for segment in resolved.segments))


def gather(entities: Shelf, resolved: Shelf, task: Gather) -> Segment | None:
    """Write the table of entities as one segment named by the task's key; None when there are none."""
    partials = [_counted(resolved.rows(Resolved, prefix, columns=_COLUMNS)) for prefix in task.prefixes]
    whole = pa.concat_tables(partials).combine_chunks()
    if not whole.num_rows:
        return None
    into = unify(_case_counts(whole))
    merged: dict[str, list[str]] = {}
    for one, other in sorted(into.items()):
        merged.setdefault(other, []).append(one)
    own = [into.get(entity, entity) for entity in whole.column("entity").to_pylist()]
    whole = whole.set_column(whole.schema.get_field_index("entity"), "entity", pa.array(own, pa.string()))
    parts = list(_parts(_entities(whole, merged)))
    units = [
        Unit(
            document=part,
            key=task.key,
            upstream=task.key,
            settings="",
            outcome="done",
            weight=table.nbytes,
            records={"entity": table.num_rows},
        )
        for part, table in parts
    ]
    return write_segment(entities.out, task.key, "", units, [(Entity, iter(parts))])


def _counted(rows: pa.Table) -> pa.Table:
    return (
        rows.select(list(_COLUMNS)).group_by(list(_COLUMNS), use_threads=False).aggregate([([], "count_all")])
    )


def _case_counts(rows: pa.Table) -> Iterator[Counted]:
    """Yield what the case knows of each entity as the documents name it."""
    documents = _lists(rows, "document")
    mentions = _tallies(rows, "key")
    groups = _lists(rows, "group")
    boxes = set(rows.filter(pc.is_valid(rows.column("email"))).column("entity").to_pylist())
    placed = set(rows.filter(pc.is_valid(rows.column("country"))).column("entity").to_pylist())
    longer: dict[str, dict[str, set[str]]] = {}
    votes = rows.filter(pc.is_valid(rows.column("short_of")))
    for entity, other, document in zip(*_columns(votes, "entity", "short_of", "document"), strict=True):
        longer.setdefault(entity, {}).setdefault(other, set()).add(document)
    for entity, tally in mentions.items():
        yield Counted(
            id=entity,
            group=next((one for one in groups[entity] if one), ""),
            key=min(tally),
            mentions=sum(tally.values()),
            documents=frozenset(documents[entity]),
            placed=entity in placed,
            short_of={other: len(found) for other, found in longer.get(entity, {}).items()},
            bears=frozenset(tally) if entity in boxes else frozenset(),
        )


def _entities(rows: pa.Table, merged: Mapping[str, Sequence[str]]) -> Iterator[Entity]:
    """Yield the entities by id."""
    documents = _lists(rows, "document")
    countries = _lists(rows.filter(pc.is_valid(rows.column("country"))), "country")
    schemas = _tallies(rows, "schema")
    fullest = _tallies(rows, "name")
    spellings = _lists(rows.filter(pc.is_valid(rows.column("spelling"))), "spelling")
    emails = _lists(rows.filter(pc.is_valid(rows.column("email"))), "email")
    for entity in sorted(documents):
        names = {*fullest[entity], *spellings.get(entity, ())}
        mailed = set(emails.get(entity, ()))
        full = {name: count for name, count in fullest[entity].items() if name.casefold() not in mailed}
        names = {name for name in names if name.casefold() not in mailed} or mailed or names
        kinds = schemas[entity]
        if mailed and len(kinds) > 1:  # an address without a name says nothing of who owns it
            kinds = {kind: count for kind, count in kinds.items() if kind != "LegalEntity"}
        yield Entity(
            id=entity,
            schema=_most(kinds),
            name=_caption(full or fullest[entity]),
            names=tuple(sorted(names)),
            countries=tuple(countries.get(entity, ())),
            emails=tuple(emails.get(entity, ())),
            mentions=sum(schemas[entity].values()),
            documents=tuple(documents[entity]),
            merged=tuple(merged.get(entity, ())),
        )


def _lists(rows: pa.Table, column: str) -> dict[str, list[str]]:
    """Return the sorted different values of a column for each entity."""
    distinct = rows.group_by(["entity", column], use_threads=False).aggregate([])
    ordered = distinct.sort_by([("entity", "ascending"), (column, "ascending")])
    found: dict[str, list[str]] = {}
    for entity, value in zip(*_columns(ordered, "entity", column), strict=True):
        found.setdefault(entity, []).append(value)
    return found


def _tallies(rows: pa.Table, column: str) -> dict[str, dict[str, int]]:
    """Return how often each value of a column stands for each entity."""
    summed = rows.group_by(["entity", column], use_threads=False).aggregate([("count_all", "sum")])
    found: dict[str, dict[str, int]] = {}
    for entity, value, count in zip(*_columns(summed, "entity", column, "count_all_sum"), strict=True):
        found.setdefault(entity, {})[value] = count
    return found


def _columns(table: pa.Table, *names: str) -> list[list[Any]]:
    return [table.column(name).to_pylist() for name in names]


def _most(tally: dict[str, int]) -> str:
    """Return the most frequent value; of equals the first in the alphabet."""
    return min(tally, key=lambda value: (-tally[value], value))


def _caption(tally: dict[str, int]) -> str:
    """Return the fullest form: the most words, then the most letters, then the most frequent."""
    return min(tally, key=lambda name: (-len(name.split()), -_letters(name), -tally[name], name))


def _letters(name: str) -> int:
    return sum(char.isalnum() for char in name)


def _parts(entities: Iterable[Entity]) -> Iterator[tuple[str, pa.Table]]:
    """Yield the entities in tables of those whose ids begin alike."""
    held: list[Entity] = []
    part = ""
    for entity in entities:
        own = entity.id[: len("entity-") + PART_DIGITS]
        if held and own != part:
            yield part, pa.Table.from_batches([codec(Entity).encode(part, held)])
            held = []
        part = own
        held.append(entity)
    if held:
        yield part, pa.Table.from_batches([codec(Entity).encode(part, held)])
