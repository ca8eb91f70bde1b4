"""From claims of a block to corroborations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from casegraph.model import (
    Claim,
    Contradiction,
    Corroboration,
    Drift,
    Independence,
    Origin,
    Sign,
    Variant,
    make_id,
)
from casegraph.trace import alike, counting, independence, stance, values
from casegraph.trace import grades as grading
from casegraph.trace.aligned import ties
from casegraph.trace.base import Families, Reported
from casegraph.trace.bonds import bonds, neighbours, quotations
from casegraph.trace.clusters import clusters
from casegraph.trace.contradiction import contradictions
from casegraph.trace.copies import Copies, Roads, Tracer
from casegraph.trace.denials import denied, is_denial
from casegraph.trace.drift import drifts
from casegraph.trace.ends import End, own_end
from casegraph.trace.independence import Known
from casegraph.trace.origins import Found, Walker, records
from casegraph.trace.parallel import beside
from casegraph.trace.publishers import Outlets
from casegraph.trace.recanting import recanted
from casegraph.trace.reworded import Reading
from casegraph.trace.rivals import rivals
from casegraph.trace.witness import Voice, heard, officers, voice, witnesses

MOST_ORIGINS = 60
"""Origins beyond which undetermined pairs are left out: there are too many of them to look at."""


def corroborations(
    block: Sequence[Reported], families: Families, grades: Mapping[str, str],
    tied: Iterable[tuple[str, str]] = (),
) -> Iterator[Corroboration]:  # fmt: skip
    """Yield what stands behind each group of claims that say the same, one claim alone included.

    Who would not comment has said nothing: of that alone nothing is made.

    `block` holds all claims that any shared key of `claim_keys` connects, in any order; `grades` the
    reliability A to F of outlets and speakers by name; `tied` the `bonds` of claims outside the block.
    """
    members = sorted({one.claim.id: one for one in block}.values(), key=lambda one: one.claim.id)
    context = _Context(members, families, grades, tied)
    found = clusters(members, ties((one.claim for one in members), context.roads.all()), context.reading)
    context.denials = [own for cluster in found if (own := [one for one in cluster if is_denial(one.claim)])]
    for cluster in found:
        if any(one.claim.stance != "declines-comment" for one in cluster):
            yield _Behind(cluster, context).record()


class _Context:
    """What all clusters of a block share."""

    def __init__(
        self, block: Sequence[Reported], families: Families, grades: Mapping[str, str],
        tied: Iterable[tuple[str, str]],
    ) -> None:  # fmt: skip
        self.outlets = Outlets(block, families)
        self.roads = Roads(block)
        self.beside = beside(block, self.roads)
        self._ends: dict[str, End] = {}
        self.families = families
        self.grades = grades
        own = (pair for one in block for pair in bonds(one.claim))
        self.bonds = neighbours((*tied, *own))
        self.quotes = quotations(block)
        self.reading = Reading(block, self.roads.all())
        self.recanted = recanted(self.reading)
        self.rivals = rivals(self.reading, self.roads)
        self.denied = denied((one.claim for one in block), self.reading.denied())
        self.witnesses = witnesses(block)
        self.heard = heard(block)
        self.officers = officers(block)
        self.denials: list[list[Reported]] = []  # of each cluster that has some
        steps = {step.id: step for one in block for step in one.road}
        self.derived = frozenset(
            frozenset((step.document, step.source)) for step in steps.values() if step.source is not None
        )
        self.sources: defaultdict[str, set[str]] = defaultdict(set)
        for step in steps.values():
            if step.source is not None:
                self.sources[step.document].add(step.source)

    def end(self, one: Reported) -> End:
        """Return the end at which the chain of a claim stands by itself."""
        if one.claim.id not in self._ends:
            self._ends[one.claim.id] = own_end(one, self.outlets)
        return self._ends[one.claim.id]

    def denials_of(self, cluster: Sequence[Reported]) -> list[Reported]:
        """Return the denials of a cluster's claims that stand in other words outside it, and their copies."""
        own = {one.claim.id for one in cluster}
        return [
            one
            for same in self.denials
            if own.isdisjoint(one.claim.id for one in same)
            and any(own & self.denied.get(one.claim.id, frozenset()) for one in same)
            for one in same
        ]


