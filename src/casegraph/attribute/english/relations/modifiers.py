"""Where the arguments of adjectives and compound participles stand."""

from __future__ import annotations

from casegraph.attribute.base import Filler
from casegraph.attribute.english.relations.links import objects_of
from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.relations.verbs import VerbSite
from casegraph.attribute.english.tree import Token

_VERBAL = frozenset({"VERB", "AUX"})
_STATES = frozenset({"state", "government"})


class AdjectiveSite:
    """The places of a predicative adjective: its subject, its prepositions."""

    def __init__(self, word: Token, phrases: Phrases) -> None:
        self.word = word
        self.phrases = phrases

    def fill(self, place: str) -> list[Token]:
        """Return the tokens at a place."""
        if place == "subject":
            return self._subject()
        head = self.word.head
        if place == "modified":  # "the blacklisted trader X"
            return [head] if self.word.dep == "amod" and self.word.i < head.i else []
        above = objects_of(head, place) if self.word.dep == "acomp" else []
        return [*objects_of(self.word, place), *above]

    def _subject(self) -> list[Token]:
        word, head = self.word, self.word.head
        if word.dep in {"acomp", "oprd", "attr"} and head.pos in _VERBAL:
            site = VerbSite(head, self.phrases)
            if site.passive:
                return site.patient
            return site.object if word.dep == "oprd" else site.subject
        if word.dep in {"amod", "appos", "relcl", "acl"} and head.i < word.i:  # "a banker close to X"
            return [head]
        if word.dep == "conj" and head.pos == "ADJ":
            return AdjectiveSite(head, self.phrases).fill("subject")
        return []


class ModifierSite:
    """The places of a compound participle: the noun or name before it, and the noun that it modifies."""

    def __init__(self, word: Token, phrases: Phrases) -> None:
        self.word = word
        self.phrases = phrases
        self.above = [
            word.head
        ]  # "state-owned [weapons [company [X]]]": the parser hangs it on the first noun
        while self.above[-1].dep in {"compound", "nmod"} and self.above[-1].head.i > self.above[-1].i:
            self.above.append(self.above[-1].head)

    @property
    def head(self) -> Token:
        """The head of the whole noun phrase."""
        return self.above[-1]

    def fill(self, place: str) -> list[Token]:
        """Return the tokens at a place."""
        tokens = self.phrases.tree.tokens
        if place == "head":
            return [self.head]
        before = self.word.i - 1
        if place != "modifier":
            return []
        if before < 1 or tokens[before].text != "-" or tokens[before - 1].end != tokens[before].start:
            return []
        name = self.phrases.senses.mention(tokens[before - 1])
        if name is not None and name.schema == "Thing" and name.country:
            return []  # "Chinese-made": a nationality is nobody
        return [tokens[before - 1]]

    def words(self, modifier: Token) -> Filler:
        """Return what the modifier names: with "state", the nation before it is its own."""
        name = self.phrases.senses.mention(modifier)
        if name is not None:
            return Filler(name.target.start, name.target.end, name.normal or name.name, name.schema, name.id)
        nation = self.phrases.tree.tokens[max(modifier.i - 1, 0)]
        national = nation.i > 0 and nation.head in self.above and nation.text[:1].isupper()
        if modifier.lemma in _STATES and national and nation.pos in {"ADJ", "PROPN"}:
            return Filler(nation.start, modifier.end, f"{nation.text} {modifier.text}")
        return Filler(modifier.start, modifier.end, modifier.text)
