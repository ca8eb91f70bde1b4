"""Fits the weights by which rewrites are told from other accounts, and measures them on stories left out.

`python -m casegraph.gates.rewriting gold/trace gold/trace/unseen gold/trace/newsroom` prints weights for
`casegraph.trace.rewriting` and, for each folder, clusters of copies at several intercepts: each story is
judged by weights that were fitted without it. Derivations alone are made, no claims.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from casegraph.gates.clusters import agreement, linked
from casegraph.gates.stories import COPIES, Gold, load
from casegraph.model import Credit, Document, Fingerprint, Page
from casegraph.pipeline.case import temporary_case
from casegraph.pipeline.chain import DEFAULT, load_chain
from casegraph.pipeline.folder import DERIVED
from casegraph.pipeline.tracing.housed import houses_in
from casegraph.store.shelf import Shelf
from casegraph.trace import Article, Families, keys, kin
from casegraph.trace.around import Around
from casegraph.trace.choosing import chosen, components, judged_whole
from casegraph.trace.compared import Pair, compare
from casegraph.trace.direction import arrow, naming
from casegraph.trace.edges import edge, touching
from casegraph.trace.held import Held, hold_all
from casegraph.trace.rewriting import Weights, evidence, only_papers

Table = npt.NDArray[np.float64]

_PENALTY = 2.0  # L2, of inputs of variance one
_FOLDS = 14
_FREE = frozenset({"abroad"})  # inputs that may speak against a copy
_ABOVE = (0.0, 0.25, 0.5, 0.75, 1.0)  # intercepts above that of the fit
_STEPS, _HALVINGS, _STILL = 200, 40, 1e-9


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that may be kin, all pairs of them compared."""

    held: Mapping[str, Held]
    families: Families
    around: Around
    pairs: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Folder:
    """Stories with their truth, as far as derivations need them."""

    path: Path
    gold: Gold
    names: Mapping[str, str]  # file by id of its document
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of documents: what tells of it, and whether they are copies."""

    told: Mapping[str, float]
    copies: bool
    story: str


def folder(path: Path) -> Folder:
    """Return the stories of a folder, read and compared."""
    gold = load(path)
    names, articles = _articles(gold.files)
    return Folder(path, gold, names, tuple(_groups(articles)))


def _articles(files: Mapping[str, str]) -> tuple[dict[str, str], list[Article]]:
    with TemporaryDirectory(prefix="casegraph-gate-") as place, temporary_case() as case:
        for name, content in files.items():
            (Path(place) / name).write_bytes(content.encode())
        case.add([place])
        case.build()
        names = {row.id: Path(row.names[0]).name for row in case.documents() if row.names}
        derived = case.folder / DERIVED
        shelf = {
            link.name: Shelf(derived, link.name, link.stage.version, link.keeps)
            for link in load_chain(DEFAULT)
        }
        pages: dict[str, list[Page]] = {}
        for page in case.pages():
            pages.setdefault(page.document, []).append(page)
        credits_: dict[str, list[Credit]] = {}
        for credit in shelf["trace"].records(Credit, ""):
            credits_.setdefault(credit.document, []).append(credit)
        documents = {one.id: one for one in shelf["read"].records(Document, "")}
        houses = houses_in(shelf["trace"])
        return names, [
            Article(
                documents[one.document],
                tuple(pages.get(one.document, ())),
                one,
                tuple(credits_.get(one.document, ())),
                houses.above(documents[one.document].publisher),
            )
            for one in shelf["trace"].records(Fingerprint, "")
        ]


def _groups(articles: Sequence[Article]) -> Iterator[Group]:
    blocks: dict[str, list[tuple[Fingerprint, Document]]] = {}
    for one in articles:
        for key in keys(one.fingerprint, one.document):
            blocks.setdefault(key, []).append((one.fingerprint, one.document))
    met = {(one.left, one.right) for key, block in blocks.items() for one in kin(key, block)}
    group = components([one.document.id for one in articles], sorted(met))
    for name in sorted(set(group.values())):
        members = sorted(
            (one for one in articles if group[one.document.id] == name), key=lambda one: one.document.id
        )
        held = hold_all(members)
        both = list(combinations(sorted(held), 2))
        yield Group(
            held,
            Families().learned(
                (one.document for one in members), (house for one in members for house in one.houses)
            ),
            Around(held, both),
            [compare(held[left], held[right]) for left, right in both],
        )


def examples(of: Folder) -> Iterator[Example]:
    """Yield the pairs to learn from: documents and what they were made from, and such as are no copies.

    Two copies of one source may have little in common; nothing is learned of them.
    """
    truth = of.gold.clusters()
    direct = {frozenset((one.document, one.source)): one.strength for one in of.gold.edges}
    for group in of.groups:
        for pair in group.pairs:
            found = arrow(pair, group.families)
            source, derived = of.names[found.source.id], of.names[found.derived.id]
            copies = truth[source] == truth[derived]
            made = direct.get(frozenset((source, derived))) in COPIES
            if pair.form or not touching(pair) or only_papers(pair) or (copies and not made):
                continue
            if not group.around.known(found.derived, found.source):
                continue
            named = naming(found.derived, found.source, group.families)
            told = evidence(pair, found, named, group.families, group.around)
            yield Example(told, copies, of.gold.story[derived])


def fitted(learned: Sequence[Example], penalty: float = _PENALTY) -> Weights:
    """Return the logistic regression of some examples, no weight below zero but those of `_FREE`."""
    names = list(learned[0].told)
    table = np.array([[one.told[name] for name in names] for one in learned])
    spread = table.std(axis=0) + 1e-9
    whole = np.column_stack((np.ones(len(table)), table / spread))
    right = np.array([one.copies for one in learned], dtype=np.float64)
    free = np.array([True, *(name in _FREE for name in names)])
    found = _minimum(whole, right, penalty * np.array([0.0] + [1.0] * len(names)), free)
    weights = found[1:] / spread
    return Weights(float(found[0]), dict(zip(names, weights.tolist(), strict=True)))


def _minimum(table: Table, right: Table, penalty: Table, free: npt.NDArray[np.bool_]) -> Table:
    """Return the weights of least loss by Newton's method, projected on what they may be (Bertsekas 1982)."""

    def loss(weights: Table) -> float:
        odds = table @ weights
        return float((np.logaddexp(0, odds) - right * odds).sum() + (penalty * weights**2).sum() / 2)

    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (likely - right) + penalty * weights
        moved = free | (weights > 0) | (slope < 0)
        part = table[:, moved]
        curve = part.T @ (part * (likely * (1 - likely))[:, None]) + np.diag(penalty[moved] + 1e-9)
        step = np.zeros_like(weights)
        step[moved] = np.linalg.solve(curve, slope[moved])
        before = loss(weights)
        for halving in range(_HALVINGS):
            new = weights - step / 2**halving
            new = np.where(free, new, np.maximum(new, 0.0))
            if loss(new) <= before:
                break
        weights = new
        if before - loss(weights) < _STILL:
            break
    return weights


