"""The shape of a stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from casegraph.model import Problem, Record

In = TypeVar("In", bound=Record)
Out = TypeVar("Out", bound=Record)


def _nothing() -> None:
    """Load nothing."""


@dataclass(frozen=True, slots=True)
class Stage(Generic[In, Out]):
    """Typed records in, typed records out; no clock, disk, network or randomness.

    `run` takes what one document has come to and yields records and problems. It may load the
    models that its package ships. It never raises for what a document holds. Name, version and types are
    known without loading any of that: a question to the tables needs them alone.
    """

    name: str  # package, CLI verb, docs page, prefix of its problem codes
    version: int  # bump when the same input may give a different output
    gives: tuple[type[Record], ...]  # record types other than Problem that `run` yields
    run: Callable[[In], Iterable[Out | Problem]]
    prepare: Callable[[], None] = _nothing  # loads what `run` needs; ModuleNotFoundError where it is missing
    programs: tuple[str, ...] = ()  # that `run` may start; a worker can start no others
