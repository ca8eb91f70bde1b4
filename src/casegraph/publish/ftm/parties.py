"""The entities of a case, and what fills roles without being one, under the ids of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casegraph.model import Entity, Party, make_id
from casegraph.publish.base import Material, Source
from casegraph.publish.ftm.draft import Draft, draft
from casegraph.publish.ftm.kinds import NARROWER
from casegraph.text.vocabulary import schemata

UNKNOWN = "Asset"
"""For what `resolve` could not place (`Thing`): FollowTheMoney's root is abstract. Of its schemata this one
says the least: it is never matched against lists of people and firms."""

UNPLACED = "casegraph could not tell what kind of thing this is"


def document_id(document: str) -> str:
    """Return a document's id in the file: references allow no colon."""
    return document.replace(":", "-")


def schema_of(schema: str | None) -> str:
    """Return a concrete schema for one of a case."""
    found = schemata().get(schema or "")
    return UNKNOWN if found is None or found.abstract else found.name


@dataclass(slots=True)
class Cast:
    """Who takes part: `schemas` of the entities, and what fills roles without being one, by id."""

    schemas: dict[str, str] = field(default_factory=dict)
    loose: dict[str, Draft] = field(default_factory=dict)

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Cast:
        """Return the cast of the entities that are exported."""
        return cls({one.id: schema_of(one.schema) for one in entities})

    def id_of(self, party: Party | None) -> str | None:
        """Return who fills a role; None for nobody, and for words that name nobody ("the state")."""
        if party is None:
            return None
        if party.entity is not None and party.entity in self.schemas:
            return party.entity
        if party.schema is None:
            return None
        id_ = make_id("party", party.target.document, party.schema, party.name)
        if id_ not in self.loose:
            made = draft(id_, schema_of(party.schema))
            made.add("name", party.name, origin=document_id(party.target.document))
            self.loose[id_] = made
        return id_

    def schema(self, id_: str) -> str:
        """Return the schema of somebody in the cast."""
        return self.schemas[id_] if id_ in self.schemas else self.loose[id_].schema.name

    def fits(self, id_: str, range_: str) -> bool:
        """Say whether somebody can stand where a property wants a schema, if need be as a narrower one."""
        own = self.schema(id_)
        return schemata()[own].is_a(range_) or own in NARROWER.get(range_, {})

    def narrow(self, id_: str, range_: str) -> None:
        """Make somebody what a fact says; see NARROWER."""
        own = self.schema(id_)
        if schemata()[own].is_a(range_):
            return
        narrower = NARROWER[range_][own]
        if id_ in self.schemas:
            self.schemas[id_] = narrower
        else:
            self.loose[id_].schema = schemata()[narrower]


NUMBERS = {
    "inn": "innCode",
    "ogrn": "ogrnCode",
    "kpp": "kppCode",
    "lei": "leiCode",
    "uscc": "uscCode",
    "bic": "swiftBic",
    "imo": "imoNumber",
    "isin": "isinCode",
}
"""Properties of identifiers by kind; others, and those that a schema has not, are registration numbers."""


def entity_draft(one: Entity, schema: str, material: Material) -> Draft:
    """Return an entity with its names: the caption as `name`, short forms as `weakAlias`."""
    made, spelt = draft(one.id, schema), material.spelt
    made.referents = tuple(sorted({*one.merged, *material.same.get(one.id, ())}))
    first = document_id(one.documents[0]) if one.documents else None

    def origin(name: str) -> str | None:
        document = spelt.get((one.id, name))
        return document_id(document) if document is not None else first

    made.add("name", one.name, origin=origin(one.name))
    for name in one.names:
        if name != one.name:
            made.add("weakAlias" if _short(name, one.name) else "alias", name, origin=origin(name))
    made.add("country", *one.countries, origin=first)
    if "email" in made.schema.properties:
        made.add("email", *one.emails, origin=first)
    for number in one.identifiers if "registrationNumber" in made.schema.properties else ():
        kind, _, value = number.partition(":")
        prop = NUMBERS.get(kind, "registrationNumber")
        known = prop in made.schema.properties
        made.add(prop if known else "registrationNumber", value, origin=first)
    if schema == UNKNOWN and one.schema != UNKNOWN:
        made.add("notes", UNPLACED, origin=first)
    return made


def _short(name: str, caption: str) -> bool:
    """Say whether a spelling is one word where the caption has several: a surname, an abbreviation."""
    return len(name.split()) == 1 and len(caption.split()) > 1


def mentions(one: Entity, schema: str, sources: Mapping[str, Source]) -> Iterator[Draft]:
    """Yield for each document that names a person or firm an entity that says so."""
    if not schemata()[schema].is_a("LegalEntity"):
        return
    for document in one.documents:
        if document in sources:
            made = draft(make_id("mention", one.id, document), "Mention")
            origin = document_id(document)
            made.add("document", origin, origin=origin)
            made.add("resolved", one.id, origin=origin)
            made.add("name", one.name, origin=origin)
            made.add("detectedSchema", schema, origin=origin)
            yield made
