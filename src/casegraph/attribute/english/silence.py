"""Refusals: who would not comment, did not answer, could not be reached."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Span
from casegraph.attribute.english.spans import Frame, noun_phrase, tokens_span, verb_group
from casegraph.attribute.english.subjects import find_subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon


class Silence:
    """Finds statements that somebody said nothing."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.words = lexicon.words

    def find(self) -> Iterator[Frame]:
        """Yield a frame for each refusal, stance `declines-comment`, in order."""
        for token in self.tree.tokens:
            frame = self._noun(token) if token.pos == "NOUN" else self._verb(token)
            if frame is not None:
                yield frame

    def _verb(self, verb: Token) -> Frame | None:
        content = None
        if verb.pos == "VERB" and verb.lemma in self.words["verbs.declining"]:
            content = self._declined(verb)
        elif verb.pos == "VERB" and verb.lemma in self.words["verbs.answering"] and _negated(verb):
            content = self._unanswered(verb, frozenset({"to", "on", "about"}))
        elif verb.lemma == "confirm" and any(c.lemma == "deny" for c in verb.children) and _neither(verb):
            return self._undecided(verb)
        elif verb.lemma in self.words["verbs.withholding"] and _negated(verb) and _would(verb):
            content = self._withheld(verb)
        elif verb.lemma == "reach" and _negated(verb) and verb.child("auxpass") is not None:
            content = self._unanswered(verb, frozenset({"for"}))
        return self._frame(verb, content) if content is not None else None

    def _withheld(self, verb: Token) -> list[Span] | None:
        """Return what somebody would not confirm or discuss."""
        noun = verb.child("dobj", "ccomp")
        if noun is None or noun.i < verb.i or any(c.lemma == "deny" for c in verb.children):
            return None
        span = tokens_span(self.tree, noun.left_edge, noun.right_edge)
        return [span] if span else None

    def _undecided(self, verb: Token) -> Frame:
        """Match "would neither confirm nor deny the report"."""
        other = next(c for c in verb.children if c.lemma == "deny")
        noun = other.child("dobj", "ccomp") or verb.child("dobj")
        span = tokens_span(self.tree, noun.left_edge, noun.right_edge) if noun is not None else None
        frame = self._frame(verb, [span] if span else [])
        if frame.cue is not None:
            frame.cue = (frame.cue[0], other.end)
        return frame

    def _unanswered(self, verb: Token, prepositions: frozenset[str]) -> list[Span] | None:
        """Return what was not answered: "to requests for comment", "on the report"; [] if unsaid."""
        talks = verb.lemma in {"comment", "elaborate"}
        for child in verb.children:
            noun = (
                child.child("pobj")
                if child.dep in {"prep", "dative"}
                else child
                if child.dep == "dobj"
                else None
            )
            if child.i < verb.i or noun is None or (child.dep == "prep" and child.lower not in prepositions):
                continue
            if talks or self._is_request(noun):
                nested = (
                    o.i for c in noun.children if c.dep == "prep" and (o := c.child("pobj")) is not None
                )
                last = child.right_edge if talks else max([noun.i, *nested])
                span = tokens_span(self.tree, child.left_edge, last)
                return [span] if span else []
        return [] if verb.lemma in {"comment", "reach"} else None

    def _is_request(self, noun: Token) -> bool:
        asked = self.words["nouns.asked"]
        below = (o for c in noun.children if c.dep == "prep" and (o := c.child("pobj")) is not None)
        return noun.lemma in asked or any(o.lemma in asked for o in below)

    def _declined(self, verb: Token) -> list[Span] | None:
        """Return what was declined: "to comment on the audit", "a request for an interview"."""
        for child in verb.children:
            speaks = child.dep in {"xcomp", "ccomp"} and child.lemma in self.words["verbs.answers_with"]
            if child.i > verb.i and (speaks or (child.dep == "dobj" and self._is_request(child))):
                span = tokens_span(self.tree, child.left_edge, child.right_edge)
                return [span] if span else []
        return None

    def _noun(self, noun: Token) -> Frame | None:
        """Match "had no comment on the report"."""
        verb = noun.head
        if noun.lemma != "comment" or noun.dep != "dobj" or verb.lemma not in {"have", "offer", "make"}:
            return None
        determiner = noun.child("det")
        if (determiner is None or determiner.lower != "no") and not _negated(verb):
            return None
        topic = noun.child("prep") or verb.child("prep")
        content = []
        if topic is not None and topic.lower in {"on", "about"} and topic.i > noun.i:
            span = tokens_span(self.tree, topic.left_edge, topic.right_edge)
            content = [span] if span else []
        frame = self._frame(verb, content)
        if frame.cue is not None:
            frame.cue = (frame.cue[0], noun.end)
        return frame

    def _frame(self, verb: Token, content: list[Span]) -> Frame:
        subject = find_subject(verb)
        head = subject.head or subject.patient
        source = tokens_span(self.tree, *noun_phrase(self.tree, head, verb)) if head is not None else None
        return Frame(
            anchor=verb, head=head, source=source, cue=self.tree.span(*verb_group(self.tree, verb)),
            content=content, stance="declines-comment", frame="silence",
        )  # fmt: skip


def _negated(verb: Token) -> bool:
    return any(c.dep == "neg" or c.lower in {"never", "not", "n't"} for c in verb.children)


def _neither(verb: Token) -> bool:
    return _negated(verb) or any(c.lower in {"neither", "nor"} for c in verb.children)


def _would(verb: Token) -> bool:
    return any(
        c.tag == "MD" and c.lower in {"would", "will", "wo", "could", "can", "ca"} for c in verb.children
    )
