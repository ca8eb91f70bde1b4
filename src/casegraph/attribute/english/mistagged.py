"""Mends what a small parser gets wrong about who stands beside a reporting verb.

Rare names are its weak side: "Blakely told reporters" comes with an adverb for a subject.
"""

from __future__ import annotations

from casegraph.attribute.english.fitting import can_speak
from casegraph.attribute.english.tree import SUBJECTS, Token, Tree
from casegraph.attribute.lexicon import Lexicon

_STATES = {"states": "state", "claims": "claim", "reports": "report", "notes": "note", "charges": "charge"}
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ASIDE = frozenset({"advcl", "acl", "dep", "parataxis", "ccomp"})
_NAMELESS = frozenset({"advmod", "amod", "compound", "npadvmod", "nmod", "dep", "intj"})
_FAR = 8  # tokens back from a time to the person before it
_LOOK_BACK = 3  # nouns that "who" may skip on the way to a person


def mend_subjects(tree: Tree, lexicon: Lexicon) -> bool:
    """Give cue verbs the subject, "who" the person and "as" the verb that they belong to.

    Returns whether anything was moved.
    """
    moved = False
    for token in tree.tokens:
        if token.tag == "NNS" and token.lower in _STATES and _states(token, tree):
            moved = True
        if token.pos in {"VERB", "AUX"} and lexicon.verbs.get(token.lemma):
            name = _lost_name(token, tree, lexicon)
            if name is not None:
                name.pos, name.tag, name.dep = "PROPN", "NNP", "nsubj"
                moved = True
            moved |= _return_subject(token, tree)
            moved |= _return_as(token, tree, lexicon)
        elif token.dep == "nsubj" and token.pos in {"ADV", "ADJ"} and _shaped(token, lexicon):
            token.pos, token.tag = "PROPN", "NNP"
        elif token.lower == "who" and token.dep in SUBJECTS:
            moved |= _return_who(token, tree, lexicon)
    return moved


def _states(noun: Token, tree: Tree) -> bool:
    """Read "The claimant states that it carried ..." as a sentence with its verb; return whether it was one.

    It has no other: the noun is its root, and what follows hangs on it as a relative clause.
    """
    first, last = tree.sentence(noun)
    if noun.head is not noun or noun.i - 2 < first or noun.i + 2 >= last:
        return False
    subject, article, that = (tree.tokens[noun.i + step] for step in (-1, -2, 1))
    clause = noun.child("relcl", "acl", "ccomp")
    said = clause is not None and clause.child("mark") is that and clause.child("nsubj", "nsubjpass")
    if not said or subject.head is not noun or article.pos != "DET" or that.lower != "that":
        return False
    noun.pos, noun.tag, noun.lemma = "VERB", "VBZ", _STATES[noun.lower]
    subject.pos, subject.tag, subject.dep, subject.lemma = "NOUN", "NN", "nsubj", subject.lower
    tree.move(article, subject)
    if clause is not None:
        clause.dep = "ccomp"
    return True


def _lost_name(verb: Token, tree: Tree, lexicon: Lexicon) -> Token | None:
    """Return the capitalised word before a finite cue verb that has no subject."""
    if any(child.dep in SUBJECTS for child in verb.children) or verb.dep in {"conj", "xcomp", "amod"}:
        return None
    first = min([verb.i, *(c.i for c in verb.children if c.dep in {"aux", "neg"} and c.i < verb.i)])
    finite = verb if first == verb.i else tree.tokens[first]
    if first == 0 or (finite.tag not in _FINITE and finite.tag != "MD"):
        return None
    before = tree.tokens[first - 1]
    if before.sentence != verb.sentence or before.head is not verb or before.dep not in _NAMELESS:
        return None
    return before if not before.children and _shaped(before, lexicon) else None


def _shaped(token: Token, lexicon: Lexicon) -> bool:
    """Return whether the word may be a name: a capital, and no adverb that opens sentences."""
    words = lexicon.words
    common = words["words.sentence_adverbs"] | words["adverbs.alleges"] | words["adverbs.hedges"]
    plain = token.text[0].isupper() and token.text.isalpha() and len(token.text) > 2
    return plain and token.lower not in common


def _return_subject(verb: Token, tree: Tree) -> bool:
    """Give the verb the subject that hangs on a participle: "officials, speaking anonymously, said"."""
    if verb.tag not in _FINITE or any(child.dep in SUBJECTS for child in verb.children):
        return False
    for child in verb.children:
        if child.i > verb.i or child.tag not in {"VBG", "VBN"} or child.dep not in _ASIDE:
            continue
        subject = child.child("nsubj", "nsubjpass")
        bare = child.child("aux", "auxpass") is None
        if subject is None or not bare or subject.i > child.i:
            continue
        if "," in {tree.tokens[subject.right_edge].text, tree.tokens[subject.right_edge + 1].text}:
            tree.move(subject, verb)
            subject.dep = "nsubj"
            return True
    return False


def _return_who(pronoun: Token, tree: Tree, lexicon: Lexicon) -> bool:
    """Hang a "who" clause on the person before it: "people familiar with the talks, who asked"."""
    clause = pronoun.head
    if clause.dep != "relcl":
        return False
    person = _after_time(clause.head, tree, lexicon) or _person_above(clause.head, lexicon)
    if person is None or person is clause.head:
        return False
    tree.move(clause, person)
    return True


def _after_time(noun: Token, tree: Tree, lexicon: Lexicon) -> Token | None:
    """Return the person before a time: "told leaders at the end of last year, who ..."."""
    if noun.entity not in {"DATE", "TIME"}:
        return None
    first, _ = tree.sentence(noun)
    near = reversed(tree.tokens[max(first, noun.left_edge - _FAR) : noun.i])
    people = (t for t in near if t.pos in {"NOUN", "PROPN"} and t.entity not in {"DATE", "TIME"})
    return next((t for t in people if can_speak(t, lexicon)), None)


def _person_above(noun: Token, lexicon: Lexicon) -> Token | None:
    """Return the nearest noun up the phrase that can speak, the noun itself first."""
    for _ in range(_LOOK_BACK):
        if can_speak(noun, lexicon) or noun.entity in {"PERSON", "NORP"}:
            return noun
        up = noun.head
        while up.dep in {"prep", "amod", "agent", "acl"} and up.pos not in {"NOUN", "PROPN"}:
            up = up.head
        if up is noun or up.pos not in {"NOUN", "PROPN"} or up.sentence != noun.sentence or up.i > noun.i:
            return None
        noun = up
    return None


def _return_as(verb: Token, tree: Tree, lexicon: Lexicon) -> bool:
    """Hang "as" on the passive verb: "was described by colleagues as brilliant"."""
    if "as" not in lexicon.frames(verb.lemma):
        return False
    agent = verb.child("agent")
    noun = agent.child("pobj") if agent is not None else None
    tail = next((c for c in noun.children if c.lower == "as" and c.i > noun.i), None) if noun else None
    if tail is None or not tail.children:
        return False
    tail.dep = "prep"
    tree.move(tail, verb)
    return True
