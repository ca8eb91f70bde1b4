"""What a language's grammar gives of a page: who says what, typed relations, sentences; all as characters.

`assemble` makes claims of it. What a grammar knows of its parser stays in its own package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from casegraph.model import Count, Document, Kind, Mention, Page, Parse, Polarity, Qualifiers, Stance

Span = tuple[int, int]
Modality = Literal["asserts", "predicts", "orders", "asks"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as it will stand in a claim's chain."""

    name: str | None
    mention: str | None
    unnamed: bool
    count: Count | None


NOBODY = Speaker(None, None, unnamed=True, count=None)


@dataclass(frozen=True, slots=True)
class Passing:
    """Who passes words on, between whoever said them and the publisher: "documents seen by Z show"."""

    speaker: Speaker
    shown: Span | None
    cue: Span | None
    basis: Span | None


@dataclass(slots=True, eq=False)
class Said:
    """One attribution as it stands on the page: characters of source, cue and content, and what they mean.

    `make` names the construction (`quote`, `clause`, `according` ...), whose score `assemble` knows; `source`
    are the words of who speaks where they stand beside the cue, `shown` those that the claim points at.
    `me` is "i" or "we" where a pronoun of the first person speaks, else "".
    """

    source: Span | None
    cue: Span | None
    content: list[Span]
    stance: Stance
    make: str
    speaker: Speaker
    polarity: Polarity = "positive"
    hedges: tuple[str, ...] = ()
    shown: Span | None = None
    basis: Span | None = None
    relay: Passing | None = None
    report: Said | None = None  # of one who is cited: whoever cites
    me: Literal["", "i", "we"] = ""

    def start(self) -> int:
        """Return the first character of the whole attribution."""
        spans = [*self.content, *(span for span in (self.source, self.cue) if span)]
        return min(start for start, _ in spans)


@dataclass(frozen=True, slots=True)
class Filler:
    """Who or what fills a role.

    `start` and `end` are characters of the page: the head noun phrase without its determiner, or the
    pronoun as it stands. `name` is the resolved name ("it" gives "Harrow Marine"), else the words.
    `mention` is the id of the mention that the words are or resolve to.
    """

    start: int
    end: int
    name: str
    schema: str | None = None
    mention: str | None = None


_NONE = Qualifiers()
Roles = dict[str, Filler | tuple[Filler, ...] | None]


@dataclass(frozen=True, slots=True)
class Relation:
    """One typed relation as a clause or phrase states it, whoever says it.

    `trigger` and `evidence` are characters of the page: the words that state the relation, and the
    clause or phrase that holds its roles and qualifiers. `modality` is "predicts" for what will or is
    planned to be, "orders" for what is demanded, "asks" for what is put in question. `score` is 0 to 1.
    """

    kind: Kind
    roles: Roles
    trigger: Span
    evidence: Span
    polarity: Polarity = "positive"
    hedges: tuple[str, ...] = ()
    modality: Modality = "asserts"
    qualifiers: Qualifiers = _NONE
    score: float = 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that states something, for the document's own voice: a subject and a verb."""

    start: int
    end: int
    stance: Literal["asserts", "predicts"] = "asserts"
    polarity: Polarity = "positive"


@dataclass(frozen=True, slots=True)
class Found:
    """All that a grammar finds on a page: attributions by their first character, relations, sentences."""

    said: list[Said]
    relations: list[Relation]
    sentences: list[Sentence]


class Reader(Protocol):
    """Reads the pages of one document in order, and may remember who was named before."""

    def read(self, page: Page, parse: Parse, mentions: list[Mention], leads: Callable[[int], bool]) -> Found:
        """Return what the page says; never raises for what a page holds.

        `leads` tells of a character whether it stands in the line that opens a quoted mail: no claim.
        """
        ...


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language: its ISO 639-1 code and what begins a document."""

    language: str
    open: Callable[[Document], Reader]


@dataclass(slots=True)
class Reading:
    """What a claim says, before who says it and where."""

    kind: Kind
    stance: Stance
    polarity: Polarity
    hedges: tuple[str, ...] = ()
    score: float = 0.5
    roles: Roles = field(default_factory=dict)
    qualifiers: Qualifiers = _NONE
