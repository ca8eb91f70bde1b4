"""Keeping the search index in step with the tables: only documents that changed are taken in again.

A page is found by its words, by what its document is, by the claims on it and by whom it names. Names go in
as their documents gave them: who is the same as whom is asked when a search is, so that a person's word on
two entities changes nothing here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from casegraph.model import Claim, Document, Mention, Page, Record, Resolved
from casegraph.pipeline.doctypes import kind_of
from casegraph.pipeline.plan import Ground, search_key
from casegraph.store.manifest import Unit
from casegraph.store.search import FORMAT, Entry, SearchIndex
from casegraph.store.segment import segment_name, write_segment
from casegraph.store.shelf import Shelf

R = TypeVar("R", bound=Record)
Place = tuple[str, int]
"""A document and the number of a page of it."""

STAGE = "search"
FLUSH = 4096  # documents after which the index is made to last


def index_path(derived: Path) -> Path:
    """Return the folder of the index itself."""
    return derived / f"{STAGE}-{FORMAT}.index"


class Indexer:
    """Brings the index up to date with the tables of `read`; to be used under the build lock."""

    def __init__(self, ground: Ground) -> None:
        self._pages = ground.shelves["read"]
        self._made = {type_: ground.shelves[link.name] for link in ground.chain for type_ in link.stage.gives}
        given = (self._made.get(type_) for type_ in (Page, Mention, Resolved, Claim))
        self._taken = list(dict.fromkeys(shelf for shelf in given if shelf is not None))
        self._shelf = Shelf(ground.derived, STAGE, FORMAT, ())
        self._index = SearchIndex(index_path(ground.derived))

    def update(self, prefixes: Iterable[str], tell: Callable[[int], None]) -> int:
        """Index what changed; return how many documents were taken in.

        Deleting and adding again does no harm, so a crash between the index and its table of units costs
        one bucket's work at most.
        """
        if not self._index.usable() or self._shelf.damaged():
            self._shelf.commit(remove=[segment.name for segment in self._shelf.manifest().segments])
            self._index.reset()
        done = 0
        held: list[tuple[str, list[Unit], list[str], list[str]]] = []
        for prefix in prefixes:
            change = self._change(prefix)
            if change is not None:
                held.append((prefix, *change))
            if sum(len(added) + len(removed) for _, _, added, removed in held) >= FLUSH:
                done += self._flush(held)
                tell(done)
        done += self._flush(held)
        tell(done)
        self._shelf.settle()
        self._shelf.sweep()
        return done

    def _change(self, prefix: str) -> tuple[list[Unit], list[str], list[str]] | None:
        """Return a bucket's units as they must be, and the documents to be put in and taken out."""
        before = {document: unit.key for document, (_, unit) in self._shelf.units(prefix).items()}
        others = [shelf.units(prefix) for shelf in self._taken]
        units = [
            Unit(
                document=document,
                key=search_key((own[document][1].key for own in others if document in own), FORMAT),
                upstream=unit.key,
                settings="",
                outcome=unit.outcome,
                weight=0,
                records={},
            )
            for document, (_, unit) in self._pages.units(prefix).items()
        ]
        after = {unit.document: unit.key for unit in units}
        if before == after and self._shelf.in_order(prefix):
            return None
        added = [document for document in after if before.get(document) != after[document]]
        removed = [document for document in before if before[document] != after.get(document)]
        return units, added, removed

    def _flush(self, held: list[tuple[str, list[Unit], list[str], list[str]]]) -> int:
        if not held:
            return 0
        taken_out = [document for _, _, added, removed in held for document in (*removed, *added)]
        self._index.update(taken_out, self._entries([(prefix, added) for prefix, _, added, _ in held]))
        for prefix, units, _, _ in held:
            live = self._shelf.units(prefix)
            drop: dict[str, list[str]] = {}
            for document, (segment, _) in live.items():
                drop.setdefault(segment.name, []).append(document)
            name = segment_name(prefix, units)
            segment = write_segment(self._shelf.folder, name, prefix, units, [])
            self._shelf.commit(add=[segment] if units else [], drop=drop)
        done = sum(len(added) for _, _, added, _ in held)
        held.clear()
        return done

    def _entries(self, wanted: list[tuple[str, list[str]]]) -> Iterator[Entry]:
        for prefix, documents in wanted:
            read = {one.id: one for one in self._pages.records(Document, prefix, documents=documents)}
            named, claimed = self._named(prefix, documents), self._claimed(prefix, documents)
            for document, pages in self._pages.by_document(Page, prefix, documents):
                for page in pages:
                    place = document, page.number
                    yield _entry(page, read.get(document), claimed[place], sorted(named[place]))

    def _named(self, prefix: str, documents: list[str]) -> dict[Place, set[str]]:
        """Return whom each page names: ids of entities, as its document gave them."""
        found: dict[Place, set[str]] = defaultdict(set)
        entities = {one.mention: one.entity for one in self._rows(Resolved, prefix, documents)}
        for mention in self._rows(Mention, prefix, documents):
            if mention.id in entities:
                found[mention.target.document, mention.target.page].add(entities[mention.id])
        return found

    def _claimed(self, prefix: str, documents: list[str]) -> Counter[Place]:
        """Return how many claims stand on each page."""
        claims = self._rows(Claim, prefix, documents)
        return Counter((claim.document, claim.evidence[0].page) for claim in claims)

    def _rows(self, type_: type[R], prefix: str, documents: list[str]) -> Iterator[R]:
        shelf = self._made.get(type_)
        return iter(()) if shelf is None else shelf.records(type_, prefix, documents=documents)


def _entry(page: Page, document: Document | None, claims: int, entities: list[str]) -> Entry:
    if document is None:
        return Entry(page=page, claims=claims, entities=tuple(entities))
    return Entry(
        page=page,
        title=document.title,
        kind=kind_of(document.media_type, page.source),
        language=document.language,
        source=document.publisher or next(iter(document.authors), None),
        published=document.published.start if document.published else None,
        claims=claims,
        entities=tuple(entities),
    )
