"""Products, events, laws, addresses and Latin names in Russian text; people and companies are invented."""

from __future__ import annotations

import pytest

from casegraph.model import Mention
from tests.extract.made import run, unit
from tests.extract.test_russian_organisations import names


@pytest.mark.parametrize(
    ("text", "name", "schema"),
    [
        ("Вертолёт Ка-52М сел у реки.", "Ка-52М", "Asset"),
        ("На складе стояли гаубицы 2С31 и 2С35.", "2С35", "Asset"),
        ("Танкер Silver Heron ушёл в порт.", "Silver Heron", "Asset"),
        ("Оплачены станки Morvex KT-200.", "Morvex KT-200", "Asset"),
        ("Судно Silver Heron (бывшее «Заря») сменило флаг.", "Заря", "Asset"),
        ("На выставке «Станки-2023» было пусто.", "Станки-2023", "Event"),
        ("После Первой мировой войны цех закрыли.", "Первой мировой войны", "Event"),
        ("Деньги выделены по программе «Чистый берег».", "Чистый берег", "Project"),
        ("Дело возбуждено по статье 160 УК РФ.", "УК РФ", "Thing"),
        ("Принят закон «О защите (охране) рек».", "О защите (охране) рек", "Thing"),
        (
            "Адрес: 420000, г. Казань, ул. Речная, д. 4, оф. 7.",
            "420000, г. Казань, ул. Речная, д. 4, оф. 7",
            "Address",
        ),
        ("Склад стоит на улице Чехова.", "улице Чехова", "Address"),
        ("Груз пришёл в пос. Заречный.", "Заречный", "Address"),
        ("Счёт открыла Kedra Optik GmbH & Co. KG.", "Kedra Optik GmbH & Co. KG", "Company"),
        ("Письмо пришло из Velmar Instruments.", "Velmar Instruments", "Company"),
        ("Корпорация Velmarix молчит.", "Velmarix", "Company"),
        ("Подписал John P. Harrow, вице-президент.", "John P. Harrow", "Person"),
        ("Шейх Халид аль-Фарух оплатил сделку.", "Халид аль-Фарух", "Person"),
        ("Задержание провело УФСБ по Томской области.", "УФСБ по Томской области", "PublicBody"),
        ("Деньги получил телеграм-канал «Сухой док».", "Сухой док", "Organization"),
        (
            "Общество с ограниченной ответственностью «Кедр» закрыто.",
            "Общество с ограниченной ответственностью «Кедр»",
            "Company",
        ),
    ],
)
def test_a_name_is_told_by_the_words_about_it(text: str, name: str, schema: str) -> None:
    assert names(text)[name][1] == schema


def test_a_brand_alone_is_what_the_document_called_so_before() -> None:
    assert names("Он основал ООО «Аркада».\n\n«Аркада» получила деньги.")["Аркада"][1] == "Company"


def test_a_street_keeps_its_genitive_in_the_nominative() -> None:
    assert names("Склад стоит на улице Чехова.")["улице Чехова"][0] == "улица Чехова"


@pytest.mark.parametrize(
    "text",
    [
        "Министерство не ответило.",
        "Сокол взлетел, голубь остался.",
        "Американцы уехали.",
        "Форум перенесли на осень.",
        "Закон принят, кодекс исправлен.",
        "Переговоры по проекту идут.",
    ],
)
def test_a_noun_that_a_sentence_begins_with_is_no_name(text: str) -> None:
    assert names(text) == {}


def test_a_preposition_is_no_village_and_a_plural_no_head() -> None:
    found = names("Он пришёл с Виталием. У одного из заводов Гиршовиц получила письмо.")
    assert {schema for _, schema, _ in found.values()} == {"Person"}


def test_an_affair_abroad_is_no_branch() -> None:
    assert "Управление МИД по Сирии" not in names("Управление МИД по Сирии молчит.")


@pytest.mark.parametrize(
    ("text", "name", "schema"),
    [
        ("Иск подал Сергеев С. С., кандидат наук.", "Сергеев С. С.", "Person"),
        ("Решение принял Бундестаг.", "Бундестаг", "PublicBody"),
        ("Слушания прошли в Совете Федерации.", "Совете Федерации", "PublicBody"),
        ("Счёт открыт в Дальпромбанке.", "Дальпромбанке", "Company"),
        ("Проверку начала прокуратура Ленинского района г. Самары.",
         "прокуратура Ленинского района г. Самары", "PublicBody"),
        ("Он выступил на ПМЭФ-2023.", "ПМЭФ-2023", "Event"),
    ],
)  # fmt: skip
def test_more_words_tell_a_kind(text: str, name: str, schema: str) -> None:
    assert names(text)[name][1] == schema


def test_a_register_is_no_organisation() -> None:
    assert "ЕГРЮЛ" not in names("По данным ЕГРЮЛ, фирма закрыта.")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "Директор ПрАТ «Тихий млин» Ігор Савчук виїхав до Польщі.",
         {"ПрАТ «Тихий млин»": "Company", "Ігор Савчук": "Person", "Польщі": "Address"}),
        ("be", "Следчы камітэт Беларусі затрымаў Сяргея Канановіча.",
         {"Следчы камітэт Беларусі": "PublicBody", "Сяргея Канановіча": "Person"}),
        ("uk", "Вони прийшли вчора і нічого не сказали.", {}),
    ],
)  # fmt: skip
def test_neighbours_of_russian_are_read_by_rule(language: str, text: str, expected: dict[str, str]) -> None:
    found = [one for one in run(unit(text, language=language)) if isinstance(one, Mention)]
    assert {one.name: one.schema for one in found if one.kind == "name"} == expected
