"""Which claim was taken from which: by a passage that was copied, a credit, or a text copied as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from casegraph.model import Derivation, Document
from casegraph.trace import alike, stance, terms, values
from casegraph.trace.aligned import in_source, taken
from casegraph.trace.base import Reported
from casegraph.trace.ends import NAMED, End, publisher
from casegraph.trace.firsthand import WHOLE
from casegraph.trace.publishers import Outlets

Reason = Literal["passage", "credit", "whole", "same-page", "primary-source"]

_MOST = 0.5  # of a text
_VERBATIM = frozenset({"same-text"})


@dataclass(frozen=True, slots=True)
class Copy:
    """A claim that was taken from another; `derivation` is None where only words of credit say so."""

    after: str
    before: str
    reason: Reason
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A claim that was taken from a document without it, or from a work that is not in the case."""

    claim: str
    outlet: End
    reason: Reason
    derivation: Derivation


@dataclass
class Copies:
    """What is known of one cluster: claims taken from others, leads out of it, kin without a direction."""

    copies: list[Copy] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    kin: list[tuple[str, str]] = field(default_factory=list)


class Roads:
    """The derivations of a block by the document that was derived, and the documents that they name."""

    def __init__(self, block: Iterable[Reported]) -> None:
        steps: dict[str, Derivation] = {}
        self.documents: dict[str, Document] = {}
        for one in block:
            steps.update({step.id: step for step in (*one.road, *one.later)})
            self.documents.update({document.id: document for document in (*one.sources, one.document)})
        self._back: defaultdict[str, list[Derivation]] = defaultdict(list)
        self._all = [step for _, step in sorted(steps.items())]
        for step in self._all:
            self._back[step.document].append(step)
        self.revised = frozenset(step.document for step in self._all if step.relation == "was_revision_of")

    def all(self) -> Sequence[Derivation]:
        """Return every derivation, by id."""
        return self._all

    def back(self, document: str) -> Sequence[Derivation]:
        """Return the derivations by which a document was derived, by id."""
        return self._back.get(document, ())


