"""Compound files made for the tests, by what writes them in the program."""

from __future__ import annotations

from casegraph.read.compoundfile import Tree, compound

__all__ = ["Tree", "compound"]
