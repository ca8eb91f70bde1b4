"""Pages to parses and mentions: names, dates, sums, quantities, identifiers.

The recognisers and their libraries are loaded with the first document, not when the stage's version is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from casegraph.extract.base import Analysis, Extractor, Found, Language, Reading
from casegraph.model import Mention, Pages, Parse, Problem
from casegraph.stage import Stage

__all__ = ["STAGE", "Analysis", "Extractor", "Found", "Language", "Reading"]


def _run(unit: Pages) -> Iterator[Mention | Parse | Problem]:
    from casegraph.extract.run import run  # noqa: PLC0415 - a command loads what it uses

    return run(unit)


def _prepare() -> None:
    import_module("casegraph.extract.run")


STAGE: Stage[Pages, Mention | Parse] = Stage(
    name="extract", version=9, gives=(Mention, Parse), run=_run, prepare=_prepare
)
