"""Who says what words refer to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from casegraph.attribute.base import Filler
from casegraph.attribute.english.tree import Token
from casegraph.model import Mention


class Referents(Protocol):
    """Says what a head token refers to."""

    def name(self, token: Token) -> Filler | None:
        """Return the party that the pronoun, description or proper name stands for, None if unknown."""
        ...

    def later(self, token: Token, /) -> Filler | None:
        """Return the party that the text names only after these words ("a plant"), None if it never does."""
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

    def later(self, _token: Token, /) -> Filler | None:
        """Return None: what a description is called later takes more than mentions."""
        return None


def _length(mention: Mention) -> int:
    return mention.target.end - mention.target.start
