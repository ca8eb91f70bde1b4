"""Searches in the index of a case, with entities as people have judged them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from casegraph.errors import UsageError
from casegraph.model import Entity
from casegraph.pipeline.found import (
    LONGEST_NAME,
    MOST_NAMES,
    Called,
    Facets,
    FacetValue,
    Hit,
    Named,
    SearchResult,
    Spelled,
)
from casegraph.pipeline.index import index_path
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import Query
from casegraph.pipeline.roster import entities_of, roster
from casegraph.store.question import SHORTEST
from casegraph.store.search import Filters, Order, SearchIndex
from casegraph.text import fold

SHOWN = 12
"""Values of a facet that are given, of those that are not few by nature."""

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+")


class Looking:
    """Asks the index of one case."""

    def __init__(self, ground: Ground, query: Query) -> None:
        self._ground, self._query = ground, query

    def search(
        self, words: str, limit: int, offset: int, filters: Filters | None, order: Order
    ) -> SearchResult:
        """Search the pages' words; see Case.search."""
        if not words.strip():
            raise UsageError("there is nothing to search for")
        if limit < 1 or offset < 0:
            raise UsageError("a search gives at least one page: the limit must be 1 or more")
        index = self._index()
        total, found = index.search(words, limit, offset=offset, filters=self._whole(filters), order=order)
        names = self._query.first_names({one.document for one in found})
        hits = (
            Hit(
                document=one.document,
                page=one.page,
                name=names.get(one.document, one.document),
                title=one.title,
                score=one.score,
                snippet=one.snippet,
                start=one.start,
                highlights=one.highlights,
                furniture=one.furniture,
                kind=one.kind,
                language=one.language,
                source=one.source,
                published=one.published,
                claims=one.claims,
            )
            for one in found
        )
        return SearchResult(total=total, hits=tuple(hits))

    def facets(self, words: str, filters: Filters | None) -> Facets:
        """Count what a search finds; see Case.facets."""
        index, filters = self._index(), self._whole(filters)
        told = index.facets(words, filters)
        values = {
            name: tuple(FacetValue(value=value, label=value, pages=pages) for value, pages in found)
            for name, found in told.values.items()
        }
        return Facets(
            kind=values["kind"],
            language=values["language"],
            source=values["source"][:SHOWN],
            year=tuple(sorted(values["year"], key=lambda one: one.value, reverse=True)),
            entity=tuple(self._entities(index, words, filters, told.values["entity"])),
            claims=told.claims,
        )

    def _entities(
        self, index: SearchIndex, words: str, filters: Filters, found: list[tuple[str, int]]
    ) -> Iterator[FacetValue]:
        """Yield the entities that most of the pages name; ids that a person has joined count once a page."""
        into = self._query.merged()
        groups: dict[str, dict[str, int]] = defaultdict(dict)
        for id_, pages in found:
            groups[into.get(id_, id_)][id_] = pages
        most = sorted(groups, key=lambda one: (-max(groups[one].values()), one))[: 2 * SHOWN]
        counts: dict[str, int] = {}
        for one in most:
            own = groups[one]
            if len(own) == 1:
                counts[one] = next(iter(own.values()))
            elif filters.entities:
                counts[one] = max(own.values())
            else:
                counts[one] = index.count(words, replace(filters, entities=tuple(sorted(own))))
        known = roster(self._ground)
        for one in sorted(counts, key=lambda one: (-counts[one], one))[:SHOWN]:
            label = known.caption(one)
            if label is not None:
                own_name = _calls(words, known.spellings(one))
                yield FacetValue(value=one, label=label, pages=counts[one], called=own_name)

    def named(self, names: list[str], spelled: Spelled) -> Iterator[Named]:
        """Look for the names of a list; see Case.count_names."""
        wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
        if len(wanted) > MOST_NAMES:
            raise UsageError(f"a list has up to {MOST_NAMES:,} names; this one has {len(wanted):,}")
        if any(len(name) > LONGEST_NAME for name in wanted):
            raise UsageError(f"a name has up to {LONGEST_NAME} characters; put each on a line of its own")
        queries = [asked_for(name, spelled) for name in wanted]
        counts = self._index().counted(query for query in queries if query)
        called = self._called(wanted)
        for name, query in zip(wanted, queries, strict=True):
            pages, documents = next(counts) if query else (0, 0)
            yield Named(
                name=name, query=query, pages=pages, documents=documents,
                entities=tuple(called.get(fold(name), ())),
            )  # fmt: skip

    def _called(self, names: Iterable[str]) -> Mapping[str, list[Called]]:
        """Return the entities of which one spelling is one of these, by that, folded."""
        known = roster(self._ground)
        numbers = known.called(names)
        ids = sorted({known.ids[one] for own in numbers.values() for one in own})
        entities = {one.id: one for one in entities_of(self._ground, ids)}
        return {
            name: [_called(entities[known.ids[one]]) for one in own] for name, own in sorted(numbers.items())
        }

    def _whole(self, filters: Filters | None) -> Filters:
        """Return filters that name each entity by all ids that documents gave to names of it."""
        filters = filters or Filters()
        if not filters.entities:
            return filters
        into = self._query.merged()
        wanted = {into.get(one, one) for one in filters.entities}
        own = {one for one, entity in into.items() if entity in wanted}
        return replace(filters, entities=tuple(sorted(wanted | own)))

    def _index(self) -> SearchIndex:
        index = SearchIndex(index_path(self._ground.derived))
        if not index.usable():
            raise UsageError("the pages are not indexed yet: build the case first")
        return index


def _called(one: Entity) -> Called:
    return Called(id=one.id, name=one.name, schema=one.schema, documents=len(one.documents))


def _calls(words: str, names: Sequence[str]) -> bool:
    """Say whether all words that are looked for stand in one of an entity's names, which are folded.

    Who writes from an address of a firm is not called as the firm is.
    """
    wanted = [fold(word) for word in _WORD.findall(words)]
    own = [name for name in names if "@" in words or "@" not in name]
    return bool(wanted) and any(all(word in name for word in wanted) for name in own)


def asked_for(name: str, spelled: Spelled) -> str:
    """Return the query that finds a name, "" for one without a letter or figure."""
    words = _WORD.findall(name)
    if not words:
        return ""
    if spelled == "phrase" or any(_UNSPACED.search(word) for word in words):
        return '"' + " ".join(words) + '"'
    if spelled == "words":
        return " ".join(f'"{word}"' for word in words)  # in quotes: OR and NOT are names as well
    return " ".join(f"{word}~" if len(word) >= SHORTEST else f'"{word}"' for word in words)
