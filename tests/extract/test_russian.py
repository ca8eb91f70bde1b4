"""Russian: sentences, trees, names in the nominative."""

from __future__ import annotations

import msgspec
import pytest

from casegraph.extract import STAGE
from casegraph.extract.lang.ru import RUSSIAN
from casegraph.extract.lang.ru_lemmas import lemma
from casegraph.extract.lang.ru_sentences import MAX_TOKENS, sentences
from casegraph.gates.gold import GoldItem, gold_pages
from casegraph.model import Mention, Pages, Parse, Problem


def _pages(text: str, language: str = "ru") -> Pages:
    unit = gold_pages(GoldItem("test", "test", text, ()))
    blocks = tuple(msgspec.structs.replace(b, language=language) for b in unit.pages[0].blocks)
    page = msgspec.structs.replace(unit.pages[0], language=language, blocks=blocks)
    return Pages(document=msgspec.structs.replace(unit.document, language=language), pages=(page,))


def _names(text: str) -> dict[str, tuple[str | None, str | None]]:
    found = [one for one in STAGE.run(_pages(text)) if isinstance(one, Mention) and one.kind == "name"]
    return {one.name: (one.normal, one.schema) for one in found}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Завод стоит. Цех закрыт.", 2),
        ("Договор подписал И. И. Лапшин. Он уехал.", 2),
        ("В 2021 г. завод закрыли.", 1),
        ("Контракт на 5 млн руб. не исполнен.", 1),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_no_sentence_is_too_long_and_no_word_is_lost() -> None:
    text = "цех, " * 500
    cut = sentences(text)
    assert all(len(sentence) <= MAX_TOKENS for sentence in cut)
    assert "".join(token.text for sentence in cut for token in sentence) == text.replace(" ", "")


def test_a_tree_has_heads_in_its_sentence_and_universal_labels() -> None:
    (found,) = RUSSIAN.analyse(["Лапшина заявила, что завод закрыт. Он пуст."])
    words = ["Лапшина", "заявила"]
    assert [found.pos[0], found.dep[0], found.dep[1]] == ["PROPN", "nsubj", "root"]
    assert [found.lemma[1], "Case=Nom" in found.tag[0]] == ["заявить", True]
    assert all(found.sentence[i] == found.sentence[head] for i, head in enumerate(found.head))
    assert len(words) < len(found.start)


def test_a_text_reads_the_same_beside_others() -> None:
    one, other = "Завод «Орбита» закрыт.", "Лапшина уехала в Синеморск."
    assert list(RUSSIAN.analyse([one, other]))[1] == next(iter(RUSSIAN.analyse([other])))


@pytest.mark.parametrize(
    ("text", "name", "normal", "schema"),
    [
        ("Акции принадлежат жене Глеба Тарханова.", "Глеба Тарханова", "Глеб Тарханов", "Person"),
        ("Деньги получило ООО «Дальтраст».", "ООО «Дальтраст»", "ООО «Дальтраст»", "Company"),
        ("Контракт с АО «СМЗ «Орбита» расторгнут.", "АО «СМЗ «Орбита»", "АО «СМЗ «Орбита»", "Company"),
        ("Это в Министерстве обороны.", "Министерстве обороны", "Министерство обороны", "PublicBody"),
        ("Совещание прошло в Ижевске.", "Ижевске", "Ижевск", "Address"),
        ("Беспилотник «Сойка» упал.", "Сойка", "Сойка", "Thing"),
    ],
)  # fmt: skip
def test_names_stand_in_the_nominative(text: str, name: str, normal: str, schema: str) -> None:
    assert _names(text).get(name) == (normal, schema)


@pytest.mark.parametrize("text", ["«Мы ждём», — сказал он.", "Цех закрыт на ремонт до весны."])
def test_plain_words_are_no_names(text: str) -> None:
    assert _names(text) == {}


def test_ukrainian_is_not_parsed_as_russian() -> None:
    text = "Міністерство оборони повідомило, що завод у Києві не постачав ніяких верстатів за кордон."
    records = list(STAGE.run(_pages(text, "uk")))
    assert not any(isinstance(one, Parse) for one in records)
    assert any(isinstance(one, Problem) and one.code.endswith("language-unsupported") for one in records)


@pytest.mark.parametrize(
    ("word", "feats", "expected"),
    [
        ("Зиятдинов", "Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing", "зиятдинов"),
        ("ИЭМЗ", "Animacy=Inan|Case=Nom|Gender=Masc|Number=Sing", "иэмз"),
        ("заводами", "Animacy=Inan|Case=Ins|Gender=Masc|Number=Plur", "завод"),
        ("2024", "_", "2024"),
    ],
)
def test_a_word_that_the_dictionary_lacks_is_not_bent_against_the_parser(
    word: str, feats: str, expected: str
) -> None:
    assert lemma(word, "NOUN", feats) == expected
