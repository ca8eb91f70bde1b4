"""Which places claims name, and what is said to be there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casegraph.connect.gazetteer import Coordinates, Wanted
from casegraph.connect.parties import entities_in, in_role
from casegraph.connect.weight import Rest, Weight
from casegraph.model import Claim, Entity, Kind, Spot
from casegraph.text import fold

_PLACES = frozenset({"Address"})
"""Schemas of entities that are places."""

Locate = Callable[[Iterable[Wanted]], Mapping[Wanted, Coordinates]]


@dataclass(slots=True)
class _Named:
    spelt: Counter[str] = field(default_factory=Counter)
    countries: set[str] = field(default_factory=set)
    weight: Weight = field(default_factory=Weight)
    claims: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    kinds: set[Kind] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)


class Spots:
    """Collects claims, in any order. `entities` tells which parties are places."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self._by_word: dict[str, str] = {}
        for one in entities.values():
            if one.schema in _PLACES:
                for name in one.names:
                    self._by_word.setdefault(fold(name), one.id)
        self._named: dict[str, _Named] = {}

    def add(self, claim: Claim, rest: Rest | None) -> None:
        """Add a claim, with what it rests on where that is known."""
        for key, name, country in set(self._places(claim)):
            found = self._named.setdefault(key, _Named())
            found.spelt[name] += 1
            found.countries |= {country} - {""}
            found.weight.add(claim, rest)
            found.claims.add(claim.id)
            found.documents.add(claim.document)
            found.kinds.add(claim.kind)
            found.entities.update(set(entities_in(claim)) - {key})

    def _places(self, claim: Claim) -> Iterator[tuple[str, str, str]]:
        """Yield the places of a claim: an entity's id or the folded name, the name, the country."""
        for place in claim.qualifiers.places:
            yield self._by_word.get(fold(place.name), fold(place.name)), place.name, place.country or ""
        for role in claim.roles:
            for party in in_role(claim, role):
                known = self._entities.get(party.entity or "")
                if known is not None and known.schema in _PLACES:
                    yield known.id, party.name, ""
                elif role == "place":
                    yield self._by_word.get(fold(party.name), fold(party.name)), party.name, ""

    def spots(self, locate: Locate) -> Iterator[Spot]:
        """Yield the places, those with the most claims first; names of the same point are one place.

        `locate` knows where they lie.
        """
        wanted = {key: self._wanted(key, found) for key, found in self._named.items()}
        known = locate(wanted.values())
        points: dict[str | Coordinates, list[str]] = {}
        for key in sorted(self._named):
            points.setdefault(known.get(wanted[key], key), []).append(key)
        spots = [
            self._spot(keys, at if isinstance(at, Coordinates) else None, wanted[keys[0]].country)
            for at, keys in points.items()
        ]
        yield from sorted(spots, key=lambda one: (-len(one.claims), one.name))

    def _spot(self, keys: list[str], at: Coordinates | None, country: str | None) -> Spot:
        own = [self._named[key] for key in keys]
        spelt = sum((one.spelt for one in own), Counter[str]())
        weight = Weight()
        for one in own:
            weight.join(one.weight)
        return Spot(
            name=min(spelt, key=lambda name: (-spelt[name], not name.isascii(), name)),
            names=tuple(sorted(spelt)),
            places=tuple(key for key in keys if key in self._entities),
            country=at.country if at else country,
            latitude=at.latitude if at else None,
            longitude=at.longitude if at else None,
            level=at.level if at else None,
            claims=tuple(sorted({claim for one in own for claim in one.claims})),
            documents=tuple(sorted({document for one in own for document in one.documents})),
            kinds=tuple(sorted({kind for one in own for kind in one.kinds})),
            entities=tuple(sorted({entity for one in own for entity in one.entities} - set(keys))),
            standing=weight.standing,
        )

    def _wanted(self, key: str, found: _Named) -> Wanted:
        own = self._entities.get(key)
        names = {*found.spelt, *(own.names if own else ())}
        countries = {*found.countries, *(own.countries if own else ())}
        return Wanted(tuple(sorted(names)), min(countries) if len(countries) == 1 else None)
