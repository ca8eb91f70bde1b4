"""What kind of thing a head token denotes: person, organisation, place, money, goods ..."""

from __future__ import annotations

from collections.abc import Sequence

from casegraph.attribute.english.relations.patterns import Grammar
from casegraph.attribute.english.tree import Token, Tree
from casegraph.model import Mention

Nature = frozenset[str]

NATURES: dict[str, Nature] = {
    "Person": frozenset({"person"}),
    "Company": frozenset({"org"}),
    "Organization": frozenset({"org"}),
    "PublicBody": frozenset({"org"}),
    "LegalEntity": frozenset({"org", "person"}),
    "Address": frozenset({"place"}),
    "Asset": frozenset({"thing"}),
    "Project": frozenset({"thing", "org"}),
    "Event": frozenset({"thing"}),
}
_FIRM = 0.72  # a mention's score from which its schema is right nine times in ten (development gold)
_SOFT: dict[str, Nature] = {
    "Person": frozenset({"person", "org", "thing"}),
    "Organization": frozenset({"org", "person", "thing"}),
    "Address": frozenset({"place", "org", "person", "thing"}),
    "Asset": frozenset({"thing", "org"}),
}
# The parser labels names that it was never shown wrongly half of the time: a label only adds possibilities.
_LABELS: dict[str, Nature] = {
    "PERSON": frozenset({"person", "org"}),
    "ORG": frozenset({"org", "person", "thing"}),
    "NORP": frozenset({"org", "person"}),
    "GPE": frozenset({"place", "org", "person", "thing"}),
    "LOC": frozenset({"place"}),
    "FAC": frozenset({"place", "org", "thing"}),
    "PRODUCT": frozenset({"thing", "org"}),
    "WORK_OF_ART": frozenset({"thing", "org"}),
    "EVENT": frozenset({"thing"}),
}
_ANY: Nature = frozenset({"person", "org", "place", "thing"})
_HE = (
    "he",
    "she",
    "him",
    "her",
    "his",
    "hers",
    "himself",
    "herself",
    "who",
    "whom",
    "whose",
    "i",
    "me",
    "my",
)
_WE = ("we", "us", "our", "you", "your")
_IT = ("it", "its", "itself")
_THEY = ("they", "them", "their", "theirs", "themselves", "which", "that")
_PRONOUNS: dict[str, Nature] = {
    **dict.fromkeys(_HE, frozenset({"person"})),
    **dict.fromkeys(_WE, frozenset({"person", "org"})),
    **dict.fromkeys(_IT, frozenset({"org", "thing", "place"})),
    **dict.fromkeys(_THEY, _ANY),
}
_VALUES = frozenset({"date", "amount", "quantity"})
_NOT_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
_ADJECTIVAL = frozenset({"Thing", "Address"})
_STATES = frozenset({"Address", "PublicBody"})


class Senses:
    """What tokens denote. A mention's schema decides, then the noun; a bare name may be anything."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention], grammar: Grammar) -> None:
        self.tree = tree
        self.grammar = grammar
        self._names: dict[int, Mention] = {}
        self._values: dict[int, Mention] = {}
        self._cache: dict[int, Nature] = {}
        for mention in sorted(mentions, key=lambda m: m.target.end - m.target.start):
            table = (
                self._names if mention.kind == "name" else self._values if mention.kind in _VALUES else None
            )
            if table is not None:
                for token in self.inside(mention):
                    table[token.i] = mention

    def inside(self, mention: Mention) -> list[Token]:
        """Return the tokens that the mention touches: "GmbH." at a sentence's end is one token."""
        start, end = mention.target.start, mention.target.end
        tokens, place = self.tree.tokens, self.tree.first_at(start)
        if place and tokens[place - 1].end > start:
            place -= 1
        last = place
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        return tokens[place:last]

    def mention(self, token: Token) -> Mention | None:
        """Return the longest name mention that covers the token."""
        return self._names.get(token.i)

    def value(self, token: Token) -> Mention | None:
        """Return the date, sum or quantity that covers the token."""
        return self._values.get(token.i)

    def is_proper(self, token: Token) -> bool:
        """Return whether the token stands in a name."""
        mention = self._names.get(token.i)
        if mention is not None:
            return token.pos != "ADJ" or mention.schema not in _ADJECTIVAL
        if token.i in self._values or token.entity in _NOT_NAMES:
            return False
        if token.lower in self.grammar.words["initials"]:
            return False  # "Harrow Marine CEO Anna Kern"
        if token.lower in self.grammar.words["titles"] and token.dep in {"compound", "nmod"}:
            return token.head.pos != "PROPN" or token.head.i < token.i  # "Harrow Marine Chairman Anna Kern"
        return token.pos == "PROPN" and token.text[:1].isalnum()

    def nature(self, token: Token) -> Nature:
        """Return what the head token may denote."""
        found = self._cache.get(token.i)
        if found is None:
            found = self._cache[token.i] = self._nature(token)
        return found

    def _nature(self, token: Token) -> Nature:
        if token.pos == "PRON" or token.tag in {"PRP", "PRP$", "WP", "WDT", "WP$"}:
            return _PRONOUNS.get(token.lower, frozenset({"vague"}))
        value = self._values.get(token.i)
        if value is not None and value.kind == "amount":
            return frozenset({"money"})
        if self.is_proper(token):
            return self._proper(token)
        if token.pos not in {"NOUN", "ADJ"}:
            return frozenset({"act"}) if token.pos == "VERB" else frozenset({"number"})
        return self._common(token)

    def _proper(self, token: Token) -> Nature:
        """Return what a name may denote: by its last word, its mention's schema, the parser's label."""
        mention = self._names.get(token.i)
        schema = mention.schema if mention is not None else None
        word = token.lemma.rstrip(".")
        person, group = (word in self.grammar.classes[name] for name in ("person", "organisation"))
        if person and schema != "Company":
            return frozenset({"person"})  # "US Secretary of State"
        if mention is not None and schema in NATURES:
            firm = NATURES[schema]
            if group and firm == {"thing"}:
                return frozenset({"thing", "org"})  # "the European Biometrics Forum"
            return firm if mention.score >= _FIRM else _SOFT.get(schema, firm)
        if group:
            return (
                frozenset({"org", "place"}) if word in self.grammar.classes["place"] else frozenset({"org"})
            )
        if mention is not None or not token.entity:
            return _ANY
        return _LABELS.get(token.entity, frozenset({"act"}) if token.entity in _NOT_NAMES else _ANY)

    def _common(self, token: Token) -> Nature:
        classes, lemma = self.grammar.classes, token.lemma
        found = {
            nature
            for nature, name in (
                ("person", "person"), ("org", "organisation"), ("place", "place"), ("money", "money"),
                ("share", "share"), ("abstract", "abstract"), ("thing", "goods"),
            )
            if lemma in classes[name]
        }  # fmt: skip
        if found & {"org", "place"}:
            found.add("thing")
        if not found:
            found.add("abstract" if lemma.endswith(self.grammar.endings) and token.tag != "NNP" else "thing")
        return frozenset(found)

    def country(self, token: Token) -> bool:
        """Return whether a place name acts as a party: a state, or a city that stands for its government."""
        mention = self._names.get(token.i)
        return mention is not None and mention.schema in _STATES
