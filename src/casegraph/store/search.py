"""Full text over pages: a tantivy index that can be rebuilt from the tables at any time.

Words are lower-cased, unaccented and stemmed as English and Russian (each stemmer leaves the other's letters
alone); a Chinese, Japanese or Korean character is a word of its own: a run of them is found as a phrase.
Menus, notices and the like are a field of their own that counts next to nothing.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import tantivy

from casegraph.errors import UsageError
from casegraph.model import Page, Record
from casegraph.store.passages import SNIPPET, Passage, masked, passage
from casegraph.store.question import FIELDS, Question, analyzer, asked

_FIRST_DAY, _LAST_DAY = date(1678, 1, 1), date(2262, 1, 1)  # nanoseconds since 1970 in 64 bits
FORMAT = 3  # of the schema and the tokenizer; part of the folder's name
HEAP = 64 << 20  # bytes that the writer collects before it cuts a segment
DEEPEST = 10_000
"""Pages of a result that can be leafed through; all are counted."""

VALUES = 30
"""Values of a facet that are counted at most, the most frequent first."""

ENTITIES = 500
"""The same, of ids of entities: several may be one by a person's word."""

DOCUMENTS = 65_000
"""Documents that are told apart when those of a result are counted."""

_MOST_OPEN = 4
_OPEN: dict[Path, tuple[tuple[int, int, int], tantivy.Index]] = {}
"""Indexes that are open, each with what tells its last commit; for all threads."""

Order = Literal["best", "newest", "oldest"]
_TERMS = ("kind", "language", "source", "year")


class Filters(Record, frozen=True, kw_only=True):
    """To what a search is narrowed; None asks for nothing."""

    kind: str | None = None  # of document
    language: str | None = None  # ISO 639-1
    source: str | None = None  # outlet or sender, as the document names it
    since: str | None = None  # published on that day or later, ISO 8601
    until: str | None = None  # published on that day or earlier
    claims: bool | None = None  # whether a claim stands on the page
    entities: tuple[str, ...] = ()  # ids of which one is named on the page, as documents gave them


class Entry(Record, frozen=True, kw_only=True):
    """One page as it goes into the index."""

    page: Page
    title: str | None = None
    kind: str = ""
    language: str | None = None
    source: str | None = None
    published: str | None = None  # ISO 8601
    claims: int = 0
    entities: tuple[str, ...] = ()  # ids, as the document gave them


class Found(Record, frozen=True, kw_only=True):
    """A page that a query found; see pipeline's Hit for `snippet`, `start` and `highlights`."""

    document: str
    page: int
    title: str | None
    score: float
    snippet: str
    start: int
    highlights: tuple[tuple[int, int], ...]
    furniture: bool
    kind: str
    language: str | None
    source: str | None
    published: str | None  # day, ISO 8601
    claims: int


class Counts(NamedTuple):
    """How many pages of a result have a value, by facet: `kind`, `language`, `source`, `year`, `entity`."""

    values: dict[str, list[tuple[str, int]]]
    claims: int  # pages on which a claim stands


