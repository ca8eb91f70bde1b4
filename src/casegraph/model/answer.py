"""What a language model returned about a passage, and the form in which it must."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from msgspec import Meta

from casegraph.model.base import Record
from casegraph.model.claim import Kind, Polarity, Stance

Failure = Literal[
    "", "answer-timed-out", "answer-unreachable", "answer-refused", "answer-too-large", "answer-cut-off",
    "answer-empty", "answer-no-json", "answer-wrong-schema",
]  # fmt: skip
"""Why there is no answer, "" where there is one."""

NameSchema = Literal[
    "Person", "Company", "Organization", "PublicBody", "LegalEntity", "Address", "Asset", "Event", "Project",
]  # fmt: skip
"""FollowTheMoney schemas that a name may be given."""

# The bounds hold a model that repeats itself, and the size of the grammars that servers make of the schema.
Words = Annotated[str, Meta(min_length=1, max_length=160)]
Passage = Annotated[str, Meta(min_length=1, max_length=800)]


class NameRead(Record, frozen=True, kw_only=True):
    """A name that a model read in a passage."""

    words: Words  # as they stand in the passage
    schema: NameSchema  # FollowTheMoney schema


class RoleRead(Record, frozen=True, kw_only=True):
    """Who or what a model put in a role of a claim."""

    role: str  # one of those that ROLES gives the claim's kind
    words: Words  # as they stand in the passage


class ClaimRead(Record, frozen=True, kw_only=True):
    """A claim that a model read in a passage. All words are as they stand there, or the claim is refused."""

    quote: Passage  # the sentence that it rests on
    kind: Kind  # what sort of thing is claimed
    stance: Stance  # what the speaker does with the content
    polarity: Polarity  # negative: the words say that it is not so
    speaker: Words | None  # who is said to say it; None: the document itself
    cue: Words | None  # the reporting words
    content: Passage | None  # what is said, within the quote; None: all of it
    hedges: Annotated[tuple[Words, ...], Meta(max_length=4)]  # words of doubt
    roles: Annotated[tuple[RoleRead, ...], Meta(max_length=6)]  # who did what to whom
    date: Words | None  # when
    place: Words | None  # where
    amount: Words | None  # the sum of money
    quantity: Words | None  # how many or how much


class PassageRead(Record, frozen=True, kw_only=True):
    """All that a model read in one passage: the form of an answer."""

    names: Annotated[tuple[NameRead, ...], Meta(max_length=40)]  # of people, bodies, places, things
    claims: Annotated[tuple[ClaimRead, ...], Meta(max_length=16)]  # in the order of the passage


class Answer(Record, frozen=True, kw_only=True):
    """What a model said of one passage of one document, as the journal keeps it.

    `key` is made of model, prompt and the passage's text: copies of a passage share one answer.
    """

    key: str  # `answer-` and 40 hex digits
    document: str  # id of the document
    page: int  # counts from 1
    start: int  # first code point of the passage
    end: int  # behind its last code point
    passage: str  # SHA-256 of the passage's text, hex
    model: str  # its name, as the server was asked for it
    prompt: str  # SHA-256 of instructions, form and parameters, hex
    body: str = ""  # JSON in the form of PassageRead, as it came; "" where it failed
    failure: Failure = ""  # why there is none

    @property
    def made_with(self) -> str:
        """Model and prompt in short, as mentions and problems name them."""
        return f"{self.model}@{self.prompt[:12]}"

    def fits(self, text: str) -> bool:
        """Say whether the passage still stands where it stood in this text of its page."""
        return self.end <= len(text) and passage_digest(text[self.start : self.end]) == self.passage


def passage_digest(text: str) -> str:
    """Return the SHA-256 of a passage's text, hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
