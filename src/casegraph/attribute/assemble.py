"""From frames and relations to claims."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from casegraph.attribute.chain import Chains, Voice
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quotes import find_quotations
from casegraph.attribute.relations.base import Filler, Relation
from casegraph.attribute.spans import Frame, Span, trim
from casegraph.attribute.tree import Token, Tree
from casegraph.model import (
    CLAIM_ROLES,
    Attribution,
    Claim,
    Kind,
    MadeBy,
    Page,
    Party,
    Polarity,
    Qualifiers,
    Stance,
    Target,
    make_id,
)
from casegraph.text import after_lead

Roles = dict[str, Party | tuple[Party, ...] | None]

_CONTEXT = 32  # characters of prefix and suffix in evidence (W3C TextQuoteSelector)
_LONGEST_HULL = 1500
_OWN_VOICE = 0.5  # that a sentence states something is sure; what it states is not read
_FRAME_SCORES = {
    "quote": 0.95, "clause": 0.9, "silence": 0.9, "according": 0.9, "object-clause": 0.9, "gerund": 0.85,
    "to": 0.8, "object-to": 0.8, "as": 0.8, "of": 0.8, "for": 0.75, "headline": 0.75, "colon": 0.75,
    "adverb": 0.85, "noun": 0.75, "adjective": 0.75, "carried": 0.7,
}  # fmt: skip
"""How often a frame of this make is right on the development part of the gold set, rounded."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a claim says, before who says it and where."""

    kind: Kind
    stance: Stance
    polarity: Polarity
    hedges: tuple[str, ...] = ()
    score: float = 0.5
    roles: Roles = field(default_factory=dict)
    qualifiers: Qualifiers = Qualifiers()  # noqa: RUF009 - a frozen record


