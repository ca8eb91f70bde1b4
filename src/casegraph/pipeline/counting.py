"""What the case knows of each entity as its documents name it: rows of `resolve`, counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from casegraph.pipeline.entities import columns_of, lists, numbers_of, tallies
from casegraph.resolve import Counted

_NAMES = 5  # forms of a name that the matcher gets


def case_counts(rows: pa.Table) -> Iterator[tuple[Counted, Sequence[str]]]:
    """Yield what counted rows know of each entity as the documents name it, by id, and its documents."""
    documents = lists(rows, "document")
    mentions = tallies(rows, "key")
    groups = lists(rows, "group")
    boxes = set(rows.filter(pc.is_valid(rows.column("email"))).column("entity").to_pylist())
    placed = set(rows.filter(pc.is_valid(rows.column("country"))).column("entity").to_pylist())
    numbers, forms = numbers_of(rows), tallies(rows, "name")
    aliases = _said(rows, "alias")
    longer = _said(rows, "short_of")
    for entity, tally in sorted(mentions.items()):
        own = forms[entity]
        counted = Counted(
            id=entity,
            group=next((one for one in groups[entity] if one), ""),
            key=min(tally),
            mentions=sum(tally.values()),
            documents=frozenset[str](),
            placed=entity in placed,
            short_of=longer.get(entity, {}),
            bears=frozenset(tally) if entity in boxes else frozenset(),
            spread=len(documents[entity]),
            identifiers=frozenset(numbers.get(entity, ())),
            names=tuple(sorted(own, key=lambda name: (-own[name], name))[:_NAMES]),
            aliases=aliases.get(entity, {}),
        )
        yield counted, documents[entity]


def _said(rows: pa.Table, column: str) -> dict[str, dict[str, int]]:
    """Return by entity how many documents say each value of a column."""
    found: dict[str, dict[str, set[str]]] = {}
    some = rows.filter(pc.is_valid(rows.column(column)))
    for entity, value, document in zip(*columns_of(some, "entity", column, "document"), strict=True):
        found.setdefault(entity, {}).setdefault(value, set()).add(document)
    return {
        entity: {value: len(documents) for value, documents in sorted(own.items())}
        for entity, own in found.items()
    }