def without(learned: Sequence[Example]) -> dict[str, Weights]:
    """Return for each story weights that were fitted without it, and some other stories."""
    stories = sorted({one.story for one in learned})
    found: dict[str, Weights] = {}
    for number in range(_FOLDS):
        out = stories[number::_FOLDS]
        if out:
            found |= dict.fromkeys(out, fitted([one for one in learned if one.story not in out]))
    return found


def measured(of: Folder, weights: Mapping[str, Weights]) -> str:
    """Return clusters of copies in words, each pair judged by the weights of its story."""
    made = []
    for group in of.groups:
        found = [
            edge(pair, group.families, group.around, weights[of.gold.story[of.names[pair.right.id]]])
            for pair in group.pairs
        ]
        edges = judged_whole([one for one in found if one is not None])
        made += [one for one in chosen(dict(group.held), edges) if one.strength in COPIES]
    copies = [(of.names[one.derived.id], of.names[one.source.id]) for one in made]
    truth, groups = of.gold.clusters(), linked(copies, list(of.gold.files))
    wrong = sum(truth[one] != truth[other] for one, other in copies)
    rewrites = [
        groups[one.document] == groups[one.source]
        for one in of.gold.edges
        if one.strength == "rewrite" and {one.document, one.source} <= groups.keys()
    ]
    said = agreement(groups, truth)
    return (
        f"precision {said.precision:.3f} recall {said.recall:.3f} F1 {said.f1:.3f} ARI {said.ari:.3f}"
        f" false {wrong} rewrites {sum(rewrites)} of {len(rewrites)}"
    )


def main() -> None:
    """Print weights and what they come to."""
    folders = [folder(Path(one)) for one in sys.argv[1:]]
    learned = [one for of in folders for one in examples(of)]
    found = fitted(learned)
    print(f"intercept {found.intercept:.2f}")
    for name, weight in found.of.items():
        print(f"{name:12} {weight:6.2f}")
    apart = {story: found for of in folders for story in of.gold.story.values()} | without(learned)
    for above in _ABOVE:
        for of in folders:
            shifted = {story: weights.above(above) for story, weights in apart.items()}
            words = measured(of, shifted)
            print(f"+{above:.2f} {of.path.name:10} {words}")


if __name__ == "__main__":
    main()
