"""Who the subject of a cue verb is, however far off it stands."""

from __future__ import annotations

from dataclasses import dataclass

from casegraph.attribute.english.tree import Token

# Verbs whose subject is that of their complement (Quirk 3.40-3.49, 16.36-16.38).
_RAISING = frozenset(
    {
        "continue", "begin", "start", "go", "appear", "seem", "come", "proceed",
        "use", "have", "be", "try", "seek", "manage", "want", "hope",
        "happen", "keep", "get",
    }
)  # fmt: skip
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """The source's head. `shared` when it belongs to another verb; `agent` of a passive's by-phrase."""

    head: Token | None
    shared: bool = False
    passive: bool = False
    patient: Token | None = None  # subject of a passive: whom the report is about


def find_subject(verb: Token, depth: int = 0) -> Subject:
    """Return the verb's logical subject.

    Follows coordination, raising verbs, participles and relative clauses up the tree. A passive
    gives its by-phrase and, as `patient`, its grammatical subject.
    """
    passive = verb.child("nsubjpass", "csubjpass")
    if passive is None and verb.tag == "VBN" and verb.child("auxpass") and verb.dep == "conj":
        passive = find_subject(verb.head, depth + 1).head
    if passive is not None:
        return Subject(_agent(verb), passive=True, patient=passive)
    own = verb.child("nsubj", "csubj", "expl") or _of_auxiliary(verb)
    if own is not None:
        return Subject(own)
    if depth > _DEPTH or verb.head is verb:
        return Subject(_agent(verb) or _lost_in_apposition(verb))
    return _inherited(verb, depth)


def _lost_in_apposition(verb: Token) -> Token | None:
    """Return a subject hung as apposition on the phrase before: "In a post on Telegram, X, wrote"."""
    for child in reversed([c for c in verb.children if c.i < verb.i and c.dep == "prep"]):
        todo = [child]
        while todo:
            token = todo.pop()
            for below in token.children:
                if below.dep == "appos" and below.i > child.i and below.head.dep == "pobj":
                    return below
                todo.append(below)
    return None


def _of_auxiliary(verb: Token) -> Token | None:
    """Return a subject that the parser hung on the auxiliary ("X has at the same time blasted")."""
    return next((s for c in verb.children if c.dep == "aux" and (s := c.child("nsubj")) is not None), None)


def _inherited(verb: Token, depth: int) -> Subject:
    """Return the subject of a verb that has none of its own, from the verb or noun above it."""
    head = verb.head
    participle = verb.tag in {"VBG", "VBN"}
    if verb.dep == "acl":
        return _of_noun(verb, head)
    if verb.dep == "pcomp" and head.pos in {"ADP", "SCONJ"}:
        return _of_preposition(verb, head, depth)
    if verb.dep == "conj":
        above = find_subject(head, depth + 1)
        passed = above.patient if above.passive and not verb.child("auxpass") else above.head
        return Subject(passed, shared=True)
    raised = verb.dep == "xcomp" and (head.lemma in _RAISING or verb.tag == "VBG")
    beside = verb.dep in {"advcl", "ccomp", "dep"} and participle and head.pos in {"VERB", "AUX"}
    if not raised and not beside:
        return Subject(_agent(verb))
    above = find_subject(head, depth + 1)
    if beside and verb.tag == "VBN" and verb.child("aux") is None:  # "Asked whether ..., the minister ..."
        return Subject(_agent(verb), passive=True, patient=above.patient or above.head)
    return Subject(above.patient or above.head, shared=True)


def _of_noun(verb: Token, noun: Token) -> Subject:
    """Return the subject of "a report saying that", "a firm accused of"."""
    if verb.tag == "VBN":
        return Subject(_agent(verb), passive=True, patient=noun)
    root = next((up for up in verb.ancestors() if up.dep == "ROOT"), noun)
    if verb.tag in {"VBD", "VBZ", "VBP"} and root.pos in {"NOUN", "PROPN"}:
        return Subject(root)  # "Mr. Obama, in his weekly address, called on": no other finite verb
    return Subject(noun, shared=True) if verb.tag == "VBG" else Subject(None)


def _of_preposition(verb: Token, preposition: Token, depth: int) -> Subject:
    """Return the subject of "by saying that", "was quoted as saying that", "quoted X as saying that"."""
    above_verb = preposition.head
    quoted = above_verb.child("dobj")
    if preposition.lower == "as" and quoted is not None and quoted.i < preposition.i:
        return Subject(quoted, shared=True)  # "quoted X as saying", "names X as having set up shop"
    if above_verb.pos not in {"VERB", "AUX"}:
        return Subject(_agent(verb))
    above = find_subject(above_verb, depth + 1)
    return Subject(above.patient or above.head, shared=True)


def _agent(verb: Token) -> Token | None:
    by = verb.child("agent")
    if by is None:
        return None
    return by.child("pobj")
