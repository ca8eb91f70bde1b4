"""A case as entities of FollowTheMoney: the order of the file, and its two forms."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain

from casegraph.publish.base import Material
from casegraph.publish.ftm.claims import claim_drafts
from casegraph.publish.ftm.documents import document_draft
from casegraph.publish.ftm.draft import Draft
from casegraph.publish.ftm.facts import narrowed, properties_of
from casegraph.publish.ftm.parties import Cast, document_id, entity_draft, mentions
from casegraph.publish.ftm.standing import MAY_BE_FACTS, Link, at_odds, standing

COLUMNS = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
"""Of a CSV of statements, as `followthemoney.statement` reads it."""


def drafts(material: Material) -> Iterator[Draft]:
    """Yield documents, entities with where they are named, and claims, in an order that is always the same.

    The claims are gone through twice: what one says as a fact may change an entity that comes before it, and
    what one denies is at odds with another.
    """
    cast = Cast.of(material.entities())
    denied = at_odds(material.claims())
    extra = _extra(material, cast, denied)
    for source in material.sources.values():
        yield document_draft(source)
    for entity in material.entities():
        schema = cast.schemas[entity.id]
        made = entity_draft(entity, schema, material)
        for prop, value, document in extra.get(entity.id, ()):
            made.add(prop, value, origin=document_id(document))
        made.seen = _seen(material, entity.documents)
        yield made
        for mention in mentions(entity, schema, material.sources):
            mention.seen = _seen(material, [_raw(one.origin) for one in mention.facts.values()])
            yield mention
    written: set[str] = set()
    for claim in material.claims():
        for made in chain(claim_drafts(claim, material, cast, denied), _loose(cast, written)):
            made.seen = _seen(material, sorted({_raw(fact.origin) for fact in made.facts.values()}))
            yield made


def _raw(origin: str | None) -> str:
    return (origin or "").replace("sha256-", "sha256:")


def _loose(cast: Cast, written: set[str]) -> Iterator[Draft]:
    """Yield who filled a role without being an entity of the case, once."""
    for id_ in [id_ for id_ in cast.loose if id_ not in written]:
        written.add(id_)
        yield cast.loose[id_]


def _extra(material: Material, cast: Cast, denied: frozenset[Link]) -> dict[str, list[tuple[str, str, str]]]:
    """Return what facts say of single entities: (property, value, document) by entity. Narrows the cast."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    allowed = MAY_BE_FACTS[material.facts]
    for claim in material.claims() if allowed else ():
        if standing(claim, denied) in allowed:
            narrowed(claim, cast)
            for id_, prop, value in properties_of(claim, cast):
                found.setdefault(id_, []).append((prop, value, claim.document))
    return found


def _seen(material: Material, documents: Iterable[str]) -> tuple[str, str] | None:
    times = sorted(
        material.sources[one].added.removesuffix("Z") for one in documents if one in material.sources
    )
    return (times[0], times[-1]) if times else None


def entity_lines(material: Material) -> Iterator[str]:
    """Yield the entities as JSON Lines, in the form of followthemoney's ValueEntity."""
    for one in drafts(material):
        properties = one.properties()
        caption = next((value for (prop, value) in one.facts if prop in {"name", "role"}), one.schema.name)
        row = {
            "id": one.id,
            "caption": caption,
            "schema": one.schema.name,
            "datasets": [material.dataset],
            "referents": list(one.referents),
            "properties": properties,
        }
        if one.seen is not None:
            row |= {"first_seen": one.seen[0], "last_seen": one.seen[1]}
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def statement_lines(material: Material) -> Iterator[str]:
    """Yield the statements as CSV: one for each value, with its document as `origin`."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, dialect=csv.unix_dialect)
    writer.writerow(COLUMNS)
    for one in drafts(material):
        writer.writerows(_rows(one, material.dataset))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _rows(one: Draft, dataset: str) -> Iterator[list[str]]:
    """Yield the rows of an entity; the one with the property `id` stands for the entity as a whole."""
    first, last = one.seen or ("", "")
    for (prop, value), fact in sorted(one.facts.items()):
        kind = one.schema.properties[prop].type
        key = statement_id(dataset, one.id, prop, value, fact.lang)
        yield [
            *(one.id, one.id, prop, kind, one.schema.name, value, dataset, fact.origin or ""),
            *(fact.lang or "", "", "f", first, last, key),
        ]
    key = statement_id(dataset, one.id, "id", one.id, None)
    yield [
        *(one.id, one.id, "id", "id", one.schema.name, one.id, dataset, ""),
        *("", "", "f", first, last, key),
    ]


def statement_id(dataset: str, entity: str, prop: str, value: str, lang: str | None) -> str:
    """Return a statement's id as `followthemoney.statement.Statement.make_key` makes it."""
    key = f"{dataset}.{entity}.{prop}.{value}"
    key = key if lang is None else f"{key}@{lang}"
    return hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
