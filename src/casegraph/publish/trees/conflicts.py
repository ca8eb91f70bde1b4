"""What speaks against a claim: both sides of each contradiction, beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casegraph.model import Claim, Contradiction, Corroboration
from casegraph.publish.phrases import chain
from casegraph.publish.trees.base import Beside, Branch, Known, quoted, times
from casegraph.text import fold

_KINDS = {
    "denial": "",
    "values": "the numbers cannot both be right: ",
    "time-place": "the times or places cannot both be right: ",
    "retraction": "taken back: ",
}
_MOST = 3  # of a side that are shown unless all are asked for
_NOBODY = "\uffff"  # behind every day


class Conflicts:
    """The contradictions of one cluster."""

    def __init__(
        self, found: Corroboration, claims: Mapping[str, Claim], known: Known, *, full: bool
    ) -> None:
        self._found, self._claims, self._known, self._full = found, claims, known, full

    def branch(self) -> Branch:
        """Return all of them; those of different numbers, of denials and the like one by one."""
        return Branch("contradicted", branches=tuple(map(self._conflict, self._found.contradictions)))

    def _conflict(self, one: Contradiction) -> Branch:
        sides = (self._side("on one side", one.left), self._side("on the other", one.right))
        return Beside(f"{_KINDS[one.kind]}{one.words}", branches=sides, tone="bad")

    def _side(self, label: str, claims: Sequence[str]) -> Branch:
        told = self._told(claims)
        shown = told if self._full else told[:_MOST]
        branches = [self._entry(ones) for ones in shown]
        left = len({one.document for ones in told[len(shown) :] for one in ones})
        if left:
            branches.append(Branch(f"and {times(left, 'document', 'documents')} more"))
        return Branch(label, branches=tuple(branches))

    def _entry(self, ones: Sequence[Claim]) -> Branch:
        """Return who says so, the words, where they stand first, and in which files they stand as well."""
        first, *others = ones
        place, known = first.content_target, self._known
        notes = [quoted(place.exact), known.outlet(first.document)]
        notes.append(known.file(first.document) + known.page(first.document, place.page))
        notes += [f"also {known.file(one.document)}" for one in others]
        return Branch(chain(first), tuple(note for note in notes if note), claim=first.id)

    def _told(self, claims: Sequence[str]) -> list[list[Claim]]:
        """Return the claims of a side by their words, the earliest first, once in each document."""
        own = [self._claims[one] for one in claims if one in self._claims]
        by_words: dict[str, list[Claim]] = {}
        seen: set[str] = set()
        for claim in sorted(own, key=lambda one: (self._published(one), one.kind == "statement", one.id)):
            if claim.document not in seen:
                seen.add(claim.document)
                by_words.setdefault(fold(claim.content_target.exact), []).append(claim)
        return list(by_words.values())

    def _published(self, claim: Claim) -> str:
        found = self._known.documents.get(claim.document)
        start = found.published.start if found is not None and found.published else None
        return start or _NOBODY
