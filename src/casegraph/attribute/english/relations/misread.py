"""Clauses that the parser took for noun phrases: "[The Treasury added] Lantos Ltd"."""

from __future__ import annotations

from casegraph.attribute.english.relations.senses import Senses
from casegraph.attribute.english.tree import Token

_WITHIN = frozenset({"amod", "compound", "nmod", "npadvmod"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERBS = frozenset({"VBD", "VBN", "NNS"})


def lost_subject(word: Token, senses: Senses) -> Token | None:
    """Return the subject of a verb read as a modifier of its own object; None where it is none.

    The sentence then has a noun for its root and no finite verb, and a name stands right before the verb.
    """
    noun = word.head
    if (
        word.dep not in {"amod", "compound"}
        or word.tag not in _VERBS
        or noun.dep != "ROOT"
        or noun.i < word.i
    ):
        return None
    tokens = senses.tree.tokens
    first, last = senses.tree.sentence(word)
    if any(t.tag in _FINITE and t is not word for t in tokens[first:last]) or word.i == first:
        return None
    before = tokens[word.i - 1]
    if not senses.is_proper(before) or before.dep not in _WITHIN or before.head not in {word, noun}:
        return None
    return before


def shifted_name(noun: Token, senses: Senses) -> Token | None:
    """Return the name that the parser took for a modifier across a number: "sold [Lantos Ltd 40 engines]"."""
    counts = [child for child in noun.children if child.dep in {"nummod", "det"} and child.i < noun.i]
    names = [c for c in noun.children if c.dep in {"nmod", "compound"} and senses.is_proper(c)]
    if not counts or not names or senses.is_proper(noun):
        return None
    last = names[-1]
    crossed = last.i < counts[0].i and not any(c.dep == "case" for c in last.children)
    return last if crossed else None
