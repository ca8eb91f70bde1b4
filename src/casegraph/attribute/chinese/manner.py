"""How a Chinese attribution is meant: stance, polarity, hedges; which sentences state something."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Sentence
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Polarity, Stance

_QUOTES = '“”「」『』"‘’ '
_DOUBTING = frozenset({"质疑", "追究", "纳闷", "不解", "质疑说", "质疑称"})
_ASKING = ("吗", "呢", "？", "?")


class Manner:
    """Reads stance, polarity and hedges off the words of a content."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon

    def stance(self, frame: Frame) -> Stance:
        """Return the frame's stance: a question asks, what will be is predicted."""
        if frame.stance in {"asserts", "alleges"} and self._questions(frame):
            return "asks"
        if frame.stance != "asserts" or not frame.content:
            return frame.stance
        if self.tree.text[slice(*frame.content[-1])].rstrip(_QUOTES).endswith(_ASKING):
            return "asks"
        root = self.root(frame)
        return "predicts" if root is not None and self.future(root) else frame.stance

    def _questions(self, frame: Frame) -> bool:
        """Return whether somebody doubts aloud with a question word: 质疑合同为何没有招标."""
        if frame.anchor is None or frame.anchor.lemma not in _DOUBTING or not frame.content:
            return False
        words = (t.lemma for span in frame.content for t in self.tree.at(*span))
        return any(self.lexicon.has("words.asking", word) for word in words)

    def root(self, frame: Frame) -> Token | None:
        """Return the first predicate of the content whose own head lies outside it."""
        for start, end in frame.content:
            tokens = [t for t in self.tree.at(start, end) if t.start >= start and t.end <= end]
            inside = {token.i for token in tokens}
            for token in tokens:
                if token.pos in {"VERB", "ADJ", "NOUN"} and (
                    token.head is token or token.head.i not in inside
                ):
                    return token
        return None

    @staticmethod
    def future(root: Token) -> bool:
        """Return whether 将, 会 or the like stands with the predicate."""
        return root.feats.get("Tense") == "Fut"

    def negated(self, root: Token | None) -> bool:
        """Return whether a negation stands with the predicate."""
        return root is not None and any(self.lexicon.has("words.negation", c.lemma) for c in root.children)

    def polarity(self, frame: Frame) -> Polarity:
        """Return whether the content's predicate is negated."""
        return "negative" if self.negated(self.root(frame)) else "positive"

    def hedges(self, frame: Frame) -> tuple[str, ...]:
        """Return the words that make the content less sure, each once, as they stand."""
        text, weak = self.tree.text, self.lexicon.words["adverbs.hedges"]
        found = [text[slice(*frame.cue)]] if frame.make == "adverb" and frame.cue else []
        for start, end in frame.content:
            found += [
                t.text
                for t in self.tree.at(start, end)
                if t.lemma in weak and t.pos in {"ADV", "AUX", "VERB"}
            ]
        return tuple(dict.fromkeys(found))

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences with a subject."""
        for first, last in self.tree.sentences:
            tokens = self.tree.tokens[first:last]
            if not any(t.dep == "nsubj" for t in tokens):
                continue
            root = next((t for t in tokens if t.dep == "root"), tokens[0])
            yield Sentence(
                tokens[0].start, tokens[-1].end, "predicts" if self.future(root) else "asserts",
                "negative" if self.negated(root) else "positive",
            )  # fmt: skip