class SearchIndex:
    """The folder of an index. One process writes, any number read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def usable(self) -> bool:
        """Say whether there is an index that opens."""
        try:
            self._open()
        except (OSError, ValueError):
            return False
        return True

    def reset(self) -> None:
        """Start over with an empty index."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)
        tantivy.Index(_schema(), path=str(self.folder))

    def update(self, removed: Iterable[str], added: Iterable[Entry]) -> None:
        """Take documents out, put pages in, and make both visible at once."""
        writer = self._open().writer(heap_size=HEAP, num_threads=1)
        for document in removed:
            writer.delete_documents_by_term("document", document)
        for entry in added:
            writer.add_document(_written(entry))
        writer.commit()
        writer.wait_merging_threads()

    def search(
        self,
        query: str,
        limit: int,
        *,
        offset: int = 0,
        filters: Filters | None = None,
        order: Order = "best",
    ) -> tuple[int, list[Found]]:
        """Return how many pages match, and the best of them from `offset` on.

        All words must occur; "a phrase", OR, NOT, -word, word~ and brackets work as in `question`.
        Pages with the words in furniture only come last; a snippet is from furniture only for these.
        Raises UsageError for a query that makes no sense.
        """
        index = self._open()
        question = asked(index, query)
        parsed = _narrowed(question.query, filters or Filters())
        searcher = index.searcher()
        limit, offset = max(1, min(limit, DEEPEST)), min(offset, DEEPEST)
        if order == "best":
            found = searcher.search(parsed, limit=limit, offset=offset)
        else:
            way = tantivy.Order.Desc if order == "newest" else tantivy.Order.Asc
            found = searcher.search(parsed, limit=limit, offset=offset, order_by_field="moment", order=way)
        entries = [(score, searcher.doc(address)) for score, address in found.hits[:limit]]
        makers = _makers(searcher, question, [entry for _, entry in entries])
        hits = [_found(float(score) if order == "best" else 0.0, entry, makers) for score, entry in entries]
        total: int = found.count  # type: ignore[attr-defined]  # left out of tantivy's stub
        return total, hits

    def facets(self, query: str, filters: Filters | None = None) -> Counts:
        """Return how many of the pages found have which values; raises as `search` does."""
        index = self._open()
        parsed = _narrowed(asked(index, query).query, filters or Filters())
        wanted = {name: {"terms": {"field": name, "size": VALUES}} for name in _TERMS}
        wanted["entity"] = {"terms": {"field": "entity", "size": ENTITIES}}
        wanted["claims"] = {"range": {"field": "claims", "ranges": [{"from": 1}]}}
        told = index.searcher().aggregate(parsed, wanted)
        values = {
            name: [(_value(one["key"]), one["doc_count"]) for one in told[name]["buckets"]]
            for name in (*_TERMS, "entity")
        }
        having = sum(one["doc_count"] for one in told["claims"]["buckets"] if one.get("from"))
        return Counts(values, having)

    def counted(self, queries: Iterable[str], filters: Filters | None = None) -> Iterator[tuple[int, int]]:
        """Yield for each query how many pages it finds, and in how many documents; raises as `search`."""
        index = self._open()
        searcher = index.searcher()
        wanted = {"document": {"terms": {"field": "document", "size": DOCUMENTS}}}
        for query in queries:
            parsed = _narrowed(asked(index, query).query, filters or Filters())
            told = searcher.aggregate(parsed, wanted)["document"]
            pages = [one["doc_count"] for one in told["buckets"]]
            yield sum(pages) + told["sum_other_doc_count"], len(pages)

    def count(self, query: str, filters: Filters | None = None) -> int:
        """Return how many pages a query finds; raises as `search`."""
        index = self._open()
        parsed = _narrowed(asked(index, query).query, filters or Filters())
        found: int = index.searcher().search(parsed, limit=1).count  # type: ignore[attr-defined]  # as above
        return found

    def _open(self) -> tantivy.Index:
        """Return the index as last committed. Opening it takes longer than most searches: it stays open."""
        state = (self.folder / "meta.json").stat()
        mark = state.st_ino, state.st_mtime_ns, state.st_size
        known = _OPEN.get(self.folder)
        if known is None or known[0] != mark:
            index = tantivy.Index.open(str(self.folder))
            index.register_tokenizer("words", analyzer())
            known = _OPEN[self.folder] = mark, index
            while len(_OPEN) > _MOST_OPEN:
                _OPEN.pop(next(iter(_OPEN)), None)
        return known[1]


