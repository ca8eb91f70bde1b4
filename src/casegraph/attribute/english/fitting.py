"""Whether a subject can be a source, and what stance its cue takes."""

from __future__ import annotations

from casegraph.attribute.english.subjects import Subject
from casegraph.attribute.english.tree import Token
from casegraph.attribute.lexicon import Cue, Lexicon
from casegraph.model import Stance


def fits(subject: Subject, cue: Cue, lexicon: Lexicon) -> bool:
    """Return whether the cue can have this subject: "it" and "this" show nothing of a speaker."""
    head = subject.head
    if head is None:
        return subject.passive or cue.frame == "quote"
    word = head.lower
    if (
        word in {"us", "me"}
        or head.dep == "expl"
        or (word in lexicon.words["words.impersonal"] and head.dep != "nsubj")
    ):
        return word == "it" and subject.passive
    if word in {"there", "what", "this", "that"} or (word == "it" and cue.group in {"show", "position"}):
        return word == "that" and head.tag == "WDT"
    nobody = any(child.lower == "no" for child in head.children)
    if (
        word in lexicon.words["words.anybody"]
        and not nobody
        and cue.group
        in {
            "speech-about",
            "speech-for",
            "hope-for",
            "think",
        }
    ):
        return False
    return can_be(cue.who, head, lexicon)


def can_be(who: str, head: Token, lexicon: Lexicon) -> bool:
    """Return whether the noun can be such a subject; people are known by lists and by suffix."""
    if who == "any":
        return True
    if who == "agent" and (head.text[0].isupper() or head.lower in {"who", "it"}):
        return True
    words = lexicon.words
    document = head.lemma in words["phrases.documents"]
    if head.pos == "PRON" and who in {"document", "source"} and documents_before(head, lexicon) is not None:
        return True
    if who == "document" or (document and who in {"source", "agent"}):
        return document
    return can_speak(head, lexicon)


def can_speak(head: Token, lexicon: Lexicon) -> bool:
    """Return whether a noun stands for a person or a body; common nouns are known by lists and by suffix."""
    words = lexicon.words
    if head.pos == "PROPN" or head.entity in {"PERSON", "ORG", "NORP", "GPE"}:
        return True
    if head.pos == "PRON":
        return head.lower in words["words.persons"]
    known = words["nouns.persons"] | (
        words["sources.unnamed"] | words["sources.offices"] | words["nouns.headline_people"]
        | words["nouns.collectives"] | words["nouns.company"] | words["nouns.body"] | words["nouns.outlets"]
    )  # fmt: skip
    return head.lemma in known or head.lemma.endswith(tuple(words["nouns.agentive_suffixes"]))


def hears(verb: Token, subject: Subject, lexicon: Lexicon) -> bool:
    """Return whether the subject only hears: "the court was told", "the jury heard"."""
    head = subject.head
    words = lexicon.words
    return head is not None and verb.lemma in words["verbs.hearing"] and head.lemma in words["nouns.courts"]


def stance_of(verb: Token, subject: Subject, cue: Cue, lexicon: Lexicon) -> Stance:
    """Return the stance of the verb in this frame: negation, question and passive change it."""
    if verb.lemma in lexicon.words["verbs.declining"] and cue.frame in {"to", "to-say"}:
        return "denies" if cue.frame == "to" else "declines-comment"
    negated = any(child.dep == "neg" for child in verb.children)
    if verb.lemma in {"doubt", "dispute"} or (negated and cue.group == "think"):
        return "denies"
    if negated and cue.group in _NEGATED:
        return _NEGATED[cue.group]
    if _questions(verb, lexicon) or (cue.frame == "to-say" and _wants_to_know(verb, lexicon)):
        return "asks"
    if cue.group == "believe-to" and subject.head is None:
        # "is said to": nobody answers for it; "is believed to": somebody's belief
        return "asserts" if verb.lemma in lexicon.words["words.believed"] else "alleges"
    return "predicts" if verb.lemma == "expect" else cue.stance


_NEGATED: dict[str, Stance] = {"say": "declines-comment", "exclude": "predicts"}  # "did not rule out"


def _wants_to_know(verb: Token, lexicon: Lexicon) -> bool:
    asked = any(child.dep == "xcomp" and child.lemma == "know" for child in verb.children)
    return asked and verb.lemma in lexicon.words["verbs.wishes"]


def _questions(verb: Token, lexicon: Lexicon) -> bool:
    if verb.lemma not in lexicon.words["verbs.questioning"]:
        return False
    clause = verb.child("ccomp", "advcl")
    mark = clause.child("mark", "advmod") if clause is not None else None
    return verb.lemma != "ask" or (mark is not None and mark.lower in lexicon.words["words.questions"])


def documents_before(head: Token, lexicon: Lexicon) -> Token | None:
    """Return the documents that "they show" takes up: the object of the clause before it."""
    if head.lower not in {"they", "it"} or head.head.dep != "conj" or head.dep != "nsubj":
        return None
    plural = head.lower == "they"
    todo = [head.head.head]
    while todo:
        token = todo.pop()
        if token.i >= head.i:
            continue
        if token.dep == "dobj" and token.lemma in lexicon.words["phrases.documents"]:
            return token if (token.tag == "NNS") == plural else None
        todo += [child for child in token.children if child.dep in {"ccomp", "xcomp", "dobj", "conj"}]
    return None
