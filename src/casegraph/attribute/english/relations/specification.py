"""What a product can do or weighs: from each measured quantity to its property and its product."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.relations.verbs import VerbSite
from casegraph.attribute.english.tree import Token
from casegraph.model import Mention

_VERBAL = frozenset({"VERB", "AUX"})
_LIMIT = 5
_NOT_MEASURES = frozenset({"item", "%", "a", "mo", "wk", "d"})  # counts, shares and spans of calendar time


@dataclass(frozen=True, slots=True)
class Specification:
    """A measure with the characters of its property and the head of what has it."""

    mention: Mention
    product: Token
    words: tuple[int, int]
    trigger: Token
    strong: bool


class Specifications:
    """Finds the measures of a page. The words of properties and the verbs that take measures are data."""

    def __init__(self, phrases: Phrases, mentions: Sequence[Mention]) -> None:
        self.phrases = phrases
        self.tree = phrases.tree
        self.words = phrases.words
        self.mentions = [
            m
            for m in mentions
            if m.kind == "quantity" and m.quantity and m.quantity.unit not in _NOT_MEASURES
        ]

    def find(self) -> Iterator[Specification]:
        """Yield the page's measures that have both a property and a product."""
        for mention in self.mentions:
            inside = self.phrases.senses.inside(mention)
            places = {token.i for token in inside}
            head = next((t for t in inside if t.head.i not in places or t.head is t), None)
            if head is not None and head.head is not head:
                found = self._of_noun(mention, head) or self._of_verb(mention, head)
                if found is not None:
                    yield found

    # -- "is comparable to X" ------------------------------------------------------------------------

    def compared(self) -> Iterator[tuple[Token, Token, tuple[int, int]]]:
        """Yield each product that is likened to another: adjective, product, characters that say so."""
        for token in self.tree.tokens:
            if token.lemma not in self.words["comparisons"] or token.dep not in {"acomp", "attr", "oprd"}:
                continue
            to = next((c for c in token.children if c.dep == "prep" and c.lower in {"to", "with"}), None)
            other = to.child("pobj") if to is not None else None
            product = self._subject(token.head) if token.head.pos in _VERBAL else None
            if other is not None and product is not None and "thing" in self.phrases.senses.nature(other):
                yield token, product, (token.start, self.tree.tokens[self.phrases.extents.of(other)[1]].end)

    # -- "a range of 300 kilometres" ---------------------------------------------------------------

    def _of_noun(self, mention: Mention, head: Token) -> Specification | None:
        noun = self._property(head)
        if noun is None:
            return None
        product = self._owner(noun)
        if product is None:
            return None
        words = (noun.start, noun.end) if noun.pos == "ADJ" else self._noun_words(noun)
        return Specification(mention, product, words, noun, strong=noun.pos != "ADJ")

    def _noun_words(self, noun: Token) -> tuple[int, int]:
        """Return the characters of "top speed" without owner and measure."""
        first = noun.i
        for child in reversed([c for c in noun.children if c.i < noun.i]):
            measured = self.phrases.senses.value(child) is not None
            if child.right_edge + 1 != first or child.dep not in {"compound", "amod"} or measured:
                break
            first = child.left_edge
        return self.tree.span(first, noun.i)

    def _property(self, head: Token) -> Token | None:
        """Return the property noun that the measure is of, before or after it."""
        up = head.head
        if head.dep == "pobj" and up.lower in {"of", "to", "at", "around", "about"} and up.head.pos == "NOUN":
            return up.head if up.head.lemma in self.words["properties"] else None
        if head.dep == "pobj" and up.lower == "at" and up.head.pos in _VERBAL:  # "put its range at"
            valued = up.head.child("dobj", "nsubjpass")
            return valued if valued is not None and valued.lemma in self.words["properties"] else None
        if head.dep in {"nmod", "compound", "nummod", "amod", "npadvmod"} and up.pos == "NOUN":
            return up if up.lemma in self.words["properties"] else None
        if head.dep == "npadvmod" and up.lemma in self.words["dimensions"]:
            return up
        if head.dep == "attr" and up.pos in _VERBAL:
            subject = up.child("nsubj")
            return subject if subject is not None and subject.lemma in self.words["properties"] else None
        return None

    def _owner(self, noun: Token) -> Token | None:
        """Return what has the property: possessor, subject of "have", noun that it is "with"."""
        if noun.pos == "ADJ":  # "is 171 metres long"
            if noun.dep in {"acomp", "attr"} and noun.head.pos in _VERBAL:
                return self._subject(noun.head)
            return noun.head if noun.dep in {"amod", "appos"} else None
        owner = noun.child("poss") or self._holder(noun)
        if owner is not None:
            return owner
        of = next((c.child("pobj") for c in noun.children if c.dep == "prep" and c.lower == "of"), None)
        return of if of is not None and self.phrases.senses.value(of) is None else None

    def _holder(self, noun: Token) -> Token | None:
        """Return X of "X has a range of", "X with a range of"."""
        token = noun
        for _ in range(_LIMIT):
            head = token.head
            if token.dep == "pobj" and head.lower == "with":
                return self._subject(head.head) if head.head.pos in _VERBAL else head.head
            if token.dep in {"dobj", "attr"} and head.lemma in self.words["bearing"]:
                return self._subject(head)
            if token.dep not in {"conj", "pobj", "prep"}:
                break
            token = head
        return None

    # -- "can fly 300 kilometres", "weighs 450 kilograms" --------------------------------------------

    def _of_verb(self, mention: Mention, head: Token) -> Specification | None:
        token = head
        for _ in range(_LIMIT):
            if token.pos in _VERBAL:
                break
            if token is not head and token.pos in {"NOUN", "PROPN"} and token.dep != "dobj":
                return None
            token = token.head
        if token.lemma not in self.words["measure-verbs"]:
            return None
        product = self._subject(token)
        if product is None:
            return None
        owner = self._owner(product) if product.lemma in self.words["properties"] else None
        if owner is not None:  # "the missile's warhead weighed 450 kilograms"
            return Specification(mention, owner, self._noun_words(product), token, strong=True)
        return Specification(mention, product, self._verb_words(token, head), token, strong=False)

    def _subject(self, verb: Token) -> Token | None:
        site = VerbSite(verb, self.phrases)
        found = site.patient if site.passive else site.subject
        if not found:
            return None
        nature = self.phrases.senses.nature(self.phrases.inner(found[0]))
        return found[0] if "thing" in nature else None

    def _verb_words(self, verb: Token, measure: Token) -> tuple[int, int]:
        """Return the verb with the adverb or object that makes the property ("stay aloft")."""
        last = verb
        for child in verb.children:
            if (
                verb.i < child.i < measure.i
                and child.dep in {"advmod", "acomp", "prt"}
                and child.i == last.i + 1
            ):
                last = child
        return verb.start, last.end
