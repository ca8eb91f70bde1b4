"""The table of entities: `resolve` names an entity for each mention, here they are brought together.

Entity ids are made from names, so bringing together is counting. Every function takes rows of some entities,
all rows of each: how the case is cut into such parts changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Entity, Judgement, make_id
from casegraph.resolve import script_of
from casegraph.store.codec import codec
from casegraph.store.manifest import Unit
from casegraph.store.shelf import Shelf

STAGE = "entities"
VERSION = 4
PART_DIGITS = 2  # hex digits of an entity's id that place it in the table

COLUMNS = (
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
    "identifiers",
    "alias",
)
"""Columns of `resolve` that make the entities."""

COUNTED = pa.schema([(name, pa.string()) for name in COLUMNS] + [("count_all", pa.int64())])
"""Of rows of `resolve` with equal ones counted."""


def entity_shelf(derived: Path, outbox: Path | None = None) -> Shelf:
    """Return where the table of entities is kept."""
    return Shelf(derived, STAGE, VERSION, (Entity,), outbox)


def gather_key(matches: str, judgements: Iterable[Judgement]) -> str:
    """Return the key of the table that follows from matches (by their key) and these words of people."""
    said = [part for one in judgements for part in (one.left, one.right, one.judgement)]
    return make_id("key", STAGE, VERSION, *said, matches)


def counted_rows(rows: pa.Table) -> pa.Table:
    """Return rows of `resolve` with equal ones counted."""
    rows = rows.select(list(COLUMNS)).group_by(list(COLUMNS), use_threads=False)
    return rows.aggregate([([], "count_all")]).select(COUNTED.names).cast(COUNTED)


def entities_of(rows: pa.Table, merged: Mapping[str, Sequence[str]]) -> Iterator[Entity]:
    """Yield the entities of counted rows by id; `merged` has the ids that became theirs."""
    documents = lists(rows, "document")
    countries = lists(rows.filter(pc.is_valid(rows.column("country"))), "country")
    schemas = tallies(rows, "schema")
    fullest = tallies(rows, "name")
    spellings = lists(rows.filter(pc.is_valid(rows.column("spelling"))), "spelling")
    emails = lists(rows.filter(pc.is_valid(rows.column("email"))), "email")
    numbers = numbers_of(rows)
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
            identifiers=tuple(sorted(numbers.get(entity, ()))),
            mentions=sum(schemas[entity].values()),
            documents=tuple(documents[entity]),
            merged=tuple(merged.get(entity, ())),
        )


def numbers_of(rows: pa.Table) -> dict[str, set[str]]:
    """Return the identifiers of those entities that have any."""
    found: dict[str, set[str]] = {}
    some = rows.filter(pc.not_equal(rows.column("identifiers"), "[]"))
    for entity, values in lists(some, "identifiers").items():
        found[entity] = {one for value in values for one in msgspec.json.decode(value)}
    return found


def lists(rows: pa.Table, column: str) -> dict[str, list[str]]:
    """Return the sorted different values of a column for each entity."""
    distinct = rows.group_by(["entity", column], use_threads=False).aggregate([])
    ordered = distinct.sort_by([("entity", "ascending"), (column, "ascending")])
    found: dict[str, list[str]] = {}
    for entity, value in zip(*columns_of(ordered, "entity", column), strict=True):
        found.setdefault(entity, []).append(value)
    return found


def tallies(rows: pa.Table, column: str) -> dict[str, dict[str, int]]:
    """Return how often each value of a column stands for each entity."""
    summed = rows.group_by(["entity", column], use_threads=False).aggregate([("count_all", "sum")])
    found: dict[str, dict[str, int]] = {}
    for entity, value, count in zip(*columns_of(summed, "entity", column, "count_all_sum"), strict=True):
        found.setdefault(entity, {})[value] = count
    return found


def columns_of(table: pa.Table, *names: str) -> list[list[Any]]:
    """Return some columns as lists."""
    return [table.column(name).to_pylist() for name in names]


def _most(tally: dict[str, int]) -> str:
    """Return the most frequent value; of equals the first in the alphabet."""
    return min(tally, key=lambda value: (-tally[value], value))


def _caption(tally: dict[str, int]) -> str:
    """Return the fullest form in the script that is met most: most words, most letters, most frequent."""
    scripts: dict[str, int] = {}
    for name, count in tally.items():
        script = script_of(name) or ""
        scripts[script] = scripts.get(script, 0) + count
    most = min(scripts, key=lambda script: (-scripts[script], script))
    tally = {name: count for name, count in tally.items() if (script_of(name) or "") == most}
    return min(tally, key=lambda name: (-len(name.split()), -_letters(name), -tally[name], name))


def _letters(name: str) -> int:
    return sum(char.isalnum() for char in name)


def parts_of(entities: Iterable[Entity]) -> Iterator[tuple[str, pa.Table]]:
    """Yield the entities in tables of those whose ids begin alike."""
    for part, own in groupby(entities, key=lambda one: place_of(one.id)):
        yield part, pa.Table.from_batches([codec(Entity).encode(part, list(own))])


def place_of(entity: str) -> str:
    """Return under what an entity is kept in the table."""
    return entity[: len("entity-") + PART_DIGITS]


def unit_of(part: str, table: pa.Table, key: str, name: str = "entity") -> Unit:
    """Return the unit of one part of a table by its name."""
    records = {name: table.num_rows}
    return Unit(
        document=part,
        key=key,
        upstream=key,
        settings="",
        outcome="done",
        weight=table.nbytes,
        records=records,
    )


def merges(shelf: Shelf) -> dict[str, str]:
    """Return the entity of the case for each id that documents gave and that was merged."""
    rows = shelf.rows(Entity, "", columns=("id", "merged"))
    rows = rows.filter(pc.not_equal(rows.column("merged"), "[]"))
    return {
        one: entity
        for entity, merged in zip(*columns_of(rows, "id", "merged"), strict=True)
        for one in msgspec.json.decode(merged)
    }
