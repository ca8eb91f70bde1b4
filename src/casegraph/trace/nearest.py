"""Sentences of a copy beside those of its source that say the same, whatever claims were read in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casegraph.model import Derivation, Document, Target
from casegraph.text import fold_letters
from casegraph.trace import sense
from casegraph.trace.base import Reported
from casegraph.trace.matter import stems
from casegraph.trace.measures import numbers
from casegraph.trace.vectors import Vectors

_NEAR, _ANCHORED = 0.45, 0.38
"""Cosine from which on sentences of a copy and its source that are each other's nearest say the same; the
second where they have a word or a figure in common."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What some claims of a document rest on together."""

    target: Target
    claims: tuple[Reported, ...]

    @property
    def heads(self) -> bool:
        """Whether it stands in the title, which leaves out who says so, for it is short."""
        return headline(self.target.exact, self.claims[0].document)


class Sentences:
    """The sentences of the documents that derivations connect, and how near they are in sense."""

    def __init__(self, at: Mapping[str, Sequence[Reported]], steps: Iterable[Derivation]) -> None:
        ids = sorted({id_ for step in steps for id_ in (step.document, step.source or "") if id_ in at})
        whole = {id_: sentences(at[id_]) for id_ in ids}
        self._figures = {
            id_: frozenset(value for one in own for value in numbers(one.target.exact))
            for id_, own in whole.items()
        }
        self._of = {id_: [one for one in own if not one.heads] for id_, own in whole.items()}
        texts = sorted({one.target.exact for own in self._of.values() for one in own})
        texts = texts if len(texts) <= sense.MOST else []
        self._row = {text: row for row, text in enumerate(texts)}
        self._vectors: Vectors = sense.meanings(texts)

    def pairs(self, step: Derivation) -> Iterator[tuple[Sentence, Sentence, float]]:
        """Yield sentences of a copy and of its source that are each other's nearest, with their cosine."""
        ours, theirs = self._fitting(step.document), self._fitting(step.source or "")
        if not ours or not theirs:
            return
        near = self._rows(ours) @ self._rows(theirs).T
        back = near.argmax(axis=0)
        for place, other in enumerate(near.argmax(axis=1).tolist()):
            cosine, pair = float(near[place, other]), (ours[place], theirs[other])
            if back[other] == place and cosine >= (_ANCHORED if _anchored(*pair) else _NEAR):
                yield *pair, cosine

    def figures(self, document: str) -> frozenset[float]:
        """Return the numbers of a document, as far as claims were read in it."""
        return self._figures.get(document, frozenset())

    def _fitting(self, document: str) -> list[Sentence]:
        return [
            one
            for one in self._of.get(document, ())
            if one.target.exact in self._row
            and sense.encoded(one.claims[0].document.language, one.target.exact)
        ]

    def _rows(self, ones: Sequence[Sentence]) -> Vectors:
        rows: Vectors = self._vectors[[self._row[one.target.exact] for one in ones]]
        return rows


def _anchored(one: Sentence, other: Sentence) -> bool:
    return bool(_anchors(one.target.exact) & _anchors(other.target.exact))


def _anchors(text: str) -> frozenset[str | float]:
    return frozenset({*stems(text), *numbers(text)})


def headline(words: str, document: Document) -> bool:
    """Tell whether words stand in the title of a document."""
    return fold_letters(words) in fold_letters(document.title or "")


def sentences(claims: Iterable[Reported]) -> list[Sentence]:
    """Return what claims of one document rest on, in order, those together whose grounds overlap."""
    grounds = sorted(
        ((target, one) for one in claims for target in one.claim.evidence),
        key=lambda pair: (pair[0].page, pair[0].start, -pair[0].end, pair[1].claim.id),
    )
    found: list[tuple[Target, list[Reported]]] = []
    for target, one in grounds:
        last = found[-1][0] if found else None
        if last is not None and last.page == target.page and target.start < last.end:
            longest = max(last, target, key=lambda own: own.end - own.start)
            found[-1] = longest, [*found[-1][1], one]
        else:
            found.append((target, [one]))
    return [Sentence(target, tuple({one.claim.id: one for one in own}.values())) for target, own in found]
