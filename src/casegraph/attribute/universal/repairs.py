"""Clauses that a greedy parser hung on the wrong noun or on none: participles in front, relative clauses."""

from __future__ import annotations

import re

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.tree import Token, Tree

_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_RELATIVE = "который"
_REACH = 9  # words from a participle at the head of a sentence to its noun


_FORMER = re.compile("^(?:экс|вице|теле|радио|генерал|главный)-")
_INFINITIVE = ("ть", "ться", "ти", "тись")
_PAST = ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись")
_STRAY = {"Ins": "obl", "Dat": "iobj", "Acc": "obj", "Gen": "obj"}
_TITLES = ("sources.people", "sources.offices", "words.company", "words.person")


def mend(tree: Tree, lexicon: Lexicon) -> None:
    """Make nouns of mistagged titles and counted things; hang clauses on the nouns that they modify."""
    for token in tree.tokens:
        if token.pos in {"PROPN", "ADJ"}:
            _retag(token, lexicon)
        if token.lemma == "глава" and any(c.feats.get("Animacy") == "Anim" for c in token.kids("appos")):
            token.feats["Animacy"] = "Anim"
        if token.text == "«":
            _name(tree, token)
        if token.pos == "ADJ":
            _under(tree, token)
        if token.pos == "NOUN" and token.case == "Ins" and token.dep == "root":
            _take_copula(tree, token)
        if token.feats.get("VerbForm") == "Part" and token.feats.get("Variant") != "Short":
            _lead(tree, token)
            _agree(tree, token)
        elif token.feats.get("VerbForm") == "Fin" and token.dep == "root":
            _relate(tree, token)
        elif token.pos == "NOUN" and token.head is token and token.case in _STRAY:
            _gather(tree, token)


def _retag(token: Token, lexicon: Lexicon) -> None:
    """Make a noun of «Президента США», «экс-премьера» and of the counted «шесть кранов»."""
    lemma = _FORMER.sub("", token.lemma)
    if any(lemma in lexicon.words[name] for name in _TITLES):
        if token.pos == "PROPN" or lemma != token.lemma:
            if token.lower == token.lemma:
                token.feats["Case"] = "Nom"
            token.pos, token.lemma = "NOUN", lemma
            if lemma in lexicon.words["sources.people"]:
                token.feats["Animacy"] = "Anim"
    elif token.dep == "root" and token.lemma.endswith(_INFINITIVE) and token.lower.endswith(_PAST):
        token.pos = "VERB"  # the first word of a sentence: "Начинал Лаптев"
        token.feats |= {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Past"}
    elif token.pos == "ADJ" and token.child("nummod") is not None and token.case == "Gen":
        token.pos = "NOUN"


def _name(tree: Tree, opening: Token) -> None:
    """Hang a name in guillemets on the noun right before them: «акций завода «Маяк» фонду «Атлант»»."""
    if not 0 < opening.i < len(tree.tokens) - 1:
        return
    noun, name = tree.tokens[opening.i - 1], tree.tokens[opening.i + 1]
    while name.dep in {"amod", "flat"} and name.head.i > name.i:
        name = name.head
    astray = name.dep in {"appos", "nmod"} and name.head is not noun and not name.head.under(noun)
    alike = noun.pos == "NOUN" and noun.sentence == name.sentence and name.case in {"Nom", ""}
    if astray and alike and name.pos in _NOUNS and not name.prepositions():
        tree.hang(name, noun, "appos")


def _gather(tree: Tree, noun: Token) -> None:
    """Hang a noun that hangs on nothing on the one finite verb of its sentence that does neither."""
    roots = [t for t in tree.sentence(noun) if t.head is t and t.feats.get("VerbForm") == "Fin"]
    if len(roots) != 1 or noun.prepositions() or (noun.case == "Gen" and noun.child("nummod") is None):
        return
    if noun.case != "Ins" and roots[0].child("obj") is not None:
        return
    tree.hang(noun, roots[0], _STRAY[noun.case])


def _under(tree: Tree, word: Token) -> None:
    """Hang an adjective on the name behind it that was made its apposition: «тридцатилетний Иван Орлов»."""
    name = next((c for c in word.kids("appos") if c.i == word.i + 1 and c.pos in _NOUNS), None)
    if name is None or name.case != word.case:
        return
    head, dep = word.head, word.dep
    if head is word:
        finite = (
            t for t in tree.sentence(word) if t.feats.get("VerbForm") == "Fin" and t.child("nsubj") is None
        )
        verb = next((t for t in finite if not t.under(word)), None)
        if verb is None:
            return
        head, dep = verb, "nsubj"
    tree.hang(name, head, dep)
    tree.hang(word, name, "amod")


def _take_copula(tree: Tree, noun: Token) -> None:
    """Give a predicate the copula and the subject that hang on its attribute: «защитником в суде был X»."""
    for child in noun.kids("nmod"):
        subject = child.child("nsubj")
        if subject is not None and child.child("cop") is not None:
            tree.hang(subject, noun, "nsubj")
            for copula in child.kids("cop"):
                tree.hang(copula, noun, "cop")
            return


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
        if noun.dep == "appos" and not (noun.head is word or (noun.under(word) and noun.text.isascii())):
            continue
        if noun.dep == "appos":
            verb = next(
                (t for t in tree.sentence(word) if t.i > noun.i and t.feats.get("VerbForm") == "Fin"), None
            )
            if verb is None:
                return
            tree.hang(noun, verb, "nsubj")
        tree.hang(word, noun, "acl")
        return


def _agree(tree: Tree, word: Token) -> None:
    """Hang a participle behind a comma on the nearest noun above that it agrees with."""
    head = word.head
    if word.dep != "acl" or head.i > word.i or tree.tokens[word.i - 1].text != ",":
        return
    near = tree.tokens[word.i - 2]
    while near.dep == "flat":
        near = near.head
    between = tree.tokens[head.i + 1 : near.i]
    if near.pos in _NOUNS and near.text.isascii() and any(t.text == "," for t in between):
        if near.under(word):
            tree.hang(near, head, "parataxis")
        verb = next(
            (t for t in tree.sentence(word) if t.i > word.i and t.feats.get("VerbForm") == "Fin"), None
        )
        if verb is not None and near.dep in {"parataxis", "conj"} and verb.child("nsubj") is None:
            tree.hang(near, verb, "nsubj")
        tree.hang(word, near, "acl")  # "газета «Ведомости», Digital Sky, принадлежащая"
        return
    if _fits(word, head):
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
