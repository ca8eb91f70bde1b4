"""A story as a tree: what came first at the top, what was made from it below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from casegraph.model import Derivation, Document, Passage, Sign
from casegraph.publish.trees.base import Branch, Known, Tone, quoted, sign_note, times

_TAKEN = {
    "same-text": "the same text as {it}",
    "reprint": "a reprint of {it}, with cuts or additions",
    "rewrite": "made from {it}, in other words or another order",
    "translation": "made from {it}, in another language",
    "quotation": "quotes {it}",
    "revision": "a later state of {it}",
    "cited": "names {it} as its source",
}
_SURE = {"shown": "it came later", "likely": "it likely came later", "unknown": "order not known"}
_CREDITS = frozenset({"credit", "linked", "canonical", "quoted"})
_WHEN = frozenset({"time", "correction"})
_SIGNS, _PASSAGES = 5, 2  # that are shown of each step unless all are asked for
_BRANCHES = 12  # documents below one of which not all are shown then


def lineage(
    asked: str,
    derivations: Iterable[Derivation],
    documents: Mapping[str, Document],
    names: Mapping[str, str],
    *,
    full: bool = False,
) -> Branch:
    """Return all that one document is kin to. What has several sources stands below each of them.

    `full` shows every sign and every passage of each step, not the strongest alone.
    """
    found = sorted(derivations, key=lambda one: (one.document, -one.score, one.id))
    if not found:
        label = Known(documents, names).label(asked)
        return Branch(label, ("nothing in the case was made from it, nor it from anything",), tone="asked")
    return _Story(asked, found, Known(documents, names), full=full).tree()


class _Story:
    def __init__(self, asked: str, derivations: Sequence[Derivation], known: Known, *, full: bool) -> None:
        self._asked, self._known, self._full = asked, known, full
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
            notes = (*notes, "what was made from it stands above")
            return Branch(label, notes, tone=tone, document=document)
        if not notes and document in self._under:
            made = len(self._made_from(document)) - 1
            notes = (f"{times(made, 'document goes', 'documents go')} back to it",)
        self._shown.add(document)
        return Branch(label, notes, self._below(document), tone, document=document)

    def _made_from(self, document: str) -> set[str]:
        """Return a document and all that was made from it, through others too."""
        seen, waiting = {document}, [document]
        while waiting:
            further = {one.document for one in self._under.get(waiting.pop(), ())} - seen
            seen |= further
            waiting += sorted(further)
        return seen

    def _below(self, head: str) -> tuple[Branch, ...]:
        ordered = sorted(self._under.get(head, ()), key=lambda one: (self._day(one.document), one.document))
        shown = ordered
        if not self._full and len(ordered) > _BRANCHES:
            asked = [one for one in ordered if self._asked in self._made_from(one.document)]
            kept = [*asked, *(one for one in ordered if one not in asked)][: _BRANCHES - 1]
            shown = [one for one in ordered if one in kept]
        made = tuple(self._document(one.document, tuple(self._notes(one))) for one in shown)
        if len(shown) == len(ordered):
            return made
        hidden = set().union(*(self._made_from(one.document) for one in ordered if one not in shown))
        self._shown |= hidden
        return (*made, Branch(f"and {times(len(hidden), 'document', 'documents')} more, not shown"))

    def _day(self, document: str) -> str:
        found = self._known.documents.get(document)
        return (found.published.start or "") if found is not None and found.published else ""

    def _notes(self, one: Derivation) -> Iterator[str]:
        """Yield what a step is, what shows it (credits first, then times, then words), and its passages."""
        told = one.source is not None and one.strength not in {"same-text", "cited"}
        share = f" ({one.share:.0%} of it)" if told else ""
        yield f"{_TAKEN[one.strength].format(it=self._source(one))}{share}; {_SURE[one.direction]}"
        signs = sorted(one.signs, key=lambda sign: _rank(sign.feature))
        kept = signs if self._full else [sign for sign in signs if sign in one.signs[:_SIGNS]]
        yield from (f"\u2013 {_contrary(sign)}{sign_note(sign, self._known)}" for sign in kept)
        exact = sorted(one.passages, key=lambda passage: -len(passage.target.exact))
        exact = exact if self._full else exact[:_PASSAGES]
        for passage in sorted(exact, key=lambda passage: passage.target.start):
            yield from self._sides(passage)
        signs_left, left = len(one.signs) - len(kept), len(one.passages) - len(exact)
        further = [times(signs_left, "further sign", "further signs")] if signs_left else []
        further += [times(left, "further passage", "further passages")] if left else []
        if further:
            yield f"and {' and '.join(further)}"

    def _source(self, one: Derivation) -> str:
        """Return what to call the source: its outlet, else its headline, else its file."""
        found = self._known.documents.get(one.source or "")
        if one.strength == "revision":
            return "the page"
        if found is None:
            return one.work or one.url or "a work that is not named"
        return found.publisher or (quoted(found.title) if found.title else self._known.short(found.id))

    def _sides(self, passage: Passage) -> Iterator[str]:
        """Yield the words here and the words there, with their pages."""
        here, there = passage.target, passage.source
        if there is None or passage.similarity >= 1:
            both = "the same words: " if there is not None else "its words: "
            yield f"{both}{quoted(here.exact)}{self._known.page(here.document, here.page)}"
            return
        yield f"there: {quoted(there.exact)}{self._known.page(there.document, there.page)}"
        yield f"here:  {quoted(here.exact)}{self._known.page(here.document, here.page)}"


def _contrary(sign: Sign) -> str:
    """Return what stands before a sign that speaks for the other having been made from this."""
    return "against it, seen the other way round: " if sign.weight < 0 else ""


def _rank(feature: str) -> int:
    return 0 if feature in _CREDITS else 1 if feature in _WHEN else 2
