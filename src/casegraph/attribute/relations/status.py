"""Whether a relation is stated, denied, weakened, planned, ordered or asked about."""

from __future__ import annotations

from dataclasses import dataclass

from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.relations.base import Modality
from casegraph.attribute.relations.patterns import Grammar
from casegraph.attribute.tree import Token, Tree
from casegraph.model import Polarity

_VERBAL = frozenset({"VERB", "AUX"})
_FUTURE = frozenset({"will", "'ll", "’ll", "would", "shall", "'d", "’d", "wo"})
_NEGATIVE = frozenset({"never", "not", "n't", "n’t", "no", "neither", "nor", "none", "nobody"})
_CLIMB = frozenset({"xcomp", "pcomp", "acl"})
_LIMIT = 6


@dataclass(slots=True)
class Status:
    """How a predicate is said."""

    polarity: Polarity = "positive"
    modality: Modality = "asserts"
    hedges: tuple[str, ...] = ()


class Statuses:
    """Reads the status of predicates off the words around them."""

    def __init__(self, tree: Tree, grammar: Grammar, lexicon: Lexicon) -> None:
        self.tree = tree
        self.words = grammar.words
        self.modals = lexicon.words["hedges.modals"]
        self.adverbs = lexicon.words["hedges.words"]

    def of(self, word: Token) -> Status:
        """Return the status of a verb, or of a noun by the verb that it completes."""
        verb = self._verb(word)
        status = Status()
        hedges: list[tuple[int, str]] = []
        if word is not verb and any(c.lower == "no" and c.dep == "det" for c in word.children):
            status.polarity = "negative"
        elif word is not verb and verb is not None and word.dep == "dobj" and verb.lemma in self.words["ends"]:
            status.polarity = "negative"
        if verb is not None:
            self._climb(verb, status, hedges)
        status.hedges = tuple(text for _, text in sorted(hedges))
        return status

    def _verb(self, word: Token) -> Token | None:
        if word.pos in _VERBAL:
            return word
        head = word.head
        if word.dep in {"attr", "dobj", "oprd", "acomp", "nsubjpass"} and head.pos in _VERBAL:
            return head
        if word.dep == "conj" and head is not word and head.pos == word.pos:
            return self._verb(head)
        if word.dep == "pobj" and head.lower == "as" and head.head.pos in _VERBAL:
            return head.head
        return None

    def _climb(self, verb: Token, status: Status, hedges: list[tuple[int, str]]) -> None:
        """Read the verb, then those that govern it as their infinitive or gerund."""
        token: Token | None = verb
        for step in range(_LIMIT):
            if token is None:
                return
            self._read(token, status, hedges)
            if step == 0 and self._unreal(token, status):
                return
            token = self._governor(token, status, hedges)

    def _read(self, verb: Token, status: Status, hedges: list[tuple[int, str]]) -> None:
        for child in verb.children:
            if child.dep == "neg" or (child.dep == "advmod" and child.lower in _NEGATIVE):
                self._flip(status)
            elif child.lower == "longer" and any(c.lower == "no" for c in child.children):
                self._flip(status)
            elif child.tag == "MD" and child.lower in _FUTURE:
                status.modality = "predicts"
            elif child.tag == "MD" and child.lower in self.modals:
                hedges.append((child.i, child.text))
            elif child.pos == "ADV" and child.lower in self.adverbs:
                hedges.append((child.i, child.text))
        subjects = [c for c in verb.children if c.dep in {"nsubj", "nsubjpass", "dobj"}]
        if any(c.lower in {"no", "neither"} and c.dep in {"det", "preconj"} for s in subjects for c in s.children) or any(
            s.lower in {"nobody", "none", "nothing"} for s in subjects
        ):
            self._flip(status)
        if verb.lemma == "go" and verb.tag == "VBG" and verb.child("xcomp") is not None:
            status.modality = "predicts"
        if verb.lemma == "be" and verb.child("xcomp") is not None and verb.child("attr", "acomp") is None:
            status.modality = "predicts"  # "is to open"

    @staticmethod
    def _flip(status: Status) -> None:
        status.polarity = "negative" if status.polarity == "positive" else "positive"

    def _unreal(self, verb: Token, status: Status) -> bool:
        """Set the modality of conditions and questions; return whether nothing above matters."""
        marks = {c.lower for c in verb.children if c.dep == "mark"}
        if verb.dep == "advcl" and marks & {"if", "unless"}:
            status.modality = "predicts"
            return True
        if marks & {"if", "whether"}:
            status.modality = "asks"
            return True
        _, last = self.tree.sentence(verb)
        if verb.dep == "ROOT" and any(t.text == "?" for t in self.tree.tokens[last - 2 : last]):
            status.modality = "asks"
        return False

    def _governor(self, verb: Token, status: Status, hedges: list[tuple[int, str]]) -> Token | None:
        head = verb.head
        if head is verb:
            return None
        infinitive = any(c.tag == "TO" for c in verb.children)
        if verb.dep == "conj" and head.pos in _VERBAL:
            if verb.child("nsubj", "nsubjpass") is None:
                return self._shared(verb, head, status, hedges)
            return None
        if verb.dep == "ccomp" and not infinitive and verb.tag not in {"VB", "VBG"}:
            return None
        if verb.dep == "advcl" and infinitive and head.pos in _VERBAL:
            status.modality = "predicts"  # a purpose
            return None
        if verb.dep in {"acl", "pcomp"} and head.pos in {"NOUN", "PROPN", "ADP"}:
            return self._of_noun(verb, head, status, infinitive=infinitive)
        if verb.dep not in {"xcomp", "ccomp", "pcomp", "advcl"} or head.pos not in {"VERB", "AUX", "ADJ"}:
            return None
        if verb.dep == "advcl":
            return None
        self._govern(head, status, hedges)
        return head

    def _shared(self, verb: Token, head: Token, status: Status, hedges: list[tuple[int, str]]) -> Token | None:
        """Let a second conjunct without auxiliaries of its own share those of the first."""
        if verb.child("aux", "auxpass") is not None or verb.tag not in {"VB", "VBN", "VBG"}:
            return None
        for child in head.children:
            if child.tag == "MD" and child.lower in _FUTURE:
                status.modality = "predicts"
            elif child.tag == "MD" and child.lower in self.modals:
                hedges.append((child.i, child.text))
        return self._governor(head, status, hedges)

    @staticmethod
    def _of_noun(verb: Token, head: Token, status: Status, *, infinitive: bool) -> Token | None:
        if verb.dep == "acl" and infinitive:
            status.modality = "predicts"  # "a contract to build", "a plan to sell"
            return None
        if verb.dep == "pcomp" and head.lower in {"without", "against"}:
            Statuses._flip(status)
        if verb.dep == "pcomp" and head.head.pos in _VERBAL:
            return None
        return None

    def _govern(self, head: Token, status: Status, hedges: list[tuple[int, str]]) -> None:
        """Apply what a governing verb or adjective does to its complement."""
        words, lemma = self.words, head.lemma
        passive = head.child("auxpass") is not None
        if lemma in words["negates"]:
            self._flip(status)
        elif passive and lemma in words["hearsay"]:
            aux = next(c for c in head.children if c.dep == "auxpass")
            hedges.append((aux.i, self.tree.text[aux.start : head.end] + " to"))
        elif lemma in words["seems"]:
            hedges.append((head.i, head.text))
        elif lemma in words["predicts"] or head.pos == "ADJ":
            status.modality = "predicts"
        elif lemma in words["orders"]:
            status.modality = "orders"
        elif lemma in words["asks"]:
            status.modality = "asks"
