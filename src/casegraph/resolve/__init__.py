"""The resolve stage: one entity across spellings. See `stage`."""

from casegraph.resolve.stage import STAGE

__all__ = ["STAGE"]
