"""Who says what about whom: parsed pages in, claims out.

Grammar and patterns are loaded with the first document, not when the stage's version is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from casegraph.model import Claim, Parsed, Problem, TableMapping
from casegraph.stage import Stage

__all__ = ["STAGE", "VERSION"]

VERSION = 9
"""Of the stage and of the claims that it makes."""


def _run(unit: Parsed) -> Iterator[Claim | TableMapping | Problem]:
    from casegraph.attribute.run import run  # noqa: PLC0415 - loads all grammars, which a question for the version must not

    return run(unit)


def _prepare() -> None:
    import_module("casegraph.attribute.run")


STAGE: Stage[Parsed, Claim | TableMapping] = Stage(
    name="attribute", version=VERSION, gives=(Claim, TableMapping), run=_run, prepare=_prepare
)
