"""Mends attachments that the parser gets wrong around reporting verbs."""

from __future__ import annotations

from itertools import pairwise

from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.tree import Token, Tree

_SPEECH = frozenset(
    {
        "say",
        "say-alleging",
        "inform",
        "deny",
        "refuse",
        "urge",
        "ask",
        "suasive",
        "demand",
        "reject",
        "judge-for",
        "accuse",
        "blame",
        "name-as",
        "position",
        "predict",
        "thank-for",
    }
)
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def mend(tree: Tree, lexicon: Lexicon) -> None:
    """Move "and warned that ..." from the reported clause up to the verb that reports.

    Small parsers hang a second reporting verb on the nearest verb, that is inside the first
    one's content, and so put it into the wrong mouth. It has no subject of its own, is a verb of
    speech with a complement (or refused one), and agrees in tense with the first.
    """
    moved = False
    _join(tree, lexicon)
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
        reporter = first.head
        if first.dep not in {"ccomp", "xcomp"} or not _speaks(reporter, lexicon) or reporter.i > first.i:
            continue
        if _belongs_up(reporter, first, token):
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
        token.dep == "advcl"
        and token.tag == "VBG"
        and bool(lexicon.verbs.get(token.lemma))
        and clause.dep in {"ccomp", "xcomp"}
        and clause.head.i < clause.i < token.i
        and tree.tokens[token.left_edge - 1].text == ","
        and bool(lexicon.verbs.get(clause.head.lemma))
    )


def _belongs_up(reporter: Token, first: Token, second: Token) -> bool:
    """Return whether tense tells that the second verb continues the report, not what it reports."""
    if first.tag == "VB" and _tense(first) != "MD" and second.tag in _FINITE:
        return True  # "called on X to go and urges Y": a finite verb cannot continue an infinitive
    if _refuses(second):
        return True
    if _tense(reporter) != _tense(second):
        return False
    return _tense(first) != _tense(second) or second.child("ccomp") is not None


def _speaks(verb: Token, lexicon: Lexicon) -> bool:
    cues = lexicon.verbs.get(verb.lemma, ())
    return any(cue.group in _SPEECH for cue in cues) and (
        _refuses(verb) or any(c.dep in {"ccomp", "xcomp", "dobj"} and c.i > verb.i for c in verb.children)
    )


def _refuses(verb: Token) -> bool:
    return any(c.dep == "neg" for c in verb.children) or verb.lemma in {"decline", "refuse"}


def _tense(verb: Token) -> str:
    modal = next((c for c in verb.children if c.dep == "aux" and c.tag == "MD"), None)
    return "MD" if modal is not None else verb.tag
