"""Russian: sentences, trees, names in the nominative."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from casegraph.extract import STAGE
from casegraph.extract.lang import ru_dates
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
        ("Беспилотник «Сойка» упал.", "Сойка", "Сойка", "Asset"),
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


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("27 сентября 2024 года завод закрыли", "27 сентября 2024 года", "2024-09-27", "2024-09-28"),
        ("в сентябре 2024 г. и позже", "сентябре 2024 г.", "2024-09-01", "2024-10-01"),
        ("с 1 по 5 мая 2021 года", "1 по 5 мая 2021 года", "2021-05-01", "2021-05-06"),
        ("в 2022–2023 гг.", "2022–2023 гг.", "2022-01-01", "2024-01-01"),
        ("во втором квартале 2023 года", "втором квартале 2023 года", "2023-04-01", "2023-07-01"),
        ("в I полугодии 2022 года", "I полугодии 2022 года", "2022-01-01", "2022-07-01"),
        ("в марте прошлого года", "марте прошлого года", "2023-03-01", "2023-04-01"),
        ("в прошлом году", "прошлом году", "2023-01-01", "2024-01-01"),
        ("12 апреля стороны", "12 апреля", "2024-04-12", "2024-04-13"),
        ("12 декабря стороны", "12 декабря", "2023-12-12", "2023-12-13"),
        ("в прошлый четверг", "прошлый четверг", "2024-10-10", "2024-10-11"),
        ("вчера", "вчера", "2024-10-14", "2024-10-15"),
        ("на прошлой неделе", "прошлой неделе", "2024-10-07", "2024-10-14"),
    ],
)
def test_dates_are_read_against_the_day_of_publication(text: str, words: str, start: str, end: str) -> None:
    low, high, period = next(iter(ru_dates.find(text, dt.date(2024, 10, 15))))
    assert (text[low:high], str(period.start), str(period.end)) == (words, start, end)


@pytest.mark.parametrize("text", ["маме и майору", "31 февраля 2021 года сказки", "в среде 5 человек"])
def test_what_only_looks_like_a_date_is_no_day(text: str) -> None:
    found = [period for _, _, period in ru_dates.find(text, dt.date(2024, 10, 15))]
    assert all(period.precision != "day" for period in found)
