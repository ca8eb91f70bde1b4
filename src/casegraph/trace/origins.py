"""The origins behind a cluster: every road followed to its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casegraph.model import Origin, Step, make_id
from casegraph.trace.base import Reported
from casegraph.trace.copies import Copies, Copy, Lead
from casegraph.trace.ends import NAMED, End, elsewhere

_WAYS = {
    "passage": "its words stand in",
    "credit": "it names as its source",
    "whole": "its document was made from",
    "same-page": "its document names a source elsewhere on the page, in",
    "primary-source": "it rests on",
}


@dataclass
class Found:
    """The ends of a cluster by key, claims that lead to each, and ends that rest on each other."""

    ends: dict[str, End] = field(default_factory=dict)
    claims: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    tied: dict[frozenset[str], str] = field(default_factory=dict)  # two keys: words
    spoken: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # claims, but copies
    settled: set[str] = field(default_factory=set)  # ends of some road, and not only named on the way


class Walker:
    """Follows the claims of one cluster to their ends."""

    def __init__(self, cluster: Sequence[Reported], own: Mapping[str, End], copies: Copies) -> None:
        self._claims = {one.claim.id: one for one in cluster}
        self._own = own
        self._copies = copies
        self._before: defaultdict[str, list[Copy]] = defaultdict(list)
        for copy in copies.copies:
            self._before[copy.after].append(copy)
        self._leads: defaultdict[str, list[Lead]] = defaultdict(list)
        for lead in copies.leads:
            self._leads[lead.claim].append(lead)

    def walk(self) -> Found:
        """Return the ends of all claims. The order of claims and copies does not count."""
        found = Found()
        ends: dict[str, set[str]] = {}
        for claim in sorted(self._claims):
            first = () if self._before[claim] else (self._own[claim].key,)
            for key in (*first, *self._moved(claim)):
                found.spoken[key].add(claim)
            last, named = self.ends(claim)
            found.settled |= {end.key for end in last}
            ends[claim] = {end.key for end in (*last, *named)}
            for end in (*last, *named):
                found.ends[end.key] = _fuller(found.ends.get(end.key), end)
                found.claims[end.key].add(claim)
        for copy in sorted(self._copies.copies, key=lambda copy: (copy.after, copy.before)):
            own = self._own[copy.after]
            for key in ends[copy.before] if own.key in ends[copy.after] else ():
                self._tie(found, own.key, key, "the claim of one was taken from a document with the other")
        for one, other in self._copies.kin:
            for left in ends[one]:
                for right in ends[other]:
                    self._tie(found, left, right, "one text was made from the other, or both from a third")
        return found

    def _tie(self, found: Found, left: str, right: str, words: str) -> None:
        if left != right:
            found.tied.setdefault(frozenset((left, right)), words)

    def ends(self, claim: str) -> tuple[list[End], list[End]]:
        """Return the ends of one claim: of claims that it was taken from and that were taken from none.

        A circle of copies has no first, so that all of it are ends. Beside these, those named on the way.
        """
        reached = self._reached(claim)
        last = [one for one in reached if not self._before[one] and not self._leads[one]]
        moved = [end for one in reached for end in self._moved(one).values()]
        named = [self._own[one] for one in reached if self._own[one].kind in NAMED]
        if not last and not moved:
            last = reached
        return [*(self._own[one] for one in last), *moved], named

    def _moved(self, claim: str) -> dict[str, End]:
        """Return the ends outside the case to which a claim leads, by key."""
        ends = [elsewhere(self._own[claim], lead.outlet) for lead in self._leads[claim]]
        return {end.key: end for end in ends}

    def _reached(self, claim: str) -> list[str]:
        seen, waiting = {claim}, [claim]
        while waiting:
            for copy in self._before[waiting.pop()]:
                if copy.before not in seen:
                    seen.add(copy.before)
                    waiting.append(copy.before)
        return sorted(seen)

    def road(self, claims: Iterable[str], key: str) -> tuple[Step, ...]:
        """Return the longest road from one of the claims to an end, of those the first."""
        best: tuple[Step, ...] = ()
        for claim in sorted(claims, key=lambda one: (self._claims[one].document.id, one)):
            steps = self._steps(claim, key)
            if len(steps) > len(best):
                best = steps
        return best

    def _steps(self, claim: str, key: str) -> tuple[Step, ...]:
        """Return the steps of a shortest way from a claim to an end, breadth first."""
        came: dict[str, Copy | None] = {claim: None}
        queue, passed = [claim], None
        for one in queue:
            if self._ends_here(one, key):
                if not any(self._own[copy.before].key == key for copy in self._before[one]):
                    return (*self._way(one, came), *self._last(one))
                passed = passed or one  # a copy that names the origin as well: on to where it was named first
            for copy in sorted(self._before[one], key=lambda copy: (copy.before, copy.reason)):
                if copy.before not in came:
                    came[copy.before] = copy
                    queue.append(copy.before)
        return (*self._way(passed, came), *self._last(passed)) if passed is not None else ()

    def _ends_here(self, claim: str, key: str) -> bool:
        own = self._own[claim]
        leads = self._moved(claim)
        return key in leads or (own.key == key and not (leads and own.kind not in NAMED))

    def _way(self, claim: str, came: Mapping[str, Copy | None]) -> list[Step]:
        copy = came[claim]
        document = self._claims[claim].document
        if copy is None:
            title = document.title or document.publisher or document.id
            return [Step(document=document.id, claim=claim, words=f"reported in {title}")]
        step = Step(
            document=document.id, claim=claim,
            derivation=copy.derivation.id if copy.derivation else None,
            words=f"{_WAYS[copy.reason]} {document.title or document.publisher or document.id}",
        )  # fmt: skip
        return [*self._way(copy.after, came), step]

    def _last(self, claim: str) -> list[Step]:
        """Return the steps out of the last document: to a work, and down the chain of speakers."""
        one = self._claims[claim]
        steps = [
            Step(
                document=lead.outlet.document or one.document.id, derivation=lead.derivation.id,
                words=f"{_WAYS[lead.reason]} {lead.outlet.name}",
            )
            for lead in self._leads[claim][:1]
        ]  # fmt: skip
        said = [link for link in reversed(one.claim.attribution) if link.role != "publisher" and link.speaker]
        return steps + [
            Step(
                document=one.document.id, claim=claim, speaker=link.speaker,
                words=f"by the word of {link.speaker}" + (f", on {link.basis}" if link.basis else ""),
            )
            for link in said
        ]  # fmt: skip


def _fuller(one: End | None, other: End) -> End:
    """Return that of two ends of one key that tells more, whichever comes first."""
    return other if one is None else max(one, other, key=_telling)


def _telling(end: End) -> tuple[object, ...]:
    given = (end.entity, end.schema, end.basis, end.document, end.count)
    return (
        sum(one is not None for one in given),
        len(end.name),
        end.name,
        end.document or "",
        end.work or "",
    )


def records(
    found: Found, walker: Walker, documents: Mapping[str, str], grades: Mapping[str, str]
) -> list[Origin]:
    """Return the origins by id; `documents` gives the document of each claim, `grades` those of ends."""
    made = []
    for key, end in found.ends.items():
        claims = sorted(found.claims[key])
        made.append(
            Origin(
                id=make_id("origin", key), kind=end.kind, name=end.name, entity=end.entity, count=end.count,
                basis=end.basis, document=end.document, work=end.work, claims=tuple(claims),
                documents=tuple(sorted({documents[claim] for claim in claims})),
                road=walker.road(claims, key), reliability=grades.get(key, "F"),
            )
        )  # fmt: skip
    return sorted(made, key=lambda one: one.id)
