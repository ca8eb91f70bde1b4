"""Refusals: who would not comment, did not answer, could not be reached."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.spans import Frame, noun_phrase, tokens_span, verb_group
from casegraph.attribute.subjects import find_subject
from casegraph.attribute.tree import Token, Tree

_ANSWERS = frozenset({"respond", "reply", "comment", "answer", "return", "elaborate", "speak"})
_ASKED = frozenset("comment request question inquiry enquiry query call email e-mail message text interview contact letter".split())
_DECLINES = frozenset({"decline", "refuse", "withhold"})


class Silence:
    """Finds statements that somebody said nothing."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def find(self) -> Iterator[Frame]:
        """Yield a frame for each refusal, stance `declines-comment`, in order."""
        for token in self.tree.tokens:
            content = None
            if token.pos == "VERB" and token.lemma in _ANSWERS and _negated(token):
                content = self._asked(token)
            elif token.pos == "VERB" and token.lemma in _DECLINES:
                content = self._declined(token)
            elif token.lemma == "reach" and _negated(token):
                content = self._asked(token, {"for"})
            elif token.lemma == "comment" and token.pos == "NOUN" and token.dep == "dobj" and token.head.lemma in {"have", "offer", "make"}:
                yield from self._no_comment(token)
                continue
            else:
                continue
            if content is not None:
                yield self._build(token, content)

    def _asked(self, verb: Token, prepositions: frozenset[str] | set[str] = frozenset({"to", "on", "about"})) -> list[tuple[int, int]] | None:
        """Return what was not answered: "to requests for comment", "on the report"; [] for none."""
        for child in verb.children:
            if child.i < verb.i:
                continue
            noun = child.child("pobj") if child.dep in {"prep", "dative"} else child if child.dep == "dobj" else None
            if noun is None or (child.dep == "prep" and child.lower not in prepositions):
                continue
            asked = noun.lemma in _ASKED or any(c.dep == "prep" and (o := c.child("pobj")) and o.lemma in _ASKED for c in noun.children)
            if not asked and verb.lemma not in {"comment", "elaborate"}:
                continue
            nested = (o.i for c in noun.children if c.dep == "prep" and (o := c.child("pobj")) is not None)
            last = max([noun.i, *nested])
            if verb.lemma in {"comment", "elaborate"}:
                last = child.right_edge
            span = tokens_span(self.tree, child.left_edge, last)
            return [span] if span else []
        return [] if verb.lemma in {"comment", "reach"} else None

    def _declined(self, verb: Token) -> list[tuple[int, int]] | None:
        for child in verb.children:
            if child.i < verb.i:
                continue
            speaks = child.lemma in {"comment", "answer", "discuss", "speak", "respond", "elaborate", "confirm", "say", "identify", "give", "disclose", "name", "provide"}
            asked = child.dep == "dobj" and (child.lemma in _ASKED or any(
                c.dep == "prep" and (o := c.child("pobj")) and o.lemma in _ASKED for c in child.children))  # fmt: skip
            if (child.dep in {"xcomp", "ccomp"} and speaks) or asked:
                span = tokens_span(self.tree, child.left_edge, child.right_edge)
                return [span] if span else []
        return None

    def _no_comment(self, noun: Token) -> Iterator[Frame]:
        determiner = noun.child("det")
        if determiner is None or determiner.lower != "no":
            if "neg" not in {c.dep for c in noun.head.children}:
                return
        content = []
        preposition = noun.child("prep") or noun.head.child("prep")
        if preposition is not None and preposition.lower in {"on", "about"} and preposition.i > noun.i:
            span = tokens_span(self.tree, preposition.left_edge, preposition.right_edge)
            content = [span] if span else []
        frame = self._build(noun.head, content)
        if frame.cue is not None:
            frame.cue = (frame.cue[0], noun.end)
        yield frame

    def _build(self, verb: Token, content: list[tuple[int, int]]) -> Frame:
        subject = find_subject(verb)
        head = subject.head or subject.patient
        source = tokens_span(self.tree, *noun_phrase(self.tree, head, verb)) if head is not None else None
        return Frame(
            anchor=verb, head=head, source=source, cue=self.tree.span(*verb_group(self.tree, verb)),
            content=content, stance="declines-comment", frame="silence",
        )  # fmt: skip


def _negated(verb: Token) -> bool:
    return any(c.dep == "neg" or c.lower in {"never", "not", "n't"} for c in verb.children)
