"""Reporting words that stand apart from what is said: "сообщили в ведомстве", "об этом сообщил X"."""

from __future__ import annotations

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ"})
_MARKS = frozenset({",", ";", "—", "–", "."})


def speaks_behind(subjects: Subjects, lexicon: Lexicon, verb: Token, behind: list[Token]) -> bool:
    """Return whether the words behind the verb of a parenthesis tell who speaks, or it needs nobody."""
    if any(t.dep == "nsubj" and t.pos in _NOUNS for t in behind):
        return True
    source = subjects.shown_by(verb)
    if subjects.impersonal(verb):
        source = source or subjects.place(verb)
    if lexicon.impersonal.get(verb.lemma):
        if verb.dep == "parataxis":
            return True
        source = source or subjects.document(verb)
    return source is not None and source in behind


def what_this_means(tree: Tree, verb: Token, this: Token) -> list[Token]:
    """Return what "об этом сообщил X" means: the clause before it, else the sentence before it.

    Nothing where other words stand between; the phrase itself where no sentence goes before.
    """
    first = min(t.i for t in this.subtree())
    sentence = tree.sentence(verb)
    before = [t for t in sentence if t.i < first]
    if any(t.pos not in {"PUNCT", "CCONJ", "PART"} for t in before):
        if before[-1].text not in _MARKS:
            return []
    else:
        place = tree.sentences.index(tree.range_of[verb.sentence])
        before = tree.tokens[slice(*tree.sentences[place - 1])] if place else []
        if before and "\n" in tree.text[before[-1].end : sentence[0].start]:
            before = []
        before = [t for t in before if t is not before[-1] or t.pos != "PUNCT"]
    told = any(t.feats.get("VerbForm") == "Fin" or t.passive for t in before)
    return before if told else this.subtree()
