"""Who says it: the subject of a cue word, in clauses of all forms."""

from __future__ import annotations

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.tree import Token

_VERBAL = frozenset({"VERB", "AUX", "ADJ"})


class Subjects:
    """Finds the noun or pronoun that speaks by a verb."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self.lexicon = lexicon
        self.names = names

    def of(self, verb: Token, depth: int = 4) -> Token | None:
        """Return the logical subject of an active verb, None for nobody."""
        own = [c for c in verb.kids("nsubj", "csubj") if c.sub != "pass" and c.pos not in _VERBAL]
        if own:
            own = [c for c in own if not any(t.text == ":" for t in c.kids("punct"))] or own  # "Wire: X sank"
            return next((c for c in own if self._agrees(verb, c)), own[0])
        form = verb.feats.get("VerbForm")
        if verb.dep in {"conj", "parataxis"} and verb.child("cc") is None and self.impersonal(verb):
            within = self.place(verb)
            if within is not None and within.i > verb.i:  # "тарифы вырастут, предупредили в ведомстве"
                return within
        if form == "Inf" and self.lexicon.has("government.controlling", verb.head.lemma):
            return self._ordered(verb)
        if form == "Part" and verb.dep in {"acl", "amod"} and not verb.passive:
            return verb.head if verb.head is not verb else None
        return self._from_above(verb, depth)

    def _from_above(self, verb: Token, depth: int) -> Token | None:
        """Return the subject shared with the verb over it, else the office in which it is said."""
        form = verb.feats.get("VerbForm")
        where = self._where(verb) if form == "Fin" and verb.dep == "acl" else None
        if where is not None and depth:  # "прибыл в Москву, где встретился"
            return self.of(where, depth - 1)
        if depth and verb.head is not verb:
            joined = verb.dep in {"conj", "xcomp", "fixed"}
            if form == "Fin" and verb.dep in {"advcl", "ccomp"} and verb.feats.get("Person") in {None, "3"}:
                joined = True
            if joined or form == "Conv" or (form == "Inf" and verb.dep in {"ccomp", "advcl", "obj"}):
                if self.impersonal(verb) and not joined:
                    return None
                above = self.of(verb.head, depth - 1)
                return above if above is not None and self._agrees(verb, above) else None
        return self.place(verb) if self.impersonal(verb) else None

    @staticmethod
    def _ordered(verb: Token) -> Token | None:
        """Return whoever is to do it: "обязал завод выплатить", "поручил банку продать"."""
        told = [
            n for n in verb.head.kids("obj", "iobj")
            if n.pos in {"NOUN", "PROPN", "PRON", "X"} and n.i < verb.i and not n.prepositions()
        ]  # fmt: skip
        return told[0] if told else None

    @staticmethod
    def _where(verb: Token) -> Token | None:
        """Return the verb of the clause that "где" goes on."""
        link = next((c for c in verb.kids("advmod", "mark") if c.lower in {"где", "куда", "откуда"}), None)
        return next((up for up in verb.ancestors() if up.pos == "VERB"), None) if link is not None else None

    @staticmethod
    def _agrees(verb: Token, subject: Token) -> bool:
        number = verb.feats.get("Number")
        gender, other = verb.feats.get("Gender"), subject.feats.get("Gender")
        if gender and other and not verb.plural and gender != other:
            return False
        if verb.feats.get("VerbForm") != "Fin" or number is None or subject.feats.get("Number") is None:
            return True
        return number == subject.feats["Number"] or bool(subject.child("conj", "nummod"))

    @staticmethod
    def impersonal(verb: Token) -> bool:
        """Return whether the verb is a finite third person plural, which needs no subject."""
        return (
            verb.feats.get("VerbForm") == "Fin" and verb.plural and verb.feats.get("Person", "3") == "3"
            and verb.feats.get("Mood") != "Imp"
        )  # fmt: skip

    def place(self, verb: Token) -> Token | None:
        """Return the body "in" which it is said: a name or an office in the locative."""
        for noun in verb.kids("obl", "obj", "nmod"):
            where = noun.prepositions()
            if self.lexicon.has("words.locative", where) and self._office(noun):
                return noun
        return None

    def _office(self, noun: Token) -> bool:
        named = self.names.is_body(noun) or (self.names.at(noun) is None and self.names.in_quotes(noun))
        return named or self.lexicon.has("sources.offices", noun.lemma)

    def document(self, verb: Token) -> Token | None:
        """Return the document or body in which something "is said"."""
        for noun in verb.kids("obl", "nmod", "obj"):
            if not self.lexicon.has("words.locative", noun.prepositions()):
                continue
            if self.lexicon.has("sources.documents", noun.lemma) or self._office(noun):
                return noun
        return None

    def shown_by(self, verb: Token) -> Token | None:
        """Return the document "from" which something "follows"."""
        if not self.lexicon.has("words.following", verb.lemma):
            return None
        return next((n for n in verb.kids("obl", "nmod", "obj") if n.prepositions() == "из"), None)

    @staticmethod
    def agent(verb: Token) -> Token | None:
        """Return who did what a passive tells: the instrumental without a preposition."""
        nouns = [n for n in verb.kids("obl", "obj", "iobj") if n.case == "Ins" and not n.prepositions()]
        return next((noun for noun in nouns if noun.pos in {"NOUN", "PROPN", "PRON", "DET"}), None)

    def speaks(self, head: Token) -> bool:
        """Return whether the noun can be somebody who speaks, or a document."""
        words = self.lexicon.words
        if head.pos in {"PRON", "PROPN"} or head.feats.get("Animacy") == "Anim" or self.names.at(head):
            return True
        lists = ("sources.unnamed", "sources.documents", "sources.offices", "sources.people")
        return any(head.lemma in words[name] for name in lists)
