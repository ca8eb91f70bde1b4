"""How an attribution is meant: its stance as its content bears it out, its polarity, its hedges."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Sentence
from casegraph.attribute.english.spans import Frame
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.model import Polarity, Stance


class Manner:
    """Reads stance, polarity and hedges off the parse of a page."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon

    def stance(self, frame: Frame) -> Stance:
        """Return the frame's stance as its content bears it out: a question asks, a "will" predicts."""
        if frame.stance not in {"asserts", "orders"} or not frame.content:
            return frame.stance
        if frame.source is not None and self._retracts(self.tree.text[slice(*frame.source)].lower()):
            return "denies"
        words = self.tree.text[slice(*frame.content[-1])].lower()
        if self._asks(frame, words):
            return "asks"
        if any(phrase in words for phrase in self.lexicon.words["refusals.phrases"]):
            return "declines-comment"
        root = self._root(frame)
        told = frame.stance == "asserts" and frame.frame not in {"adjective", "noun"}
        return "predicts" if told and root is not None and _is_future(root, self.lexicon) else frame.stance

    def _retracts(self, source: str) -> bool:
        """Return whether the source is what a correction withdraws: "An earlier version of this article"."""
        return any(phrase in source for phrase in self.lexicon.words["retractions.phrases"])

    def _asks(self, frame: Frame, words: str) -> bool:
        if words.rstrip("\"”’' ").endswith("?"):
            return True
        questioning = (
            frame.anchor is not None and frame.anchor.lemma in self.lexicon.words["verbs.questioning"]
        )
        return questioning and words.split(" ", 1)[0] in self.lexicon.words["words.questions"]

    def polarity(self, frame: Frame) -> Polarity:
        """Return whether the content's main verb is negated."""
        root = self._root(frame)
        return "negative" if root is not None and any(c.dep == "neg" for c in root.children) else "positive"

    def _root(self, frame: Frame) -> Token | None:
        """Return the head of the content: the token whose own head lies outside it."""
        for start, end in frame.content:
            tokens = self.tree.at(start, end)
            inside = {token.i for token in tokens}
            for token in tokens:
                if token.pos in {"VERB", "AUX"} and (token.head.i not in inside or token.head is token):
                    return token
        return None

    def hedges(self, frame: Frame) -> tuple[str, ...]:
        """Return the words that make the content less sure, each once, as they stand."""
        words, text = self.lexicon.words, self.tree.text
        found = list(frame.hedges)
        if frame.frame == "adverb" and frame.cue is not None:
            found.append(text[slice(*frame.cue)])
        if frame.frame == "object-to" and frame.source is None and frame.cue is not None:
            found.append(text[slice(*frame.cue)] + " to")
        root = self._root(frame)
        for start, end in frame.content:
            for token in self.tree.at(start, end):
                weak = token.tag == "MD" and token.lower in words["hedges.modals"] and token.head is root
                if weak or (token.pos == "ADV" and token.lower in words["hedges.words"]):
                    found.append(token.text)
        return tuple(dict.fromkeys(found))

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences that have a subject."""
        for first, last in self.tree.sentences:
            tokens = self.tree.tokens[first:last]
            if not any(t.dep in {"nsubj", "nsubjpass"} for t in tokens):
                continue
            root = next((t for t in tokens if t.dep == "ROOT"), tokens[0])
            start, end = self.tree.span(first, last - 1)
            negated = any(c.dep == "neg" for c in root.children)
            yield Sentence(
                start, end, "predicts" if _is_future(root, self.lexicon) else "asserts",
                "negative" if negated else "positive",
            )  # fmt: skip


def _is_future(root: Token, lexicon: Lexicon) -> bool:
    """Return whether the clause speaks of what is to come: will, would, "to be" in a headline."""
    if any(c.tag == "MD" and c.lower in lexicon.words["words.future"] for c in root.children):
        return True
    return (
        root.dep == "ROOT" and any(c.tag == "TO" for c in root.children) and root.child("nsubj") is not None
    )
