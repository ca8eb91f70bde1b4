"""All scorers: ours, then those of entry point `casegraph.scorers`."""

from __future__ import annotations

from casegraph.registry import collect
from casegraph.resolve.base import Scorer
from casegraph.resolve.matching.score import SCORER

SCORERS: tuple[Scorer, ...] = collect("casegraph.scorers", (SCORER,))
