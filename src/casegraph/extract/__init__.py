"""Pages to parses and mentions: names, dates, sums, quantities, identifiers."""

from casegraph.extract.base import Analysis, Extractor, Found, Language, Reading
from casegraph.extract.run import STAGE

__all__ = ["STAGE", "Analysis", "Extractor", "Found", "Language", "Reading"]
