"""What a typed relation is: its fillers, the words that state it, and who says what words refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from casegraph.attribute.tree import Token
from casegraph.model import Kind, Mention, Polarity, Qualifiers

Modality = Literal["asserts", "predicts", "orders", "asks"]


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
    trigger: tuple[int, int]
    evidence: tuple[int, int]
    polarity: Polarity = "positive"
    hedges: tuple[str, ...] = ()
    modality: Modality = "asserts"
    qualifiers: Qualifiers = _NONE
    score: float = 0.5


class Referents(Protocol):
    """Says what a head token refers to."""

    def name(self, token: Token) -> Filler | None:
        """Return the party that the pronoun, description or proper name stands for, None if unknown."""
        ...


class MentionReferents:
    """Referents that know no more than the mentions: a token inside a name refers to that name."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._names = sorted(
            (mention for mention in mentions if mention.kind == "name"),
            key=lambda mention: (mention.target.start, -mention.target.end),
        )

    def name(self, token: Token) -> Filler | None:
        """Return the longest name mention that covers the token."""
        best: Mention | None = None
        for mention in self._names:
            if mention.target.start > token.start:
                break
            if mention.target.end >= token.end and (best is None or _length(mention) > _length(best)):
                best = mention
        if best is None:
            return None
        target = best.target
        return Filler(target.start, target.end, best.normal or best.name, best.schema, best.id)


def _length(mention: Mention) -> int:
    return mention.target.end - mention.target.start
