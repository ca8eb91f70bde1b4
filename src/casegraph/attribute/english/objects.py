"""Contents that are objects: "denied the charge", "called X a Y", "blamed X for Y", "puts it at Z"."""

from __future__ import annotations

from casegraph.attribute.base import Span
from casegraph.attribute.english.extents import Extents
from casegraph.attribute.english.spans import tokens_span
from casegraph.attribute.english.subjects import Subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Cue, Lexicon
from casegraph.attribute.quotes import Quotations

_OF_OBJECT = frozenset({"accuse", "judge-for", "blame", "thank-for"})  # "criticised X for Y": often hung on X
_WITH_OBJECT = frozenset({"for", "about", "against", "of"})
_ABOUT = frozenset({"about", "on"})
_RESTRICTED = frozenset({"claim-np", "order-np", "threaten-np"})  # cues with some objects alone
_NEAR = 14  # tokens in which "regard the plan as madness" finds its "as"

Match = tuple[Cue, list[Span]]


class ObjectFrames:
    """Finds the reading of a cue verb whose content is no clause."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: Quotations, extents: Extents) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations
        self.extents = extents

    def find(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> Match | None:
        """Return the reading whose content is the verb's object, or what is said of it."""
        target = verb.child("dobj", "dative")
        if subject.passive or (target is not None and target.lower.endswith(("self", "selves"))):
            return None
        tail, cue = self.preposition(verb, frames, needs_object=target is not None)
        if tail is not None and cue is not None:
            return self._with_preposition(verb, target, tail, cue)
        return (
            self._named(verb, target, frames)
            or self._loose_as(verb, target, frames)
            or self._object(verb, target, frames)
        )

    def _with_preposition(self, verb: Token, target: Token | None, tail: Token, cue: Cue) -> Match | None:
        last = self.extents.end(verb, tail)
        if target is None and cue.frame in {"of", "as"}:
            return None
        if target is not None and target.i < verb.i:  # "which he dismissed as a stunt"
            which = (
                (target.start, target.end) if target.lower != "what" else None
            )  # "in what it described as"
            parts = [which, tokens_span(self.tree, tail.left_edge, last)]
            return cue, [part for part in parts if part is not None]
        first = tail.left_edge
        if cue.frame == "prep" and tail.i == verb.i + 1 and self.belongs(tail, verb):
            first = tail.i + 1  # "called for": the preposition is the cue's
        if target is not None and (cue.frame != "prep" or cue.group == "liken"):
            first = min(target.left_edge, first)
        span = tokens_span(self.tree, first, last)
        return (cue, [span]) if span else None

    def belongs(self, preposition: Token, verb: Token) -> bool:
        """Return whether the preposition makes one word with the verb (Quirk 16.5): "call for"."""
        return preposition.lower in self.lexicon.words.get(f"prepositional.{verb.lemma}", frozenset())

    def _named(self, verb: Token, target: Token | None, frames: dict[str, Cue]) -> Match | None:
        """Match "called the budget a love letter", "call Mr. Poole "the Cow Doctor"."""
        if "oprd" not in frames:
            return None
        small = next(
            (c for c in verb.children if c.dep == "ccomp" and c.i > verb.i and not c.child("mark")), None
        )
        if target is not None and target.i < verb.i:  # "which she has called a mistake"
            small = small or next((c for c in verb.children if c.dep == "dobj" and c.i > verb.i), None)
        label = verb.child("oprd") or (
            small if small is not None and small.pos in {"NOUN", "PROPN", "ADJ"} else None
        )
        if label is None and target is not None and target.child("appos") is not None:
            label = target if verb.lemma in self.lexicon.words["verbs.naming"] else None
        quotation = self.quotations.at(target.start) if target is not None and label is None else None
        if (
            quotation is not None
            and target is not None
            and quotation.start > self.tree.tokens[target.left_edge].start
        ):
            label = target  # "called the move "theater"": one phrase to the parser
        if label is None:
            return None
        if target is not None and target.i < verb.i:
            span = tokens_span(self.tree, max(label.left_edge, verb.i + 1), self.extents.end(verb, label))
            return (frames["oprd"], [span]) if span else None
        first = min(target.left_edge if target is not None else label.left_edge, label.left_edge)
        span = tokens_span(self.tree, first, self.extents.end(verb, label)) if first > verb.i else None
        return (frames["oprd"], [span]) if span else None

    def _loose_as(self, verb: Token, target: Token | None, frames: dict[str, Cue]) -> Match | None:
        """Match "describe him as courtly" where the parser made "as" an adverb or hung it elsewhere."""
        cue = frames.get("as")
        if cue is None or cue.group != "name-as" or target is None or target.i < verb.i:
            return None
        _, end = self.tree.sentence(verb)
        for token in self.tree.tokens[target.i + 1 : min(end, target.i + _NEAR)]:
            if token.pos in {"VERB", "AUX", "PUNCT"}:
                return None
            if token.lower == "as" and token.dep != "mark" and target.right_edge < token.i < end - 1:
                last = max(self.extents.end(verb, target), verb.right_edge)
                span = tokens_span(self.tree, target.left_edge, last)
                return (cue, [span]) if span else None
        return None

    def _object(self, verb: Token, target: Token | None, frames: dict[str, Cue]) -> Match | None:
        if "np" not in frames or target is None or target.i < verb.i:
            return None
        if target.pos == "PRON" and frames["np"].stance != "denies":
            return None
        only = self.lexicon.words.get(f"objects.{verb.lemma}")
        group = frames["np"].group
        measured = group == "weigh" and target.child("nummod") is not None  # "weighs 7.5 kilograms"
        if measured or (only is not None and group in _RESTRICTED and target.lemma not in only):
            return None
        span = tokens_span(self.tree, target.left_edge, self.extents.end(verb, target))
        return (frames["np"], [span]) if span else None

    def preposition(
        self, verb: Token, frames: dict[str, Cue], *, needs_object: bool
    ) -> tuple[Token | None, Cue | None]:
        """Return the prepositional phrase that holds or completes the content, with its reading."""
        particle = verb.child("prt")
        phrasal = f"{verb.lemma}_{particle.lower}" if particle is not None else verb.lemma
        allowed = self.lexicon.prepositions.get(phrasal, frozenset())
        target = verb.child("dobj", "dative")
        likens = "prep" in frames and frames["prep"].group == "liken"
        nested = [
            c for c in (target.children if target is not None else ())
            if c.lower in {"of", "for", "as"} or (likens and c.lower in allowed)
        ]  # fmt: skip
        for child in [*verb.children, *nested]:
            if child.dep not in {"prep", "agent", "dative"} or child.i < verb.i or not child.children:
                continue
            if likens and child.lower in allowed:
                if target is None or not _ascribes(child):
                    continue
                return child, frames["prep"]
            cue = frames.get(child.lower) if child.lower != "to" else None
            if cue is None and child.lower in allowed and (not needs_object or child.lower in _WITH_OBJECT):
                cue = frames.get("prep")
            said_of = child.lower == "as" and verb.lemma in self.lexicon.words["verbs.complex"]
            own = child.head is verb or said_of or child.child("pcomp") is not None
            if cue is not None and cue.frame == "prep" and child.lower in _ABOUT and self._puts(verb):
                cue = Cue("prep", "asks", "ask-about", cue.who)
            if cue is not None and (own or cue.group in _OF_OBJECT):
                return child, cue
        return None, None

    def _puts(self, verb: Token) -> bool:
        """Return whether the verb puts a question: "asked about", unlike "asked for"."""
        return verb.lemma in self.lexicon.words["verbs.questioned"]


def _ascribes(preposition: Token) -> bool:
    """Return whether "put X at Y" tells a figure; other verbs of ascribing need none."""
    if preposition.lower != "at":
        return True
    noun = preposition.child("pobj")
    return noun is not None and any(
        token.tag == "CD" or token.entity in {"MONEY", "PERCENT", "CARDINAL", "QUANTITY"}
        for token in (noun, *noun.children)
    )
