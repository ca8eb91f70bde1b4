"""Typed relations of a page: who did what with whom, by dependency patterns that are data."""

from casegraph.attribute.universal.relations.find import Relations

__all__ = ["Relations"]
