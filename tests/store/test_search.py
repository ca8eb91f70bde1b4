from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from casegraph.errors import UsageError
from casegraph.model import Block, BlockRole, Page, content_id
from casegraph.store.search import Entry, Filters, SearchIndex
from casegraph.testing import page

RUSSIAN = page("Компания поставила семь журавлей. " * 12 + "\n\nДиректор Верфи отрицает поставку.")
ENGLISH = page(
    "Orlan Works shipped seven cranes to Müller Yard.\n\nThe keel 🚢 of the Wren was laid in Veld Port."
)
CHINESE = page("某某港口机械有限公司 said nothing.")


ENTRIES = (
    Entry(
        page=RUSSIAN, title="Журавли", kind="web page", language="ru", source="Верфь", published="2024-03-01",
        entities=("entity-a", "entity-b"),
    ),
    Entry(
        page=ENGLISH, kind="mail", language="en", source="Anna Kern", published="2022-12-31T23:10:00+03:00",
        claims=2, entities=("entity-b",),
    ),
    Entry(page=CHINESE, title="港口", kind="web page", language="zh", published="no day"),
)  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    made = SearchIndex(tmp_path / "index")
    made.reset()
    made.update([], ENTRIES)
    return made


@pytest.mark.parametrize(
    ("query", "document", "marked"),
    [
        ("компанию", RUSSIAN, {"Компания"}),  # another case of the noun
        ("верфь", RUSSIAN, {"Верфи"}),
        ("shipping", ENGLISH, {"shipped"}),
        ("muller", ENGLISH, {"Müller"}),
        ('"orlan works"', ENGLISH, {"Orlan", "Works"}),
        ("keel wren", ENGLISH, {"keel", "Wren"}),
        ("机械", CHINESE, {"机", "械"}),
        ("有限公司", CHINESE, {"有", "限", "公", "司"}),
    ],
)
def test_words_are_found_and_marked(
    index: SearchIndex, query: str, document: object, marked: set[str]
) -> None:
    total, found = index.search(query, 5)
    assert total == 1
    (hit,) = found
    text = {one.document: one.text for one in (RUSSIAN, ENGLISH, CHINESE)}[hit.document]
    assert document in (RUSSIAN, ENGLISH, CHINESE)
    assert text[hit.start : hit.start + len(hit.snippet)] == hit.snippet
    assert {hit.snippet[start:end] for start, end in hit.highlights} == marked


PROSE = "Orlan Works sold cranes. The port paid for the cranes."
MENU = "Home Cranes Weather. We use cookies."


def furnished(name: str, *parts: tuple[str, BlockRole]) -> Page:
    """Return a page of blocks of given roles, in order."""
    text, blocks = "", []
    for words, role in parts:
        text += "\n\n" if text else ""
        blocks.append(Block(start=len(text), end=len(text) + len(words), role=role))
        text += words
    bare = page(text, of=content_id(name.encode()))
    return msgspec.structs.replace(bare, blocks=tuple(blocks))


def test_furniture_counts_last_and_gives_no_snippet_where_prose_does(tmp_path: Path) -> None:
    prose = furnished("prose", (MENU, "furniture"), (PROSE, "paragraph"), ("Subscribe.", "furniture"))
    menu = furnished("menu", (MENU, "furniture"), ("Ice is cold.", "paragraph"))
    index = SearchIndex(tmp_path / "index")
    index.reset()
    index.update([], [Entry(page=menu), Entry(page=prose)])
    total, hits = index.search("cranes", 5)
    assert total == 2
    assert [(hit.document, hit.furniture) for hit in hits] == [(prose.document, False), (menu.document, True)]
    assert [hit.snippet for hit in hits] == [PROSE, MENU]
    for hit, one in zip(hits, (prose, menu), strict=True):
        assert one.text[hit.start : hit.start + len(hit.snippet)] == hit.snippet
        assert {hit.snippet[start:end].lower() for start, end in hit.highlights} == {"cranes"}
    total, (found,) = index.search("cookies orlan", 5)  # one word in each
    assert (total, found.furniture, found.snippet) == (1, False, PROSE)


def test_a_snippet_does_not_run_over_furniture(tmp_path: Path) -> None:
    last = "The cranes and cranes left."
    made = furnished("x", ("Cranes came.", "paragraph"), ("Sign up", "furniture"), (last, "paragraph"))
    index = SearchIndex(tmp_path / "index")
    index.reset()
    index.update([], [Entry(page=made)])
    _, (hit,) = index.search("cranes", 5)
    assert hit.snippet == last
    assert made.text[hit.start :] == last