class Tracer:
    """Finds what the claims of one cluster were taken from."""

    def __init__(
        self, cluster: Sequence[Reported], own: Mapping[str, End], roads: Roads, outlets: Outlets
    ) -> None:
        self._own, self._roads, self._outlets = own, roads, outlets
        self._cluster = cluster
        self._at: defaultdict[str, list[Reported]] = defaultdict(list)
        for one in cluster:
            self._at[one.document.id].append(one)
        self._by_outlet: defaultdict[str, list[Reported]] = defaultdict(list)
        for one in cluster:
            self._by_outlet[outlets.key(None, one.document)].append(one)

    def trace(self) -> Copies:
        """Return every way by which claims of the cluster came from others."""
        found = Copies()
        for one in self._cluster:
            for step in self._roads.back(one.document.id):
                self._follow(one, step, found)
            done = {copy.before for copy in found.copies if copy.after == one.claim.id}
            found.copies += [copy for copy in self._credited(one) if copy.before not in done]
            found.copies += self._same_page(one)
            self._outwards(one, found)
        return found

    def _follow(self, one: Reported, step: Derivation, found: Copies) -> None:
        reason = self._reason(one, step)
        if reason is None or step.source is None:
            return
        claim = one.claim.id
        before = self._before(one, step)
        if step.direction == "unknown":
            found.kin += [(claim, other.claim.id) for other in before]
        elif before:
            found.copies += [Copy(claim, other.claim.id, reason, step) for other in before]
        elif reason in {"passage", "credit"}:
            self._further(one, step, reason, found)

    def _outwards(self, one: Reported, found: Copies) -> None:
        """Lead out of the case what was taken from no claim in it. What was, goes on from there."""
        claim = one.claim.id
        if any(copy.after == claim for copy in found.copies) or any(claim in pair for pair in found.kin):
            return
        for step in self._roads.back(one.document.id):
            reason = self._reason(one, step) if step.source is None else None
            if reason in {"passage", "credit", "whole"}:
                found.leads.append(Lead(claim, self._outlet(step), reason, step))

    def _reason(self, one: Reported, step: Derivation) -> Reason | None:
        """Return why a claim was taken from the source of a derivation; None: it is the document's own."""
        if taken(one.claim, step):
            return "passage"
        if self._credits(one, step):
            return "credit"
        if step.relation == "had_primary_source":
            return self._rests(one, step)
        if (step.strength in WHOLE or self._agency(one, step)) and not self._added(one, step):
            return "whole"
        return None

    def _agency(self, one: Reported, step: Derivation) -> bool:
        """Say whether a text is as a whole from an outlet that is not in the case and is not its own."""
        if step.source is not None or step.share < _MOST or step.relation == "had_primary_source":
            return False
        return self._outlets.key(step.work) != self._outlets.key(None, one.document)

    def _rests(self, one: Reported, step: Derivation) -> Reason | None:
        """Say whether a claim rests on a document at first hand: in its outlet's voice, or on what it saw."""
        there = self._at.get(step.source or "", ())
        first_hand = any(self._own[other.claim.id].paper is not None for other in there)
        speaks = self._own[one.claim.id].kind in {"person", "organisation", "unnamed"}
        return "primary-source" if first_hand and not speaks else None

    def _credits(self, one: Reported, step: Derivation) -> bool:
        source = self._roads.documents.get(step.source or "")
        if source is None and not step.work:
            return False
        outlet = self._outlets.key(step.work, source)
        return outlet in self.credited(one)

    def credited(self, one: Reported) -> frozenset[str]:
        """Return the outlets that the chain of a claim names, but the document's own."""
        links = [link for link in one.claim.attribution if link.role != "publisher" and not link.unnamed]
        named = {self._outlets.key(link.speaker) for link in links if self._outlets.is_outlet(link.speaker)}
        return frozenset(named - {self._outlets.key(None, one.document)})

    def _added(self, one: Reported, step: Derivation) -> bool:
        """Say whether a rewrite added a claim: outside all passages, by somebody whom the source lacks."""
        end = self._own[one.claim.id]
        if not step.passages or step.strength in _VERBATIM or end.kind not in NAMED:
            return False
        there = [self._own[other.claim.id] for other in self._at.get(step.source or "", ())]
        return end.key not in {other.key for other in there} and not self._translated(end, step)

    def _translated(self, end: End, step: Derivation) -> bool:
        """Say whether an end is an outlet as a translation writes it: it is who the source names, or is."""
        source = self._roads.documents.get(step.source or "")
        if step.strength != "translation" or source is None or not terms.speaks_of("media", end.name):
            return False
        return alike.script(end.name) != alike.script(source.title or "")

    def _before(self, one: Reported, step: Derivation) -> list[Reported]:
        """Return the claims in the source that one may be taken from: of the passage, of the same voice."""
        there = [other for other in self._at.get(step.source or "", ()) if other is not one]
        passages = taken(one.claim, step)
        there = [other for other in there if in_source(other.claim, passages)] or there
        end, side = self._own[one.claim.id], stance.side(one.claim)
        there = [other for other in there if self._own[other.claim.id].key == end.key] or there
        return [other for other in there if stance.side(other.claim) == side] or there

    def _further(self, one: Reported, step: Derivation, reason: Reason, found: Copies) -> None:
        """Go back beyond a source that does not hold the claim, to one that does or to the end."""
        seen, last = {one.document.id}, step
        while last.source is not None and last.source not in seen:
            seen.add(last.source)
            steps = [
                other
                for other in self._roads.back(last.source)
                if other.strength in WHOLE and other.direction != "unknown"
            ]
            claims = [other for back in steps for other in self._at.get(back.source or "", ())]
            if claims:
                found.copies += [
                    Copy(one.claim.id, other.claim.id, reason) for other in claims if other is not one
                ]
                return
            if not steps:
                break
            last = steps[0]
        found.leads.append(Lead(one.claim.id, self._outlet(last), reason, step))

    def _outlet(self, step: Derivation) -> End:
        source = self._roads.documents.get(step.source or "")
        if source is None:
            name = self._outlets.full(step.work or step.url or "a work that is not named")
            return publisher(name, self._outlets.key(name), work=name)
        return publisher(self._outlets.named(source), self._outlets.key(None, source), source)

    def _credited(self, one: Reported) -> Iterator[Copy]:
        """Yield copies of what an outlet of the case published before, which the chain names."""
        for outlet in sorted(self.credited(one)):
            for other in self._by_outlet.get(outlet, ()):
                if other.document.id != one.document.id and not _later(other.document, one.document):
                    yield Copy(one.claim.id, other.claim.id, "credit")

    def _same_page(self, one: Reported) -> Iterator[Copy]:
        """Yield the attributed claims of the document that its own voice rests on."""
        end = self._own[one.claim.id]
        if end.kind != "publisher" or end.document != one.document.id:
            return
        for other in self._at[one.document.id]:
            its = self._own[other.claim.id]
            if its.key != end.key and stance.side(other.claim) == stance.side(one.claim):
                yield Copy(one.claim.id, other.claim.id, "same-page")


def _later(one: Document, other: Document) -> bool:
    """Say whether a document is known to be published on a later day than another."""
    days = [values.day(doc.published.start) if doc.published else None for doc in (one, other)]
    return days[0] is not None and days[1] is not None and days[0] > days[1]
