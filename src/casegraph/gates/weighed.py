"""How right corroborations are beside marked claims: origins, what is shown independent, conflicts, drift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casegraph.gates.marked import marked
from casegraph.gates.spans import Score
from casegraph.gates.stories import Gold, GoldClaim
from casegraph.gates.traced import Traced
from casegraph.model import Contradiction, Corroboration, Drift, Origin

_FIGURES = frozenset({"number-changed", "date-changed"})  # "four months" is both
_NONE = -99  # in place of a difference, where there is no cluster


@dataclass(slots=True)
class Tally:
    """Counts of what may be found more than once: each marked thing is met once at most."""

    found: int = 0
    right: int = 0
    met: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is marked that was found; 1 when nothing is marked."""
        return self.met / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, *, right: bool) -> None:
        """Count one that was found."""
        self.found += 1
        self.right += right


@dataclass(slots=True)
class Weighed:
    """Counts over all stories. `origins` counts clusters by found minus true number of origins."""

    covered: Score = field(default_factory=Score)  # documents of marked claims, in the cluster that is theirs
    origins: Counter[int] = field(default_factory=Counter)
    shown: Tally = field(default_factory=Tally)  # pairs of origins shown independent
    conflicts: Tally = field(default_factory=Tally)
    drifts: Tally = field(default_factory=Tally)
    unjudged: int = 0  # pairs shown independent, and drifts, of which nothing is marked
    remarks: list[str] = field(default_factory=list)

    def figures(self) -> Iterator[tuple[str, float]]:
        """Yield figures by name."""
        clusters = sum(self.origins.values())
        near = sum(count for off, count in self.origins.items() if abs(off) <= 1)
        more = sum(count for off, count in self.origins.items() if off > 0)
        yield "claims.precision", self.covered.precision
        yield "claims.recall", self.covered.recall
        yield "origins.exact", self.origins[0] / clusters if clusters else 0.0
        yield "origins.off-by-one", near / clusters if clusters else 0.0
        yield "false.origins.too-many", float(more)
        yield "independent.precision", self.shown.precision
        yield "independent.recall", self.shown.recall
        yield "false.independent", float(self.shown.found - self.shown.right)
        for name, tally in (("contradictions", self.conflicts), ("drift", self.drifts)):
            yield f"{name}.precision", tally.precision
            yield f"{name}.recall", tally.recall
            yield f"{name}.f1", tally.f1


def weighed(gold: Gold, made: Traced) -> Weighed:
    """Return how the corroborations of a case agree with its marked claims."""
    return _Weighing(gold, made).result()


