"""A story as a tree: what came first at the top, what was made from it below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from casegraph.model import Derivation, Document
from casegraph.publish.trees.base import Branch, Known, Tone, quoted, sign_note

_TAKEN = {
    "same-text": "the same text",
    "reprint": "a reprint",
    "rewrite": "a rewrite",
    "translation": "a translation",
    "quotation": "quotes it",
    "revision": "a later state of it",
    "cited": "names it as its source",
}
_SURE = {
    "shown": "direction shown",
    "likely": "direction likely",
    "unknown": "which was first is not known",
}
_SIGNS, _PASSAGES = 6, 3  # that are shown of each step


def lineage(
    asked: str, derivations: Iterable[Derivation], documents: Mapping[str, Document], names: Mapping[str, str]
) -> Branch:
    """Return all that one document is kin to. What has several sources stands below each of them."""
    found = sorted(derivations, key=lambda one: (one.document, -one.score, one.id))
    if not found:
        label = Known(documents, names).label(asked)
        return Branch(label, ("nothing in the case was made from it, nor it from anything",), tone="asked")
    return _Story(asked, found, Known(documents, names)).tree()


class _Story:
    def __init__(self, asked: str, derivations: Sequence[Derivation], known: Known) -> None:
        self._asked, self._known = asked, known
        self._under: dict[str, list[Derivation]] = {}
        made = {one.document for one in derivations}
        heads: dict[str, None] = {}
        for one in derivations:
            head = one.source or f"work:{one.work or one.url}"
            self._under.setdefault(head, []).append(one)
            if one.source is None or one.source not in made:
                heads[head] = None
        self._heads = list(heads) or [min(self._under)]  # all were made from each other
        self._shown: set[str] = set()

    def tree(self) -> Branch:
        """Return the tree; several heads hang on the story."""
        branches = tuple(self._head(head) for head in self._heads)
        left = sorted(self._under.keys() - self._shown)
        branches += tuple(self._head(head) for head in left if head not in self._shown)
        if len(branches) == 1:
            return branches[0]
        return Branch("a story with more than one beginning", branches=branches)

    def _head(self, head: str) -> Branch:
        if head.startswith("work:"):
            self._shown.add(head)
            label = f"{head.removeprefix('work:')} (not in the case)"
            return Branch(label, branches=self._below(head), tone="doubt")
        return self._document(head, ())

    def _document(self, document: str, notes: tuple[str, ...]) -> Branch:
        label = self._known.label(document)
        tone: Tone = "asked" if document == self._asked else ""
        if document in self._shown:
            return Branch(label, (*notes, "what was made from it stands above"), tone=tone)
        self._shown.add(document)
        return Branch(label, notes, self._below(document), tone)

    def _below(self, head: str) -> tuple[Branch, ...]:
        ordered = sorted(self._under.get(head, ()), key=lambda one: (self._day(one.document), one.document))
        return tuple(self._document(one.document, self._notes(one)) for one in ordered)

    def _day(self, document: str) -> str:
        found = self._known.documents.get(document)
        return (found.published.start or "") if found is not None and found.published else ""

    def _notes(self, one: Derivation) -> tuple[str, ...]:
        share = f", {one.share:.0%} of it" if one.source is not None and one.strength != "same-text" else ""
        first = f"{_TAKEN[one.strength]}{share} ({one.relation}); {_SURE[one.direction]}"
        signs = [sign_note(sign, self._known) for sign in one.signs[:_SIGNS]]
        exact = sorted(one.passages, key=lambda passage: -len(passage.target.exact))[:_PASSAGES]
        passages = [
            f"taken: {quoted(passage.target.exact)}"
            + (f" from {quoted(passage.source.exact)}" if passage.source and passage.similarity < 1 else "")
            for passage in sorted(exact, key=lambda passage: passage.target.start)
        ]
        return (first, *signs, *passages)
