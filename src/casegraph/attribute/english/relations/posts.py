"""The words of a post: chief financial officer, deputy director, vice president."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from casegraph.attribute.english.tree import Token
from casegraph.model import Mention

POSTED = frozenset({"directorship", "employment"})
"""Kinds of claims that may tell a post."""

_PARTS = frozenset({"compound", "amod", "nmod", "punct"})


def post_of(
    noun: Token, tokens: Sequence[Token], mentions: Sequence[Mention], held: Collection[str]
) -> tuple[int, int] | None:
    """Return where the words of a post stand that a noun heads; None for any other word."""
    if noun.pos not in {"NOUN", "PROPN"} or _is_named(noun, mentions):
        return None
    first = noun
    for before in reversed(tokens[: noun.i]):
        glued = before.end == first.start
        part = before.dep in _PARTS and (before.text == "-" or before.dep != "punct")
        if before.i != first.i - 1 or not part or before.lower in held or _is_named(before, mentions):
            break
        if not glued and before.dep == "punct":
            break
        first = before
    return (first.start, noun.end) if first.text != "-" else None


def _is_named(token: Token, mentions: Sequence[Mention]) -> bool:
    """Tell whether the token stands in a name, or in a date or a sum."""
    return any(one.target.start < token.end and token.start < one.target.end for one in mentions)
