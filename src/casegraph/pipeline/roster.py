"""The entities of a case without their documents, kept in memory: who is called what, who is named most.

The table holds the documents of each, so that reading all of it costs more the larger the case is; what is
looked for among all entities is looked for here, and the few that are wanted are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Entity
from casegraph.pipeline.entities import columns_of, entity_shelf, place_of
from casegraph.pipeline.keeping import Kept
from casegraph.pipeline.phrase import Phrase
from casegraph.pipeline.plan import Ground
from casegraph.store.codec import codec
from casegraph.store.manifest import mark_of
from casegraph.store.shelf import Shelf
from casegraph.text import fold

_COLUMNS = ("id", "schema", "name", "names", "emails", "mentions", "merged")
_GROUP = 64  # entities that are read at first; then twice as many, and so on
_BETWEEN = "\n"  # of the names of one entity; no name has it
_LISTS: msgspec.json.Decoder[list[str]] = msgspec.json.Decoder(list[str])


@dataclass(frozen=True, slots=True)
class Roster:
    """Columns of all entities; a number is a place in each."""

    ids: list[str]
    schemas: list[str]
    captions: list[str]
    mentions: list[int]
    folded: pa.Array  # all names and addresses of each
    into: dict[str, str]  # the entity for each id that documents gave and that was merged
    ranked: list[int]  # by mentions, most first, then by name
    numbers: dict[str, int] = field(default_factory=dict)  # by id

    def named(self, phrase: Phrase) -> list[int]:
        """Return the numbers of those of which some name has the words."""
        return np.flatnonzero(phrase.mask(self.folded).to_numpy(zero_copy_only=False)).tolist()

    def called(self, names: Iterable[str]) -> dict[str, list[int]]:
        """Return by name, folded, the numbers of those that bear it, letter for letter."""
        wanted = {fold(name) for name in names}
        found: dict[str, list[int]] = {}
        for name in sorted(wanted):
            some = pc.match_substring(self.folded, pattern=name)
            for number in np.flatnonzero(some.to_numpy(zero_copy_only=False)).tolist():
                if name in self.folded[number].as_py().split(_BETWEEN):
                    found.setdefault(name, []).append(number)
        return found

    def starting(self, start: str) -> list[str]:
        """Return the ids that begin so."""
        if start in self.numbers:
            return [start]
        return [one for one in self.ids if one.startswith(start)]

    def caption(self, entity: str) -> str | None:
        """Return what an entity (id) is called, None where there is none."""
        number = self.numbers.get(entity)
        return None if number is None else self.captions[number]

    def spellings(self, entity: str) -> list[str]:
        """Return all names and addresses of an entity (id), folded."""
        number = self.numbers.get(entity)
        return [] if number is None else self.folded[number].as_py().split(_BETWEEN)


_KEPT: Kept[Roster] = Kept()


def roster(ground: Ground) -> Roster:
    """Return the entities of a case as the table stands."""
    shelf = entity_shelf(ground.derived)
    mark = mark_of(shelf.folder)
    return _KEPT.get(ground.folder.absolute(), mark, lambda _: _made(shelf))


def _made(shelf: Shelf) -> Roster:
    rows = shelf.rows(Entity, "", columns=_COLUMNS)
    ids, schemas, captions, names, emails, mentions, merged = columns_of(rows, *_COLUMNS)
    folded = [
        _BETWEEN.join(fold(name) for name in (*_LISTS.decode(own), *_LISTS.decode(mailed)))
        for own, mailed in zip(names, emails, strict=True)
    ]
    order = sorted(range(len(ids)), key=lambda at: (-mentions[at], captions[at], ids[at]))
    return Roster(
        ids=ids,
        schemas=schemas,
        captions=captions,
        mentions=mentions,
        folded=pa.array(folded, type=pa.string()),
        into={
            one: entity
            for entity, own in zip(ids, merged, strict=True)
            if own != "[]"
            for one in _LISTS.decode(own)
        },
        ranked=order,
        numbers={entity: number for number, entity in enumerate(ids)},
    )


def entities_of(ground: Ground, ids: Sequence[str]) -> Iterator[Entity]:
    """Yield the entities of these ids that there are, in this order."""
    wanted = pa.array(sorted(set(ids)), type=pa.string())
    places = sorted({place_of(one) for one in ids})
    rows = entity_shelf(ground.derived).rows(Entity, "", documents=places)
    rows = rows.filter(pc.is_in(rows.column("id"), value_set=wanted))
    found = {one.id: one for one in codec(Entity).decode(rows)}
    yield from (found[one] for one in ids if one in found)


def ranked(ground: Ground, name: str | None, schema: str | None) -> Iterator[Entity]:
    """Yield the entities with the words in a name and of a schema, most mentioned first."""
    known = roster(ground)
    among = None if name is None else set(known.named(Phrase(name)))
    wanted = [
        known.ids[one]
        for one in known.ranked
        if (among is None or one in among) and (schema is None or known.schemas[one] == schema)
    ]
    at, size = 0, _GROUP
    while at < len(wanted):
        yield from entities_of(ground, wanted[at : at + size])
        at, size = at + size, size * 2
