"""Whether a relation is stated, denied, weakened, planned, ordered or asked about."""

from __future__ import annotations

from dataclasses import dataclass

from casegraph.attribute.base import Modality
from casegraph.attribute.english.relations.links import whole
from casegraph.attribute.english.relations.patterns import Grammar
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.model import Polarity

_VERBAL = frozenset({"VERB", "AUX"})
_FUTURE = frozenset({"will", "'ll", "’ll", "would", "shall", "'d", "’d", "wo"})
_NEGATIVE = frozenset({"never", "not", "n't", "n’t", "no", "neither", "nor", "none", "nobody"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
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
        if word is not verb:
            self._of_word(word, verb, status, hedges)
        if verb is not None:
            self._climb(verb, status, hedges)
        status.hedges = tuple(text for _, text in sorted(hedges))
        return status

    def _of_word(
        self, word: Token, verb: Token | None, status: Status, hedges: list[tuple[int, str]]
    ) -> None:
        """Read what a noun's own words say: "no contract", "the alleged owner", "stopped deliveries"."""
        ended = verb is not None and word.dep == "dobj" and verb.lemma in self.words["ends"]
        if ended or any(child.lower == "no" and child.dep == "det" for child in word.children):
            status.polarity = "negative"
        hedges.extend((c.i, c.text) for c in word.children if c.lower in self.words["hearsay-adjectives"])

    def _verb(self, word: Token) -> Token | None:
        if word.pos in _VERBAL:
            return word
        word = whole(word)
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
            weak = child.lower in (self.modals if child.tag == "MD" else self.adverbs)
            if _negates(child):
                self._flip(status)
            elif child.tag == "MD" and child.lower in _FUTURE:
                status.modality = "predicts"
            elif weak and (child.tag == "MD" or child.pos == "ADV"):
                hedges.append((child.i, child.text))
        if any(_is_none(child) for child in verb.children if child.dep in _ARGUMENTS):
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
        """Return the verb or adjective above whose complement the verb is, its effect applied."""
        head = verb.head
        infinitive = any(child.tag == "TO" for child in verb.children)
        if verb.dep == "conj" and head.pos in _VERBAL and verb.child("nsubj", "nsubjpass") is None:
            return self._shared(verb, head, status, hedges)
        if infinitive and verb.dep in {"acl", "advcl"}:
            status.modality = "predicts"  # "a contract to build", "to build"
        elif verb.dep == "pcomp" and head.lower in {"without", "against"}:
            self._flip(status)
        complement = verb.dep == "xcomp" or (
            verb.dep == "ccomp" and (infinitive or verb.tag in {"VB", "VBG"})
        )
        if not complement or head is verb or head.pos not in {"VERB", "AUX", "ADJ"}:
            return None
        self._govern(head, status, hedges)
        return head

    def _shared(
        self, verb: Token, head: Token, status: Status, hedges: list[tuple[int, str]]
    ) -> Token | None:
        """Let a second conjunct without auxiliaries of its own share those of the first."""
        if verb.child("aux", "auxpass") is not None or verb.tag not in {"VB", "VBN", "VBG"}:
            return None
        for child in head.children:
            if child.tag == "MD" and child.lower in _FUTURE:
                status.modality = "predicts"
            elif child.tag == "MD" and child.lower in self.modals:
                hedges.append((child.i, child.text))
        return self._governor(head, status, hedges)

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


def _negates(child: Token) -> bool:
    """Return whether an adverb of the verb denies it: "not", "never", "no longer"."""
    if child.dep == "neg" or (child.dep == "advmod" and child.lower in _NEGATIVE):
        return True
    return child.lower == "longer" and any(c.lower == "no" for c in child.children)


def _is_none(argument: Token) -> bool:
    """Return whether a subject or object is nobody: "no company", "neither of them", "none"."""
    if argument.lower in {"nobody", "none", "nothing"}:
        return True
    return any(c.lower in {"no", "neither"} and c.dep in {"det", "preconj"} for c in argument.children)
