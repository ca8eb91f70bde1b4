"""A name in the discourse: where it stands, what it is called there, and how near it is to mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from casegraph.attribute.base import Filler
from casegraph.attribute.english.tree import Token
from casegraph.model import Mention

PERSON = frozenset({"Person"})
GROUP = frozenset({"Organization", "Company", "PublicBody", "LegalEntity"})

_PASSING = frozenset({"new", "then", "late", "embattled", "current", "own"})
_RANKS = frozenset({"deputy", "vice", "former", "assistant", "acting", "junior", "associate"})
_OF = frozenset({"of", "for"})


@dataclass(slots=True)
class Name:
    """A name mention with its place in the discourse."""

    mention: Mention
    token: Token
    sentence: int  # running number through the document
    block: int
    subject: bool
    full: str
    folded: str = ""
    roles: set[str] = field(default_factory=set)
    gender: str = ""
    spoke: bool = False
    near: set[str] = field(default_factory=set)  # the words of its phrase, titles and appositions


def filler(name: Name, at: Token | None = None) -> Filler:
    """Return the name as what fills a role, at its own place or at that of a word that takes it up."""
    target = name.mention.target
    start, end = (at.start, at.end) if at is not None else (target.start, target.end)
    return Filler(start, end, name.full, name.mention.schema, name.mention.id)


def outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the name mentions in order without those that stand inside another."""
    names = sorted((m for m in mentions if m.kind == "name"), key=lambda m: (m.target.start, -m.target.end))
    kept: list[Mention] = []
    for mention in names:
        if not kept or mention.target.start >= kept[-1].target.end:
            kept.append(mention)
    return kept


def head_of(tokens: list[Token]) -> Token:
    """Return the token whose head lies outside the name."""
    inside = {token.i for token in tokens}
    return next((t for t in reversed(tokens) if t.head.i not in inside or t.head is t), tokens[-1])


def roles_of(head: Token, tokens: list[Token]) -> set[str]:
    """Return the common nouns that stand for the name: titles before it, appositions around it."""
    inside = {token.i for token in tokens}
    found = {c.lemma for c in head.children if c.dep in {"compound", "nmod", "amod"} and c.i not in inside}
    for child in head.children:
        if child.dep == "appos" and child.pos in {"NOUN", "PROPN"}:
            found.add(child.lemma)
    if head.dep == "appos" and head.head.pos in {"NOUN", "PROPN"} and head.head.i not in inside:
        found.add(head.head.lemma)
    if head.dep == "nsubj" and head.head.lemma == "be":
        attribute = head.head.child("attr")
        if attribute is not None:
            found.add(attribute.lemma)
    return found


def titled(name: Name, token: Token) -> bool:
    """Return whether the modifiers fit: "the foreign minister", "the mayor of Akron" are no others."""
    before = [c for c in token.children if c.i < token.i and c.text.isalpha()]
    said = {c.lower for c in before if c.dep in {"compound", "amod", "nmod"}} - _PASSING
    if (name.near & _RANKS) - said:
        return False  # "Deputy Minister X" is not "the minister", nor a former one
    of = (
        o for c in token.children if c.dep == "prep" and c.lower in _OF and (o := c.child("pobj")) is not None
    )
    said |= {noun.lower for noun in of}
    return said <= name.near


def is_subject(head: Token) -> bool:
    """Return whether the name, or the name that it is joined to, is a subject."""
    while head.dep == "conj":
        head = head.head
    return head.dep in {"nsubj", "nsubjpass"}


def salience(name: Name, here: int) -> float:
    """Return how near to mind the name is in sentence `here`."""
    score = 6.0 - 1.5 * (here - name.sentence)
    score += 2.0 if name.subject else 0.0
    score += 2.0 if name.spoke else 0.0
    if name.token.dep in {"poss", "pobj"}:
        score -= 1.5
    return score


def phrase_words(head: Token) -> set[str]:
    """Return the words of the name's phrase: with its titles, and the phrase that it is in apposition to."""
    top = (
        head.head
        if head.dep in {"appos", "compound", "nmod"} and head.head.pos in {"NOUN", "PROPN"}
        else head
    )
    found, todo = set(), [top]
    while todo:
        token = todo.pop()
        found.add(token.lower)
        todo += [c for c in token.children if c.pos not in {"VERB", "AUX"}]
    if head.dep == "nsubj" and head.head.lemma == "be":
        attribute = head.head.child("attr")
        found |= {attribute.lower, *(c.lower for c in attribute.children)} if attribute is not None else set()
    return found


def inside_own_phrase(name: Token, pronoun: Token) -> bool:
    """Return whether the pronoun stands in the name's own phrase ("its chief, Anna Kern")."""
    return pronoun.i != name.i and name.left_edge <= pronoun.i <= name.right_edge and pronoun.i < name.i


def same_group(one: str | None, other: str | None) -> bool:
    """Return whether two schemata may be of one thing: all bodies count as one kind."""
    return one == other or (one in GROUP and other in GROUP)


def shortens(short: list[str], full: list[str], schema: str | None) -> bool:
    """Return whether the words shorten the full name: a surname, the first words of a firm."""
    if len(short) >= len(full):
        return False
    if schema == "Person":
        return full[-len(short) :] == short
    if schema == "Address":
        return full[: len(short)] == short  # "Russia" is not short for "Western Russia"
    return full[: len(short)] == short or (len(short) == 1 and short[0] in full)


def describes(apposition: Token) -> bool:
    """Return whether the apposition tells what somebody is, not who: "the governor, a Republican"."""
    determiner = apposition.child("det", "predet", "preconj")
    return determiner is not None and determiner.lower in {"a", "an", "both", "all", "another"}


def reports(name: Name, token: Token) -> bool:
    """Return whether the name is who reports the clause of the token: "Y said that the company"."""
    for up in token.ancestors():
        if up.dep == "ccomp":
            subject = up.head.child("nsubj")
            return subject is not None and name.token is subject
    return False
