"""Typed relations of a page: who did what with whom, by dependency patterns that are data."""

from casegraph.attribute.relations.base import (
    Filler,
    MentionReferents,
    Modality,
    Referents,
    Relation,
    Roles,
)

__all__ = ["Filler", "MentionReferents", "Modality", "Referents", "Relation", "Roles"]
