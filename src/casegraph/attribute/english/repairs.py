"""Mends attachments that the parser gets wrong around reporting verbs."""

from __future__ import annotations

from itertools import pairwise

from casegraph.attribute.english.fitting import can_speak
from casegraph.attribute.english.mistagged import mend_subjects
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon

_SPEECH = frozenset(
    {
        "say", "say-alleging", "inform", "deny", "refuse", "urge", "ask", "suasive", "demand", "reject",
        "judge-for", "accuse", "blame", "name-as", "position", "predict", "thank-for",
        "speech-for", "exclude", "liken",
    }
)  # fmt: skip
_VOWS = frozenset({"vow", "pledge", "promise", "swear", "threaten", "offer", "refuse", "decline", "agree"})
_DEEP = 4  # clauses that a second verb may lie under
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CONTENT = frozenset({"ccomp", "xcomp", "dobj", "prep"})


def mend(tree: Tree, lexicon: Lexicon) -> None:
    """Move "and warned that ..." from the reported clause up to the verb that reports.

    Small parsers hang a second reporting verb on the nearest verb, that is inside the first
    one's content, and so put it into the wrong mouth. It has no subject of its own, is a verb of
    speech with a complement (or refused one), and agrees in tense with the first.
    """
    _join(tree, lexicon)
    moved = mend_subjects(tree, lexicon)
    for token in tree.tokens:
        if _trails(token, tree, lexicon):
            tree.move(token, token.head.head)
            moved = True
            continue
        if token.dep != "conj" or token.pos != "VERB" or token.child("nsubj", "nsubjpass", "expl"):
            continue
        if not _speaks(token, lexicon):
            continue
        first = token.head
        while first.dep == "conj":
            first = first.head
        reporter = _reporter(first, lexicon)
        if reporter is not None and _belongs_up(reporter, first, token, lexicon):
            conjunction = next((c for c in token.head.children if c.dep == "cc" and c.i < token.i), None)
            if conjunction is not None and conjunction.i > first.i:
                tree.move(conjunction, reporter)
            tree.move(token, reporter)
            moved = True
    if moved:
        tree.settle()


def _join(tree: Tree, lexicon: Lexicon) -> None:
    """Give "a middle man" the lemma of a middleman."""
    for before, token in pairwise(tree.tokens):
        joined = f"{before.lower}{token.lemma}"
        if joined in lexicon.words["words.joined"]:
            token.lemma = joined


def _trails(token: Token, tree: Tree, lexicon: Lexicon) -> bool:
    """Return whether a participle cue (", stressing that") hangs in the reported clause before it."""
    clause = token.head
    return (
        token.dep in {"advcl", "acl"}
        and token.tag == "VBG"
        and bool(lexicon.verbs.get(token.lemma))
        and clause.dep in {"ccomp", "xcomp"}
        and clause.head.i < clause.i < token.i
        and tree.tokens[token.left_edge - 1].text == ","
        and bool(lexicon.verbs.get(clause.head.lemma))
    )


def _reporter(first: Token, lexicon: Lexicon) -> Token | None:
    """Return the verb whose content the first of two joined verbs is, at any depth of adjectives."""
    up = first
    for _ in range(_DEEP):
        if up.dep in {"ccomp", "xcomp"}:
            up = up.head
        elif up.dep == "pcomp":
            above = up.head.head  # "accused X of hiding it": "of" may hang on X
            up = above if above.pos in {"VERB", "AUX"} else above.head
        elif up.dep == "acomp":
            up = up.head
            continue
        else:
            return None
        clausal = any(cue.frame == "clause" for cue in lexicon.verbs.get(up.lemma, ()))
        if up.i < first.i and (_speaks(up, lexicon) or (clausal and up.child("ccomp") is not None)):
            return up
    return None


def _belongs_up(reporter: Token, first: Token, second: Token, lexicon: Lexicon) -> bool:
    """Return whether the second verb continues the report, not what it reports; tense and number tell.

    Where both would do, it continues the report if it has a clause of its own, or if the reported
    clause is about a thing: "said the search was illegal and asked for a new one".
    """
    time = _time(second)
    if first.tag in {"VB", "VBG"} and _time(first) == "" and time in {"past", "present"}:
        return True  # "called on X to go and urges Y": a finite verb cannot continue an infinitive
    if _refuses(second, lexicon):
        return True
    if _time(reporter) != time or _number(reporter, second):
        return False
    if _time(first) != time or _number(first, second) or second.child("ccomp") is not None:
        return True
    subject = first.child("nsubj", "nsubjpass", "expl")
    if subject is None or subject.dep == "expl":
        return subject is not None  # "said there was no fraud and urged"
    return subject.pos != "PRON" and not can_speak(subject, lexicon)


def _speaks(verb: Token, lexicon: Lexicon) -> bool:
    cues = lexicon.verbs.get(verb.lemma, ())
    return (any(cue.group in _SPEECH for cue in cues) or verb.lemma in _VOWS) and (
        _refuses(verb, lexicon) or any(c.dep in _CONTENT and c.i > verb.i for c in verb.children)
    )


def _refuses(verb: Token, lexicon: Lexicon) -> bool:
    """Return whether the verb tells that somebody gave no answer."""
    words = lexicon.words
    answers = verb.lemma in words["verbs.answering"] | words["verbs.answers_with"]
    return (answers and any(c.dep == "neg" for c in verb.children)) or verb.lemma in words["verbs.declining"]


def _finite(verb: Token) -> Token | None:
    """Return the finite word of a verb group."""
    helpers = [c for c in verb.children if c.dep in {"aux", "auxpass"} and c.i < verb.i]
    return next((t for t in [*helpers, verb] if t.tag in _FINITE or t.tag == "MD"), None)


def _time(verb: Token) -> str:
    """Return past, perfect ("had said"), present or modal; nothing for a form without tense."""
    finite = _finite(verb)
    if finite is None:
        return ""
    if finite.tag == "MD":
        return "modal"
    if finite.tag == "VBD":
        return "perfect" if finite is not verb and finite.lemma == "have" else "past"
    return "present"


def _number(one: Token, other: Token) -> bool:
    """Return whether the two verbs differ in number: "says", "are asking"."""
    tags = {token.tag for verb in (one, other) if (token := _finite(verb)) is not None}
    return tags == {"VBZ", "VBP"}
