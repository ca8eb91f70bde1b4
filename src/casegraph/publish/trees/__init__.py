"""Findings as trees, each step with its evidence: who took what from whom, whose word a claim rests on."""

from casegraph.publish.trees.base import MARKS, Beside, Branch
from casegraph.publish.trees.drawing import isolated, svg
from casegraph.publish.trees.lineage import lineage
from casegraph.publish.trees.origins import CREDIBILITIES, origins, summary

__all__ = ["CREDIBILITIES", "MARKS", "Beside", "Branch", "isolated", "lineage", "origins", "summary", "svg"]
