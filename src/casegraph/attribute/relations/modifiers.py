"""Where the arguments of adjectives and compound participles stand."""

from __future__ import annotations

from casegraph.attribute.relations.base import Filler
from casegraph.attribute.relations.links import objects_of
from casegraph.attribute.relations.phrases import Phrases
from casegraph.attribute.relations.verbs import VerbSite
from casegraph.attribute.tree import Token

_VERBAL = frozenset({"VERB", "AUX"})
_STATES = frozenset({"state", "government"})


class AdjectiveSite:
    """The places of a predicative adjective: its subject, its prepositions."""

    def __init__(self, word: Token, phrases: Phrases) -> None:
        self.word = word
        self.phrases = phrases

    def fill(self, place: str) -> list[Token]:
        """Return the tokens at a place."""
        word, head = self.word, self.word.head
        if place == "subject":
            if word.dep in {"acomp", "oprd", "attr"} and head.pos in {"VERB", "AUX"}:
                site = VerbSite(head, self.phrases)
                return site.patient if site.passive else site.object if word.dep == "oprd" else site.subject
            if word.dep in {"amod", "appos", "relcl", "acl"} and head.i < word.i:  # "a banker close to X"
                return [head]
            if word.dep == "conj" and head.pos == "ADJ":
                return AdjectiveSite(head, self.phrases).fill(place)
            return []
        holders = [word, *([head] if word.dep == "acomp" else [])]
        return [
            inner
            for holder in holders
            for child in holder.children
            if child.lower == place and child.dep == "prep"
            for inner in child.children
            if inner.dep == "pobj"
        ]


class ModifierSite:
    """The places of a compound participle: the noun or name before it, and the noun that it modifies."""

    def __init__(self, word: Token, phrases: Phrases) -> None:
        self.word = word
        self.phrases = phrases

    def fill(self, place: str) -> list[Token]:
        """Return the tokens at a place."""
        tokens = self.phrases.tree.tokens
        if place == "head":
            return [self.word.head]
        before = self.word.i - 1
        if place != "modifier":
            return []
        if before < 1 or tokens[before].text != "-" or tokens[before - 1].end != tokens[before].start:
            return []
        return [tokens[before - 1]]

    def words(self, modifier: Token) -> Filler:
        """Return what the modifier names: with "state", the nation before it is its own."""
        name = self.phrases.senses.mention(modifier)
        if name is not None:
            return Filler(name.target.start, name.target.end, name.normal or name.name, name.schema, name.id)
        nation = self.phrases.tree.tokens[modifier.i - 1] if modifier.i else modifier
        if modifier.lemma in {"state", "government"} and nation.head is self.word.head and nation.tag in {"JJ", "NNP"}:
            if nation.text[:1].isupper() and nation.pos in {"ADJ", "PROPN"} and nation.i:
                return Filler(nation.start, modifier.end, f"{nation.text} {modifier.text}")
        return Filler(modifier.start, modifier.end, modifier.text)
