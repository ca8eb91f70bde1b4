"""Where a noun's arguments stand: who bears it, whose it is, what it is of."""

from __future__ import annotations

from casegraph.attribute.english.relations.links import objects_of
from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.relations.verbs import VerbSite
from casegraph.attribute.english.tree import Token

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_PREDICATES = frozenset({"appos", "attr", "oprd", "pobj", "conj", "nsubj"})
_ROW = 3  # conjuncts looked through
_HEADED = frozenset({"dobj", "attr", "oprd", "nsubjpass", "pobj", "nsubj"})


class NounSite:
    """A noun's possessors, prepositions and bearers, each a list of head tokens, best first."""

    def __init__(self, noun: Token, phrases: Phrases) -> None:
        self.word = noun
        self.phrases = phrases

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
            return self._beside(noun, head)
        if noun.dep == "conj":
            joined = (
                head.pos in _NOMINAL and head.dep in _PREDICATES and not self.phrases.senses.is_proper(head)
            )
            return self._bearers(head) if joined else []
        if noun.dep == "pobj":
            return self._of_preposition(noun, head)
        return self._of_verb(noun, head) if head.pos in _VERBAL else []

    def _beside(self, noun: Token, head: Token) -> list[Token]:
        """Return the name that an apposition explains; the subject where it stands beside a place."""
        if head is noun:
            return []
        if self.phrases.names.stands_beside_place(noun, head):
            verb = next((up for up in head.ancestors() if up.pos in _VERBAL), None)
            return VerbSite(verb, self.phrases).undergoer() if verb is not None else []
        return [head] if self.phrases.is_named(head) else []

    def _of_preposition(self, noun: Token, link: Token) -> list[Token]:
        if link.lower == "as":
            return self._through_as(link)
        if link.lower == "to" and link.head.lemma in self.phrases.words["promoting"]:
            return VerbSite(link.head, self.phrases).object  # "was promoted to chairman"
        return self._counted(noun)

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
        if verb.lemma in self.phrases.words["appointments"]:  # "the appointment of X as chairman"
            named = [*objects_of(verb, "of"), *(c for c in verb.children if c.dep == "poss")]
            return [token for token in named if self.phrases.is_named(token)]
        if verb.pos not in _VERBAL:
            return []
        site = VerbSite(verb, self.phrases)
        opening = site.undergoer()
        fronted = bool(opening) and preposition.i < opening[0].i < verb.i  # "As chairman of X, Y said"
        if fronted or verb.lemma not in self.phrases.words["designating"]:
            return opening if fronted else []
        if verb.lemma in self.phrases.words["succeeding"]:  # the one before held it, too
            return [*site.subject, *(t for t in site.object if self.phrases.senses.is_proper(t))]
        if site.passive:
            return site.patient
        wanted = {"person", "org"} if verb.lemma in self.phrases.words["appointing"] else {"person"}
        people = [token for token in site.object if wanted & self.phrases.senses.nature(token)]
        return [token for token in people if self.phrases.is_named(token)] or site.subject
