"""From frames to attributions: who speaks, on what basis, who passes it on, how it is meant."""

from __future__ import annotations

from casegraph.attribute.base import NOBODY, Passing, Said, Span, Speaker
from casegraph.attribute.english.coreference import Discourse
from casegraph.attribute.english.fitting import documents_before
from casegraph.attribute.english.manner import Manner
from casegraph.attribute.english.spans import Frame, noun_phrase, tokens_span
from casegraph.attribute.english.speakers import identify
from casegraph.attribute.english.subjects import find_subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon

_PRINTED = frozenset({"in", "by", "from", "on"})


class Voices:
    """Makes the attributions of a page's frames."""

    def __init__(self, tree: Tree, lexicon: Lexicon, discourse: Discourse) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.discourse = discourse
        self.manner = Manner(tree, lexicon)

    def said(self, frames: list[Frame]) -> list[Said]:
        """Return the attributions in the order of their frames; who is cited points at whoever cites."""
        made = {id(frame): self._said(frame) for frame in frames}
        for frame in frames:
            if frame.report is not None:
                made[id(frame)].report = made.get(id(frame.report))
        return list(made.values())

    def _said(self, frame: Frame) -> Said:
        head, first_person = frame.head, self.lexicon.words["words.first_person"]
        me = head.lower if head is not None and head.lower in first_person else ""
        speaker, shown, relay = self._through_report(frame) or (
            identify(frame, self.tree, self.discourse, self.lexicon), self._shown(frame), self._relay(frame),
        )  # fmt: skip
        return Said(
            source=frame.source, cue=frame.cue, content=frame.content, stance=self.manner.stance(frame),
            make=frame.frame, speaker=speaker, polarity=self.manner.polarity(frame),
            hedges=self.manner.hedges(frame), shown=shown, basis=self._basis(frame), relay=relay,
            me="i" if me == "i" else "we" if me else "",
        )  # fmt: skip

    def _shown(self, frame: Frame) -> Span | None:
        if frame.source is None and frame.head is not None and not frame.carried:
            return tokens_span(self.tree, *noun_phrase(self.tree, frame.head, frame.anchor))
        return frame.source

    def _through_report(self, frame: Frame) -> tuple[Speaker, Span | None, Passing] | None:
        """Return who is heard in "a report in The Wire that quoted two officials", and who passes it on."""
        head = frame.head
        if head is None or head.lemma not in self.lexicon.words["nouns.accounts"]:
            return None
        where = next((c for c in head.children if c.dep == "prep" and c.lower in _PRINTED), None)
        outlet = where.child("pobj") if where is not None else None
        if outlet is None:
            return None
        # The parser may hang the clause on the outlet.
        for verb in (c for c in (*head.children, *outlet.children) if c.dep in {"relcl", "acl"}):
            heard = verb.child("dobj")
            if heard is None or verb.lemma not in self.lexicon.words["verbs.citing"]:
                continue
            inner, relay = self._passing(heard, verb, None), self._passing(outlet, verb, None)
            if inner is not None and relay is not None and not relay.speaker.unnamed:
                return inner.speaker, inner.shown, relay
        return None

    # -- on what basis ------------------------------------------------------------------------

    def _basis(self, frame: Frame) -> Span | None:
        """Return the words of "based on ...", "citing ..." that hang on the cue."""
        if frame.anchor is None:
            return None
        for child in frame.anchor.children:
            if child.lower == "based" or child.lemma == "base":
                on = child.child("prep")
                noun = on.child("pobj") if on is not None else None
            elif child.lower == "citing" or (child.lemma == "cite" and child.dep == "advcl"):
                noun = child.child("dobj", "pobj")
            else:
                continue
            if noun is not None:
                return tokens_span(self.tree, noun.left_edge, noun.right_edge)
        return None

    def _relay(self, frame: Frame) -> Passing | None:
        """Return who passes on: "documents seen by Z", "the report cites two officials who said"."""
        head = frame.head
        if head is None:
            return None
        head = documents_before(head, self.lexicon) or head
        for verb in (head.head, *head.children):
            if not self._reviews(verb, head, frame):
                continue
            agent = verb.child("agent")
            noun = agent.child("pobj") if agent is not None else None
            if noun is None and (verb.dep == "relcl" or head.dep == "dobj"):
                noun = verb.child("nsubj")
            if noun is not None and noun is not head and noun.tag not in {"WDT", "WP"}:
                end = verb.left_edge if verb.head is head else verb.i
                return self._passing(noun, verb, tokens_span(self.tree, head.left_edge, end - 1))
        antecedent = (
            next((up.head for up in head.ancestors() if up.dep == "relcl"), None)
            if head.tag == "WP"
            else None
        )
        if (
            antecedent is not None
            and antecedent.dep in {"dobj", "pobj"}
            and antecedent.head.lemma in self.lexicon.words["verbs.citing"]
        ):
            subject = find_subject(antecedent.head).head
            if subject is not None:
                return self._passing(subject, antecedent.head, None)
        return None

    def _reviews(self, verb: Token, head: Token, frame: Frame) -> bool:
        """Return whether the verb tells who saw the document; small parsers make it the sentence's root."""
        beside = verb.dep in {"acl", "relcl"} and verb.head is head
        above = verb is head.head and verb is not frame.anchor
        above = above and (head.dep == "dobj" or (head.dep == "nsubj" and verb.tag == "VBN"))
        return (beside or above) and verb.lemma in self.lexicon.words["verbs.reviewing"]

    def _passing(self, noun: Token, cue: Token, basis: Span | None) -> Passing | None:
        source = tokens_span(self.tree, *noun_phrase(self.tree, noun, cue))
        frame = Frame(
            anchor=cue,
            head=noun,
            source=source,
            cue=(cue.start, cue.end),
            content=[],
            stance="asserts",
            frame="relay",
        )
        speaker = identify(frame, self.tree, self.discourse, self.lexicon)
        return Passing(speaker, self._shown(frame), frame.cue, basis) if speaker is not NOBODY else None
