"""The contract of a reader of reference data: bytes in, fragments of entries and problems out.

A reader goes through the file once, holds one entry at a time, and never raises for what the file holds. What
it cannot use is a Problem with the line. Fragments with one id are one entry (see `merge`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from casegraph.model import Problem, Record
from casegraph.reference.query import Query


class Fragment(Record, frozen=True, kw_only=True):
    """What one line says of one entry. Of fragments with a `version` only the last one counts."""

    id: str
    schema: str
    properties: dict[str, tuple[str, ...]] = {}
    line: int = 0
    referents: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()  # `kind:value` of a kind that no property says
    version: str = ""


class Replaced(Record, frozen=True, kw_only=True):
    """An entry takes the place of another: the old id means the new one."""

    old: str
    new: str


Item = Fragment | Replaced | Problem


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says of a file: the queries of its mapping, the schema of entries that do not tell."""

    queries: tuple[Query, ...] = field(default=())
    schema: str = "LegalEntity"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of reference data by its name; `is_one` tells by the first bytes of a file."""

    name: str
    summary: str
    is_one: Callable[[bytes], bool]
    read: Callable[[BinaryIO, Options], Iterator[Item]]


def line_problem(code: str, detail: str, line: int) -> Problem:
    """Return what is wrong with a line; `detail` carries none of its text."""
    return Problem(code=f"reference.{code}", subject=f"line {line}", detail=detail)
