"""Relations of a text, through the real parser and extractors."""

from __future__ import annotations

import re

from casegraph.attribute.base import Filler, Relation
from casegraph.attribute.english.relations import MentionReferents, find_relations
from casegraph.attribute.english.tree import Tree
from casegraph.extract import STAGE as EXTRACT
from casegraph.gates.relations import same_name
from casegraph.model import Mention, Page, Parse
from tests.attribute.made import pages_of

_ASKED = frozenset({"polarity", "modality", "share", "amount"})


def page_of(text: str) -> tuple[Page, list[Parse], list[Mention]]:
    """Return the text as a page with its parses and mentions."""
    unit = pages_of(text)
    records = list(EXTRACT.run(unit))
    parses = [record for record in records if isinstance(record, Parse)]
    return unit.pages[0], parses, [record for record in records if isinstance(record, Mention)]


def relations_of(text: str) -> list[Relation]:
    """Return the relations of a text; names refer to no more than their mentions."""
    page, parses, mentions = page_of(text)
    referents = MentionReferents(mentions)
    return [
        relation
        for parse in parses
        for relation in find_relations(page, Tree(page, parse), mentions, referents)
    ]


def kinds_of(text: str) -> set[str]:
    """Return the kinds of the relations of a text."""
    return {relation.kind for relation in relations_of(text)}


def names(relation: Relation, role: str) -> list[str]:
    """Return the names that fill a role."""
    filler = relation.roles.get(role)
    if filler is None:
        return []
    return [filler.name] if isinstance(filler, Filler) else [one.name for one in filler]


def states(relation: Relation, wanted: str) -> bool:
    """Return whether a relation says what `kind role=words ...` asks for."""
    kind, *parts = re.split(r"\s+(?=\w+=)", wanted)
    pairs = dict(part.split("=") for part in parts)
    return relation.kind == kind and all(_has(relation, key, value) for key, value in pairs.items())


def _has(relation: Relation, key: str, value: str) -> bool:
    if key in {"share", "amount"}:
        held = relation.qualifiers.share if key == "share" else relation.qualifiers.amount
        return held is not None and held.minimum == float(value)
    if key in _ASKED:
        return bool(getattr(relation, key) == value)
    found = names(relation, key)
    return all(any(same_name(name, part, strict=False) for name in found) for part in value.split(","))
