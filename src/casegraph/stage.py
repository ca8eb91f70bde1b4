"""The shape of a stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from casegraph.model import Problem, Record

In = TypeVar("In", bound=Record)
Out = TypeVar("Out", bound=Record)


@dataclass(frozen=True, slots=True)
class Stage(Generic[In, Out]):
    """Typed records in, typed records out; no clock, disk, network or randomness.

    `run` takes what one document has come to and yields records and problems. It may load the
    models that its package ships. It never raises for what a document holds.
    """

    name: str  # package, CLI verb, docs page, prefix of its problem codes
    version: int  # bump when the same input may give a different output
    gives: tuple[type[Record], ...]  # record types other than Problem that `run` yields
    run: Callable[[In], Iterable[Out | Problem]]
