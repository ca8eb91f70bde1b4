"""Typed relations of Chinese: the engine of `universal` with places, fillers and values of its own."""

from casegraph.attribute.chinese.relations.find import ChineseRelations

__all__ = ["ChineseRelations"]
