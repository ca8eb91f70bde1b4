"""From attributions and relations to claims."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from casegraph.attribute.base import Filler, Found, Reading, Relation, Said, Sentence, Span, Speaker
from casegraph.attribute.chain import Chains
from casegraph.attribute.quotes import find_quotations
from casegraph.attribute.trim import trim
from casegraph.model import (
    CLAIM_ROLES,
    Attribution,
    Claim,
    Kind,
    MadeBy,
    Page,
    Party,
    Target,
    make_id,
)
from casegraph.text import after_lead

Roles = dict[str, Party | tuple[Party, ...] | None]

_CONTEXT = 32  # characters of prefix and suffix in evidence (W3C TextQuoteSelector)
_LONGEST_HULL = 1500
_DOUBTING = frozenset({"adverb", "object-to"})  # makes whose cue is itself a hedge
_OWN_VOICE = 0.5  # that a sentence states something is sure; what it states is not read
_SCORES = {
    "quote": 0.95, "clause": 0.9, "silence": 0.9, "according": 0.9, "object-clause": 0.9, "gerund": 0.85,
    "to": 0.8, "object-to": 0.8, "as": 0.8, "of": 0.8, "for": 0.75, "headline": 0.75, "colon": 0.75,
    "adverb": 0.85, "noun": 0.75, "adjective": 0.75, "carried": 0.7,
}  # fmt: skip
"""How often an attribution of this make is right on the development part of the gold set, rounded."""


class Assembly:
    """Puts the claims of one page together; `seen` counts words across the document for the ids."""

    def __init__(self, page: Page, chains: Chains, made_by: MadeBy, seen: Counter[str]) -> None:
        self.page = page
        self.chains = chains
        self.made_by = made_by
        self.seen = seen
        self.quotations = find_quotations(page.text, page.blocks)
        self._starts = [block.start for block in page.blocks]
        self._spoken: defaultdict[int, list[Said]] = defaultdict(list)  # by block of their content

    def claims(self, found: Found) -> Iterator[Claim]:
        """Yield a statement for each attribution, a typed claim for each relation, own-voice statements."""
        voices = [self.chains.own(said) for said in found.said]
        self._place(voices)
        self._first_person(voices)
        used: list[Span] = []
        for voice in voices:
            around = self._around(voice)
            claim = self._statement(voice, self.chains.links([voice, *around]))
            if claim is not None:
                used += [(t.start, t.end) for t in claim.evidence]
                yield claim
        for relation in found.relations:
            used.append(relation.evidence)
            yield self._typed(relation, self._holding(relation))
        yield from self._own_voice(found.sentences, used)

    # -- whose ------------------------------------------------------------------------------

    def _place(self, voices: list[Said]) -> None:
        for voice in voices:
            for block in self._blocks(voice):
                self._spoken[block].append(voice)

    def _first_person(self, voices: list[Said]) -> None:
        """Give the voice of "I" and "we" in a quotation to whoever is quoted."""
        speakers = [self._quoted_self(voice) for voice in voices]
        for voice, speaker in zip(voices, speakers, strict=True):
            voice.speaker = speaker

    def _quoted_self(self, voice: Said) -> Speaker:
        if not voice.me or voice.cue is None:
            return voice.speaker
        quotation = self.quotations.at(voice.cue[0])
        if quotation is None:
            return voice.speaker
        for outer in self._around(voice):
            if outer.cue is None or not quotation.holds(outer.cue[0]):
                return outer.speaker if outer.speaker.name else voice.speaker
        return voice.speaker

    def _block(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _blocks(self, voice: Said) -> set[int]:
        """Return the blocks in which the content lies."""
        return {
            block
            for start, end in voice.content
            for block in range(self._block(start), self._block(max(start, end - 1)) + 1)
        }

    def _around(self, voice: Said) -> list[Said]:
        """Return the voices whose content holds this one, innermost first."""
        near = self._spoken[self._block(voice.start())]
        if voice.report is not None and any(other is voice.report for other in near):
            return [voice.report, *self._around(voice.report)]
        place = voice.cue or (voice.content[0] if voice.content else None)
        if place is None:
            return []
        found = [
            other for other in self._spoken[self._block(place[0])]
            if other is not voice and _holds(other, place) and _size(other) > _size(voice)
        ]  # fmt: skip
        return sorted(found, key=lambda voice: (_size(voice), voice.report is None))

    def _holding(self, relation: Relation) -> list[Said]:
        near = self._spoken[self._block(relation.trigger[0])]
        found = [voice for voice in near if _holds(voice, relation.trigger)]
        # Who is cited stands within whoever cites, though both carry the same words.
        return sorted(found, key=lambda voice: (_size(voice), voice.report is None))

    # -- statements ---------------------------------------------------------------------------

    def _statement(self, voice: Said, links: tuple[Attribution, ...]) -> Claim | None:
        parts = sorted(voice.content)
        if not parts and voice.cue is None:
            return None
        whole = parts or [voice.cue or (0, 0)]
        reading = Reading(
            "statement", voice.stance, voice.polarity, voice.hedges,
            score=_SCORES.get(voice.make, 0.7),
        )  # fmt: skip
        return self.claim(reading, links, whole, self._evidence(voice))

    def _evidence(self, voice: Said) -> list[Span]:
        spans = [*voice.content, *(span for span in (voice.source, voice.cue) if span is not None)]
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        if end - start <= _LONGEST_HULL and "\n\n" not in self.page.text[start:end]:
            return [(start, end)]
        return sorted(voice.content) or [(start, end)]

    # -- typed claims -------------------------------------------------------------------------

    def _typed(self, relation: Relation, voices: list[Said]) -> Claim:
        if voices:
            voice = voices[0]
            links = self.chains.links(voices)
            stance, content = voice.stance, sorted(voice.content)
            hedges = (*relation.hedges, *(voice.hedges if voice.make in _DOUBTING else ()))
        else:
            links = self.chains.own_voice(relation.trigger[0])
            stance, content, hedges = relation.modality, [relation.evidence], relation.hedges
            if hedges and stance == "asserts":
                stance = "alleges"
        reading = Reading(
            relation.kind, stance, relation.polarity, tuple(dict.fromkeys(hedges)), score=relation.score,
            roles=relation.roles, qualifiers=relation.qualifiers,
        )  # fmt: skip
        return self.claim(reading, links, content, [relation.evidence])

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

    def _own_voice(self, sentences: Sequence[Sentence], used: list[Span]) -> Iterator[Claim]:
        """Yield a statement for each sentence that nobody is said to say and no relation rests on."""
        opening = {quoter.lead for quoter in self.chains.quoters.values()}
        prose = [b for i, b in enumerate(self.page.blocks) if b.role in CLAIM_ROLES and i not in opening]
        covered = _merge(used)
        ends = [end for _, end in covered]
        for sentence in sentences:
            start, end = sentence.start, sentence.end
            i = bisect_right(ends, start)
            if i < len(covered) and covered[i][0] < end:
                continue
            if not any(b.start <= start and end <= b.end for b in prose):
                continue
            span = trim(self.page.text, (after_lead(self.page.text, start, end), end))
            if span is None:
                continue
            reading = Reading("statement", sentence.stance, sentence.polarity, score=_OWN_VOICE)
            yield self.claim(reading, self.chains.own_voice(span[0]), [span], [span])

    # -- the record -----------------------------------------------------------------------------

    def claim(
        self, reading: Reading, links: tuple[Attribution, ...], content: list[Span], evidence: list[Span]
    ) -> Claim:
        """Return a claim: what it says, who says so, where its content stands and what it rests on."""
        targets = tuple(self.page.target(*span, context=_CONTEXT) for span in evidence)
        parts = [self.page.target(*span) for span in content]
        roles = {name: self._party(filler) for name, filler in reading.roles.items()}
        made = self.made_by
        return Claim(
            id=self._id(reading.kind, targets, links, roles), document=self.page.document,
            kind=reading.kind, stance=reading.stance, polarity=reading.polarity, hedges=reading.hedges,
            direct_quote=all(self._quoted(span, links[0]) for span in content), roles=roles,
            qualifiers=reading.qualifiers, attribution=links, content_target=parts[0],
            content_continued=tuple(parts[1:]), evidence=targets,
            made_by=MadeBy(
                extractor=made.extractor, version=made.version, score=round(reading.score, 3),
                model=made.model, prompt=made.prompt,
            ),
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


def _holds(voice: Said, place: Span) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in voice.content)


def _size(voice: Said) -> int:
    return sum(end - start for start, end in voice.content)
