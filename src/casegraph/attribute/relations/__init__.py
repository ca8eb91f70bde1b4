"""Typed relations of a page: who did what with whom, by dependency patterns that are data."""

from casegraph.attribute.relations.base import (
    Filler,
    MentionReferents,
    Modality,
    Referents,
    Relation,
    Roles,
)
from casegraph.attribute.relations.find import find_relations

__all__ = ["Filler", "MentionReferents", "Modality", "Referents", "Relation", "Roles", "find_relations"]
