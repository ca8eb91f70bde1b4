"""The chain of who says so, from the innermost speaker out to the document's publisher."""

from __future__ import annotations

from dataclasses import dataclass

from casegraph.attribute.coreference import Discourse
from casegraph.attribute.fitting import documents_before
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quoted import Quoter, find_quoters
from casegraph.attribute.spans import Frame, Span, noun_phrase, tokens_span
from casegraph.attribute.speakers import NOBODY, Speaker, identify
from casegraph.attribute.subjects import find_subject
from casegraph.attribute.tree import Token, Tree
from casegraph.model import Attribution, Count, Document, Page
from casegraph.text import fold


@dataclass(frozen=True, slots=True)
class Voice:
    """A frame with who speaks in it, on what basis, and who passes the words on."""

    frame: Frame
    speaker: Speaker
    basis: Span | None
    relay: Attribution | None


class Chains:
    """Builds the attribution links of a page's frames."""

    def __init__(
        self, document: Document, page: Page, tree: Tree, lexicon: Lexicon, discourse: Discourse
    ) -> None:
        self.document = document
        self.page = page
        self.tree = tree
        self.lexicon = lexicon
        self.discourse = discourse
        self.quoters = find_quoters(page)

    def leads(self, frame: Frame) -> bool:
        """Return whether the frame only opens a quoted mail: "On Thursday X wrote:"."""
        blocks = {quoter.lead for quoter in self.quoters.values() if quoter.lead is not None}
        place = frame.start()
        return any(self.page.blocks[n].start <= place < self.page.blocks[n].end for n in blocks)

    def voice(self, frame: Frame) -> Voice:
        """Return the frame's speaker and what stands beside it."""
        speaker = identify(frame, self.tree, self.discourse, self.lexicon)
        if frame.head is not None and frame.head.lower == "i" and frame.source is not None:
            name = self._writer(frame.source[0])
            if name is not None:
                speaker = Speaker(name, None, unnamed=False, count=Count(minimum=1, maximum=1))
        return Voice(frame, speaker, self._basis(frame), self._relay(frame))

    def _writer(self, place: int) -> str | None:
        """Return whose "I" stands at a place: of the quoted mail, or of the mail's only author."""
        quoter = self._quoter(place)
        if quoter is not None:
            return quoter.name
        mail = self.document.media_type == "message/rfc822"
        return self.document.authors[0] if mail and len(self.document.authors) == 1 else None

    def _quoter(self, place: int) -> Quoter | None:
        for number, quoter in self.quoters.items():
            block = self.page.blocks[number]
            if block.start <= place < block.end:
                return quoter
        return None

    def own_voice(self, place: int) -> tuple[Attribution, ...]:
        """Return the chain of words that nobody is said to say: the publisher's, or a quoted writer's."""
        quoter = self._quoter(place)
        if quoter is None:
            return (self.publisher(),)
        return (self._quoted(quoter, first=True), self.publisher())

    def _quoted(self, quoter: Quoter, *, first: bool) -> Attribution:
        return Attribution(
            role="origin" if first else "relay",
            speaker=quoter.name,
            unnamed=quoter.name is None,
            count=Count(minimum=1, maximum=1),
            speaker_target=self.page.target(*quoter.span) if quoter.span else None,
        )

    def links(self, voices: list[Voice]) -> tuple[Attribution, ...]:
        """Return the chain for voices from the innermost outwards; the publisher closes it."""
        links: list[Attribution] = []
        for number, voice in enumerate(voices):
            link = self._link(voice, first=number == 0)
            if not links or not _same(links[-1], link):
                links.append(link)
            if voice.relay is not None:
                links.append(voice.relay)
        place = voices[0].frame.start()
        quoter = self._quoter(place)
        held = any(start <= place < end for voice in voices[1:] for start, end in voice.frame.content)
        if quoter is not None and not held:
            link = self._quoted(quoter, first=False)
            if not _same(links[-1], link):
                links.append(link)
        return (*links, self.publisher())

    def publisher(self) -> Attribution:
        """Return the last link: the document's own publisher, or its authors where none is named."""
        speaker = self.document.publisher or ", ".join(self.document.authors) or None
        return Attribution(role="publisher", speaker=speaker, unnamed=False)

    def _link(self, voice: Voice, *, first: bool) -> Attribution:
        frame, speaker = voice.frame, voice.speaker
        source = frame.source
        if source is None and frame.head is not None and not frame.carried:
            source = tokens_span(self.tree, *noun_phrase(self.tree, frame.head, frame.anchor))
        return Attribution(
            role="origin" if first else "relay",
            speaker=speaker.name,
            mention=speaker.mention,
            unnamed=speaker.unnamed,
            count=speaker.count,
            cue=self.page.text[slice(*frame.cue)] if frame.cue else None,
            basis=self.page.text[slice(*voice.basis)] if voice.basis else None,
            speaker_target=self.page.target(*source) if source else None,
            cue_target=self.page.target(*frame.cue) if frame.cue else None,
            basis_target=self.page.target(*voice.basis) if voice.basis else None,
        )

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

    def _relay(self, frame: Frame) -> Attribution | None:
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

    def _passing(self, noun: Token, cue: Token, basis: Span | None) -> Attribution | None:
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
        return self._link(Voice(frame, speaker, basis, None), first=False) if speaker is not NOBODY else None


def _same(one: Attribution, other: Attribution) -> bool:
    """Return whether two links are one speaker ("he said he believed")."""
    if one.mention is not None or other.mention is not None:
        return one.mention == other.mention or (
            one.speaker is not None and other.speaker is not None and fold(one.speaker) == fold(other.speaker)
        )
    return one.speaker is not None and other.speaker is not None and fold(one.speaker) == fold(other.speaker)
