"""Frames of set phrases: "made clear that", "rumor has it that", "took issue with"."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.english.fitting import can_be, can_speak
from casegraph.attribute.english.spans import Frame, noun_phrase, snap, tokens_span, verb_group
from casegraph.attribute.english.subjects import find_subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quotes import Quotations
from casegraph.model import Stance

_CLAUSES = frozenset({"ccomp", "advcl", "acl", "xcomp"})
_NEAR = 3  # tokens from "made" to "clear", from "took" to "issue"
_STANCES: dict[str, Stance] = {
    "issue": "denies",
    "exception": "denies",
    "doubt": "denies",
    "blame": "alleges",
}


class Idioms:
    """Finds set phrases that report, on one page."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: Quotations) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations

    def find(self) -> Iterator[Frame]:
        """Yield the frames in order of their cue."""
        for verb in self.tree.tokens:
            if verb.pos not in {"VERB", "AUX"}:
                continue
            frame = self._rumour(verb) or self._made_clear(verb) or self._light(verb)
            if frame is not None:
                yield frame

    def _made_clear(self, verb: Token) -> Frame | None:
        """Match "made (it) clear that", "let it be known that"."""
        words = self.lexicon.words
        if verb.lemma != "make":
            return None
        near = self.tree.tokens[verb.i + 1 : verb.i + 1 + _NEAR]
        clear = next((t for t in near if t.lower in words["idioms.clear"]), None)
        if clear is None or any(
            t.lower not in {"it", "very", "quite", "clear"} for t in near[: clear.i - verb.i - 1]
        ):
            return None
        clause = next((c for c in (*clear.children, *verb.children) if c.i > clear.i and _that(c)), None)
        subject = find_subject(verb)
        if clause is None or subject.head is None or not can_be("source", subject.head, self.lexicon):
            return None
        return self._frame(
            verb, subject.head, clear.i, (max(clause.left_edge, clear.i + 1), clause.right_edge)
        )

    def _rumour(self, verb: Token) -> Frame | None:
        """Match "rumor has it that": nobody answers for it."""
        after = self.tree.tokens[verb.i + 1 : verb.i + 2]
        subject = verb.child("nsubj")
        if verb.lemma != "have" or not after or after[0].lower != "it" or subject is None:
            return None
        clause = next((c for c in verb.children if c.i > verb.i + 1 and c.dep in _CLAUSES), None)
        if clause is None or subject.lemma not in self.lexicon.words["idioms.hearsay"]:
            return None
        frame = self._frame(verb, None, verb.i + 1, (max(clause.left_edge, verb.i + 2), clause.right_edge))
        if frame is not None:
            frame.cue = (self.tree.tokens[subject.left_edge].start, after[0].end)
            frame.stance = "alleges"
        return frame

    def _light(self, verb: Token) -> Frame | None:
        """Match a verb, its noun and the preposition that opens the content: "took issue with"."""
        pairs = self.lexicon.words.get(f"light.{verb.lemma}")
        noun = verb.child("dobj")
        if pairs is None or noun is None or not verb.i < noun.i <= verb.i + _NEAR:
            return None
        prepositions = {pair.partition(":")[2] for pair in pairs if pair.partition(":")[0] == noun.lemma}
        children = [*noun.children, *verb.children]
        tail = next(
            (c for c in children if c.i > noun.i and c.dep in {"prep", "dative"} and c.lower in prepositions),
            None,
        )
        subject = find_subject(verb)
        if (
            tail is None
            or not tail.children
            or subject.head is None
            or not can_speak(subject.head, self.lexicon)
        ):
            return None
        return self._frame(
            verb, subject.head, noun.i, (tail.left_edge, tail.right_edge), _STANCES.get(noun.lemma, "asserts")
        )

    def _frame(
        self,
        verb: Token,
        head: Token | None,
        last_of_cue: int,
        content: tuple[int, int],
        stance: Stance = "asserts",
    ) -> Frame | None:
        span = tokens_span(self.tree, *content)
        if span is None:
            return None
        source = tokens_span(self.tree, *noun_phrase(self.tree, head, verb)) if head is not None else None
        return Frame(
            anchor=verb, head=head, source=source,
            cue=self.tree.span(verb_group(self.tree, verb)[0], last_of_cue),
            content=[snap(span, self.quotations, verb)], stance=stance, frame="clause", group="idiom",
        )  # fmt: skip


def _that(token: Token) -> bool:
    mark = token.child("mark")
    return token.dep in _CLAUSES and mark is not None and mark.lower in {"that", "whether"}