class _Weighing:
    def __init__(self, gold: Gold, made: Traced) -> None:
        self._gold, self._made = gold, made
        self._truth = {claim.id: claim for claim in gold.claims}
        self._marks = dict(marked(gold, made))
        self._versions, self._ancestors = gold.versions(), gold.ancestors()
        self._found = Weighed()

    def result(self) -> Weighed:
        taken = self._clusters()
        for claim in self._gold.claims:
            self._origins(claim, taken.get(claim.id))
        shown: set[tuple[str, frozenset[str]]] = set()
        for one in self._made.corroborations:
            shown |= self._independent(one)
        self._found.shown.met = len(shown)
        self._found.shown.wanted = sum(len(claim.independent) for claim in self._gold.claims)
        self._conflicts()
        self._drifts()
        return self._found

    def _file(self, claim: str) -> str:
        return self._made.names[self._made.claims[claim].document]

    def _clusters(self) -> dict[str, Corroboration]:
        """Return the cluster that holds most documents of each marked claim."""
        best: dict[str, tuple[int, int, Corroboration]] = {}
        for one in self._made.corroborations:
            files: dict[str, set[str]] = {}
            for claim in one.claims:
                for mark in self._marks.get(claim, ()):
                    files.setdefault(mark.claim, set()).add(mark.file)
            for id_, own in files.items():
                rank = len(own), -len(one.claims)
                if id_ not in best or rank > best[id_][:2]:
                    best[id_] = (*rank, one)
        return {id_: one for id_, (_, _, one) in best.items()}

    def _origins(self, claim: GoldClaim, cluster: Corroboration | None) -> None:
        marked = {mark.file for own in self._gold.marks.values() for mark in own if mark.claim == claim.id}
        if cluster is None:
            self._found.covered.add(0, 0, len(marked))
            self._found.origins[_NONE] += 1
            self._found.remarks.append(f"{claim.id}: no cluster of {len(marked)} documents")
            return
        own = {self._file(one) for one in cluster.claims}
        self._found.covered.add(len(own & marked), len(own), len(marked))
        count = cluster.independent + cluster.undetermined
        self._found.origins[count - claim.origins] += 1
        names = "; ".join(origin.name for origin in cluster.origins)
        self._found.remarks.append(
            f"{claim.id}: {len(own & marked)} of {len(marked)} documents and {len(own - marked)} others, "
            f"{count} origins for {claim.origins} ({names})"
        )

    def _letters(self, origin: Origin) -> dict[str, str]:
        """Return by marked claim to which of its origins most of an origin's claims belong."""
        counts: dict[str, Counter[str]] = {}
        for claim in origin.claims:
            for mark in self._marks.get(claim, ()):
                letter = self._truth[mark.claim].letters[mark.origin]
                counts.setdefault(mark.claim, Counter())[letter] += 1
        return {id_: own.most_common(1)[0][0] for id_, own in counts.items()}

    def _independent(self, cluster: Corroboration) -> set[tuple[str, frozenset[str]]]:
        """Count the pairs that a cluster shows independent, and return those that are so."""
        origins = {origin.id: origin for origin in cluster.origins}
        right: set[tuple[str, frozenset[str]]] = set()
        for pair in cluster.pairs:
            if pair.value != "independent":
                continue
            left, other = self._letters(origins[pair.left]), self._letters(origins[pair.right])
            words = f"{origins[pair.left].name} | {origins[pair.right].name} ({pair.reason})"
            both = sorted(left.keys() & other.keys())
            if not both:
                self._found.unjudged += 1
                self._found.remarks.append(f"shown independent, not marked: {words}: {cluster.caption}")
                continue
            pairs = [(id_, frozenset((left[id_], other[id_]))) for id_ in both]
            true = [(id_, two) for id_, two in pairs if two in self._truth[id_].independent]
            self._found.shown.add(right=bool(true))
            right |= set(true)
            if not true:
                self._found.remarks.append(f"FALSE independent in {both[0]}: {words}")
        return right

    def _conflicts(self) -> None:
        wanted = [(claim.id, *one) for claim in self._gold.claims for one in claim.conflicts]
        met: set[tuple[str, ...]] = set()
        for cluster in self._made.corroborations:
            for one in cluster.contradictions:
                same = {own for own in wanted if self._same_conflict(one, own)}
                met |= same
                self._found.conflicts.add(right=bool(same))
                if not same:
                    self._found.remarks.append(f"no such contradiction: {one.kind}: {one.words}")
        self._missed("contradiction", wanted, met, self._found.conflicts)

    def _same_conflict(self, one: Contradiction, wanted: tuple[str, str, str, str]) -> bool:
        claim, kind, left, right = wanted
        if one.kind != kind:
            return False
        sides = [self._side(claim, left, right), self._side(claim, right, left)]
        found = [{self._file(id_) for id_ in own} for own in (one.left, one.right)]
        return any(
            not found[0].isdisjoint(two[0]) and not found[1].isdisjoint(two[1])
            for two in (sides, sides[::-1])
        )

    def _side(self, claim: str, own: str, other: str) -> set[str]:
        """Return the documents that say what one of two does: its versions, its sources, their copies."""
        if own == other:
            return self._versions[own]
        told = {mark.file for marks in self._gold.marks.values() for mark in marks if mark.claim == claim}
        side = {file for file in told if not self._ancestors.get(file, set()).isdisjoint(self._versions[own])}
        side |= self._versions[own] | (self._ancestors.get(own, set()) & told)
        return side - self._versions[other]

    def _drifts(self) -> None:
        wanted = [(claim.id, *one) for claim in self._gold.claims for one in claim.drifts]
        met: set[tuple[str, ...]] = set()
        for cluster in self._made.corroborations:
            for one in cluster.drifts:
                if not {one.before, one.after} <= self._marks.keys():
                    self._found.unjudged += 1
                    continue
                same = {own for own in wanted if self._same_drift(one, own)}
                met |= same
                self._found.drifts.add(right=bool(same))
                if not same:
                    self._found.remarks.append(
                        f"no such drift: {one.kind} from {self._file(one.before)} "
                        f"to {self._file(one.after)}: {one.words}"
                    )
        self._missed("drift", wanted, met, self._found.drifts)

    def _same_drift(self, one: Drift, wanted: tuple[str, str, str, str]) -> bool:
        _, kind, before, after = wanted
        sources = {before, *self._ancestors.get(before, ())}
        sources = {version for source in sources for version in self._versions.get(source, {source})}
        return (
            (one.kind == kind or {one.kind, kind} <= _FIGURES)
            and self._file(one.after) in self._versions[after]
            and self._file(one.before) in sources - self._versions[after]
        )

    def _missed(
        self, what: str, wanted: Sequence[tuple[str, ...]], met: set[tuple[str, ...]], tally: Tally
    ) -> None:
        tally.met, tally.wanted = len(met), len(wanted)
        self._found.remarks += [f"missed {what}: {' '.join(one)}" for one in wanted if one not in met]
