from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casegraph.extract import STAGE
from casegraph.extract.pieces import MAX_PIECE, pieces
from casegraph.model import Block, Mention, Page, Parse, Problem, make_id, unpack
from tests.extract.made import run, unit

ARTICLE = """Harrow Marine Ltd paid 9.1 million yuan to Orlan Works in March 2021, two officials said.

“We bought at least
seven cranes,” said   Anna Kern. She gave no date."""


def parse(text: str) -> Parse:
    [found] = [one for one in run(unit(text)) if isinstance(one, Parse)]
    return found


def test_a_parse_has_one_value_a_token_in_each_column() -> None:
    found = parse(ARTICLE)
    starts, ends = unpack(found.start), unpack(found.end)
    words = [ARTICLE[start:end] for start, end in zip(starts, ends, strict=True)]
    texts = [found.pos, found.tag, found.dep, found.lemma, found.entity]
    lengths = {len(column.split("\n")) for column in texts}
    assert lengths | {len(unpack(found.head)), len(unpack(found.sentence))} == {len(words)}
    assert words[:3] == ["Harrow", "Marine", "Ltd"]
    assert not any(word.isspace() for word in words)
    assert (found.language, found.page) == ("en", 1)


def test_sentences_run_through_the_page_and_stay_in_their_block() -> None:
    found = parse(ARTICLE)
    numbers, starts = unpack(found.sentence), unpack(found.start)
    assert sorted(set(numbers)) == [0, 1, 2]
    second = ARTICLE.index("\n\n")
    assert {number for number, start in zip(numbers, starts, strict=True) if start < second} == {0}


def test_a_root_is_its_own_head_and_heads_stay_in_their_sentence() -> None:
    found = parse(ARTICLE)
    heads, numbers = unpack(found.head), unpack(found.sentence)
    roots = [token for token, head in enumerate(heads) if head == token]
    assert [numbers[token] for token in roots] == [0, 1, 2]
    assert all(numbers[head] == numbers[token] for token, head in enumerate(heads))


def test_mentions_stand_where_they_say() -> None:
    found = [one for one in run(unit(ARTICLE)) if isinstance(one, Mention)]
    assert all(ARTICLE[one.target.start : one.target.end] == one.target.exact for one in found)
    expected = "Harrow Marine Ltd|9.1 million yuan|Orlan Works|March 2021|two|at least seven|Anna Kern"
    assert {one.name for one in found} == set(expected.split("|"))


def test_the_id_counts_equal_words_of_a_page() -> None:
    pages = unit("Russia and China met.\n\nRussia left.")
    found = [one for one in run(pages) if isinstance(one, Mention) and one.name == "Russia"]
    own = pages.document.id
    assert [one.id for one in found] == [
        make_id("mention", own, 1, "name", "Russia", count) for count in (1, 2)
    ]


def test_the_same_document_gives_the_same_records() -> None:
    assert run(unit(ARTICLE)) == run(unit(ARTICLE))


def test_other_documents_change_nothing() -> None:
    alone = run(unit(ARTICLE))
    run(unit("Another text about Kern Works, which is a place in Russia."))
    assert run(unit(ARTICLE)) == alone


def test_prose_of_another_language_is_a_problem_once() -> None:
    text = "Україна выробляє дрони та ракети, повідомило міністерство"
    found = run(unit(f"{text}\n\n{text} 2", language=None))
    problems = [one for one in found if isinstance(one, Problem)]
    assert [one.code for one in problems] == ["extract.language-unsupported"]
    assert "uk" in problems[0].detail
    assert not any(isinstance(one, Parse) for one in found)


def test_the_language_is_guessed_where_nothing_is_said_or_the_script_belies_it() -> None:
    assert parse(ARTICLE).language == "en"
    found = run(unit("Привет, как дела, мой друг", language="en"))
    assert [one.language for one in found if isinstance(one, Parse)] == ["ru"]
    assert any(isinstance(one, Parse) for one in run(unit(ARTICLE, language=None)))


def test_furniture_is_not_read() -> None:
    assert run(unit("Harrow Marine Ltd paid $5 on 3 May 2021.", role="furniture")) == []


def test_an_empty_document_gives_nothing() -> None:
    assert run(unit("")) == []
    assert run(unit(" \n\t ")) == []


def test_a_long_block_is_cut_at_sentence_ends() -> None:
    text = "The ship sailed on. " * 2000
    page = Page(id="page", document="sha256:0", number=1, text=text)
    cut = list(pieces(0, page, Block(start=0, end=len(text), role="paragraph")))
    assert all(len(piece.text) <= MAX_PIECE and piece.text.endswith("on.") for piece in cut)
    assert "".join(piece.text for piece in cut).count("sailed") == 2000


def test_a_block_without_blanks_is_cut_anyway() -> None:
    text = "x" * (3 * MAX_PIECE)
    page = Page(id="page", document="sha256:0", number=1, text=text)
    cut = list(pieces(0, page, Block(start=0, end=len(text), role="paragraph")))
    assert "".join(piece.text for piece in cut) == text


def test_the_stage_says_what_it_gives() -> None:
    assert (STAGE.name, STAGE.gives) == ("extract", (Mention, Parse))


FRAGMENTS = st.sampled_from(
    """Harrow Marine Ltd|$5 million|3 May 2021|(G3)|“|”|at least|seven|50kg|'s|\n|\u00a0|Gen.|al-|A/S
    |+44 20 7946 0958|a@b.example|банк|中国|Co., Ltd|between|and|%|ISO 1|No. 7|Russia’s|defense ministry
    |President|US|JSC|“Zarya”|2024-09-25T17:20:75|25.09.2024 24:61
    |the third of|in March|last year|5€|¥|IBAN|Su-57""".split("|")
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=14).map(" ".join))
def test_every_target_is_its_words_whatever_the_text(text: str) -> None:
    pages = unit(text)
    for one in run(pages):
        if isinstance(one, Mention):
            assert text[one.target.start : one.target.end] == one.target.exact
            assert one.target.exact.strip() == one.target.exact
        elif isinstance(one, Parse):
            for start, end in zip(unpack(one.start), unpack(one.end), strict=True):
                assert text[start:end].strip()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "ru"]))
def test_nothing_overlaps(text: str, language: str) -> None:
    found = [one for one in run(unit(text, language=language)) if isinstance(one, Mention)]
    ends = 0
    for one in sorted(found, key=lambda mention: mention.target.start):
        assert one.target.start >= ends
        ends = one.target.end
