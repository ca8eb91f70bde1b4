"""Who says what about whom: parsed pages in, claims out."""

from casegraph.attribute.run import STAGE

__all__ = ["STAGE"]
