"""What a new table of entities changed beside the one before: which became one, which came apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Claim, Entity, Resolved
from casegraph.pipeline.changed import EntityChange, EntityChanges
from casegraph.pipeline.named import Named
from casegraph.pipeline.plan import Ground
from casegraph.store.shelf import Shelf

MOST = 50
"""Changes that are told one by one; the rest are counted."""


@dataclass(slots=True)
class Standing:
    """The entity of the case for each id that was ever given to a name, and the entities' names."""

    names: dict[str, str] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)

    def of(self, given: str) -> str | None:
        """Return what a given id has become, None if the case does not have it."""
        return self.into.get(given) or (given if given in self.names else None)


def stands(shelf: Shelf) -> Standing:
    """Return how a table of entities stands."""
    rows = shelf.rows(Entity, "", columns=("id", "name", "merged"))
    columns = (rows.column(name).to_pylist() for name in ("id", "name", "merged"))
    found = Standing()
    for entity, name, merged in zip(*columns, strict=True):
        found.names[entity] = name
        if merged != "[]":
            found.into.update(dict.fromkeys(msgspec.json.decode(merged), entity))
    return found


def changes(ground: Ground, before: Standing, after: Standing) -> EntityChanges:
    """Return which ids name another entity than before, and how many claims moved with them.

    What is new or gone with its documents is no change.
    """
    moved: dict[str, tuple[str, str]] = {}
    for given in {*before.names, *before.into, *after.into}:
        old, new = before.of(given), after.of(given)
        if old is not None and new is not None and old != new:
            moved[given] = old, new
    if not moved:
        return EntityChanges()
    claims = _claims(ground, moved)
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for given, pair in sorted(moved.items()):
        rows[pair].append(given)
    told = [
        EntityChange(
            what="split" if old in after.names else "merged",
            left=old,
            left_name=before.names[old],
            right=new,
            right_name=after.names[new],
            claims=sum(claims[given] for given in own),
        )
        for (old, new), own in rows.items()
    ]
    told.sort(key=lambda one: (-one.claims, one.left, one.right))
    return EntityChanges(
        merged=sum(one.what == "merged" for one in told),
        split=sum(one.what == "split" for one in told),
        claims=claims.total(),
        changes=tuple(told[:MOST]),
    )


def _claims(ground: Ground, moved: Mapping[str, object]) -> Counter[str]:
    """Return how many claims refer to mentions of each id; a claim counts once an id."""
    found: Counter[str] = Counter()
    shelf = next((ground.shelves[one.name] for one in ground.chain if Claim in one.stage.gives), None)
    if shelf is None:
        return found
    wanted = pa.array(sorted(moved), type=pa.string())
    for prefix in ground.buckets():
        rows = ground.shelves["resolve"].rows(Resolved, prefix, columns=("mention", "entity"))
        rows = rows.filter(pc.is_in(rows.column("entity"), value_set=wanted))
        if not rows.num_rows:
            continue
        own = dict(_pairs(rows, "mention", "entity"))
        named = shelf.rows(Named, prefix, columns=("claim", "mention"))
        ids = pa.array(sorted(own), type=pa.string())
        named = named.filter(pc.is_in(named.column("mention"), value_set=ids))
        found.update(
            entity for _, entity in {(claim, own[one]) for claim, one in _pairs(named, "claim", "mention")}
        )
    return found


def _pairs(rows: pa.Table, one: str, other: str) -> Iterable[tuple[str, str]]:
    return zip(rows.column(one).to_pylist(), rows.column(other).to_pylist(), strict=True)
