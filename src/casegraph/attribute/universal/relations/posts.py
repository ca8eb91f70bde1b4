"""The words of a post: генеральный директор, заместитель директора по развитию."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import takewhile

from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.tree import Token

POSTED = frozenset({"directorship", "employment"})
"""Kinds of claims that may tell a post."""

_FIELDS = "по"  # "директор по развитию"
_LONGEST = 6  # words of the field


class Posts:
    """Finds where the post of a claim stands."""

    def __init__(
        self, tokens: list[Token], names: Names, is_post: Callable[[Token], bool], held: Collection[str]
    ) -> None:
        self._tokens, self._names, self._is_post, self._held = tokens, names, is_post, held

    def noun(self, word: Token) -> Token | None:
        """Return the noun of the post: the word itself, or what somebody works or is appointed as."""
        if word.pos == "NOUN":
            return word
        as_what = (n for n in word.kids("obl", "obj", "xcomp") if n.case == "Ins" and n.pos == "NOUN")
        return next((n for n in as_what if self._is_post(n)), None)

    def span(self, noun: Token) -> tuple[int, int]:
        """Return the characters of a post from its first adjective to its field."""
        first = noun.i
        while first and self._qualifies(self._tokens[first - 1], noun):
            first -= 1
        return self._tokens[first].start, self._last(noun).end

    def _qualifies(self, before: Token, noun: Token) -> bool:
        plain = before.dep in {"amod", "compound"} and before.under(noun) and before.sentence == noun.sentence
        return plain and before.lemma not in self._held and self._names.at(before) is None

    def _last(self, noun: Token) -> Token:
        """Return the last word: of whom a deputy is one, and of what field."""
        for other in noun.kids("nmod"):
            if not other.prepositions() and other.case == "Gen" and self._is_post(other):
                return self._last(other) if self._is_next(noun, other) else noun
        for field in noun.kids("nmod", "obl"):
            behind = [t for t in field.subtree() if noun.i < t.i]
            plain = list(takewhile(lambda t: self._names.of(t) is None, behind))
            whole = [t.i for t in plain] == list(range(noun.i + 1, noun.i + 1 + len(plain)))
            if field.prepositions() == _FIELDS and whole and 1 < len(plain) <= _LONGEST:
                return plain[-1]
        return noun

    def _is_next(self, noun: Token, other: Token) -> bool:
        between = self._tokens[noun.i + 1 : other.i]
        return noun.i < other.i and all(t.dep == "amod" and t.under(other) for t in between)
