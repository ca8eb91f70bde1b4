"""Claims that a passage sets side by side though they are of different kinds, or did not come together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from casegraph.model import Derivation, Passage
from casegraph.trace import alike, stance, terms
from casegraph.trace.aligned import lies_in
from casegraph.trace.base import Reported
from casegraph.trace.copies import Roads
from casegraph.trace.nearest import Sentences, headline

_NO_SAYING = re.compile("[数证依票收凭占]据|据[点守]|[小传学]说|[名职对号简全别俗]称|称[号重]")
"""Chinese words in which a sign for saying says nothing of the kind."""
_MARKS = "\u2014\u2013-\u2026 "
_QUOTES = re.compile('["\u201c\u201d\u00ab\u00bb\u300c\u300d]')


Held = tuple[frozenset[float], frozenset[float]]
_Pair = tuple[Passage, list[Reported], list[Reported]]


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage of a copy and what it was made from, with the claims of both sides, the likest first."""

    step: Derivation
    passage: Passage
    after: tuple[Reported, ...]
    before: tuple[Reported, ...]
    held: Held
    """The figures of the whole copy, and of what it was made from."""

    @property
    def tells(self) -> bool:
        """Whether the words of the copy name or quote anybody who says so."""
        return tells(self.passage.target.exact)

    @property
    def whole(self) -> bool:
        """Whether the words of the copy begin as a sentence does: before others may stand who says so."""
        return whole(self.passage.target.exact)


def whole(words: str) -> bool:
    """Tell whether words begin as a sentence does."""
    return not words.lstrip(_MARKS)[:1].islower()


def tells(words: str) -> bool:
    """Tell whether words name or quote anybody who says so."""
    return terms.speaks_of("saying", _NO_SAYING.sub("", words)) or bool(_QUOTES.search(words))


def beside(block: Sequence[Reported], roads: Roads) -> Mapping[str, tuple[Beside, ...]]:
    """Return the passages of copies by the claim of the copy that stands for what they say.

    A later state of a page is no copy. Of a copy whose direction is not known nobody can say what changed.
    """
    at: defaultdict[str, list[Reported]] = defaultdict(list)
    for one in block:
        at[one.document.id].append(one)
    found: defaultdict[str, list[Beside]] = defaultdict(list)
    steps = [
        step
        for step in roads.all()
        if step.direction != "unknown" and step.strength not in {"quotation", "cited"} and step.source in at
    ]
    near = Sentences(at, steps)
    for step in steps:
        both = [*_near(step, near)] if step.strength == "revision" else [*_of(step, at), *_near(step, near)]
        held = near.figures(step.document), near.figures(step.source or "")
        for passage, after, before in both:
            aligned = _set(step, passage, after, before, held)
            found[aligned.after[0].claim.id].append(aligned)
    return {claim: tuple(own) for claim, own in found.items()}


def _of(step: Derivation, at: Mapping[str, Sequence[Reported]]) -> Iterator[_Pair]:
    ours, theirs = at.get(step.document, ()), at.get(step.source or "", ())
    for passage in step.passages if ours and theirs else ():
        source = passage.source
        if source is None:
            continue
        if headline(passage.target.exact, ours[0].document) or headline(source.exact, theirs[0].document):
            continue  # which leaves out who says so, for it is short
        after = [one for one in ours if lies_in(one.claim, [passage.target])]
        before = [one for one in theirs if lies_in(one.claim, [source])]
        if after and before:
            yield passage, after, before


def _set(
    step: Derivation, passage: Passage, after: list[Reported], before: list[Reported], held: Held
) -> Beside:
    first = min(after, key=lambda one: (one.claim.kind != "statement", one.claim.id))
    after.sort(key=lambda one: (one is not first, one.claim.id))
    before.sort(key=lambda one: (_unlike(first, one), one.claim.id))
    return Beside(step, passage, tuple(after), tuple(before), held)


def _near(step: Derivation, near: Sentences) -> Iterator[_Pair]:
    for one, other, cosine in near.pairs(step):
        passage = Passage(target=one.target, source=other.target, similarity=cosine)
        yield passage, list(one.claims), list(other.claims)


def _unlike(one: Reported, other: Reported) -> tuple[bool, bool, float]:
    words = alike.words(one.claim), alike.words(other.claim)
    return (
        stance.side(one.claim) != stance.side(other.claim),
        one.claim.kind != other.claim.kind,
        -fuzz.token_set_ratio(*words),
    )
