from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from casegraph.errors import UsageError
from casegraph.model import Block, BlockRole, Page, content_id
from casegraph.store.search import SearchIndex
from casegraph.testing import page

RUSSIAN = page("Компания поставила семь журавлей. " * 12 + "\n\nДиректор Верфи отрицает поставку.")
ENGLISH = page(
    "Orlan Works shipped seven cranes to Müller Yard.\n\nThe keel 🚢 of the Wren was laid in Veld Port."
)
CHINESE = page("某某港口机械有限公司 said nothing.")


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    made = SearchIndex(tmp_path / "index")
    made.reset()
    made.update([], [("Журавли", [RUSSIAN]), (None, [ENGLISH]), ("港口", [CHINESE])])
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
    index.update([], [(None, [menu]), (None, [prose])])
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
    index.update([], [(None, [made])])
    _, (hit,) = index.search("cranes", 5)
    assert hit.snippet == last
    assert made.text[hit.start :] == last


def test_characters_in_another_order_are_not_found(index: SearchIndex) -> None:
    assert index.search("械机", 5)[0] == 0


def test_documents_are_replaced_and_taken_out(index: SearchIndex) -> None:
    index.update([ENGLISH.document], [("new", [page("A heron.", of=ENGLISH.document)])])
    assert index.search("cranes", 5)[0] == 0
    total, (hit,) = index.search("herons", 5)
    assert (total, hit.title, hit.snippet) == (1, "new", "A heron.")
    index.update([ENGLISH.document, RUSSIAN.document], [])
    assert index.search("*", 5)[0] == 1


@pytest.mark.parametrize("query", ['"open', "a AND", "colour:red", "[a TO"])
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
