"""What of a case is exported, gathered for the exporters of `publish`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from anyascii import anyascii

from casegraph.errors import UsageError
from casegraph.model import Claim, Entity, Judgement, Party, Resolved
from casegraph.pipeline.asked import Asking
from casegraph.pipeline.query import Query
from casegraph.publish import EXPORTERS, FACTS, Exporter, Facts, Material, Source
from casegraph.resolve import judged
from casegraph.resolve.judgements import classes

DATASET = "case"
"""The name of a data set whose case has none that could be written in small letters and digits."""


def exporter(name: str) -> Exporter:
    """Return an exporter by its name; UsageError for one that there is not."""
    for one in EXPORTERS:
        if one.name == name:
            return one
    raise UsageError(f"there is no format {name!r}; there are {', '.join(one.name for one in EXPORTERS)}")


def dataset_name(given: str) -> str:
    """Return a name as FollowTheMoney's data sets have them: small letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", anyascii(given).lower()).strip("_") or DATASET


def material(
    query: Query, asking: Asking, dataset: str, facts: Facts, judgements: Iterable[Judgement]
) -> Material:
    """Return what an exporter is given: all claims with all entities, or those asked for with theirs."""
    if facts not in FACTS:
        raise UsageError(f"facts are one of {', '.join(FACTS)}, not {facts!r}")

    def claims() -> Iterator[Claim]:
        return query.claims(asking)

    named, documents = (None, None) if asking == Asking() else _chosen(claims())

    def entities() -> Iterator[Entity]:
        return (one for one in query.entities() if named is None or one.id in named)

    rows = (row for row in query.documents() if documents is None or row.id in documents)
    sources = {
        row.id: Source(
            id=row.id,
            name=row.names[0] if row.names else row.id,
            size=row.size,
            added=row.added,
            document=row.document,
        )
        for row in rows
    }
    return Material(
        dataset=dataset,
        sources=sources,
        entities=entities,
        claims=claims,
        spelt=_spelt(query, lambda entity: named is None or entity in named),
        facts=facts,
        same=_same(query, judgements),
    )


def _chosen(claims: Iterator[Claim]) -> tuple[set[str], set[str]]:
    """Return the entities and the documents of some claims."""
    entities: set[str] = set()
    documents: set[str] = set()
    for claim in claims:
        documents.add(claim.document)
        for value in claim.roles.values():
            found = () if value is None else (value,) if isinstance(value, Party) else value
            entities.update(party.entity for party in found if party.entity is not None)
        entities.update(link.entity for link in claim.attribution if link.entity is not None)
    return entities, documents


def _same(query: Query, judgements: Iterable[Judgement]) -> dict[str, tuple[str, ...]]:
    """Return for each entity the ids that are none of the case's and that people hold to be the same."""
    into = query.merged()
    members: dict[str, list[str]] = {}
    for one, root in classes(judged(judgements).same):
        members.setdefault(root, []).append(one)
    found: dict[str, set[str]] = {}
    for own in members.values():
        others = {one for one in own if not one.startswith("entity-")}
        for one in own:
            if one not in others:
                found.setdefault(into.get(one, one), set()).update(others)
    return {entity: tuple(sorted(others)) for entity, others in found.items() if others}


def _spelt(query: Query, wanted: Callable[[str], bool]) -> dict[tuple[str, str], str]:
    """Return the first document, by id, of each spelling of an entity."""
    found: dict[tuple[str, str], str] = {}
    into = query.merged()
    for one in query.records(Resolved):
        entity = into.get(one.entity, one.entity)
        if not wanted(entity):
            continue
        for name in {one.name, one.spelling or one.name}:
            before = found.get((entity, name))
            if before is None or one.document < before:
                found[entity, name] = one.document
    return found
