"""Subjects and objects of Chinese verbs: 被, 由, 把, 给, relative clauses, subjects left out.

Topic chains and subjects left out after 曹逢甫 (Tsao 1990); 被, 把, 由 and 给 after 朱德熙 (1982),
chapters 12 and 13.
"""

from __future__ import annotations

from casegraph.attribute.universal.names import BODIES
from casegraph.attribute.universal.relations.patterns import Pattern
from casegraph.attribute.universal.relations.places import Site
from casegraph.attribute.universal.tree import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
VERBAL = frozenset({"VERB", "AUX"})
_CHAINED = frozenset({"conj", "xcomp", "parataxis", "ccomp", "advcl", "dep"})
_THEIRS = frozenset({"旗下", "名下", "麾下", "手中", "手里"})
_TO = frozenset({"对", "对于"})
_FAR = 5  # verbs that a subject left out is sought over


class Verbs(Site):
    """A verb that may state a relation."""

    def logical_subject(self) -> list[Token]:
        """Return who does what the word tells: the agent of 被 and 由, the head of 控制Y的X, the topic."""
        word = self.word
        if not self.verbal:
            return [n for n in word.kids("nmod") if n.case == "Gen" and not n.prepositions()][:1]
        agent = next((n for n in word.kids("obl") if n.sub == "agent"), None)
        if agent is not None or word.passive:
            return [agent] if agent is not None else []
        own = self.own_subject(word)
        if own is None and word.dep == "acl" and word.head is not word:
            own = self._planner(word.head) or word.head
        own = own or self.left_out(word)
        if own is not None and own.lemma in _THEIRS:  # 该集团旗下拥有X
            own = next((n for n in own.kids("nmod", "compound") if n.case == "Gen"), own)
        return [own] if own is not None else []

    @staticmethod
    def own_subject(word: Token) -> Token | None:
        """Return the subject that stands in the word's own clause."""
        return next((n for n in word.kids("nsubj") if n.i < word.i and n.pos in NOMINAL), None)

    def left_out(self, word: Token) -> Token | None:
        """Return the subject that a verb shares with one before it: the same clause, the topic's chain."""
        here = word
        for _ in range(_FAR):
            if here.head is here or here.dep not in _CHAINED:
                break
            moved = self._pivot(here)
            if moved is not None:
                return moved
            if here.dep == "ccomp" and not self._shares(here.head):
                return None
            here = here.head
            own = next((n for n in here.kids("nsubj") if n.pos in NOMINAL and n.i < word.i), None)
            if own is not None:
                return own
            if here.dep == "acl" and here.head is not here:
                return here.head
        loose = [n for n in word.kids("dislocated", "dep") if n.pos in NOMINAL and n.i < word.i]
        return loose[-1] if loose else None

    def _planner(self, noun: Token) -> Token | None:
        """Return whose the plan is that a clause tells: A宣布收购B的计划, A收购B的报价."""
        if self.names.of(noun) is not None or not noun.lemma.endswith(tuple(self.classes["plan"])):
            return None
        owner = next((n for n in noun.kids("nmod") if n.case == "Gen" and self.names.of(n) is not None), None)
        verb = noun.head
        if owner is not None or verb is noun or verb.pos not in VERBAL:
            return owner
        if noun.dep in {"nsubj", "dislocated"}:
            return next((n for n in verb.kids("dislocated") if self.names.of(n) is not None), None)
        return self.own_subject(verb) or self.left_out(verb)

    def _shares(self, verb: Token) -> bool:
        """Return whether who says it does it, too: 公司宣布将收购X, but not 分析师称，收购X会…."""
        if verb.passive or verb.lemma in self.classes["deciding"] or verb.lemma not in self.classes["saying"]:
            return True
        own = self.own_subject(verb) or self.left_out(verb)
        named = self.names.of(own) if own is not None else None
        return named is not None and named.schema in BODIES

    @staticmethod
    def _pivot(verb: Token) -> Token | None:
        """Return the object of the verb before that does what the verb tells: 批准X将Y出售."""
        if verb.dep != "xcomp":
            return None
        between = [n for n in verb.head.kids("obj") if verb.head.i < n.i < verb.i and n.pos in NOMINAL]
        return between[-1] if between and not any(c.sub == "patient" for c in verb.children) else None

    def logical_object(self) -> list[Token]:
        """Return what it is done to: the subject of 被, what 把 marks, the noun of a relative clause."""
        word = self.word
        if not self.verbal:
            return [n for n in word.kids("obl", "obj", "nmod", "iobj") if n.prepositions() in _TO]
        patient = [n for n in word.kids("obj") if n.feats.get("Marked") == "Acc"]
        if patient:
            return patient
        if word.passive:
            return self._suffering()
        bare = [n for n in word.kids("obj") if n.case != "Dat" and n.pos in NOMINAL and n.i > word.i]
        if bare:
            return bare
        if word.dep == "acl" and word.head is not word and self.own_subject(word) is not None:
            return [word.head]
        if word.dep in {"conj", "xcomp"} and word.head.pos in VERBAL:
            bare = [n for n in word.head.kids("obj") if n.feats.get("Marked") == "Acc"]
        return bare or self._nearest()

    def _suffering(self) -> list[Token]:
        """Return the subject of a passive."""
        word = self.word
        own = next((n for n in word.kids("nsubj", "dislocated") if n.pos in NOMINAL), None)
        if own is None and word.dep == "acl" and word.head is not word:
            own = word.head
        own = own or self.left_out(word)
        return [own] if own is not None else []

    def _nearest(self) -> list[Token]:
        """Return the name right behind the verb where the grammar hung it elsewhere."""
        tokens = self.names.tree.tokens
        for token in tokens[self.word.i + 1 : self.word.i + 3]:
            if token.sentence != self.word.sentence or token.pos in {"VERB", "PUNCT", "ADP"}:
                return []
            if self.names.at(token) is not None and not token.kids("case"):
                return [token] if token.dep not in {"nmod", "compound", "obl"} else []
        return []

    def goal(self) -> list[Token]:
        """Return the objects that 把 does not mark: 把总部迁至X."""
        return [n for n in self.word.kids("obj") if n.feats.get("Marked") != "Acc" and n.i > self.word.i]

    def light(self, pattern: Pattern) -> Token | None:
        """Return the object that the pattern asks for, by its end: 采购合同 is a 合同."""
        word, ends = self.word, tuple(pattern.object)
        near = [*word.kids("obj", "iobj", "obl", "xcomp", "nsubj", "conj", "ccomp", "dislocated")]
        if word.dep == "acl" and word.head is not word:
            near.append(word.head)
        if word.dep in {"conj", "xcomp"} and word.passive and word.head.pos in VERBAL:
            near += word.head.kids("nsubj")
        for noun in near:
            for inner in (noun, *noun.kids("nmod", "nummod", "appos", "compound", "conj")):
                if inner.pos in {"NOUN", "PROPN", "NUM", "VERB"} and ends and inner.lemma.endswith(ends):
                    return noun if inner.dep == "nummod" else inner
        return None
