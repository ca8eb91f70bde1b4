"""The contract of a page: what a request asks, what is given back. Each page has a twin in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casegraph.errors import UsageError
from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.web.forms import LARGEST as FORM
from casegraph.web.work import Work

LARGEST = 1_000_000
"""Of a number in an address."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What an address asks for."""

    path: Mapping[str, str]  # by the names of the view's path
    query: Mapping[str, Sequence[str]]
    work: Work  # what is done in the background
    since: str | None = None  # when the one who asks was here last, ISO 8601 UTC

    def text(self, name: str) -> str | None:
        """Return a value of the query, None where there is none or it is blank."""
        values = [value.strip() for value in self.query.get(name, ())]
        return values[0] if values and values[0] else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all values of the query that are not blank, each once."""
        values = (value.strip() for value in self.query.get(name, ()))
        return tuple(dict.fromkeys(value for value in values if value))

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


def _still(_: Record) -> bool:
    """Say that a page stays as it is."""
    return False


@dataclass(frozen=True, slots=True)
class View:
    """One page. `run` is called in a thread of its own case; UsageError becomes an answer, not a crash."""

    name: str  # of the template and of the operation
    path: str  # with names in braces
    gives: type[Record]
    run: Callable[[Case, Ask], Record]
    summary: str
    query: tuple[Parameter, ...] = ()
    moving: Callable[[Any], bool] = _still  # whether the page is to look again by itself


def _nothing(_: Case, __: Ask) -> str:
    """Do nothing; lead home."""
    return "/"


def _none(_: Case, __: Ask, ___: Sequence[Path]) -> str:
    """Take nothing; lead home."""
    return "/"


@dataclass(frozen=True, slots=True)
class Action:
    """What a form of a page does. `run` gets the form's fields as the query, and returns where to go then."""

    path: str  # with names in braces
    run: Callable[[Case, Ask], str] = _nothing
    largest: int = 0  # bytes of the files that it brings; 0: it brings none
    take: Callable[[Case, Ask, Sequence[Path]], str] = _none  # what is done with them, instead of `run`
    most: int = FORM  # bytes of a form without files

    @property
    def bulky(self) -> bool:
        """Whether it brings more than forms do."""
        return self.largest > 0 or self.most > FORM


@dataclass(frozen=True, slots=True)
class Contents:
    """Bytes that are no page: shown within one, or saved as a file where `saved` names one."""

    content: bytes | Path
    media_type: str
    saved: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """An address that gives bytes, not a page; `run` is called as a view's."""

    name: str  # of the operation
    path: str  # with names in braces
    run: Callable[[Case, Ask], Contents]
    summary: str
    media_type: str
    query: tuple[Parameter, ...] = ()
    gives: type[Record] | None = None  # where the bytes are JSON


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
