"""How right lineage and corroboration are on made stories: `casegraph gate trace`.

See gold/trace/GUIDELINES.md for what is marked. All stories of the folder are one case, so that articles of
other events with the same furniture stand beside the copies.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casegraph.gates.clusters import agreement, by_words, linked
from casegraph.gates.spans import Score
from casegraph.gates.stories import COPIES, Edge, Gold, load
from casegraph.gates.traced import Traced, traced
from casegraph.gates.weighed import Tally, weighed
from casegraph.model import Derivation
from casegraph.text import fold

_WORDS = frozenset({"was_quoted_from", "was_derived_from"})
"""PROV-O: what was quoted was derived. For reprints both are right."""


@dataclass(slots=True)
class Lineage:
    """Counts over all derivations. Directions are of documents of which one goes back to the other."""

    right: int = 0
    wrong: int = 0
    open: int = 0
    knowable: Score = field(default_factory=Score)  # direct derivations whose direction a reader can tell
    relations: Score = field(default_factory=Score)
    strengths: Score = field(default_factory=Score)
    works: Tally = field(default_factory=Tally)  # sources outside the case
    by_strength: dict[str, Score] = field(default_factory=dict)
    same_event: int = 0  # called copies, but of one event only
    other_event: int = 0
    remarks: list[str] = field(default_factory=list)


def gate(folder: Path, *, held_out: bool = False) -> dict[str, float]:
    """Return the figures of all stories of a folder; those of 3-gram Jaccard begin with `words`.

    `held_out` measures its two held-out parts instead, each as a case of its own; the figures of the one that
    was written after the rules begin with `blind`.
    """
    if held_out:
        figures = gate(folder / "heldout")
        return figures | {f"blind.{name}": value for name, value in gate(folder / "blind").items()}
    gold = load(folder)
    figures, _ = measured(gold, traced(gold.files))
    return figures


def measured(gold: Gold, made: Traced) -> tuple[dict[str, float], list[str]]:
    """Return figures, and what is wrong in words."""
    truth = gold.clusters()
    found = agreement(linked(copies(made), list(gold.files)), truth)
    plain, threshold = by_words(made.prose(), truth)
    lineage = _Lineage(gold, made).result()
    claims = weighed(gold, made)
    figures = {
        "copies.precision": found.precision, "copies.recall": found.recall, "copies.f1": found.f1,
        "copies.ari": found.ari, "words.f1": plain.f1, "words.ari": plain.ari,
    }  # fmt: skip
    figures |= dict(_figures(lineage)) | dict(claims.figures())
    baseline = f"word 3-gram Jaccard does best from a share of {threshold:.2f} on"
    return figures, [baseline, *lineage.remarks, *claims.remarks]


def copies(made: Traced) -> list[tuple[str, str]]:
    """Return the pairs of files of which one is called a copy of the other, or both of a third."""
    return [
        (made.names[one.document], made.names[one.source])
        for one in made.derivations
        if one.source is not None and one.strength in COPIES
    ]


def _figures(lineage: Lineage) -> Iterator[tuple[str, float]]:
    told = lineage.right + lineage.wrong
    yield "false.copies.same-event", float(lineage.same_event)
    yield "false.copies.other-event", float(lineage.other_event)
    yield "direction.accuracy", lineage.right / told if told else 1.0
    yield "false.direction.wrong", float(lineage.wrong)
    yield "direction.recall", lineage.knowable.recall
    yield "relation.accuracy", lineage.relations.precision
    yield "strength.accuracy", lineage.strengths.precision
    yield "works.precision", lineage.works.precision
    yield "works.recall", lineage.works.recall
    for strength, score in sorted(lineage.by_strength.items()):
        yield f"{strength}.recall", score.recall


class _Lineage:
    def __init__(self, gold: Gold, made: Traced) -> None:
        self._gold, self._made = gold, made
        self._clusters, self._ancestors = gold.clusters(), gold.ancestors()
        self._direct = {frozenset((edge.document, edge.source)): edge for edge in gold.edges}
        self._versions = gold.versions()
        self._met: set[str] = set()  # documents whose source outside the case was found
        self._told: dict[str, set[str]] = {}  # sources of a document, where a direction is given
        self._groups: dict[str, str] = {}
        self._found = Lineage()

    def result(self) -> Lineage:
        seen: dict[frozenset[str], list[Derivation]] = {}
        for one in self._made.derivations:
            document = self._made.names[one.document]
            if one.source is None:
                self._work(one, document)
                continue
            source = self._made.names[one.source]
            if one.direction != "unknown":
                self._told.setdefault(document, set()).add(source)
            seen.setdefault(frozenset((document, source)), []).append(one)
            self._pair(one, document, source)
        self._groups = linked(copies(self._made), list(self._gold.files))
        for edge in self._gold.edges:
            self._edge(edge, seen)
        return self._found

    def _pair(self, one: Derivation, document: str, source: str) -> None:
        found = self._found
        if source in self._ancestors.get(document, ()):
            right = one.direction != "unknown"
            found.right += right
            found.open += not right
        elif document in self._ancestors.get(source, ()):
            wrong = one.direction != "unknown"
            found.wrong += wrong
            found.open += not wrong
            if wrong:
                found.remarks.append(f"wrong direction: {_told(one, document, source)}")
        edge = self._direct.get(frozenset((document, source)))
        if edge is not None:
            right = one.relation == edge.relation or {one.relation, edge.relation} <= _WORDS
            found.relations.add(int(right), 1, 1)
            found.strengths.add(int(one.strength == edge.strength), 1, 1)
            if one.strength != edge.strength:
                found.remarks.append(f"strength, for {edge.strength}: {_told(one, document, source)}")
        elif one.strength in COPIES and self._clusters[document] != self._clusters[source]:
            same = self._gold.story[document] == self._gold.story[source]
            found.same_event += same
            found.other_event += not same
            what = "no copies" if same else "not even of one event"
            found.remarks.append(f"{what}: {_told(one, document, source)}")

    def _edge(self, edge: Edge, seen: dict[frozenset[str], list[Derivation]]) -> None:
        if edge.document not in self._gold.files:
            return
        if edge.source not in self._gold.files:
            met = edge.document in self._met
            self._found.works.met += edge.known and met
            self._found.works.wanted += edge.known
            if edge.known and not met:
                self._found.remarks.append(f"missed work: {edge.document} of {edge.names[0]}")
            return
        met = bool(seen.get(frozenset((edge.document, edge.source))))
        if edge.strength in COPIES:
            met = self._groups[edge.document] == self._groups[edge.source]
        self._found.by_strength.setdefault(edge.strength, Score()).add(int(met), 0, 1)
        if not met:
            self._found.remarks.append(f"missed {edge.strength}: {edge.document} of {edge.source}")
        if edge.known:
            before = self._ancestors[edge.document] | self._versions[edge.source]
            told = not before.isdisjoint(self._told.get(edge.document, ()))
            self._found.knowable.add(int(told), 0, 1)
            if met and not told:
                self._found.remarks.append(f"direction left open: {edge.document} of {edge.source}")

    def _work(self, one: Derivation, document: str) -> None:
        names = {
            fold(name)
            for edge in self._gold.edges
            if edge.document == document and edge.source not in self._gold.files
            for name in edge.names
        }
        words = fold(f"{one.work or ''} {one.url or ''}")
        right = any(name in words for name in names)
        self._found.works.add(right=right)
        if right:
            self._met.add(document)
        else:
            self._found.remarks.append(f"no such work: {document} of {one.work or one.url}")


def _told(one: Derivation, document: str, source: str) -> str:
    signs = "; ".join(sign.words for sign in one.signs[:4])
    return f"{document} of {source} ({one.strength}, {one.direction}, {one.score:.2f}: {signs})"


def main() -> None:
    """Print figures and remarks of a folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("gold/trace")
    gold = load(folder)
    figures, remarks = measured(gold, traced(gold.files))
    for name, value in figures.items():
        print(f"{name:28} {value:8.3f}")
    print("\n".join(remarks))


if __name__ == "__main__":
    main()
