"""Whether a head token can be what a role wants: a party, goods, a place, a club ..."""

from __future__ import annotations

from collections.abc import Callable

from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.relations.senses import NATURES
from casegraph.attribute.english.tree import Token

_PARTY = frozenset({"person", "org"})
_PERSON = frozenset({"person"})
_ORGANISED = frozenset({"Company", "Organization", "PublicBody"})
_FULL_SHARE = "%"
_ACCOUNTS = frozenset(
    {"account", "wallet", "campaign", "warehouse", "pocket", "budget", "relative", "inmate"}
)


class Wants:
    """Tests by name; unknown words are given the benefit of the doubt, known ones are not."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.senses = phrases.senses
        self.words = phrases.words
        self.classes = phrases.classes
        self._named: dict[int, bool] = {}

    def fits(self, token: Token, want: str) -> bool:
        """Return whether the token can be `want`; raises KeyError for a name that is no test."""
        return _TESTS[want](self, token)

    def named(self, token: Token) -> bool:
        """Return whether the words name somebody or something."""
        found = self._named.get(token.i)
        if found is None:
            found = self._named[token.i] = self.phrases.is_named(token)
        return found

    def _nature(self, token: Token) -> frozenset[str]:
        """Return the natures of the token, or of the name beside it, joined."""
        own = self.senses.nature(token)
        if token.pos == "PRON" or token.tag in {"PRP$", "WP$"}:
            known = self.phrases.referents.name(token)
            schema = known.schema if known is not None else None
            if schema == "Address":  # "China denied that it ...": a state that acts
                return own & (NATURES[schema] | {"org"})
            return own & NATURES[schema] or own if schema in NATURES else own
        if own >= _PARTY and self._shortens_person(token):
            return _PERSON
        if token.pos == "NOUN" and not own & {"person", "org"}:
            beside = self.phrases.names.apposed(token)
            if beside is not None:
                return own | self.senses.nature(beside)
        return own

    def _shortens_person(self, token: Token) -> bool:
        """Return whether a name that may be anybody's is short for a person's named before ("Cobb")."""
        mention = self.senses.mention(token)
        if mention is None or mention.schema != "Person":
            return False
        known = self.phrases.referents.name(token)
        return known is not None and known.schema == "Person" and len(known.name) > len(mention.name)

    def _party(self, token: Token) -> bool:
        nature = self._nature(token)
        return bool(nature & _PARTY) or ("place" in nature and self.senses.is_proper(token))

    def _person(self, token: Token) -> bool:
        return "person" in self._nature(token)

    def _firm(self, token: Token) -> bool:
        """Return whether the words surely name an organisation."""
        beside = self.phrases.names.apposed(token)
        named = token if beside is None else beside
        mention = self.senses.mention(named)
        return self.senses.nature(named) == {"org"} or (mention is not None and mention.schema in _ORGANISED)

    def _body_like(self, token: Token) -> bool:
        return self._firm(token) if self.senses.is_proper(token) else self._org(token)

    def _exchange(self, token: Token) -> bool:
        filler = self.phrases.filler(token)
        return (
            filler is not None
            and self.named(token)
            and any(
                word in filler.name.lower()
                for word in ("exchange", "bourse", "nasdaq", "nyse", "index", "market")
            )
        )

    def _human(self, token: Token) -> bool:
        return self._person(token) or (
            self.senses.is_proper(token)
            and "org" not in self.senses.nature(token)
            and self.senses.nature(token) != {"place"}
        )

    def _org(self, token: Token) -> bool:
        return "org" in self._nature(token)

    def _place(self, token: Token) -> bool:
        nature = self._nature(token)
        if self.senses.value(token) is not None:
            return False
        return "place" in nature or token.lemma in self.words["part-of-place"]

    def _individual(self, token: Token) -> bool:
        """Return whether the words surely name a person."""
        mention = self.senses.mention(token)
        if mention is not None:
            return mention.schema == "Person"
        return self._nature(token) == {"person"}

    def _sure_place(self, token: Token) -> bool:
        """Return whether the words surely name a place."""
        mention = self.senses.mention(token)
        if mention is not None:
            return mention.schema == "Address"
        return token.entity in {"GPE", "LOC", "FAC"} and self.senses.is_proper(token)

    def _nonplace(self, token: Token) -> bool:
        mention = self.senses.mention(token)
        return mention is None or mention.schema != "Address"

    def _site(self, token: Token) -> bool:
        return token.lemma in self.words["sites"] or (
            self.senses.is_proper(token) and not self._person(token)
        )

    def _nonperson(self, token: Token) -> bool:
        nature = self._nature(token)
        return bool(nature & {"org", "place", "thing", "share"}) and not nature <= {"person"}

    def _thing(self, token: Token) -> bool:
        return bool(self._nature(token) & {"org", "place", "thing"})

    def _goods(self, token: Token) -> bool:
        nature = self._nature(token)
        if self.senses.value(token) is not None and not self.senses.is_proper(token):
            return False
        if nature & {"abstract", "money", "share", "act"}:
            return False
        return "thing" in nature or (token.pos == "PRON" and bool(nature & {"thing"}))

    def _solid(self, token: Token) -> bool:
        return (
            token.pos == "NOUN"
            and self._goods(token)
            and not self._nature(token) & {"org", "place", "person"}
        )

    def _product(self, token: Token) -> bool:
        if token.pos == "PRON":
            return "thing" in self.senses.nature(token) and self.named(token)
        if self.senses.is_proper(token):
            return "thing" in self._nature(token)
        return self._goods(token) and "person" not in self._nature(token)

    def _payee(self, token: Token) -> bool:
        return not self._nature(token) & {"money", "abstract", "share", "number"}

    def _network(self, token: Token) -> bool:
        return self.named(token) or ("org" in self._nature(token) and "place" not in self._nature(token))

    def _movable(self, token: Token) -> bool:
        return self._product(token) and (self.senses.is_proper(token) or "place" not in self._nature(token))

    def _carrier(self, token: Token) -> bool:
        return self._party(token) or self._vessel(token)

    def _nonorg(self, token: Token) -> bool:
        return "org" not in self._nature(token) or self.senses.is_proper(token)

    def _money(self, token: Token) -> bool:
        if token.lemma in self.words["agreements"] | self.classes["share"]:
            return False  # "a $3 million contract"
        if "money" in self._nature(token) or self._value_in(token, "amount"):
            return True
        return token.entity == "MONEY"

    def _nonmoney(self, token: Token) -> bool:
        return not self._money(token)

    def _share(self, token: Token) -> bool:
        return "share" in self.senses.nature(token) or token.lemma == _FULL_SHARE

    def _value_in(self, token: Token, kind: str) -> bool:
        inside = self.phrases.tree.tokens[token.left_edge : token.i + 1]
        return any((value := self.senses.value(t)) is not None and value.kind == kind for t in inside)

    def _receiver(self, token: Token) -> bool:
        nature = self._nature(token)
        return bool(nature & {"person", "org", "place"}) or token.lemma in _ACCOUNTS

    def _club(self, token: Token) -> bool:
        word = self._last_word(token)
        return word in self.words["clubs"]

    def _nonclub(self, token: Token) -> bool:
        return not self._club(token)

    def _body(self, token: Token) -> bool:
        return self._last_word(token) in self.words["bodies"]

    def _nonbody(self, token: Token) -> bool:
        return token.lemma not in {"board", "jury", "committee", "panel", "bench"}

    def _agreement(self, token: Token) -> bool:
        return token.lemma in self.words["agreements"]

    def _estate(self, token: Token) -> bool:
        return token.lemma in self.words["estates"]

    def _facility(self, token: Token) -> bool:
        """Return whether the words are a certain place of work or transport: "the mine", "five ferries"."""
        words = self.words
        if token.pos != "NOUN" or token.lemma not in words["sites"] | words["vessels"] | words["facilities"]:
            return False
        return any(c.dep in {"nummod", "poss"} or c.lower in {"the", "this", "that"} for c in token.children)

    def _vessel(self, token: Token) -> bool:
        if token.lemma in self.words["vessels"]:
            return True
        return self.senses.is_proper(token) and "thing" in self._nature(token)

    def _target(self, token: Token) -> bool:
        nature = self._nature(token)
        if nature & {"person"} or token.lemma in self.words["sites"] | self.words["vessels"]:
            return True
        return self.senses.is_proper(token) or ("place" in nature and self.named(token))

    def _authority(self, token: Token) -> bool:
        nature = self._nature(token)
        proper = self.senses.is_proper(token) or token.pos == "PRON"
        return (proper and bool(nature & {"org", "place", "person"})) or token.lemma in self.words[
            "authorities"
        ]

    def _seller(self, token: Token) -> bool:
        """Return whether a party that signs to supply something is the supplier: no state, no ministry."""
        mention = self.senses.mention(token)
        state = mention is not None and mention.schema in {"Address", "PublicBody"}
        return self._party(token) and not state and token.lemma not in self.words["authorities"] - {"bank"}

    def _state(self, token: Token) -> bool:
        """Return whether the words name a state or a public body: who can forbid."""
        mention = self.senses.mention(token)
        if mention is not None:
            return mention.schema in {"Address", "PublicBody"}
        return token.lemma in self.words["authorities"] - {"bank", "court", "office"}

    def _nonparty(self, token: Token) -> bool:
        return not self._nature(token) & _PARTY or "thing" in self._nature(token)

    def _alliances(self, token: Token) -> bool:
        return token.lemma in self.words["alliances"]

    def _customers(self, token: Token) -> bool:
        return token.lemma in self.words["customers"]

    def _ventures(self, token: Token) -> bool:
        return token.lemma in self.words["ventures"]

    def _dues(self, token: Token) -> bool:
        return token.lemma in self.words["dues"]

    def _sanctionable(self, token: Token) -> bool:
        return self._party(token) or token.lemma in self.words["vessels"] or self.senses.is_proper(token)

    def _blacklist(self, token: Token) -> bool:
        if token.lemma not in self.words["lists"]:
            return False
        return token.lemma == "blacklist" or any(
            c.lemma in self.words["sanctions"] or self.senses.is_proper(c) for c in token.children
        )

    def _sanctions(self, token: Token) -> bool:
        return token.lemma in self.words["sanctions"]

    def _proper(self, token: Token) -> bool:
        return self.senses.is_proper(token)

    def _nonthing(self, token: Token) -> bool:
        mention = self.senses.mention(token)
        return mention is None or mention.schema not in {"Address", "Asset", "Event", "Project"}

    def _titled(self, token: Token) -> bool:
        """Return whether the words hold a name already, before any that a participle gives."""
        return self.senses.is_proper(token) or self.phrases.names.standing(token) is not None

    def _being(self, token: Token) -> bool:
        return self.senses.is_proper(token) or self._person(token)

    def _fresh(self, token: Token) -> bool:
        """Return whether the words are a name and no office or class noun."""
        return self.senses.is_proper(token) and token.lemma not in self.phrases.classes["person"]

    def _firm_noun(self, token: Token) -> bool:
        """Return whether a common noun says that it is a company or a part of one."""
        return token.pos == "NOUN" and token.lemma in self.words["firm-nouns"]

    def _guilty(self, token: Token) -> bool:
        return token.lemma in self.words["verdicts"]

    def _employer(self, token: Token) -> bool:
        """Return whether the words surely name an organisation where time is spent at work."""
        filler = self.phrases.filler(token)
        words = filler.name.lower().split() if filler is not None else []
        return self._firm(token) and not any(word in self.words["schools"] for word in words)

    def _nonhuman(self, token: Token) -> bool:
        mention = self.senses.mention(token)
        return mention is None or mention.schema != "Person"

    def _unique(self, token: Token) -> bool:
        """Return whether the words are no plural of goods that a capital makes look like a name."""
        return token.tag not in {"NNS", "NNPS"} or self.senses.mention(token) is not None

    def _owners(self, token: Token) -> bool:
        return token.lemma in self.words["owners"]

    def _pact(self, token: Token) -> bool:
        filler = self.phrases.filler(token)
        words = filler.name.lower().split() if filler is not None else []
        return any(word in self.words["pacts"] for word in words)

    def _last_word(self, token: Token) -> str:
        if not self.senses.is_proper(token):
            return token.lemma
        filler = self.phrases.filler(token)
        words = filler.name.lower().split() if filler is not None else [token.lower]
        clubs = self.words["clubs"] | self.words["bodies"]
        return next((word for word in reversed(words) if word in clubs), token.lower)


_NAMES = (
    "named", "party", "person", "firm", "body-like", "exchange", "human", "org", "place",
    "individual", "sure-place", "nonplace", "site", "nonperson", "thing", "goods", "solid",
    "product", "payee", "network", "movable", "carrier", "nonorg", "money", "nonmoney", "share",
    "receiver", "club", "nonclub", "body", "nonbody", "agreement", "estate", "vessel", "target",
    "authority", "sanctionable", "blacklist", "sanctions", "proper", "being", "titled", "nonthing", "fresh",
    "seller", "state", "nonparty",
    "alliances", "customers", "ventures", "dues", "firm-noun", "facility", "unique", "employer",
    "nonhuman", "owners", "pact", "guilty",
)  # fmt: skip
_TESTS: dict[str, Callable[[Wants, Token], bool]] = {
    name: getattr(Wants, name if name == "named" else "_" + name.replace("-", "_")) for name in _NAMES
}
WANTS = frozenset(_TESTS)