class _Behind:
    """What stands behind one cluster."""

    def __init__(self, cluster: Sequence[Reported], context: _Context) -> None:
        self.cluster = cluster
        self.context = context
        self.claims = {one.claim.id: one for one in cluster}
        self.documents = {one.claim.id: one.document.id for one in cluster}
        self.own = {one.claim.id: context.end(one) for one in cluster}
        said = [one for one in cluster if stance.side(one.claim) != "neither"]
        self.copies: Copies = Tracer(said, self.own, context.roads, context.outlets).trace()
        self.walker = Walker(said, self.own, self.copies)
        self.found: Found = self.walker.walk()
        self.parties = frozenset(
            key for one in cluster for _, party in alike.filled(one.claim)
            for key in alike.term(party, "link").keys
        )  # fmt: skip

    def record(self) -> Corroboration:
        """Return the record of the cluster."""
        pairs = self._judged()
        supporting = self._supporting()
        counts = self._counts(supporting, pairs)
        reliabilities = {
            key: grading.reliability(end, self.context.grades) for key, end in self.found.ends.items()
        }
        origins = records(self.found, self.walker, self.documents, reliabilities)
        changed = self._drifts()
        beside = self.context.denials_of(self.cluster)
        self.own |= {one.claim.id: self.context.end(one) for one in beside}
        against = contradictions(
            self.cluster, self.context.roads, changed, self.context.reading, beside, self.context.rivals,
            self.context.recanted,
        )  # fmt: skip
        first = self.cluster[0].claim
        credibility, signs = self._graded(origins, counts, against, supporting)
        entities, names = _entities(self.cluster), _names(self.cluster)
        return Corroboration(
            id=make_id("corroboration", first.kind, *(entities or names), min(self.claims)),
            kind=first.kind, caption=_caption(self.cluster), claims=tuple(sorted(self.claims)),
            documents=tuple(sorted(set(self.documents.values()))), entities=entities,
            variants=tuple(_variants(self.cluster)), origins=tuple(origins), pairs=self._pairs(pairs),
            independent=counts[0], undetermined=counts[1],
            single_unnamed=len(supporting) == 1 and self.found.ends[supporting[0]].kind == "unnamed",
            contradictions=against, drifts=changed,
            credibility=credibility, signs=signs,
        )  # fmt: skip

    def _drifts(self) -> tuple[Drift, ...]:
        """Return what changed along copies: in passages, and in claims that were copied or say the same."""
        kept = (
            one
            for one in self.copies.copies
            if self.context.reading.copied(
                self.claims[one.before].claim, self.claims[one.after].claim, passage=one.reason == "passage"
            )
        )
        passages = [one for claim in sorted(self.claims) for one in self.context.beside.get(claim, ())]
        own = dict(self.own)
        for each in (claim for one in passages for claim in (*one.after, *one.before)):
            own[each.claim.id] = self.context.end(each)
        return drifts(kept, self.claims, own, passages, self.context.reading.counted)

    def _supporting(self) -> list[str]:
        """Return the ends of those who say that it is so, or of those who deny it where nobody says so.

        A copy says no more than what it was taken from.
        """
        sides: defaultdict[str, set[str]] = defaultdict(set)
        for key in self.found.ends:
            for claim in self.found.spoken[key] or self.found.claims[key]:
                sides[stance.side(self.claims[claim].claim)].add(key)
        return sorted(sides["for"] or sides["against"])

    def _judged(self) -> dict[frozenset[str], independence.Verdict]:
        known = Known(
            bonds=self.context.bonds,
            quotes=self.context.quotes,
            parties=self.parties,
            tied=self.found.tied,
            settled=frozenset(self.found.settled),
            derived=self.context.derived,
            statement=self.cluster[0].claim.kind == "statement",
            vague=self.cluster[0].claim.kind in {"statement", "link"},
            certain=self._certain(),
            words=self._words(),
            witnesses=self._speaking(self.context.witnesses),
            heard=self._speaking(self.context.heard),
            officers=self._speaking(self.context.officers),
            pages=self._pages(),
            cited=self._cited(),
            family=lambda end: independence.family_of(end, self.context.families),
        )
        ends = [self.found.ends[key] for key in sorted(self.found.ends)]
        return {
            frozenset((left.key, right.key)): independence.judge(left, right, known)
            for left, right in combinations(ends, 2)
        }

    def _words(self) -> dict[str, frozenset[str]]:
        """Return to each end the letters of its statements."""
        return {
            key: frozenset(alike.statement_key(self.claims[claim].claim) or claim for claim in claims)
            for key, claims in self.found.claims.items()
        }

    def _speaking(self, voices: frozenset[Voice]) -> frozenset[str]:
        """Return the ends that are some voices of the block."""
        return frozenset(
            key
            for key in self.found.ends
            if any(voice(self.claims[claim].claim) in voices for claim in self.found.spoken[key])
        )

    def _pages(self) -> dict[str, frozenset[str]]:
        """Return to each end the documents in which it speaks, and the works that those were made from."""
        works: defaultdict[str, set[str]] = defaultdict(set)
        for lead in self.copies.leads:
            works[lead.claim].add(lead.outlet.key)
        return {
            key: frozenset(page for claim in claims for page in (self.documents[claim], *works[claim]))
            for key, claims in self.found.claims.items()
        }

    def _certain(self) -> frozenset[str]:
        """Return the ends that say so in a claim without a word of doubt."""
        return frozenset(
            key
            for key in self.found.ends
            for claim in self.found.spoken[key] or self.found.claims[key]
            if not self.claims[claim].claim.hedges
        )

    def _cited(self) -> dict[str, frozenset[str]]:
        """Return to each end the documents on which those rest in whose pages it speaks."""
        return {
            key: frozenset(
                source for claim in claims for source in self.context.sources.get(self.documents[claim], ())
            )
            for key, claims in self.found.claims.items()
        }

    def _counts(
        self, supporting: Sequence[str], pairs: Mapping[frozenset[str], independence.Verdict]
    ) -> tuple[int, int]:
        """Return how many origins are shown independent, and how many further groups there are."""
        within = {pair: verdict[0] for pair, verdict in pairs.items() if pair <= set(supporting)}
        shown = frozenset(pair for pair, value in within.items() if value == "independent")
        chosen = counting.largest(supporting, shown)
        groups = counting.groups(supporting, [pair for pair, value in within.items() if value == "dependent"])
        further = [group for group in groups if not group & set(chosen)]
        return len(chosen), len(further)

    def _pairs(self, judged: Mapping[frozenset[str], independence.Verdict]) -> tuple[Independence, ...]:
        many = len(self.found.ends) > MOST_ORIGINS
        made = []
        for pair, (value, reason, words) in judged.items():
            if many and value == "undetermined":
                continue
            left, right = sorted(make_id("origin", key) for key in pair)
            made.append(Independence(left=left, right=right, value=value, reason=reason, words=words))
        return tuple(sorted(made, key=lambda one: (one.left, one.right)))

    def _house(self) -> frozenset[str]:
        """Return the parties to what is claimed, and who is tied to them: their directors, owners, kin."""
        tied = (self.context.bonds.get(key, frozenset()) for key in self.parties)
        return self.parties.union(*tied)

    def _graded(
        self, origins: Sequence[Origin], counts: tuple[int, int], against: Sequence[Contradiction],
        supporting: Sequence[str],
    ) -> tuple[int, tuple[Sign, ...]]:  # fmt: skip
        ids = {make_id("origin", key) for key in supporting}
        speakers = {claim: end.keys for claim, end in self.own.items()}
        claims = frozenset(one.claim.id for one in self.cluster if stance.side(one.claim) == "for")
        return grading.credibility(
            grading.Weighed(
                independent=counts[0],
                undetermined=counts[1],
                origins=[one for one in origins if one.id in ids],
                first_hand=any(self.found.ends[key].paper is not None for key in supporting),
                against=grading.weigh(against, claims, self._house(), speakers),
            )
        )


