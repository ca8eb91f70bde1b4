"""The contract of an exporter: what a case holds in, lines of a file out. No clock, disk or network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from casegraph.model import Claim, Document, Entity

Facts = Literal["none", "stated", "asserted"]
"""Which claims a person lets become plain facts: none; what documents state in their own voice; that and what
named speakers assert. A claim that anybody denies, doubts or only alleges never does."""

FACTS: tuple[Facts, ...] = get_args(Facts)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as an exporter names it. `document` is None where it could not be read."""

    id: str
    name: str  # first name that it came under
    size: int  # bytes
    added: str  # ISO 8601 UTC
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What is exported. `claims` and `entities` may be asked for more than once, and give the same again."""

    dataset: str  # name of the data set: small letters, digits, underscores
    sources: Mapping[str, Source]  # by document, in the order of the file
    entities: Callable[[], Iterator[Entity]]
    claims: Callable[[], Iterator[Claim]]
    spelt: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The first document (by id) that has a spelling of an entity: (entity, spelling) to document."""
    facts: Facts = "none"
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What people hold to be the same as an entity: further ids, of reference data or of other programs."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One kind of file by its name on the command line. `lines` yields text with its line ends."""

    name: str
    summary: str  # for the help
    lines: Callable[[Material], Iterator[str]]
