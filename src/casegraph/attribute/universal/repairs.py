"""Clauses that a greedy parser hung on the wrong noun or on none: participles in front, relative clauses."""

from __future__ import annotations

from casegraph.attribute.universal.tree import Token, Tree

_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_RELATIVE = "который"
_REACH = 9  # words from a participle at the head of a sentence to its noun


def mend(tree: Tree) -> None:
    """Hang clauses on the nouns that they modify."""
    for token in tree.tokens:
        if token.pos == "ADJ" and token.child("nummod") is not None and token.case == "Gen":
            token.pos = "NOUN"  # "шесть кранов": the adjective of a noun that the tagger does not know
        if token.feats.get("VerbForm") == "Part" and token.feats.get("Variant") != "Short":
            _lead(tree, token)
            _agree(tree, token)
        elif token.feats.get("VerbForm") == "Fin" and token.dep == "root":
            _relate(tree, token)


def _lead(tree: Tree, word: Token) -> None:
    """Hang "Зарегистрированное в Перми" on "АО", the noun behind it that some verb has for its subject."""
    first = tree.sentence(word)[0]
    if word is not first or word.dep not in {"nsubj", "root"}:
        return
    for noun in tree.tokens[word.i + 1 : word.i + _REACH]:
        if noun.sentence != word.sentence or noun.pos == "VERB":
            return
        if noun.pos not in _NOUNS or noun.prepositions() or noun.dep not in {"nsubj", "appos"}:
            continue
        if noun.dep == "appos" and noun.head is not word:
            continue
        if noun.dep == "appos":
            verb = next((t for t in tree.sentence(word) if t.i > noun.i and t.feats.get("VerbForm") == "Fin"), None)
            if verb is None:
                return
            tree.hang(noun, verb, "nsubj")
        tree.hang(word, noun, "acl")
        return


def _agree(tree: Tree, word: Token) -> None:
    """Hang a participle behind a comma on the nearest noun above that it agrees with."""
    head = word.head
    if word.dep != "acl" or head.i > word.i or tree.tokens[word.i - 1].text != "," or _fits(word, head):
        return
    for up in head.ancestors():
        if up.pos not in _NOUNS or up.i > word.i:
            return
        if _fits(word, up):
            tree.hang(word, up, "acl")
            return


def _fits(word: Token, noun: Token) -> bool:
    if word.plural or noun.plural:
        return word.plural == noun.plural or noun.child("conj") is not None
    return noun.feats.get("Gender") in {None, word.feats.get("Gender")}


def _relate(tree: Tree, verb: Token) -> None:
    """Hang a clause with "который" on the noun before its comma."""
    link = next((t for t in verb.subtree() if t.lemma == _RELATIVE and t.i < verb.i), None)
    if link is None:
        return
    start = min((t.i for t in (link, *link.kids("case"))), default=link.i)
    if start < 2 or tree.tokens[start - 1].text != ",":
        return
    before = next((t for t in reversed(tree.tokens[max(0, start - 4) : start - 1]) if t.pos in _NOUNS), None)
    if before is None or before.sentence != verb.sentence or before.under(verb):
        return
    while before.dep in {"appos", "flat", "nmod"} and not _fits(link, before) and before.head.i < before.i:
        before = before.head
    if not before.under(verb):
        tree.hang(verb, before, "acl")
