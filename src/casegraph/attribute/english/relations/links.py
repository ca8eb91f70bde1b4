"""Small steps from a token to what its prepositions and genitives hold."""

from __future__ import annotations

from casegraph.attribute.english.tree import Token

_JOINING = frozenset({"prep", "dative", "agent"})  # "of X and of Y": the second hangs on the first
_LINKING = _JOINING | {"prt", "advmod"}


def objects_of(holder: Token, word: str) -> list[Token]:
    """Return the objects of a token's preposition."""
    links = [child for child in holder.children if child.dep in _LINKING]
    links += [
        c
        for link in links
        if link.dep in _JOINING
        for c in link.children
        if c.dep == "conj" and c.tag in {"IN", "TO"}
    ]
    return [inner for link in links if link.lower == word for inner in link.children if inner.dep == "pobj"]


def whole(noun: Token) -> Token:
    """Return "some" for X of "some of X": the word by which the phrase hangs in the sentence."""
    link = noun.head
    if noun.dep == "pobj" and link.lower == "of" and link.head.pos in {"DET", "NUM", "PRON"}:
        return link.head
    return noun


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
