"""Descriptions that the text names later: "A brick plant has closed ... The plant, Harrow Clay, had ..."."""

from __future__ import annotations

from collections.abc import Mapping

from casegraph.attribute.english.named import GROUP, PERSON, Name
from casegraph.attribute.english.tree import Token, Tree

_INDEFINITE = frozenset({"a", "an"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_TELLING = frozenset({"appos", "attr", "conj"})  # "Harrow Clay, a plant in York": that one has its name


class Introduced:
    """The names of a page that a later sentence gives to what "a plant" brought in.

    News leads describe and the second paragraph names. A name is given back only where the page brings in one
    thing of that noun, and where the later words say no more of it than the first.
    """

    def __init__(self, tree: Tree, names: Mapping[int, Name]) -> None:
        self._tree = tree
        self._names = names
        self._found: dict[int, Name] = {}
        for token in tree.tokens:
            name = self._identified(token)
            first = self._first(token) if name is not None else None
            if name is not None and first is not None:
                self._found.setdefault(first.i, name)

    def of(self, token: Token) -> Name | None:
        """Return the name that the text gives to "a plant" further on."""
        return self._found.get(token.i)

    def _identified(self, token: Token) -> Name | None:
        """Return the name of "the plant, Harrow Clay," and of "the plant is Harrow Clay"."""
        article = token.child("det")
        if token.tag != "NN" or token.i in self._names or article is None or article.lower != "the":
            return None
        verb = token.head
        named = token.child("appos")
        if named is None and token.dep == "nsubj" and verb.lemma == "be" and verb.child("neg") is None:
            named = verb.child("attr")
        if named is None or named.i < token.i:
            return None
        found = self._names.get(named.i)
        return found if found is not None and found.mention.schema in PERSON | GROUP else None

    def _first(self, token: Token) -> Token | None:
        """Return the noun that brought in what a definite description takes up; None where two could."""
        before = [
            other for other in self._tree.tokens[: token.i]
            if other.lemma == token.lemma and other.tag == "NN" and other.i not in self._names
            and (article := other.child("det")) is not None and article.lower in _INDEFINITE
        ]  # fmt: skip
        if len(before) != 1:
            return None
        (first,) = before
        described = first.dep in _TELLING or first.child("appos") is not None or first.head.lower == "as"
        return None if described or not _words(token) <= _words(first) else first


def _words(noun: Token) -> set[str]:
    return {child.lower for child in noun.children if child.dep in _MODIFIERS}
