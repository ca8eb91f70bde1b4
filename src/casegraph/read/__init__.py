"""Originals to documents and pages.

Asking for the stage's version must not load the readers' libraries (0.5 s): they come with the first
document, or with `READERS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from casegraph.model import Child, Document, Layout, Original, Page, Record, Table
from casegraph.read.base import Reader, Reading
from casegraph.stage import Stage

if TYPE_CHECKING:
    from casegraph.read.run import READERS

__all__ = ["READERS", "STAGE", "Reader", "Reading"]


def _run(original: Original) -> Iterator[Record]:
    from casegraph.read.run import read  # noqa: PLC0415 - a command loads what it uses

    return read(original)


def _prepare() -> None:
    import_module("casegraph.read.run")


STAGE: Stage[Original, Record] = Stage(
    name="read",
    version=11,
    gives=(Document, Page, Child, Table, Layout),
    run=_run,
    prepare=_prepare,
    programs=("tesseract", "unar", "lsar", "djvudump", "djvused", "djvutxt", "ddjvu"),
)


def __getattr__(name: str) -> object:
    """Load READERS when they are first asked for (PEP 562)."""
    if name == "READERS":
        from casegraph.read.run import READERS  # noqa: PLC0415 - a command loads what it uses

        return READERS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
