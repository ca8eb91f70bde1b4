"""Keeping the search index in step with the pages: only documents that changed are taken in again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from casegraph.model import Document, Page
from casegraph.pipeline.plan import Ground, search_key
from casegraph.store.manifest import Unit
from casegraph.store.search import FORMAT, SearchIndex
from casegraph.store.segment import segment_name, write_segment
from casegraph.store.shelf import Shelf

STAGE = "search"
FLUSH = 4096  # documents after which the index is made to last


def index_path(derived: Path) -> Path:
    """Return the folder of the index itself."""
    return derived / f"{STAGE}-{FORMAT}.index"


class Indexer:
    """Brings the index up to date with the tables of `read`; to be used under the build lock."""

    def __init__(self, ground: Ground) -> None:
        self._pages = ground.shelves["read"]
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
        units = [
            Unit(
                document=document,
                key=search_key(unit.key, FORMAT),
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
        self._index.update(taken_out, self._documents([(prefix, added) for prefix, _, added, _ in held]))
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

    def _documents(self, wanted: list[tuple[str, list[str]]]) -> Iterator[tuple[str | None, list[Page]]]:
        for prefix, documents in wanted:
            titles = {
                record.id: record.title
                for record in self._pages.records(Document, prefix, documents=documents)
            }
            for document, pages in self._pages.by_document(Page, prefix, documents):
                yield titles.get(document), list(pages)
