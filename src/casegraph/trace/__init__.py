"""Who copied whom, and on whose word a claim rests: lineage, origins, contradictions."""

from casegraph.trace.base import Article, Kin, Reported

__all__ = ["Article", "Kin", "Reported"]