def test_characters_in_another_order_are_not_found(index: SearchIndex) -> None:
    assert index.search("械机", 5)[0] == 0


def test_documents_are_replaced_and_taken_out(index: SearchIndex) -> None:
    index.update([ENGLISH.document], [Entry(page=page("A heron.", of=ENGLISH.document), title="new")])
    assert index.search("cranes", 5)[0] == 0
    total, (hit,) = index.search("herons", 5)
    assert (total, hit.title, hit.snippet) == (1, "new", "A heron.")
    index.update([ENGLISH.document, RUSSIAN.document], [])
    assert index.search("*", 5)[0] == 1


@pytest.mark.parametrize(
    "query", ['"open', "a AND", "colour:red", "[a TO", "ab~", "(keel~ OR wren)", "a OR keel~", "k" * 2_001]
)
def test_a_query_that_makes_no_sense_is_told_in_one_line(index: SearchIndex, query: str) -> None:
    with pytest.raises(UsageError) as caught:
        index.search(query, 5)
    assert "\n" not in str(caught.value)


def test_an_index_that_is_gone_or_broken_is_not_usable(index: SearchIndex) -> None:
    assert index.usable()
    (index.folder / "meta.json").write_text("{")
    assert not index.usable()
    assert not SearchIndex(index.folder / "none").usable()
    index.reset()
    assert index.usable()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), {RUSSIAN, ENGLISH, CHINESE}),
        (Filters(kind="web page"), {RUSSIAN, CHINESE}),
        (Filters(kind="web page", language="zh"), {CHINESE}),
        (Filters(source="Anna Kern"), {ENGLISH}),
        (Filters(source="Anna"), set()),
        (Filters(since="2022-12-31", until="2022-12-31"), {ENGLISH}),
        (Filters(since="2023-01-01"), {RUSSIAN}),
        (Filters(claims=True), {ENGLISH}),
        (Filters(claims=False), {RUSSIAN, CHINESE}),
        (Filters(entities=("entity-a", "entity-c")), {RUSSIAN}),
    ],
)
def test_a_search_is_narrowed(index: SearchIndex, filters: Filters, found: set[Page]) -> None:
    total, hits = index.search("*", 5, filters=filters)
    assert {hit.document for hit in hits} == {one.document for one in found}
    assert total == len(found)
    assert next(index.counted(["*"], filters)) == (len(found), len(found))


@pytest.mark.parametrize("day", ["2022", "2022-02-30", "9999-12-31", "yesterday"])
def test_a_day_that_is_none_is_told(index: SearchIndex, day: str) -> None:
    with pytest.raises(UsageError, match="until must be a day"):
        index.search("*", 5, filters=Filters(until=day))


def test_what_is_found_is_counted_by_what_it_is(index: SearchIndex) -> None:
    told = index.facets("*")
    assert told.values["kind"] == [("web page", 2), ("mail", 1)]
    assert told.values["year"] == [("2022", 1), ("2024", 1)]
    assert told.values["entity"] == [("entity-b", 2), ("entity-a", 1)]
    assert told.claims == 1
    assert index.facets("cranes").values["source"] == [("Anna Kern", 1)]


def test_pages_are_leafed_through_by_day(index: SearchIndex) -> None:
    newest = [hit.published for hit in index.search("*", 5, order="newest")[1]]
    assert newest == ["2024-03-01", "2022-12-31", None]
    assert [hit.published for hit in index.search("*", 5, order="oldest")[1]] == [
        "2022-12-31", "2024-03-01", None,
    ]  # fmt: skip
    assert [hit.published for hit in index.search("*", 1, offset=1, order="newest")[1]] == newest[1:2]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("Mueler~", {"Müller"}),  # one letter less
        ("Mullre~ yard", {"Müller", "Yard"}),  # two that changed places
        ("Molter~2", {"Müller"}),
        ("Molter~", None),
        ("cranes -Mullre~", None),
        ('"Muler~"', None),  # in quotes a tilde is none
    ],
)
def test_a_word_with_a_tilde_finds_other_spellings(
    index: SearchIndex, query: str, marked: set[str] | None
) -> None:
    total, hits = index.search(query, 5)
    assert total == (marked is not None)
    assert [{hit.snippet[start:end] for start, end in hit.highlights} for hit in hits] == (
        [marked] if marked else []
    )
