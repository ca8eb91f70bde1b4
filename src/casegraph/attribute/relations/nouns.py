"""Where a noun's arguments stand: who bears it, whose it is, what it is of."""

from __future__ import annotations

from collections.abc import Callable

from casegraph.attribute.relations.links import behalf_of, objects_of
from casegraph.attribute.relations.phrases import Phrases
from casegraph.attribute.relations.verbs import VerbSite
from casegraph.attribute.tree import Token

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_PREDICATES = frozenset({"appos", "attr", "oprd", "pobj", "conj", "nsubj"})
_MEANS = frozenset({"through", "via"})
_ROW = 3  # conjuncts looked through
_HEADED = frozenset({"dobj", "attr", "oprd", "nsubjpass", "pobj", "nsubj"})


class NounSite:
    """The places of a noun (see `relations-roles.toml`), each a list of head tokens, best first."""

    def __init__(self, noun: Token, phrases: Phrases) -> None:
        self.word = noun
        self.phrases = phrases

    def fill(self, place: str) -> list[Token]:
        """Return the tokens at a place; an unknown name is a preposition."""
        special = _PLACES.get(place)
        return special(self) if special is not None else self.preposition(place)

    # -- whose ------------------------------------------------------------------------------------

    def poss(self) -> list[Token]:
        """Return the possessor, or the name before a title ("Bozdere founder Cemal Aktug")."""
        noun, tokens = self.word, self.phrases.tree.tokens
        found = [child for child in noun.children if child.dep == "poss" and child.i < noun.i]
        named = self.phrases.names.apposed(noun)
        if not found and named is not None and noun.head is named:
            found = [child for child in named.children if child.dep == "poss" and child.i < noun.i]
        if not found and noun.dep == "conj" and noun.head.pos in {"NOUN", "PROPN"}:
            found = [child for child in noun.head.children if child.dep == "poss"]
        if not found:
            found = self.before()
        if not found and noun.i >= 2 and tokens[noun.i - 1].text in {"'s", "’s"}:  # the parser lost it
            found = [tokens[noun.i - 2]]
        return found

    def genitive(self) -> list[Token]:
        """Return the possessor in the genitive alone."""
        return [child for child in self.word.children if child.dep == "poss" and child.i < self.word.i]

    def noun(self) -> list[Token]:
        """Return the noun itself, as the thing that it names."""
        return [self.word]

    def before(self) -> list[Token]:
        """Return the head of a name that premodifies the noun."""
        noun, senses = self.word, self.phrases.senses
        holders = {noun.i, noun.head.i if noun.dep in {"compound", "nmod"} else noun.i}
        place = noun.i - 1
        tokens = self.phrases.tree.tokens
        while place >= 0 and tokens[place].sentence == noun.sentence:
            token = tokens[place]
            mention = senses.mention(token)
            if mention is not None and mention.schema == "Thing" and mention.country:
                return []  # "the Kosovar minister": a nationality is no owner
            if senses.is_proper(token):
                return [token] if token.head.i in holders or token.head.head.i in holders else []
            if token.pos not in {"NOUN", "ADJ", "PROPN"} or token.head.i not in holders:
                return []
            place -= 1
        return []

    def preposition(self, word: str) -> list[Token]:
        """Return the objects of the noun's preposition, a conjunct's, or that of the verb it completes."""
        noun = self.word
        found = objects_of(noun, word)
        found += [t for inner in self._complements() for t in objects_of(inner, word)]
        conjunct = noun.child("conj")
        for _ in range(_ROW):  # "an employee, agent or adviser of X"
            if found or conjunct is None or conjunct.pos != "NOUN" or word == "in":
                break
            found += objects_of(conjunct, word)
            conjunct = conjunct.child("conj")
        verb = self.verb()
        if verb is not None and word not in {"of", "in", "by"}:
            found += objects_of(verb, word)
        if verb is not None and word == "in" and verb.lemma == "be":
            found += objects_of(verb, word)
        if not found and noun.dep in {"compound", "nmod"} and self.phrases.names.apposed(noun) is noun.head:
            found += objects_of(noun.head, word)
        beside = self.phrases.names.apposed(noun)
        if not found and beside is not None and word in {"of", "at"}:
            found += objects_of(beside, word)
        return list(dict.fromkeys(found))

    def _complements(self) -> list[Token]:
        """Return the nouns that the noun's own prepositions hold ("head of procurement at X")."""
        return [t for c in self.word.children if c.dep == "prep" for t in c.children if t.dep == "pobj"]

    def verb(self) -> Token | None:
        """Return the verb that the noun completes, through "as"."""
        noun = self.word
        if noun.dep == "conj" and noun.head.pos in {"NOUN", "PROPN"}:
            noun = noun.head
        head = noun.head
        if noun.dep == "pobj" and head.lower == "as":
            head = head.head
        elif noun.dep == "pobj":
            return None
        return head if noun.dep in _HEADED and head.pos in _VERBAL else None

    def support(self) -> list[Token]:
        """Return the subject of the support verb whose object the noun is."""
        verb = self.verb()
        if verb is None or verb.lemma not in self.phrases.words["support"]:
            return []
        site = VerbSite(verb, self.phrases)
        fits = self.word.dep == "dobj" or (self.word.dep == "nsubjpass" and site.passive)
        return site.subject if fits else []

    # -- who bears it --------------------------------------------------------------------------------

    def bearers(self) -> list[Token]:
        """Return who is said to be the noun: apposition, title, copula, "as", "called"."""
        return self._bearers(self.word)

    def _bearers(self, noun: Token) -> list[Token]:
        named = self.phrases.names.apposed(noun)
        if named is not None:
            return [named]
        if noun.tag == "NNS":  # "two daughters, Olga and Dina", "customers such as X"
            among = self.phrases.heads(noun)
            if noun not in among and all(self.phrases.senses.is_proper(token) for token in among):
                return among
        head = noun.head
        if noun.dep == "appos":
            return [head] if head is not noun and self.phrases.is_named(head) else []
        if noun.dep == "conj":
            joined = (
                head.pos in _NOMINAL and head.dep in _PREDICATES and not self.phrases.senses.is_proper(head)
            )
            return self._bearers(head) if joined else []
        if noun.dep == "pobj":
            return self._through_as(head) if head.lower == "as" else self._counted(noun)
        return self._of_verb(noun, head) if head.pos in _VERBAL else []

    def _counted(self, noun: Token) -> list[Token]:
        """Return the names of "two of his companies, Drina Export and Kalem"."""
        link = noun.head
        if noun.dep != "pobj" or link.lower != "of" or link.head.pos not in {"NUM", "PRON", "DET"}:
            return []
        names = [token for token in self.phrases.heads(link.head) if token is not noun]
        return names if names and all(self.phrases.senses.is_proper(token) for token in names) else []

    def _of_verb(self, noun: Token, verb: Token) -> list[Token]:
        """Return whom a copula or a verb of naming and appointing calls the noun."""
        site, words = VerbSite(verb, self.phrases), self.phrases.words
        if noun.dep == "nsubj":  # "its chairman is X", "its clients include X"
            said = (
                site.attr
                if verb.lemma in words["copulas"]
                else site.object
                if verb.lemma == "include"
                else []
            )
            beside = [
                c for c in verb.children if c.dep == "nsubj" and c.i > noun.i
            ]  # "A cousin of X, Y owns"
            said = said or [c for c in beside if self.phrases.senses.is_proper(c)]
            return [child for child in said if self.phrases.is_named(child)]
        if verb.lemma in words["copulas"]:
            return site.subject if noun.dep == "attr" else []
        if verb.lemma not in words["designating"]:
            return []
        if noun.dep in {"attr", "oprd"}:
            return site.object
        if noun.dep == "nsubjpass":  # "its owner is listed as X"
            named = [*objects_of(verb, "as"), *site.attr]
            return [token for token in named if self.phrases.senses.is_proper(token)]
        return self._appointed(noun, site) if noun.dep == "dobj" else []

    def _appointed(self, noun: Token, site: VerbSite) -> list[Token]:
        """Return who is appointed where the parser takes the office for the object."""
        proper = self.phrases.senses.is_proper
        inner = [c for c in noun.children if c.dep in {"nmod", "compound"} and proper(c)]
        if inner:  # "appointed Hana Lind chief executive", read as one phrase
            return inner[-1:]
        if site.passive:
            return site.patient
        datives = site.dative if site.dative != [noun] else []
        named = [*objects_of(site.word, "as"), *objects_of(noun, "as"), *datives]
        return [token for token in named if proper(token)]  # "list X's shareholder as Irina Sokol"

    def _through_as(self, preposition: Token) -> list[Token]:
        """Return who works "as" the noun, or whom a verb designates "as" it."""
        verb = preposition.head
        if verb.pos not in _VERBAL or verb.lemma not in self.phrases.words["designating"]:
            return []
        site = VerbSite(verb, self.phrases)
        if verb.lemma in self.phrases.words["succeeding"]:
            return site.subject
        if site.passive:
            return site.patient
        wanted = {"person", "org"} if verb.lemma in self.phrases.words["appointing"] else {"person"}
        people = [token for token in site.object if wanted & self.phrases.senses.nature(token)]
        return [token for token in people if self.phrases.is_named(token)] or site.subject

    # -- places with a name ----------------------------------------------------------------------------

    def stem(self) -> list[Token]:
        """Return the noun before the noun ("toy maker")."""
        return [
            child for child in self.word.children if child.dep == "compound" and child.i == self.word.i - 1
        ]

    def between(self) -> list[Token]:
        """Return the parties of "between X and Y"."""
        return objects_of(self.word, "between")

    def task(self) -> list[Token]:
        """Return the object of an infinitive after the noun."""
        return [
            token
            for child in self.word.children
            if child.dep in {"acl", "relcl"} and child.tag == "VB"
            for token in VerbSite(child, self.phrases).object
        ]

    def appointer(self) -> list[Token]:
        """Return who appoints somebody the noun ("X named Y chairman")."""
        verb = self.verb()
        if (
            verb is None
            or verb.lemma not in self.phrases.words["designating"]
            or self.word.dep not in {"oprd", "dobj", "attr", "pobj"}
        ):
            return []
        site = VerbSite(verb, self.phrases)
        return site.subject if site.object else []

    def behalf(self) -> list[Token]:
        """Return X of "on behalf of X"."""
        return behalf_of(self.word)

    def user(self) -> list[Token]:
        """Return who does something "through" the noun, "via" it, "with the help of" it."""
        link, noun = self.word.head, self.word
        while noun.dep in {"appos", "conj"} and noun.head is not noun and link.dep != "prep":
            noun, link = noun.head, noun.head.head
        if noun.dep == "pobj" and link.lower == "in" and noun.lemma in self.phrases.words["alliances"]:
            beside = link.head  # "X, in partnership with Y, ..."
            return VerbSite(beside, self.phrases).subject if beside.pos in _VERBAL else [beside]
        if noun.dep != "pobj" or link.lower not in _MEANS:
            return []
        if link.head.pos not in _VERBAL:  # "X, through a broker, sold": hung on the subject
            return [link.head] if link.head.dep == "nsubj" else []
        site = VerbSite(link.head, self.phrases)
        return site.subject

    def contractor(self) -> list[Token]:
        """Return who acts "under" the noun ("under a contract with X, Y will ...")."""
        link = self.word.head
        if self.word.dep != "pobj" or link.lower != "under" or link.head.pos not in _VERBAL:
            return []
        verb = link.head
        return [] if verb.lemma in self.phrases.words["buying"] else VerbSite(verb, self.phrases).subject

    def engaged(self) -> list[Token]:
        """Return who is "engaged in" the noun, "assisted with" it, "contributed to" it."""
        link = self.word.head
        verb = link.head
        if self.word.dep != "pobj" or link.lower not in {"in", "with", "to", "on"} or verb.pos not in _VERBAL:
            return []
        if verb.lemma not in self.phrases.words["engaging"]:
            return []
        site = VerbSite(verb, self.phrases)
        return site.patient if site.passive else site.subject

    def mate(self) -> list[Token]:
        """Return X of "X and wife Y": a bare noun joined to a name."""
        noun = self.word
        named = self.phrases.names.apposed(noun)
        joined = noun if noun.dep == "conj" else named if named is not None and named.dep == "conj" else None
        if joined is None or any(c.dep in {"det", "poss"} for c in (*noun.children, *joined.children)):
            return []
        return [joined.head] if self.phrases.senses.is_proper(joined.head) else []

    def had(self) -> list[Token]:
        """Return who has the noun: "X has two sons, Y and Z"."""
        verb = self.word.head
        return (
            VerbSite(verb, self.phrases).subject if self.word.dep == "dobj" and verb.lemma == "have" else []
        )

    def inside(self) -> list[Token]:
        """Return who belongs to the noun: "X is in the noun", "X, part of the noun"."""
        link = self.word.head
        if self.word.dep != "pobj" or link.lower not in {"in", "of", "to", "within", "from"}:
            return []
        head = link.head
        if head.pos in _VERBAL:
            belongs = head.lemma in {"be", "belong", "remain", "move"}
            return VerbSite(head, self.phrases).subject if belongs else []
        if head.pos != "NOUN" or head.lemma not in {"part", "member", "figure", "person", "man", "woman"}:
            return []
        return self._bearers(head)

    def aimed(self) -> list[Token]:
        """Return the object of a participle after the noun ("sanctions targeting X", "imposed on X")."""
        found: list[Token] = []
        for child in self.word.children:
            if child.dep in {"acl", "relcl"} and child.tag in {"VBG", "VBN", "VBD", "VBZ"}:
                found += [t for t in child.children if t.dep == "dobj"]
                found += [t for link in ("at", "on", "against") for t in objects_of(child, link)]
        return found

    def compound(self) -> list[Token]:
        """Return the noun or name right before the noun."""
        return self.before() or self.stem()


_PLACES: dict[str, Callable[[NounSite], list[Token]]] = {
    "self": NounSite.bearers,
    "poss": NounSite.poss,
    "genitive": NounSite.genitive,
    "noun": NounSite.noun,
    "support": NounSite.support,
    "stem": NounSite.stem,
    "between": NounSite.between,
    "task": NounSite.task,
    "behalf": NounSite.behalf,
    "appointer": NounSite.appointer,
    "compound": NounSite.compound,
    "user": NounSite.user,
    "contractor": NounSite.contractor,
    "engaged": NounSite.engaged,
    "mate": NounSite.mate,
    "had": NounSite.had,
    "aimed": NounSite.aimed,
    "inside": NounSite.inside,
}