class Assembly:
    """Puts the claims of one page together; `seen` counts words across the document for the ids."""

    def __init__(
        self,
        page: Page,
        tree: Tree,
        lexicon: Lexicon,
        chains: Chains,
        made_by: tuple[str, int],
        seen: Counter[str],
    ) -> None:
        self.page = page
        self.tree = tree
        self.lexicon = lexicon
        self.chains = chains
        self.made_by = made_by
        self.seen = seen
        self.quotations = find_quotations(page.text, page.blocks)
        self._starts = [block.start for block in page.blocks]
        self._spoken: defaultdict[int, list[Voice]] = defaultdict(list)  # voices by block of their content

    def claims(self, frames: Sequence[Frame], relations: Sequence[Relation]) -> Iterator[Claim]:
        """Yield a statement for each attribution, a typed claim for each relation, own-voice statements."""
        voices = [self.chains.voice(frame) for frame in frames]
        self._place(voices)
        voices = [self._first_person(voice) for voice in voices]
        self._place(voices)
        used: list[Span] = []
        for voice in voices:
            around = self._around(voice)
            claim = self._statement(voice, self.chains.links([voice, *around]))
            if claim is not None:
                used += [(t.start, t.end) for t in claim.evidence]
                yield claim
        for relation in relations:
            inner = self._holding(relation)
            used.append(relation.evidence)
            yield self._typed(relation, inner)
        yield from self._own_voice(used)

    # -- whose ------------------------------------------------------------------------------

    def _place(self, voices: list[Voice]) -> None:
        self._spoken.clear()
        for voice in voices:
            for block in self._blocks(voice.frame):
                self._spoken[block].append(voice)

    def _first_person(self, voice: Voice) -> Voice:
        """Return the voice of "I" and "we" in a quotation as that of whoever is quoted."""
        head, place = voice.frame.head, voice.frame.cue
        if head is None or place is None or head.lower not in self.lexicon.words["words.first_person"]:
            return voice
        quotation = self.quotations.at(place[0])
        if quotation is None:
            return voice
        for outer in self._around(voice):
            if outer.frame.cue is None or not quotation.holds(outer.frame.cue[0]):
                return replace(voice, speaker=outer.speaker) if outer.speaker.name else voice
        return voice

    def _block(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _blocks(self, frame: Frame) -> set[int]:
        """Return the blocks in which the frame's content lies."""
        return {
            block
            for start, end in frame.content
            for block in range(self._block(start), self._block(max(start, end - 1)) + 1)
        }

    def _around(self, voice: Voice) -> list[Voice]:
        """Return the voices whose content holds this one, innermost first."""
        near = self._spoken[self._block(voice.frame.start())]
        reporter = next((other for other in near if other.frame is voice.frame.report), None)
        if reporter is not None:
            return [reporter, *self._around(reporter)]
        place = voice.frame.cue or (voice.frame.content[0] if voice.frame.content else None)
        if place is None:
            return []
        found = [
            other for other in self._spoken[self._block(place[0])]
            if other is not voice and _holds(other.frame, place) and _size(other.frame) > _size(voice.frame)
        ]  # fmt: skip
        return sorted(found, key=lambda other: _size(other.frame))

    def _holding(self, relation: Relation) -> list[Voice]:
        near = self._spoken[self._block(relation.trigger[0])]
        found = [voice for voice in near if _holds(voice.frame, relation.trigger)]
        # Who is cited stands within whoever cites, though both carry the same words.
        return sorted(found, key=lambda voice: (_size(voice.frame), voice.frame.report is None))

    # -- statements ---------------------------------------------------------------------------

    def _statement(self, voice: Voice, links: tuple[Attribution, ...]) -> Claim | None:
        frame = voice.frame
        parts = sorted(frame.content)
        if not parts and frame.cue is None:
            return None
        whole = parts or [frame.cue or (0, 0)]
        reading = Reading(
            "statement", self._stance(frame), self._polarity(frame), self._hedges(frame),
            score=_FRAME_SCORES.get(frame.frame, 0.7),
        )  # fmt: skip
        return self._claim(reading, links, whole, self._evidence(frame))

    def _stance(self, frame: Frame) -> Stance:
        """Return the frame's stance as its content bears it out: a question asks, a "will" predicts."""
        if frame.stance not in {"asserts", "orders"} or not frame.content:
            return frame.stance
        if frame.source is not None and self._retracts(self.page.text[slice(*frame.source)].lower()):
            return "denies"
        words = self.page.text[slice(*frame.content[-1])].lower()
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

    def _polarity(self, frame: Frame) -> Polarity:
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

    def _hedges(self, frame: Frame) -> tuple[str, ...]:
        words = self.lexicon.words
        found = list(frame.hedges)
        if frame.frame == "adverb" and frame.cue is not None:
            found.append(self.page.text[slice(*frame.cue)])
        if frame.frame == "object-to" and frame.source is None and frame.cue is not None:
            found.append(self.page.text[slice(*frame.cue)] + " to")
        root = self._root(frame)
        for start, end in frame.content:
            for token in self.tree.at(start, end):
                weak = token.tag == "MD" and token.lower in words["hedges.modals"] and token.head is root
                if weak or (token.pos == "ADV" and token.lower in words["hedges.words"]):
                    found.append(token.text)
        return tuple(dict.fromkeys(found))

    def _evidence(self, frame: Frame) -> list[Span]:
        spans = [*frame.content, *(span for span in (frame.source, frame.cue) if span is not None)]
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        if end - start <= _LONGEST_HULL and "\n\n" not in self.page.text[start:end]:
            return [(start, end)]
        return sorted(frame.content) or [(start, end)]

    # -- typed claims -------------------------------------------------------------------------

    def _typed(self, relation: Relation, voices: list[Voice]) -> Claim:
        if voices:
            frame = voices[0].frame
            links = self.chains.links(voices)
            stance, content = self._stance(frame), sorted(frame.content)
            hedges = (
                *relation.hedges,
                *(h for h in self._hedges(frame) if frame.frame in {"adverb", "object-to"}),
            )
        else:
            links = self.chains.own_voice(relation.trigger[0])
            stance, content, hedges = relation.modality, [relation.evidence], relation.hedges
            if hedges and stance == "asserts":
                stance = "alleges"
        reading = Reading(
            relation.kind, stance, relation.polarity, tuple(dict.fromkeys(hedges)), score=relation.score,
            roles={name: self._party(filler) for name, filler in relation.roles.items()},
            qualifiers=relation.qualifiers,
        )  # fmt: skip
        return self._claim(reading, links, content, [relation.evidence])

    def _party(self, filler: Filler | tuple[Filler, ...] | None) -> Party | tuple[Party, ...] | None:
        if filler is None:
            return None
        if isinstance(filler, tuple):
            return tuple(self._one(part) for part in filler)
        return self._one(filler)

    def _one(self, filler: Filler) -> Party:
        return Party(
            name=filler.name,
            schema=filler.schema,
            mention=filler.mention,
            target=self.page.target(filler.start, filler.end),
        )

    # -- the document's own voice ---------------------------------------------------------------

    def _own_voice(self, used: list[Span]) -> Iterator[Claim]:
        """Yield a statement for each sentence that nobody is said to say and no relation rests on."""
        leads = {quoter.lead for quoter in self.chains.quoters.values()}
        prose = [b for i, b in enumerate(self.page.blocks) if b.role in CLAIM_ROLES and i not in leads]
        covered = _merge(used)
        ends = [end for _, end in covered]
        for first, last in self.tree.sentences:
            start, end = self.tree.span(first, last - 1)
            i = bisect_right(ends, start)
            if i < len(covered) and covered[i][0] < end:
                continue
            tokens = self.tree.tokens[first:last]
            if not any(t.dep in {"nsubj", "nsubjpass"} for t in tokens):
                continue
            if not any(b.start <= start and end <= b.end for b in prose):
                continue
            span = trim(self.page.text, (after_lead(self.page.text, start, end), end))
            if span is None:
                continue
            root = next((t for t in tokens if t.dep == "ROOT"), tokens[0])
            reading = Reading(
                "statement", "predicts" if _is_future(root, self.lexicon) else "asserts",
                "negative" if any(c.dep == "neg" for c in root.children) else "positive", score=_OWN_VOICE,
            )  # fmt: skip
            yield self._claim(reading, self.chains.own_voice(span[0]), [span], [span])

    # -- the record -----------------------------------------------------------------------------

    def _claim(
        self, reading: Reading, links: tuple[Attribution, ...], content: list[Span], evidence: list[Span]
    ) -> Claim:
        targets = tuple(self.page.target(*span, context=_CONTEXT) for span in evidence)
        parts = [self.page.target(*span) for span in content]
        name, version = self.made_by
        return Claim(
            id=self._id(reading.kind, targets, links, reading.roles), document=self.page.document,
            kind=reading.kind, stance=reading.stance, polarity=reading.polarity, hedges=reading.hedges,
            direct_quote=all(self._quoted(span, links[0]) for span in content), roles=reading.roles,
            qualifiers=reading.qualifiers, attribution=links, content_target=parts[0],
            content_continued=tuple(parts[1:]), evidence=targets,
            made_by=MadeBy(extractor=name, version=version, score=round(reading.score, 3)),
        )  # fmt: skip

    def _quoted(self, span: Span, link: Attribution) -> bool:
        """Return whether the words stand in quotation marks that do not hold their own cue as well."""
        cue = link.cue_target
        return any(
            q.start <= span[0] and span[1] <= q.end and (cue is None or not q.holds(cue.start))
            for q in self.quotations.within(*span)
        )

    def _id(
        self, kind: Kind, evidence: tuple[Target, ...], links: tuple[Attribution, ...],
        roles: Roles,
    ) -> str:  # fmt: skip
        """Return an id of document, page and exact words, with their number, so that offsets may move."""
        cue = links[0].cue or ""
        words = [kind, *(t.exact for t in evidence), cue]
        for name, party in roles.items():
            parties = party if isinstance(party, tuple) else (party,) if party is not None else ()
            words += [name, *(p.target.exact for p in parties)]
        key = "\x1f".join([str(self.page.number), *words])
        self.seen[key] += 1
        return make_id("claim", self.page.document, self.page.number, *words, self.seen[key])


def _merge(spans: list[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _holds(frame: Frame, place: Span) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in frame.content)


def _size(frame: Frame) -> int:
    return sum(end - start for start, end in frame.content)


def _is_future(root: Token, lexicon: Lexicon) -> bool:
    """Return whether the clause speaks of what is to come: will, would, "to be" in a headline."""
    if any(c.tag == "MD" and c.lower in lexicon.words["words.future"] for c in root.children):
        return True
    return (
        root.dep == "ROOT" and any(c.tag == "TO" for c in root.children) and root.child("nsubj") is not None
    )
