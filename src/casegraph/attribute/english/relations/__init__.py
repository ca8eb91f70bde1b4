"""Typed relations of a page: who did what with whom, by dependency patterns that are data."""

from casegraph.attribute.base import Filler, Relation
from casegraph.attribute.english.relations.base import MentionReferents, Referents
from casegraph.attribute.english.relations.find import find_relations

__all__ = ["Filler", "MentionReferents", "Referents", "Relation", "find_relations"]
