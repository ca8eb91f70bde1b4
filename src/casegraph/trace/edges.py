"""What two documents of one story are to each other: which relation, how much, in which direction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casegraph.model import Relation, Strength
from casegraph.trace.around import Around
from casegraph.trace.blocks import address
from casegraph.trace.compared import Pair, passage, strength
from casegraph.trace.direction import LINKED, NOWHERE, Arrow, arrow, naming
from casegraph.trace.families import Families
from casegraph.trace.held import Held
from casegraph.trace.moments import impossible, moment
from casegraph.trace.rewriting import FITTED, LEAST, Weights, believed, between_origins

_UPDATED = dt.timedelta(days=2)  # within which an outlet brings its story up to date
_VERSION = 0.5  # share of words that two versions of one page have in common, both ways
_QUOTED_SENSE, _QUOTED_OWN = 0.4, 0.12  # below that, a document with a quoted passage is not a copy
_TOUCHING = 0.15  # sense: less, and a document that names an outlet does not mean this text of it


@dataclass(frozen=True, slots=True)
class Edge:
    """Two kin, with what is derived from what."""

    pair: Pair
    arrow: Arrow
    relation: Relation
    strength: Strength
    score: float
    rivals: bool = False  # each names another origin, and neither the other
    siblings: bool = False  # both say that they are made from the same third
    named: int = NOWHERE  # how the derived one names the other

    @property
    def source(self) -> Held:
        """The one from which was taken."""
        return self.arrow.source

    @property
    def derived(self) -> Held:
        """The one that took."""
        return self.arrow.derived

    @property
    def directed(self) -> bool:
        """Whether it can be told who took from whom."""
        return self.arrow.direction != "unknown" and not self.siblings

    @property
    def share(self) -> float:
        """How much of the derived document comes from the other (0 to 1)."""
        side = self.pair.side(self.derived.id)
        if self.strength == "cited":
            return 0.0
        return side.words if self.strength == "quotation" else max(side.words, side.sense)


def edge(pair: Pair, families: Families, around: Around, weights: Weights = FITTED) -> Edge | None:
    """Return what a pair is, None where the two have nothing to do with each other."""
    if pair.form or not touching(pair):
        return None
    found = arrow(pair, families)
    named = naming(found.derived, found.source, families)
    score = believed(pair, found, named, families, around, weights)
    if _is_revision(pair, families):
        return Edge(pair, found, "was_revision_of", "revision", max(score, 0.9), named=named)
    if _is_quotation(pair, found):
        return Edge(pair, found, "was_quoted_from", "quotation", max(score, 0.85), named=named)
    if score >= LEAST:
        kind = strength(pair, found.derived.id)
        siblings = not named and _siblings(pair, families)
        rivals = not named and between_origins(pair, families) in {"rivals", "outlet"}
        return Edge(
            pair, found, "was_derived_from", kind, score, siblings=siblings, named=named, rivals=rivals
        )
    if named and _meant(pair, named, found) and not impossible(found.source.document, found.derived.document):
        return Edge(pair, found, "had_primary_source", "cited", max(score, 0.6), named=named)
    return None


def touching(pair: Pair) -> bool:
    """Tell whether there is anything to ask: texts with nothing in common are not kin whatever they say."""
    linked = any(one.url for held in (pair.left, pair.right) for one in held.article.credits)
    return linked or pair.score >= 0.02 or any(side.sense >= _TOUCHING or side.quoted for side in pair.sides)


def _is_revision(pair: Pair, families: Families) -> bool:
    left, right = pair.left.document, pair.right.document
    least = min(side.words for side in pair.sides)
    most = max(side.words for side in pair.sides)
    outlet = families.of(left)
    if left.url and right.url and address(left.url) == address(right.url) and outlet == families.of(right):
        return most >= 0.25 or pair.score >= LEAST
    if pair.same or pair.score < LEAST:
        return False
    if outlet is not None and outlet == families.of(right) and left.published != right.published:
        soon = abs(_apart(pair)) <= _UPDATED
        return least >= _VERSION or (soon and most >= _VERSION and least >= _VERSION / 2)
    if outlet is None and families.of(right) is None:  # no news: versions of a contract, of a memorandum
        mailed = max(side.mailed for side in pair.sides)
        return least >= _VERSION and mailed < 0.5
    return False


def _apart(pair: Pair) -> dt.timedelta:
    """Return how far apart two documents were published, very far where that is not known."""
    first, second = (moment(held.document).first for held in (pair.left, pair.right))
    return second - first if first is not None and second is not None else dt.timedelta.max


def _is_quotation(pair: Pair, found: Arrow) -> bool:
    side = pair.side(found.derived.id)
    if not passage(pair, found.derived.id):
        return False
    return side.mailed > 0.5 or (side.own < _QUOTED_OWN and side.sense < _QUOTED_SENSE)


def _meant(pair: Pair, named: int, found: Arrow) -> bool:
    """Tell whether a document that names an outlet means this text of it."""
    side = pair.side(found.derived.id)
    return named == LINKED or side.sense >= _TOUCHING or (side.facts >= 0.4 and side.count - side.new >= 3)


def _siblings(pair: Pair, families: Families) -> bool:
    """Tell whether both say that they are wholly of the same third outlet."""
    own = {families.of(pair.left.document), families.of(pair.right.document)}
    sources = [
        {families.outlet(one.name) for one in held.article.credits if one.whole and one.name} - own
        for held in (pair.left, pair.right)
    ]
    return bool(sources[0] & sources[1])
