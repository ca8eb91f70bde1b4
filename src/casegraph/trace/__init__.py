"""Who copied whom, and on whose word a claim rests: lineage, origins, contradictions."""

from casegraph.trace.aligned import passage_keys
from casegraph.trace.alike import claim_keys
from casegraph.trace.base import VERSION, Article, Kin, Reported
from casegraph.trace.blocks import CROWD, SAMPLE, is_common, is_large, keys, kin
from casegraph.trace.bonds import bonds, names
from casegraph.trace.context import WEAK, sense_keys
from casegraph.trace.corroborate import corroborations
from casegraph.trace.denials import denial_keys
from casegraph.trace.families import Families
from casegraph.trace.imprints import House, Houses
from casegraph.trace.lineage import derivations
from casegraph.trace.matter import matter_keys
from casegraph.trace.stage import STAGE

__all__ = [
    "CROWD",
    "SAMPLE",
    "STAGE",
    "VERSION",
    "WEAK",
    "Article",
    "Families",
    "House",
    "Houses",
    "Kin",
    "Reported",
    "bonds",
    "claim_keys",
    "corroborations",
    "denial_keys",
    "derivations",
    "is_common",
    "is_large",
    "keys",
    "kin",
    "matter_keys",
    "names",
    "passage_keys",
    "sense_keys",
]
