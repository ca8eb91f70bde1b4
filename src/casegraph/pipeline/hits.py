"""Which entities of a case bear a number or a name of an entry of reference data: leads, no matches.

A number with a check digit that both have, or the same words of a full name as `resolve` takes names apart:
caseless, without accents and legal forms. Other spellings and other scripts are not looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casegraph.model import Entity, ReferenceEntity
from casegraph.pipeline.referenced import ReferenceHit
from casegraph.resolve.names import Words, group, words
from casegraph.text import fold
from casegraph.text.vocabulary import schemata

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST = 4  # letters of a firm's name of one word; shorter ones are shared by too many
_SHORTEST_UNSPACED = 2  # the same, of names that are written without blanks

Key = tuple[str, Words]


def hits(entities: Iterable[Entity], references: Iterable[ReferenceEntity]) -> Iterator[ReferenceHit]:
    """Yield the pairs by entry of the references. Memory grows with the case, not with the references."""
    bearers = _Bearers()
    for entity in entities:
        bearers.add(entity)
    for one in references:
        if not schemata()[one.schema].is_a("LegalEntity"):
            continue
        found: dict[str, tuple[Entity, list[str]]] = {}
        for entity, why in bearers.of(one):
            found.setdefault(entity.id, (entity, []))[1].append(why)
        for entity, whys in found.values():
            yield ReferenceHit(
                entity=entity.id,
                name=entity.name,
                schema=entity.schema,
                dataset=one.dataset,
                reference=one.id,
                reference_name=one.caption,
                reference_schema=one.schema,
                by=tuple(dict.fromkeys(whys)),
                topics=one.topics,
            )


@dataclass(slots=True)
class _Bearers:
    """The entities of a case by number and by name."""

    numbers: dict[str, list[Entity]] = field(default_factory=dict)
    names: dict[Key, list[Entity]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)  # words of these names, to pass others by quickly

    def add(self, entity: Entity) -> None:
        for number in entity.identifiers:
            self.numbers.setdefault(number, []).append(entity)
        kind = group(entity.schema)
        if kind in {"Person", "Organization"}:
            for key in {_key(name, kind) for name in entity.names} - {None}:
                if key is not None:
                    self.names.setdefault(key, []).append(entity)
                    self.known.update(key[1])

    def of(self, one: ReferenceEntity) -> Iterator[tuple[Entity, str]]:
        for number in one.identifiers:
            for entity in self.numbers.get(number, ()):
                yield entity, number
        kinds = ("Person", "Organization") if one.schema == "LegalEntity" else (group(one.schema),)
        for name in one.names:
            folded = fold(name)
            if not _UNSPACED.search(folded) and self.known.isdisjoint(re.findall(r"\w+", folded)):
                continue
            for kind in kinds:
                key = _key(name, kind)
                for entity in self.names.get(key, ()) if key is not None else ():
                    yield entity, "name"


def _key(name: str, kind: str) -> Key | None:
    """Return what two names must share, None for a name that too many bear: a surname, an abbreviation."""
    own = words(name, kind)
    if len(own) == 1:
        least = _SHORTEST_UNSPACED if _UNSPACED.search(own[0]) else _SHORTEST
        if len(own[0]) < least or (kind == "Person" and not _UNSPACED.search(own[0])):
            return None
    return (kind, own) if own else None
