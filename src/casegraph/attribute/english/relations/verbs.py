"""Where a verb's arguments stand: active, passive, participle, relative, coordinated, controlled."""

from __future__ import annotations

from functools import cached_property

from casegraph.attribute.english.relations.links import nested, objects_of
from casegraph.attribute.english.relations.misread import lost_subject, shifted_name
from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.tree import Token

_PATIENTS = ("nsubjpass", "csubjpass")
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_FINITE = frozenset({"VBZ", "VBD", "VBP"})
_COMPLEMENTS = frozenset({"advcl", "ccomp", "xcomp", "dep", "parataxis"})
_RELATIVE = frozenset({"WDT", "WP"})
_WHERE = frozenset({"in", "at", "near", "on", "outside", "off"})
_DEPTH = 6
_NEAR = 4
_COMPOUND = frozenset(
    {"according", "due", "thanks", "owing", "prior", "because", "up", "next", "close", "as"}
)


class VerbSite:
    """The arguments of a verb, each a list of head tokens, best first."""

    def __init__(self, verb: Token, phrases: Phrases, depth: int = 0) -> None:
        self.word = verb
        self.phrases = phrases
        self.depth = depth

    def up(self, verb: Token) -> VerbSite:
        """Return the site of a verb further up."""
        return VerbSite(verb, self.phrases, self.depth + 1)

    # -- voice and subject -----------------------------------------------------------------------

    @cached_property
    def lost(self) -> Token | None:
        """The subject that the parser lost by taking the verb for a modifier."""
        return lost_subject(self.word, self.phrases.senses)

    @cached_property
    def passive(self) -> bool:
        """Whether the grammatical subject is the logical object."""
        verb = self.word
        if self.lost is not None:
            return False
        if verb.child("auxpass", *_PATIENTS):
            return True
        if verb.child("agent") is not None and verb.tag in {"VBD", "VBN"} and verb.child("dobj") is None:
            return verb.child("aux") is None  # "The engine, developed by X, failed", read as two clauses
        if verb.child("nsubj", "csubj") is not None:
            return False
        if verb.dep == "acl":
            return not self._is_misread() and (verb.tag == "VBN" or verb.child("agent") is not None)
        bare = verb.tag == "VBN" and not verb.child("aux") and self.depth <= _DEPTH
        return bare and self._is_passive_beside()

    def _is_passive_beside(self) -> bool:
        """Return whether a participle without auxiliaries is passive by where it stands."""
        verb = self.word
        if verb.dep == "conj" and verb.head.pos in _VERBAL:
            return self.up(verb.head).passive
        if verb.dep == "acomp":  # "is majority-owned by"
            return verb.head.lemma == "be"
        return verb.dep in {"amod", "advcl"} and verb.child("dobj") is None

    def _is_misread(self) -> bool:
        """Return whether a participle is the only verb of its clause ("Lantos Ltd partnered with X")."""
        verb, noun = self.word, self.word.head
        alone = noun.dep == "ROOT" and noun.i + 1 == verb.i and self.phrases.senses.is_proper(noun)
        return alone and verb.child("agent") is None

    @cached_property
    def subject(self) -> list[Token]:
        """The logical subject: of a passive its by-phrase."""
        if self.passive:
            agent = self.word.child("agent")
            found = agent.child("pobj") if agent is not None else None
            if found is not None:
                return [found]
            senses = self.phrases.senses
            by = [noun for noun in objects_of(self.word, "by") if senses.value(noun) is None]
            if by:  # "Debarred by the Fund, X": no agent to the parser
                return by
            return [
                inner for noun in nested(self.word) for inner in objects_of(noun, "by")
            ]  # "under licence by"
        return self._grammatical_subject()

    def _grammatical_subject(self) -> list[Token]:
        if self.lost is not None:
            return [self.lost]
        if self.word.pos == "NOUN" and self.word.dep == "ROOT":  # "X lobbies for Y", read as a noun
            return [c for c in self.word.children if c.dep == "compound" and c.i == self.word.i - 1]
        own = [
            child for child in self.word.children if child.dep in {"nsubj", "csubj"} and child.i < self.word.i
        ]
        if own:  # "the firm Ostrand Maritime is ..." may have two
            return sorted(own, key=lambda token: (not self.phrases.senses.is_proper(token), -token.i))[:1]
        for child in self.word.children:
            if child.dep == "aux" and child.child("nsubj") is not None:  # "Does X own ...?"
                return [token for token in child.children if token.dep == "nsubj"]
        late = self.word.child("nsubj")
        if late is not None:
            return [late]
        return self._inherited() if self.depth <= _DEPTH else []

    def _inherited(self) -> list[Token]:
        """Return the subject that another word of the sentence lends."""
        verb, head = self.word, self.word.head
        if head is verb:
            return []
        if verb.dep == "relcl":
            return [head]
        if verb.dep in {"acl", "pcomp"}:
            return self._of_noun(head) if verb.dep == "acl" else self._of_preposition(head)
        if head.pos in _VERBAL:
            return self._of_verb(head)
        if verb.dep == "conj" and head.pos in _NOMINAL and verb.tag in _FINITE:
            return [head]  # "X, which ..., designs": the parser took the verb for a noun's conjunct
        return self._of_adjective(head)

    def _of_verb(self, head: Token) -> list[Token]:
        """Return the subject of a conjunct or complement of another verb."""
        above, dep = self.up(head), self.word.dep
        if dep not in {"conj", "oprd"} and dep not in _COMPLEMENTS:
            return []
        if above.passive:
            return above.patient
        controls = dep in {"xcomp", "ccomp"} and head.lemma in self.phrases.words["object-control"]
        if controls and head.child("dobj", "dative"):
            return above.object or above.dative
        return above.subject

    def _of_noun(self, noun: Token, *, open_end: bool = False) -> list[Token]:
        """Return the subject of a participle or infinitive (`open_end`: surely one) after a noun."""
        participle = self.word.tag in {"VBG", "VBD", "VBN"}
        if participle and not open_end:  # a finite verb is one that the parser hung too low
            return [noun]
        verb = noun.head
        if noun.dep in {"dobj", "attr"} and verb.pos in _VERBAL:  # "won a contract to build"
            return self.up(verb).subject
        into = noun.dep == "pobj" and verb.lower == "into"
        if into and verb.head.pos in _VERBAL:  # "entered into a deal to"
            return self.up(verb.head).subject
        if noun.dep == "nsubjpass" or noun.child("poss") is None:
            return []
        return [child for child in noun.children if child.dep == "poss"]  # "its plan to build"

    def _of_preposition(self, preposition: Token) -> list[Token]:
        """Return the subject of a gerund after a preposition."""
        head = preposition.head
        if head.pos in _VERBAL:
            above = self.up(head)
            if above.passive:
                return above.patient
            named = preposition.lower == "as"  # "names X as having opened", "quoted X as saying"
            if above.object and (named or head.lemma in self.phrases.words["accusing"]):
                return above.object
            return above.subject
        if head.dep in {"dobj", "attr", "pobj"} and head.head.pos in _VERBAL:  # "a history of selling"
            return self.up(head.head).subject
        return [child for child in head.children if child.dep == "poss"]

    def _of_adjective(self, head: Token) -> list[Token]:
        if head.pos == "ADJ" and head.head.pos in _VERBAL:  # "is likely to buy"
            above = self.up(head.head)
            return above.patient if above.passive else above.subject
        return []

    @cached_property
    def patient(self) -> list[Token]:
        """The grammatical subject of a passive."""
        verb = self.word
        own = [child for child in verb.children if child.dep in _PATIENTS or child.dep == "nsubj"]
        if own:
            return sorted(own, key=lambda token: (not self.phrases.senses.is_proper(token), -token.i))[:1]
        if verb.dep in {"acl", "amod", "relcl"}:
            return self._modified(verb.head)
        if self.depth > _DEPTH:
            return []
        if verb.dep in {"conj", "acomp"} and verb.head.pos in _VERBAL:
            above = self.up(verb.head)
            return above.patient if above.passive else above.subject
        return self._inherited()

    def _modified(self, noun: Token) -> list[Token]:
        """Return whom a passive participle or infinitive after a noun is said of."""
        verb = self.word
        if verb.dep == "acl" and any(child.tag == "TO" for child in verb.children):
            return self._of_noun(noun, open_end=True)  # "agreed a deal to be bought by"
        if noun.dep == "attr" and self.phrases.senses.value(noun) is not None:  # "is 51 percent owned by"
            return self.up(noun.head).subject
        return [noun]

    def undergoer(self) -> list[Token]:
        """Return the grammatical subject, whatever the voice."""
        return self.patient if self.passive else self.subject

    # -- complements -----------------------------------------------------------------------------

    @cached_property
    def object(self) -> list[Token]:
        """The logical object; of a passive that keeps an object ("was paid $5 million") that one."""
        verb = self.word
        kept = [child for child in verb.children if child.dep == "dobj"]
        if self.lost is not None:
            return [verb.head]
        if self.passive:
            return kept or self.patient
        if kept:
            reflexive = any(child.lower.endswith(("self", "selves")) for child in kept)
            return self.subject if reflexive else kept
        if verb.dep == "oprd" and verb.tag in {"VBD", "VBN"}:  # "kept X supplied with"
            return [child for child in verb.head.children if child.dep == "dobj"]
        found = self._shifted()
        if verb.dep == "relcl" and self._has_gap():
            found.append(verb.head)
        if self.depth <= _DEPTH:
            found += self._raised()
        return found

    def _shifted(self) -> list[Token]:
        """Return an object behind a name, read as its apposition ("delivered to X 300 pumps")."""
        names = [
            c for link in self.word.children if link.dep == "prep" for c in link.children if c.dep == "pobj"
        ]
        beside = [c for name in names if self.phrases.senses.is_proper(name) for c in name.children]
        return [
            c for c in beside
            if c.dep == "appos" and c.tag == "NNS" and c.child("nummod") is not None
            and not any(t.dep == "punct" for t in self.phrases.tree.tokens[c.head.i : c.left_edge + 1])
        ]  # fmt: skip

    def _has_gap(self) -> bool:
        """Return whether the relative clause leaves out its object ("the lathes that X sold")."""
        verb = self.word
        subject = verb.child("nsubj")
        if subject is None or subject.tag in _RELATIVE or verb.child("ccomp", "xcomp") is not None:
            return False
        if any(t.tag in {"WRB", "WP$", "WP"} for t in self.phrases.tree.tokens[verb.left_edge : subject.i]):
            return False
        links = [child for child in verb.children if child.dep == "prep"]
        if any(not link.children for link in links):
            return False  # "the port that X sails from"
        inside = [inner for link in links for inner in link.children]
        return not any(inner.tag in _RELATIVE for inner in inside)

    def _raised(self) -> list[Token]:
        """Return an object that a following conjunct holds for both ("designs and operates plants")."""
        for child in self.word.children:
            if child.dep == "conj" and child.i - self.word.i <= 2 and child.pos in _VERBAL:
                return [token for token in child.children if token.dep == "dobj"]
            if child.dep == "conj" and child.pos == "NOUN" and child.i - self.word.i <= _NEAR:
                return [child]  # "designs and builds engines": the parser took the second verb for a noun
        return []

    @cached_property
    def dative(self) -> list[Token]:
        """To whom, without a preposition or with one that the parser calls dative."""
        found: list[Token] = []
        for child in self.word.children:
            if child.dep == "dative":
                inner = child.child("pobj")
                found.append(inner if inner is not None else child)
        kept = [child for child in self.word.children if child.dep == "dobj"]
        if not found and self.passive and kept:
            return self.patient
        if not found and len(kept) > 1:
            return kept[1:2] if kept[0].child("case") else kept[:1]  # "gave [Lund's] campaign $500"
        if not found:
            shifted = (shifted_name(noun, self.phrases.senses) for noun in kept)
            found = [name for name in shifted if name is not None]
        return found

    @cached_property
    def attr(self) -> list[Token]:
        """The predicative complement."""
        return [child for child in self.word.children if child.dep in {"attr", "oprd", "acomp"}]

    def preposition(self, word: str) -> list[Token]:
        """Return the objects of a preposition of the verb, else of its object, else one deeper."""
        found = objects_of(self.word, word)
        for holder in (*self.word.children, *self.object):
            deeper = nested(holder) if word not in _WHERE else []
            if holder.dep in {"dobj", "nsubjpass"} or holder in self.object:
                found += objects_of(holder, word)
                worth = [c for c in holder.children if c.lemma == "worth"]
                after = self.phrases.tree.tokens[holder.i + 1 : holder.i + 2]
                worth += [c for c in after if c.lemma == "worth" and c not in worth]
                found += [t for c in worth for inner in (c, *c.children) for t in objects_of(inner, word)]
            elif holder.dep == "agent":  # "made by X at a plant in Y", "shipped by X to Y": hung on X
                parties = [c for c in holder.children if self.phrases.senses.nature(c) & {"person", "org"}]
                found += [t for inner in parties for t in objects_of(inner, word)]
                continue
            elif holder.dep == "prep" and holder.lower not in _COMPOUND:
                found += objects_of(holder, word)
                deeper = [
                    inner for inner in holder.children if inner.dep == "pobj" and self._leads_on(inner, word)
                ]
            else:
                continue
            found += [token for inner in deeper for token in objects_of(inner, word)]
        return list(dict.fromkeys(found))

    def _leads_on(self, noun: Token, word: str) -> bool:
        """Return whether a phrase inside may be the verb's: "for a customer in Libya" puts nobody there."""
        return word not in _WHERE or not self.phrases.senses.nature(noun) & {"person", "org"}

    def companions(self) -> list[Token]:
        """Return X of "along with X", "together with X": after the verb it shares the object's role."""
        return [
            inner
            for child in self.word.children
            if child.lower in {"along", "together"}
            for inner in objects_of(child, "with")
        ]
