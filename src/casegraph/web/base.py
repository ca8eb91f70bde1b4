"""The contract of a page: what a request asks, what is given back. Each page has a twin in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from casegraph.errors import UsageError
from casegraph.model import Record
from casegraph.pipeline.case import Case

LARGEST = 1_000_000
"""Of a number in an address."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What an address asks for."""

    path: Mapping[str, str] = field(default_factory=dict)  # by the names of the view's path
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return a value of the query, None where there is none or it is blank."""
        values = [value.strip() for value in self.query.get(name, ())]
        return values[0] if values and values[0] else None

    def number(self, name: str, default: int, *, most: int = LARGEST) -> int:
        """Return a number of the query, from 1 to `most`; raises UsageError for anything else."""
        value = self.text(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdecimal() and len(value) < len(str(LARGEST)) + 1):
            raise UsageError(f"{name} must be a whole number, not {value[:20]!r}")
        if not 1 <= int(value) <= most:
            raise UsageError(f"{name} must be from 1 to {most:,}")
        return int(value)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a query, for the description of the API."""

    name: str
    help: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})


@dataclass(frozen=True, slots=True)
class View:
    """One page. `run` is called in a thread of its own case; UsageError becomes an answer, not a crash."""

    name: str  # of the template and of the operation
    path: str  # with names in braces
    gives: type[Record]
    run: Callable[[Case, Ask], Record]
    summary: str
    query: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What a form of a page does. `run` gets the form's fields as the query, and returns where to go then."""

    path: str  # with names in braces
    run: Callable[[Case, Ask], str]


class NotThereError(UsageError):
    """The address names something that the case does not have."""


@contextmanager
def looked_up() -> Iterator[None]:
    """Turn the library's word that it has no such thing into an answer that says so."""
    try:
        yield
    except UsageError as error:
        raise NotThereError(str(error)) from None


NUMBER = {"type": "integer", "minimum": 1, "maximum": LARGEST}
PAGE = Parameter("page", "Which page of the list.", NUMBER)
"""Of a list that is longer than one page."""

ROWS = 50
"""Rows of a list on one page."""


class Slice(Record, frozen=True, kw_only=True):
    """Which rows of a list are shown."""

    page: int
    first: int  # number of the first row, from 1
    more: bool  # there is a further page
    total: int | None = None  # rows of the list, where they are counted
