"""The publish stage: a selection of a case, written for others."""

from casegraph.publish.base import FACTS, Exporter, Facts, Material, Source
from casegraph.publish.ftm import ENTITIES, STATEMENTS
from casegraph.publish.graphs import GRAPHS

EXPORTERS: tuple[Exporter, ...] = (ENTITIES, STATEMENTS)
"""All of them, in the order of the help."""

__all__ = ["EXPORTERS", "FACTS", "GRAPHS", "Exporter", "Facts", "Material", "Source"]
