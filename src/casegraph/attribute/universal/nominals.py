"""Attributions by a noun: "заявление X о том, что", "слухи о", "выразил уверенность, что"."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame, cue_span, source_span
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree

_THAT = frozenset({"что", "чтобы", "будто", "якобы", "как"})


class NominalFrames:
    """Attributions whose cue is a noun of speech or thought."""

    def __init__(self, tree: Tree, lexicon: Lexicon, subjects: Subjects) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.subjects = subjects

    def find(self, taken: set[int]) -> Iterator[Frame]:
        """Yield the attributions in order; `taken` are tokens that another frame rests on."""
        for noun in self.tree.tokens:
            stance = self.lexicon.nouns.get(noun.lemma)
            if stance is None or noun.pos != "NOUN" or noun.i in taken:
                continue
            content = self._content(noun)
            if content is None:
                continue
            tokens, root, clause = content
            verb = self._light(noun)
            owner = self._owner(noun)
            head = owner if owner is not None else (self.subjects.of(verb) if verb is not None else None)
            if head is None and stance == "asserts" and not clause:
                continue
            if head is not None and not (self.subjects.speaks(head) or head.lower in {"его", "ее", "их"}):
                continue
            under = noun.head.lemma in self.lexicon.verbs and noun.dep in {"obj", "iobj"}
            if head is None and not clause and (stance != "alleges" or under):
                continue
            cue = cue_span(
                self.tree,
                noun,
                self.lexicon,
                (verb,) if verb is not None and abs(verb.i - noun.i) <= 3 else (),
            )
            source = (
                source_span(self.tree, head, (noun, *((verb,) if verb else ()), root))
                if head is not None
                else None
            )
            yield Frame(noun, head, source, cue, self.tree.parts(tokens), stance, "noun", root)

    def _content(self, noun: Token) -> tuple[list[Token], Token, bool] | None:
        """Return the noun's clause, infinitive or о-phrase, its root, and whether it is a clause."""
        for child in noun.children:
            if child.i < noun.i:
                continue
            mark = child.child("mark")
            if child.dep in {"acl", "ccomp", "advcl"} and mark is not None and mark.lower in _THAT:
                return child.subtree(), child, True
            if (
                child.dep in {"acl", "ccomp", "xcomp", "nmod", "advcl"}
                and child.feats.get("VerbForm") == "Inf"
            ):
                return child.subtree(), child, True
            about = child.prepositions() in {"о", "об", "обо"} and child.case == "Loc"
            inner = child.child("acl", "ccomp", "advcl")
            that = self.lexicon.has("words.that", child.lemma) and inner is not None
            if child.dep in {"nmod", "obl"} and (about or (that and child.prepositions() in {"на", "в"})):
                return child.subtree(), inner if that and inner is not None else child, that
        return None

    def _owner(self, noun: Token) -> Token | None:
        possessive = next(
            (c for c in noun.kids("det", "nmod", "amod") if self.lexicon.has("words.possessive", c.lower)),
            None,
        )
        if possessive is not None:
            return possessive
        return next(
            (c for c in noun.kids("nmod") if c.case == "Gen" and not c.prepositions() and c.i > noun.i), None
        )

    def _light(self, noun: Token) -> Token | None:
        """Return the verb of "выразил уверенность", "выступил с заявлением"."""
        verb = noun.head
        light = verb is not noun and verb.pos == "VERB" and self.lexicon.has("multiword.light", verb.lemma)
        return verb if light and noun.dep in {"obj", "obl", "iobj"} else None
