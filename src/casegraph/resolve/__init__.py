"""The resolve stage: one entity across spellings. See `stage`."""

from casegraph.resolve.stage import STAGE
from casegraph.resolve.unify import Counted, unify

__all__ = ["STAGE", "Counted", "unify"]
