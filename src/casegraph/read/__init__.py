"""Originals to documents and pages."""

from casegraph.read.base import Reader, Reading
from casegraph.read.run import READERS, STAGE

__all__ = ["READERS", "STAGE", "Reader", "Reading"]
