"""Small steps from a token to what its prepositions and genitives hold."""

from __future__ import annotations

from casegraph.attribute.tree import Token


def objects_of(holder: Token, word: str) -> list[Token]:
    """Return the objects of a token's preposition."""
    return [
        inner
        for child in holder.children
        if child.lower == word and child.dep in {"prep", "dative", "agent", "prt", "advmod"}
        for inner in child.children
        if inner.dep == "pobj"
    ]


def behalf_of(holder: Token) -> list[Token]:
    """Return X of "on behalf of X" or "on X's behalf" among a token's prepositions."""
    return [owner for noun in objects_of(holder, "on") if noun.lemma == "behalf"
            for owner in (*objects_of(noun, "of"), *possessors(noun))]  # fmt: skip


def possessors(noun: Token) -> list[Token]:
    """Return the genitives before a noun."""
    return [child for child in noun.children if child.dep == "poss"]


def nested(noun: Token) -> list[Token]:
    """Return the nouns one preposition below ("worth of ball bearings to X" hangs anywhere)."""
    return [
        inner
        for child in noun.children
        if child.dep == "prep"
        for inner in child.children
        if inner.dep == "pobj"
    ]
