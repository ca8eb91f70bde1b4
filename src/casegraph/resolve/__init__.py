"""The resolve stage: one entity across spellings. See `stage` for documents, `unify` for the whole case."""

from casegraph.resolve.evidence import script_of
from casegraph.resolve.judgements import Judged, contradicted, judged, standing
from casegraph.resolve.rivals import Scored, open_pairs
from casegraph.resolve.stage import STAGE
from casegraph.resolve.unify import JUDGED, RULES, Counted, Known, Link, Rule, components, unify

__all__ = [
    "JUDGED",
    "RULES",
    "STAGE",
    "Counted",
    "Judged",
    "Known",
    "Link",
    "Rule",
    "Scored",
    "components",
    "contradicted",
    "judged",
    "open_pairs",
    "script_of",
    "standing",
    "unify",
]
