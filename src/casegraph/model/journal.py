"""What the case's journal holds: what was done, by which program, and what people decided."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record

JudgementValue = Literal["positive", "negative", "unsure", "no_judgement"]
"""In nomenklatura's terms: the same, not the same, looked at and open, as if never said."""


class Addition(Record, frozen=True, kw_only=True):
    """An original came into the case: which bytes, under which name, when, by whom."""

    document: str  # id, the SHA-256 of the bytes
    name: str  # path relative to what the user named, never absolute
    path: str = ""  # the same with the folder as it was named in front; empty: no more than the name
    size: int  # bytes
    modified: str | None  # when the file's bytes last changed, ISO 8601 UTC
    changed: str | None = None  # when its bytes, name, owner or rights last changed (st_ctime)
    accessed: str | None = None  # when it was last read before it was added, as far as its disk keeps that
    zone: str | None = None  # offset from UTC of the adding machine's clock at `modified`: "+03:00"
    added: str  # ISO 8601 UTC
    pen_name: str | None  # who added it, as they chose to sign


class Activity(Record, frozen=True, kw_only=True):
    """One run of one stage (PROV Activity)."""

    stage: str  # which stage
    version: int  # of the stage
    settings: str  # digest of the settings that the stage reads
    started: str  # ISO 8601 UTC
    ended: str  # ISO 8601 UTC
    used: int  # inputs read
    generated: int  # records written
    problems: int  # problems written


class Judgement(Record, frozen=True, kw_only=True):
    """A person said of two entities whether they are one. The last word on a pair holds."""

    left: str  # id of an entity, as the case or one of its documents gives it
    right: str  # the same; which of the two is left says nothing
    judgement: JudgementValue
    score: float | None = None  # what the machine had scored, 0 to 1
    note: str = ""  # why, in the person's words
    made: str  # ISO 8601 UTC
    pen_name: str | None = None  # who says so, as they chose to sign

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids, the lesser first."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


Verdict = Literal["accepted", "rejected"]
"""What a person says of a claim: that it was read right, or that it is none and counts for nothing."""

ReviewAspect = Literal["verdict", "correction", "note", "tags", "star"]
"""Of what a person says something: whether a claim stands, how it is to be read, and marks for the work."""


class Filled(Record, frozen=True, kw_only=True):
    """Who or what fills a role, or speaks, as a person reads the words."""

    name: str
    entity: str | None = None  # id of its entity, where the case has one


class Correction(Record, frozen=True, kw_only=True):
    """How a person reads a claim otherwise than the machine. What is not named stays as it was read."""

    roles: dict[str, tuple[Filled, ...]] = {}  # of the claim's kind; empty: nobody fills it
    speaker: Filled | None = None  # who says so, innermost in the chain


class ClaimReview(Record, frozen=True, kw_only=True):
    """A person's word on a claim (schema.org ClaimReview). The last word on each aspect holds.

    `value` is a `Verdict`, a `Correction` in JSON, words, tags with commas between them, or `1` for a star;
    empty: as if never said.
    """

    claim: str  # id; made from the document, the page and the words, so that it outlives a rebuild
    document: str  # in which it stands
    aspect: ReviewAspect
    value: str
    read: str = ""  # how the machine had read it, in words
    note: str = ""  # why, in the person's words
    made: str  # ISO 8601 UTC
    pen_name: str | None = None  # who says so, as they chose to sign


class Grade(Record, frozen=True, kw_only=True):
    """A person grades a source or a claim (Admiralty code, NATO AJP-2.1). The last word holds."""

    axis: Literal["reliability", "credibility"]  # of a source; of a claim
    subject: str  # name of an outlet or speaker; id of a claim
    value: str  # A to F; 1 to 6; empty: as if never graded
    proposed: str = ""  # what the machine had proposed
    note: str = ""  # why, in the person's words
    made: str  # ISO 8601 UTC
    pen_name: str | None = None  # who says so, as they chose to sign
