"""The name that stands beside a common noun for the same thing."""

from __future__ import annotations

from casegraph.attribute.english.relations.extents import Extents
from casegraph.attribute.english.tree import Token

_LOOSE_DEPS = frozenset({
    "nsubj", "nsubjpass", "dobj", "dative", "pobj", "appos", "prep", "npadvmod", "conj", "oprd", "attr",
    "dep", "ROOT",
})  # fmt: skip
"""What the parser calls the head of a name that it did not tie to the noun before it."""
_CLOSERS = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "”", '"', "?", "!", "and"})
_OWNING = frozenset({"of", "for", "at"})
_RELATIVE = frozenset({"WDT", "WP"})


class Appositions:
    """Names by apposition, title, participle, copula or mere neighbourhood."""

    def __init__(self, extents: Extents) -> None:
        self.extents = extents
        self.senses = extents.senses
        self.tree = extents.tree
        self.naming = extents.senses.grammar.words["naming"]

    def apposed(self, noun: Token) -> Token | None:
        """Return the head of the name that stands for a common noun: apposition, title, "called X"."""
        if self.senses.is_proper(noun):
            return None
        return self.real_name(noun) or self.alias(noun) or self.standing(noun)

    def standing(self, noun: Token) -> Token | None:
        """Return the name by apposition, copula, title or neighbourhood: what no participle gives."""
        return self._apposition(noun) or self._copula(noun) or self._title(noun) or self._beside(noun)

    def alias(self, noun: Token) -> Token | None:
        """Return the name that a participle after the noun gives it ("a company called X")."""
        for child in noun.children:
            if child.dep == "acl" and child.lemma in self.naming:
                name = child.child("oprd", "attr", "dobj", "ccomp")
                if name is None:
                    link = next((c for c in child.children if c.dep == "prep" and c.lower == "as"), None)
                    name = link.child("pobj") if link is not None else None
                if name is not None and self.senses.is_proper(name):
                    return name
        return None

    def real_name(self, noun: Token) -> Token | None:
        """Return the name in "whose real name is X"."""
        known = self.alias(noun)  # "the hacker known as X, whose real name is Y": the clause may hang on X
        beside = known.children if known is not None else []
        for child in [*noun.children, *beside]:
            if child.dep == "relcl" and child.lemma == "be":
                subject, name = child.child("nsubj"), child.child("attr")
                called = subject is not None and subject.lemma == "name"
                if called and name is not None and self.senses.is_proper(name):
                    return name
        return None

    def _apposition(self, noun: Token) -> Token | None:
        """Return the name before the noun that it explains, else the name after it that explains it."""
        proper, head = self.senses.is_proper, noun.head
        behind = noun.dep == "appos" and head is not noun and head.i < noun.i
        behind = behind and not any(c.tag == "WP$" for c in noun.children)  # "X, whose husband, Y, ..."
        counted = noun.tag == "NNS" and noun.child("nummod") is not None
        if behind and counted and not any(t.dep == "punct" for t in self.tree.tokens[head.i : noun.i]):
            behind = False  # "delivered to X 300 pumps"
        if behind and proper(head) and self.stands_beside_place(noun, head):
            return None  # "born in Oslo, the son of ...": the place is nobody's son
        if behind and proper(head):
            return head
        after = next((child for child in noun.children if child.dep == "appos" and proper(child)), None)
        if after is None and behind and head.pos == "NOUN" and not self._has_possessor(noun):
            return self.apposed(head)
        return after

    def stands_beside_place(self, noun: Token, head: Token) -> bool:
        """Return whether a person's noun stands beside a place."""
        mention = self.senses.mention(head)
        place = mention is not None and mention.schema == "Address" and mention.country is not None
        return place and self.senses.nature(noun) == {"person"}

    def _copula(self, noun: Token) -> Token | None:
        """Return X of "X is a company ..."."""
        head = noun.head
        if noun.dep != "attr" or head.lemma != "be" or not any(c.lower in {"a", "an"} for c in noun.children):
            return None
        subject = head.child("nsubj")
        if subject is not None and subject.tag in _RELATIVE and head.dep == "relcl":
            subject = head.head
        return subject if subject is not None and self.senses.is_proper(subject) else None

    def _title(self, noun: Token) -> Token | None:
        """Return X of "chairman X", "the insurer X"."""
        head, proper = noun.head, self.senses.is_proper
        if noun.dep not in {"compound", "nmod", "amod"} or head.i <= noun.i or not proper(head):
            return None
        between = self.tree.tokens[noun.i + 1 : head.i]
        return head if all(proper(t) or t.head is head or t.dep == "punct" for t in between) else None

    def _beside(self, noun: Token) -> Token | None:
        """Return a name that follows the noun at once, or after a comma that another closes."""
        found = self._beside_at(noun, self.extents.end_of_word(noun) + 1)
        if found is not None:
            return found
        for child in noun.children:  # "a lawyer for Mr. Sandahl, Ingrid Feld,"
            inner = child.child("pobj") if child.dep == "prep" and child.i == noun.i + 1 else None
            if inner is not None and child.lower in {"for", "of", "at", "to", "in"}:
                place = self.extents.of(inner)[1] + 1
                if place < len(self.tree.tokens) and self.tree.tokens[place].text == ",":
                    return self._beside_at(noun, place)
        return None

    def _beside_at(self, noun: Token, place: int) -> Token | None:
        tokens = self.tree.tokens
        if place + 1 >= len(tokens) or tokens[place].sentence != noun.sentence:
            return None
        comma = tokens[place].text == ","
        place += int(comma)
        first = tokens[place]
        if not self.senses.is_proper(first):
            return None
        last = self.extents.name_end(first)
        head = self.extents.run_head(place, last)
        if head.dep not in _LOOSE_DEPS or head.sentence != noun.sentence:
            return None
        if head.dep in {"nsubj", "nsubjpass"} and head.head.head is noun:
            return None  # "the territory ISIL controlled"
        if not comma:
            return head if first.head is head or first is head else None
        closed = last + 1 >= len(tokens) or tokens[last + 1].text in _CLOSERS or head.dep == "appos"
        return head if closed and self._has_possessor(noun) else None

    @staticmethod
    def _has_possessor(noun: Token) -> bool:
        return any(
            c.dep == "poss" or (c.dep == "prep" and c.lower in _OWNING) or c.child("case") is not None
            for c in noun.children
        )