@functools.cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("page", stored=True)
    builder.add_text_field("title", stored=True, tokenizer_name="words", index_option="position")
    for field in FIELDS:
        builder.add_text_field(field, stored=True, tokenizer_name="words", index_option="position")
    for field in ("kind", "language", "source"):
        builder.add_text_field(field, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("entity", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("outlet", tokenizer_name="words", index_option="position")  # words of the source
    builder.add_unsigned_field("claims", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_date_field("published", stored=True, indexed=True, fast=True)
    builder.add_integer_field("moment", fast=True)  # what is undated comes last, whichever way
    return builder.build()


def _written(entry: Entry) -> tantivy.Document:
    page, made = entry.page, tantivy.Document()
    made.add_text("document", page.document)
    made.add_unsigned("page", page.number)
    made.add_text("title", entry.title or "")
    for field in FIELDS:
        made.add_text(field, masked(page, furniture=field == "furniture"))
    for field, value in (("kind", entry.kind), ("language", entry.language), ("source", entry.source)):
        if value:
            made.add_text(field, value)
    made.add_text("outlet", entry.source or "")
    for one in entry.entities:
        made.add_text("entity", one)
    made.add_unsigned("claims", entry.claims)
    day = _day(entry.published)
    if day is not None:
        if _FIRST_DAY <= day < _LAST_DAY:
            made.add_date("published", _midnight(day))
        made.add_unsigned("year", day.year)
        made.add_integer("moment", day.toordinal())
    return made


def _day(text: str | None) -> date | None:
    """Return the day that an ISO 8601 date or time begins with, None where it names none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    """Return the beginning of a day, or of the first or last one that the index can hold."""
    day = min(max(day, _FIRST_DAY), _LAST_DAY)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _value(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def _narrowed(query: tantivy.Query, filters: Filters) -> tantivy.Query:
    """Return a query for what is found and is as the filters ask, which changes no score."""
    schema = _schema()
    parts = [
        tantivy.Query.term_query(schema, field, value, index_option="basic")
        for field, value in (
            ("kind", filters.kind), ("language", filters.language), ("source", filters.source)
        )
        if value is not None
    ]  # fmt: skip
    if filters.entities:
        parts.append(tantivy.Query.term_set_query(schema, "entity", list(filters.entities)))
    if filters.claims is not None:
        low, high = (1, None) if filters.claims else (None, 0)
        parts.append(tantivy.Query.range_query(schema, "claims", tantivy.FieldType.Unsigned, low, high))
    since, until = (_bound(name, getattr(filters, name)) for name in ("since", "until"))
    if since or until:
        last = _midnight(until) + timedelta(days=1) if until else None
        parts.append(
            tantivy.Query.range_query(
                schema,
                "published",
                tantivy.FieldType.Date,
                _midnight(since) if since else None,
                last,
                include_upper=last is None,
            )
        )
    if not parts:
        return query
    must = [(tantivy.Occur.Must, tantivy.Query.const_score_query(one, 0.0)) for one in parts]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *must])


def _bound(name: str, value: str | None) -> date | None:
    if value is None:
        return None
    day = _day(value) if len(value) == len("2025-03-11") else None
    if day is None or day == date.max:
        raise UsageError(f"{name} must be a day like 2025-03-11, not {value[:20]!r}")
    return day


def _makers(
    searcher: tantivy.Searcher, question: Question, entries: Sequence[tantivy.Document]
) -> list[tantivy.SnippetGenerator]:
    """Return what makes snippets; words that were found though spelled otherwise are marked as well."""
    texts = (str(entry[field][0]) for entry in entries for field in FIELDS)
    query = question.shown(_schema(), texts)
    made = [tantivy.SnippetGenerator.create(searcher, query, _schema(), field) for field in FIELDS]
    for maker in made:
        maker.set_max_num_chars(SNIPPET)
    return made


def _found(score: float, entry: tantivy.Document, makers: Sequence[tantivy.SnippetGenerator]) -> Found:
    prose, other = (
        passage(str(entry[field][0]), maker.snippet_from_doc(entry))
        for field, maker in zip(FIELDS, makers, strict=True)
    )
    furniture = not prose.highlights and bool(other.highlights or not prose.text)
    shown: Passage = other if furniture else prose
    moment = entry.get_first("published")
    return Found(
        document=str(entry["document"][0]),
        page=int(entry["page"][0]),
        title=str(entry["title"][0]) or None,
        score=score,
        snippet=shown.text,
        start=shown.start,
        highlights=shown.highlights,
        furniture=furniture,
        kind=str(entry.get_first("kind") or ""),
        language=entry.get_first("language"),
        source=entry.get_first("source"),
        published=moment.date().isoformat() if moment is not None else None,
        claims=int(entry["claims"][0]),
    )
