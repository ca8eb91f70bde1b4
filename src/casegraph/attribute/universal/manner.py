"""How an attribution is meant: its stance as its content bears it out, its polarity, its hedges."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Sentence
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Polarity, Stance

_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN", "ADV"})
_QUOTES = '«»"„“” '


class Manner:
    """Reads stance, polarity and hedges off the parse of a page."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon

    def stance(self, frame: Frame) -> Stance:
        """Return the frame's stance: a question asks, a future predicts, a refusal in words declines."""
        if frame.stance != "asserts" or not frame.content:
            return frame.stance
        words = self.tree.text[slice(*frame.content[-1])].rstrip(_QUOTES)
        if words.endswith("?"):
            return "asks"
        root = frame.root
        if root is not None and frame.make not in {"of", "adjective", "noun"} and self.future(root):
            return "predicts"
        return frame.stance

    def future(self, root: Token) -> bool:
        """Return whether the clause speaks of what is to come; one that is inside another does not count."""
        words = [root, *root.kids("aux", "cop")]
        if root.child("mark") and root.dep == "advcl":
            return False
        return any(
            t.feats.get("Tense") == "Fut"
            or (self.lexicon.has("words.future", t.lemma) and t.lower.startswith("буд"))
            for t in words
        ) or (
            root.pos == "VERB"
            and root.feats.get("VerbForm") == "Fin"
            and root.feats.get("Aspect") == "Perf"
            and root.feats.get("Tense") == "Pres"
        )

    @staticmethod
    def negated(root: Token | None) -> bool:
        """Return whether "не" stands with the word."""
        return root is not None and any(c.lower in {"не", "нет"} for c in root.children)

    def polarity(self, frame: Frame) -> Polarity:
        """Return whether the content's main verb is negated."""
        return "negative" if self.negated(frame.root) else "positive"

    def hedges(self, frame: Frame) -> tuple[str, ...]:
        """Return the words that make the content less sure, each once, as they stand."""
        text, words = self.tree.text, self.lexicon.words
        found = [text[slice(*frame.cue)]] if frame.make == "adverb" and frame.cue else []
        weak = words["adverbs.hedges"] | words["adverbs.alleges"]
        for start, end in frame.content:
            found += [t.text for t in self.tree.at(start, end) if t.lower in weak and t.pos != "NOUN"]
        return tuple(dict.fromkeys(found))

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences that state something: a subject with a predicate, or a finite verb."""
        for first, last in self.tree.sentences:
            tokens = self.tree.tokens[first:last]
            if not any(t.dep in {"nsubj", "csubj"} for t in tokens) and not any(
                t.feats.get("VerbForm") == "Fin" for t in tokens
            ):
                continue
            root = next((t for t in tokens if t.dep == "root" and t.pos in _PREDICATES), tokens[0])
            yield Sentence(
                tokens[0].start, tokens[-1].end, "predicts" if self.future(root) else "asserts",
                "negative" if self.negated(root) else "positive",
            )  # fmt: skip
