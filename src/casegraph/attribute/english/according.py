"""Prepositional frames: "according to X, ...", "Per the agreement, ..."."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.english.spans import Frame, noun_phrase, snap, tokens_span
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quotes import Quotations

_LEADS = frozenset({"in", "by", "to"})
_EMBEDDED = frozenset({"ccomp"})


class AccordingFrames:
    """Finds the contents that a prepositional phrase attributes."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: Quotations) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations

    def find(self) -> Iterator[Frame]:
        """Yield the frames in order of their cue."""
        for token in self.tree.tokens:
            frame = None
            if token.lower == "according":
                frame = self._according(token)
            elif token.lower == "per":
                frame = self._per(token)
            elif token.lower in _LEADS and token.dep == "prep":
                frame = self._in_words_of(token)
            if frame is not None:
                yield frame

    def _according(self, token: Token) -> Frame | None:
        to = next((t for t in self.tree.tokens[token.i + 1 : token.i + 2] if t.lower == "to"), None)
        head = to.child("pobj", "pcomp") if to is not None else None
        if to is None or head is None or self._is_manner(head):
            return None
        first, last = noun_phrase(self.tree, head)
        first = max(first, to.i + 1)
        last = self._source_end(token, first, last)
        low, high = self._scope(token, last)
        return self._frame(
            token, head, (token.start, to.end), (first, last), [(low, token.i - 1), (last + 1, high)]
        )

    def _per(self, token: Token) -> Frame | None:
        """Match "Per the merger agreement, ..." at a sentence's start, "..., per a clerk." at its end."""
        first, last = self.tree.sentence(token)
        noun = token.child("pobj")
        if noun is None:
            return None
        if token.i != first:
            closes = all(t.pos == "PUNCT" for t in self.tree.tokens[noun.right_edge + 1 : last])
            named = noun.pos == "PROPN" or noun.child("det", "amod", "compound") is not None
            if not closes or not named or self.tree.tokens[token.i - 1].text not in {",", ")", "”", '"'}:
                return None  # "$30 per person"
            return self._frame(
                token,
                noun,
                (token.start, token.end),
                (noun.left_edge, noun.right_edge),
                [(first, token.i - 1)],
            )
        end = self._source_end(token, noun.left_edge, noun.right_edge)
        return self._frame(
            token, noun, (token.start, token.end), (noun.left_edge, end), [(end + 1, last - 1)]
        )

    def _is_manner(self, head: Token) -> bool:
        """Return whether the phrase tells how, not who says: "according to the standards"."""
        return head.lemma in self.lexicon.words["nouns.manner"]

    def _in_words_of(self, token: Token) -> Frame | None:
        """Match "in the words of X", "in X's view", "by his own account"."""
        noun = token.child("pobj")
        if noun is None or noun.lemma not in self.lexicon.words["nouns.telling"]:
            return None
        of, owner = noun.child("prep"), noun.child("poss")
        sentence_first, sentence_last = self.tree.sentence(token)
        if owner is not None:
            first, last = noun_phrase(self.tree, owner, noun)
            end = noun.i
            last = next((c.i - 1 for c in owner.children if c.dep == "case"), last)
            head, cue = owner, (noun.start, noun.end)
        elif of is not None and of.lower == "of" and (head_of := of.child("pobj")) is not None:
            first, last = noun_phrase(self.tree, head_of)
            end = last = min(last, sentence_last - 1)
            head, cue = head_of, (token.start, of.end)
        else:
            return None
        commas = {
            self.tree.tokens[max(token.i - 1, 0)].text,
            self.tree.tokens[min(end + 1, sentence_last - 1)].text,
        }
        if not commas & {",", "—", "–", "("}:
            return None
        parts = [(sentence_first, token.i - 1), (end + 1, sentence_last - 1)]
        return self._frame(token, head, cue, (first, last), parts)

    def _frame(
        self,
        token: Token,
        head: Token,
        cue: tuple[int, int],
        source: tuple[int, int],
        parts: list[tuple[int, int]],
    ) -> Frame | None:
        words = tokens_span(self.tree, *source)
        concessive = self.lexicon.words["words.concessive"]
        parts = [
            (low, high) for low, high in parts
            if not (low > token.i and any(t.lower in concessive for t in self.tree.tokens[low : low + 2]))
        ]  # fmt: skip
        spans = [span for part in parts if (span := tokens_span(self.tree, *part)) is not None]
        if words is None or not spans:
            return None
        return Frame(
            anchor=token, head=head, source=words, cue=cue,
            content=[snap(span, self.quotations, token) for span in spans], stance="asserts",
            frame="according",
        )  # fmt: skip

    def _source_end(self, token: Token, first: int, last: int) -> int:
        """Return the source's last token: before the comma that opens the main clause, where it leads."""
        tokens = self.tree.tokens
        sentence_first, sentence_last = self.tree.sentence(token)
        if not all(tokens[i].pos in {"PUNCT", "CCONJ", "ADV"} for i in range(sentence_first, token.i)):
            return min(last, sentence_last - 1)
        for verb in (token.head, *token.head.ancestors()):
            subject = verb.child("nsubj", "nsubjpass", "expl", "csubj")
            if subject is not None and subject.left_edge > first and verb.pos in {"VERB", "AUX"}:
                comma = next((i for i in range(subject.left_edge, first, -1) if tokens[i].text == ","), None)
                if comma is not None:
                    return comma - 1
        return min(last, sentence_last - 1)

    def _scope(self, token: Token, last: int) -> tuple[int, int]:
        """Return the clause that the phrase reports.

        At a sentence's end it reports the whole sentence ("X said A, according to Y": Y says that X
        said A); inside a reported clause, that clause.
        """
        low, high = self.tree.sentence(token)
        closes = all(t.pos == "PUNCT" for t in self.tree.tokens[last + 1 : high])
        head = token.head
        for up in (head, *head.ancestors()):
            embedded = (
                up.dep in _EMBEDDED and up.pos in {"VERB", "AUX"} and up.left_edge <= token.i <= up.right_edge
            )
            if embedded and not closes and self.lexicon.frames(up.head.lemma):
                return up.left_edge, up.right_edge
        if head.dep == "conj" and head.pos in {"VERB", "AUX"} and head.child("nsubj", "nsubjpass"):
            low = head.left_edge
        if self.tree.tokens[low].pos == "CCONJ" and low + 1 < token.i:
            low += 1
        return low, high - 1
