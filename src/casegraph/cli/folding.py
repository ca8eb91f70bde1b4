"""Which claims a table shows: a sentence once, what documents say in their own voice on demand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from casegraph.model import Claim
from casegraph.publish.phrases import own_voice


class Folded:
    """Claims for the eye. `hidden` counts the statements left out because only the document says them.

    A statement whose content a typed claim of the same speakers restates is left out too, uncounted: the
    typed claim shows it, and `casegraph show` gives its words. Claims of a document must come together; those
    of one document are held at a time.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims = claims
        self.hidden = 0

    def __iter__(self) -> Iterator[Claim]:
        for _, group in groupby(self._claims, lambda claim: claim.document):
            claims = list(group)
            restated = {_content(claim) for claim in claims if claim.kind != "statement"}
            for claim in claims:
                if claim.kind != "statement":
                    yield claim
                elif _content(claim) in restated:
                    continue
                elif own_voice(claim):
                    self.hidden += 1
                else:
                    yield claim


def _content(claim: Claim) -> tuple[int, int, int, tuple[str | None, ...]]:
    place = claim.content_target
    return place.page, place.start, place.end, tuple(link.speaker for link in claim.attribution)
