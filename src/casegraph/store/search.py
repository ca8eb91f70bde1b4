"""Full text over pages: a tantivy index that can be rebuilt from the tables at any time.

Words are lower-cased, unaccented and stemmed as English and Russian (each stemmer leaves the other's letters
alone); a Chinese, Japanese or Korean character is a word of its own: a run of them is found as a phrase.
Menus, notices and the like are a field of their own that counts next to nothing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from casegraph.errors import UsageError
from casegraph.model import Page, Record

FORMAT = 2  # of the schema and the tokenizer; part of the folder's name
HEAP = 64 << 20  # bytes that the writer collects before it cuts a segment
SNIPPET = 240  # characters around a hit
FURNITURE_BOOST = 1e-3  # what a word in furniture counts beside one in prose
VOID = "\0"  # stands for each character that is another field's

_FIELDS = ("text", "furniture")
_FULL = re.compile(r"[^\0\s][^\0]*")

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
    furniture: bool


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
                for field in _FIELDS:
                    entry.add_text(field, _masked(page, furniture=field == "furniture"))
                writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()

    def search(self, query: str, limit: int) -> tuple[int, list[Found]]:
        """Return how many pages match, and the best of them.

        All words must occur; "a phrase", OR, NOT, -word and brackets work as in tantivy's query language.
        Pages with the words in furniture only come last; a snippet is from furniture only for these.
        Raises UsageError for a query that makes no sense.
        """
        index = self._open()
        try:
            boosts = {"furniture": FURNITURE_BOOST}
            parsed = index.parse_query(query, list(_FIELDS), field_boosts=boosts, conjunction_by_default=True)
        except ValueError as error:
            raise UsageError(f"the query makes no sense: {error}; put odd signs in double quotes") from None
        searcher = index.searcher()
        found = searcher.search(parsed, limit=max(1, limit))
        makers = [tantivy.SnippetGenerator.create(searcher, parsed, _schema(), field) for field in _FIELDS]
        for maker in makers:
            maker.set_max_num_chars(SNIPPET)
        hits = []
        for score, address in found.hits[:limit]:
            entry = searcher.doc(address)
            prose, other = (
                _passage(str(entry[field][0]), maker.snippet_from_doc(entry))
                for field, maker in zip(_FIELDS, makers, strict=True)
            )
            furniture = not prose.highlights and bool(other.highlights or not prose.text)
            passage = other if furniture else prose
            hits.append(
                Found(
                    document=str(entry["document"][0]),
                    page=int(entry["page"][0]),
                    title=str(entry["title"][0]) or None,
                    score=float(score),
                    snippet=passage.text,
                    start=passage.start,
                    highlights=passage.highlights,
                    furniture=furniture,
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
    for field in _FIELDS:
        builder.add_text_field(field, stored=True, tokenizer_name="words", index_option="position")
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


def _masked(page: Page, *, furniture: bool) -> str:
    """Return the page's furniture or all but it; in place of the rest stands VOID, so that places stay."""
    parts: list[str] = []
    place = 0
    for block in page.blocks:
        if block.role == "furniture":
            before, inside = page.text[place : block.start], page.text[block.start : block.end]
            parts += [VOID * len(before), inside] if furniture else [before, VOID * len(inside)]
            place = block.end
    rest = page.text[place:]
    parts.append(VOID * len(rest) if furniture else rest)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Passage:
    """Some words of a page, where they start, and what was found in them."""

    text: str
    start: int
    highlights: tuple[tuple[int, int], ...] = ()


def _passage(text: str, snippet: tantivy.Snippet) -> _Passage:
    """Return the part of a snippet, free of VOID, that holds the most of what was found."""
    found = _in_code_points(text, snippet)
    parts = []
    for part in _FULL.finditer(found.text):
        inside = [
            (start - part.start(), end - part.start())
            for start, end in found.highlights
            if part.start() <= start and end <= part.end()
        ]
        words = part[0].rstrip()
        if words:
            parts.append(_Passage(words, found.start + part.start(), tuple(inside)))
    return _widened(text, max(parts, key=lambda one: len(one.highlights), default=_Passage("", 0)))


def _widened(text: str, passage: _Passage) -> _Passage:
    """Return the passage with the words behind it up to SNIPPET characters.

    tantivy counts bytes, which leaves Russian half and Chinese a third, and VOID before the first word too.
    """
    end, last = passage.start + len(passage.text), passage.start + SNIPPET
    stop = text.find(VOID, end)
    stop = len(text) if stop < 0 else stop
    if not passage.text or end >= min(last, stop):
        return passage
    if last < stop:
        blank = max(text.rfind(" ", end, last), text.rfind("\n", end, last))
        stop = blank if blank >= 0 else last
    return _Passage(text[passage.start : stop].rstrip(), passage.start, passage.highlights)


def _in_code_points(text: str, snippet: tantivy.Snippet) -> _Passage:
    """Return fragment, its start in the text and its highlights; tantivy counts bytes of UTF-8."""
    fragment = snippet.fragment()
    if not fragment:
        full = _FULL.search(text)
        start = full.start() if full else 0
        return _Passage(text[start : start + SNIPPET], start)
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
    return _Passage(text[first:last], first, tuple((begin + shift, end + shift) for begin, end in marks))


def _is_mark(char: str) -> bool:
    return char != VOID and not char.isspace() and not char.isalnum()