def _entities(cluster: Sequence[Reported]) -> tuple[str, ...]:
    return tuple(sorted({p.entity for one in cluster for _, p in alike.filled(one.claim) if p.entity}))


def _names(cluster: Sequence[Reported]) -> tuple[str, ...]:
    return tuple(sorted({alike.folded(p.name) for one in cluster for _, p in alike.filled(one.claim)}))


def _caption(cluster: Sequence[Reported]) -> str:
    """Return what is claimed: kind, and to each role the name most used; of a statement its words."""
    first = cluster[0].claim
    if first.kind == "statement":
        return min((alike.words(one.claim) for one in cluster), key=lambda words: (len(words), words))
    used: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in cluster:
        for role, party in alike.filled(one.claim):
            used[role][party.name] += 1
    parts = [
        f"{role} {min(names.items(), key=lambda item: (-item[1], item[0]))[0]}"
        if role != "participants"
        else f"participants {', '.join(sorted(names))}"
        for role, names in sorted(
            used.items(), key=lambda item: list(first.roles).index(item[0]) if item[0] in first.roles else 99
        )
    ]
    return f"{first.kind}: {', '.join(parts)}" if parts else first.kind


def _variants(cluster: Sequence[Reported]) -> Iterator[Variant]:
    """Yield what claims of the cluster say differently: values, dates, places, roles, stance."""
    said: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in cluster:
        for field, value in _said(one.claim):
            said[field][value].append(one.claim.id)
    for field, by_value in sorted(said.items()):
        if len(by_value) > 1:
            for value, claims in sorted(by_value.items()):
                yield Variant(field=field, value=value, claims=tuple(sorted(set(claims))))


def _said(claim: Claim) -> Iterator[tuple[str, str]]:
    own = claim.qualifiers
    for field, value in (("quantity", own.quantity), ("amount", own.amount), ("share", own.share)):
        if value is not None and values.shown(value):
            yield field, values.shown(value)
    if own.dates:
        yield "dates", ", ".join(date.text for date in own.dates)
    if own.places:
        yield "places", ", ".join(place.name for place in own.places)
    for field, text in (("position", own.position), ("instrument", own.instrument)):
        if text:
            yield field, text
    for role, party in alike.filled(claim):
        if role in alike.thing_roles(claim.kind):
            yield role, party.name
    yield "stance", claim.stance if claim.polarity == "positive" else f"{claim.stance} (negative)"
