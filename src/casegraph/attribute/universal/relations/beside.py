"""Names that stand beside a noun however they were parsed: behind a dash, at the end of a post's phrase."""

from __future__ import annotations

from casegraph.attribute.universal.names import BODIES, Names
from casegraph.attribute.universal.tree import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "SYM"})
_NEAR = 14  # words in which a post's body is looked for
_DASHES = frozenset({"—", "–", "-"})
_STOPS = frozenset({",", ";", ":", ".", "("})


def behind_dash(names: Names, noun: Token) -> list[Token]:
    """Return who "владелец — Петров" names behind the dash."""
    tokens = names.tree.tokens
    for child in noun.children:
        if child.i > noun.i and child.pos in NOMINAL and child.dep != "nmod":
            lead = min((t.i for t in child.subtree()), default=child.i)
            dashes = [c for c in child.children if c.text in _DASHES]
            if dashes or (lead and tokens[lead - 1].text in _DASHES):
                return [child]
    last = max(t.i for t in noun.subtree() if t.i < noun.i + _NEAR)
    if noun.case != "Nom" or last + 1 >= len(tokens) or tokens[last + 1].text not in _DASHES:
        return []
    behind = next((t for t in tokens[last + 2 : last + 5] if t.pos in NOMINAL), None)
    alone = behind is not None and behind.head is behind and behind.sentence == noun.sentence
    return [behind] if behind is not None and alone and behind.case in {"Nom", ""} else []


def body_near(names: Names, word: Token) -> list[Token]:
    """Return the last body between a post's noun and the next name, comma or verb, however parsed."""
    found: dict[str, Token] = {}
    for token in names.tree.tokens[word.i + 1 : word.i + _NEAR]:
        named = names.at(token)
        stop = token.pos in {"VERB", "AUX", "CCONJ", "SCONJ"} or token.text in _STOPS
        if named is None and (stop or token.sentence != word.sentence):
            break
        if named is not None and named.schema == "Person":
            break
        if named is not None and named.schema in BODIES:
            found.setdefault(named.id, token)
    return list(found.values())[-1:]
