"""English numbers and their bounds."""

from __future__ import annotations

from casegraph.extract.numerals import Bounds, Numerals

NUMERALS = Numerals("en")
BOUNDS = Bounds("en")
