"""What a search gives back."""

from __future__ import annotations

from typing import Literal

from casegraph.model import Record

Spelled = Literal["phrase", "words", "near"]
"""How a name of a list is looked for: its words in a row; anywhere on a page; each one letter off at most."""

MOST_NAMES = 1_000
"""Names of a list that is looked for at once."""

LONGEST_NAME = 200
"""Characters of one of them, and of what a search is called."""


class Hit(Record, frozen=True, kw_only=True):
    """A page that a search found.

    `snippet` is `page.text[start:start + len(snippet)]`; `highlights` are (start, end) in code points of the
    snippet, end excluded.
    """

    document: str
    page: int
    name: str
    title: str | None
    score: float  # 0 where the order is by day
    snippet: str
    start: int
    highlights: tuple[tuple[int, int], ...]
    furniture: bool = False  # the words stand in menus, notices or the like only
    kind: str = ""  # of document
    language: str | None = None  # ISO 639-1
    source: str | None = None  # outlet, sender or author, as the document names it
    published: str | None = None  # day, ISO 8601
    claims: int = 0  # on the page


class SearchResult(Record, frozen=True, kw_only=True):
    """Hits, best first; `total` counts all pages found."""

    total: int
    hits: tuple[Hit, ...]


class FacetValue(Record, frozen=True, kw_only=True):
    """A value that some of the pages found have."""

    value: str  # of an entity its id
    label: str  # what it is called
    pages: int  # that have it
    called: bool = False  # of an entity: the words that were looked for are of a name of its


class Facets(Record, frozen=True, kw_only=True):
    """The pages found, counted by what they are; most frequent first, years from the last."""

    kind: tuple[FacetValue, ...]
    language: tuple[FacetValue, ...]
    source: tuple[FacetValue, ...]
    year: tuple[FacetValue, ...]
    entity: tuple[FacetValue, ...]
    claims: int  # pages on which a claim stands


class Called(Record, frozen=True, kw_only=True):
    """An entity that has a name."""

    id: str
    name: str
    schema: str
    documents: int


class Named(Record, frozen=True, kw_only=True):
    """A name of a list, and what the case has of it."""

    name: str
    query: str  # that finds the same pages
    pages: int
    documents: int
    entities: tuple[Called, ...]  # one of whose spellings it is, whatever the case of letters
