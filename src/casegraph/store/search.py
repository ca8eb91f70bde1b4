"""Full text over pages: a tantivy index that can be rebuilt from the tables at any time.

Words are lower-cased, unaccented and stemmed as English and Russian (each stemmer leaves the other's letters
alone); a Chinese, Japanese or Korean character is a word of its own: a run of them is found as a phrase.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from casegraph.errors import UsageError
from casegraph.model import Page, Record

FORMAT = 1  # of the schema and the tokenizer; part of the folder's name
HEAP = 64 << 20  # bytes that the writer collects before it cuts a segment
SNIPPET = 240  # characters around a hit

_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}"
_WORDS = rf"[{_CJK}]|[\p{{L}}\p{{N}}\p{{M}}&&[^{_CJK}]]+"


class Found(Record, frozen=True, kw_only=True):
    """A page that a query found; see pipeline's Hit for `snippet`, `start` and `highlights`."""

    document: str
    page: int
    title: str | None
    score: float
    snippet: str
    start: int
    highlights: tuple[tuple[int, int], ...]


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

    def update(self, removed: Iterable[str], added: Iterable[tuple[str | None, Sequence[Page]]]) -> None:
        """Take documents out, put pages in (with their document's title), and make both visible at once."""
        writer = self._open().writer(heap_size=HEAP, num_threads=1)
        for document in removed:
            writer.delete_documents_by_term("document", document)
        for title, pages in added:
            for page in pages:
                entry = tantivy.Document()
                entry.add_text("document", page.document)
                entry.add_unsigned("page", page.number)
                entry.add_text("title", title or "")
                entry.add_text("text", page.text)
                writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()

    def search(self, query: str, limit: int) -> tuple[int, list[Found]]:
        """Return how many pages match, and the best of them.

        All words must occur; "a phrase", OR, NOT, -word and brackets work as in tantivy's query language.
        Raises UsageError for a query that makes no sense.
        """
        index = self._open()
        try:
            parsed = index.parse_query(query, ["text"], conjunction_by_default=True)
        except ValueError as error:
            raise UsageError(f"the query makes no sense: {error}; put odd signs in double quotes") from None
        searcher = index.searcher()
        found = searcher.search(parsed, limit=max(1, limit))
        snippets = tantivy.SnippetGenerator.create(searcher, parsed, _schema(), "text")
        snippets.set_max_num_chars(SNIPPET)
        hits = []
        for score, address in found.hits[:limit]:
            entry = searcher.doc(address)
            snippet = snippets.snippet_from_doc(entry)
            text = str(entry["text"][0])
            fragment, start, highlights = _in_code_points(text, snippet)
            hits.append(
                Found(
                    document=str(entry["document"][0]),
                    page=int(entry["page"][0]),
                    title=str(entry["title"][0]) or None,
                    score=float(score),
                    snippet=fragment,
                    start=start,
                    highlights=highlights,
                )
            )
        total: int = found.count  # type: ignore[attr-defined]  # left out of tantivy's stub
        return total, hits

    def _open(self) -> tantivy.Index:
        index = tantivy.Index.open(str(self.folder))
        index.register_tokenizer("words", _analyzer())
        return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("page", stored=True)
    builder.add_text_field("title", stored=True, tokenizer_name="words", index_option="position")
    builder.add_text_field("text", stored=True, tokenizer_name="words", index_option="position")
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORDS))
    for step in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
        tantivy.Filter.stemmer("russian"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _in_code_points(text: str, snippet: tantivy.Snippet) -> tuple[str, int, tuple[tuple[int, int], ...]]:
    """Return fragment, its start in the text and its highlights; tantivy counts bytes of UTF-8."""
    fragment = snippet.fragment()
    if not fragment:
        return text[:SNIPPET], 0, ()
    data = fragment.encode()
    start = len(text.encode()[: snippet.fragment_range().start].decode())
    marks = [
        (len(data[: one.start].decode()), len(data[: one.end].decode())) for one in snippet.highlighted()
    ]
    first, last = start, start + len(fragment)  # a fragment begins and ends with a word: add its punctuation
    while first > 0 and _is_mark(text[first - 1]):
        first -= 1
    while last < len(text) and _is_mark(text[last]):
        last += 1
    shift = start - first
    return text[first:last], first, tuple((begin + shift, end + shift) for begin, end in marks)


def _is_mark(char: str) -> bool:
    return not char.isspace() and not char.isalnum()
