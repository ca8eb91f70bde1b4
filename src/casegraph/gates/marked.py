"""Which claims rest on which marked sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.gates.stories import Gold, Mark
from casegraph.gates.traced import Traced
from casegraph.model import Claim

_LEAST_OVERLAP = 0.5  # of the shorter of a marked sentence and a claim's evidence


def marked(gold: Gold, made: Traced) -> Iterator[tuple[str, list[Mark]]]:
    """Yield claims with the marks of the sentences that they rest on."""
    claims: dict[str, list[Claim]] = {}
    for claim in made.claims.values():
        claims.setdefault(made.names[claim.document], []).append(claim)
    for file, marks in gold.marks.items():
        places = [(mark, *place) for mark in marks for place in _places(mark, made, file)]
        for claim in claims.get(file, ()):
            own = [
                mark
                for mark, page, start, end in places
                if any(
                    one.page == page and _overlap((one.start, one.end), (start, end)) >= _LEAST_OVERLAP
                    for one in claim.evidence
                )
            ]
            if own:
                yield claim.id, own


def _places(mark: Mark, made: Traced, file: str) -> Iterator[tuple[int, int, int]]:
    words = re.compile(r"\s+".join(map(re.escape, mark.words.split())))
    for page in made.pages.get(file, ()):
        if found := words.search(page.text):
            yield page.number, found.start(), found.end()


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / min(one[1] - one[0], other[1] - other[0]) if shared > 0 else 0.0
