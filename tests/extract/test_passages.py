"""The language of each passage: East Slavic alphabets, mixed pages, traditional characters."""

from __future__ import annotations

import pytest

from casegraph.extract import STAGE
from casegraph.extract.lang.cyrillic import variety
from casegraph.extract.passages import passages
from casegraph.model import Mention, Parse, Problem
from tests.extract.made import unit

RUSSIAN = "Завод «Орбита» был закрыт в прошлом году, сообщил директор Глеб Тарханов."
UKRAINIAN = "Міністерство оборони повідомило, що завод у Києві не постачав ніяких верстатів за кордон."
BELARUSIAN = "Міністэрства паведаміла, што завод у Мінску не пастаўляў ніякіх станкоў за мяжу."
ENGLISH = "The works were closed last year, the director Anna Kern said on Monday."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RUSSIAN, "ru"),
        (UKRAINIAN, "uk"),
        (BELARUSIAN, "be"),
        ("Він не знає.", "uk"),
        ("Мой дом.", None),  # no letter that the others lack
        ("Об этом пишет издание «Українська правда», сообщили вчера эти люди.", "ru"),
        ("Министарство одбране саопштило је да фабрика није радила.", None),
        ("Зауыт кеше жабылды, деп хабарлады басшы өкілі.", None),
        ("", None),
    ],
)
def test_letters_tell_east_slavic_languages_apart(text: str, expected: str | None) -> None:
    assert variety(text) == expected


@pytest.mark.parametrize(
    ("parts", "languages"),
    [
        ((RUSSIAN, ENGLISH), 2),
        ((RUSSIAN, UKRAINIAN), 2),
        ((UKRAINIAN, BELARUSIAN, RUSSIAN), 3),
        ((RUSSIAN, RUSSIAN), 1),
        (("Поставщик: Harrow Marine International Trading Ltd.", RUSSIAN), 1),
    ],
)
def test_a_block_is_cut_where_its_language_changes(parts: tuple[str, ...], languages: int) -> None:
    text = " ".join(parts)
    cut = list(passages(text))
    assert len(cut) == languages
    assert "".join(text[start:end] for start, end in cut) == text


def test_each_passage_is_parsed_in_its_own_language_whatever_the_file_says() -> None:
    found = list(STAGE.run(unit(f"{RUSSIAN} {ENGLISH}\n\n{UKRAINIAN}", language="ru")))
    assert sorted(one.language for one in found if isinstance(one, Parse)) == ["en", "ru"]
    names = {one.name for one in found if isinstance(one, Mention) and one.kind == "name"}
    assert {"Глеб Тарханов", "Anna Kern"} <= names
    assert not any(name in UKRAINIAN for name in names - {"Міністерство оборони", "Києві"})
    [problem] = [one for one in found if isinstance(one, Problem)]
    assert (problem.code, "uk" in problem.detail) == ("extract.language-unsupported", True)


def test_another_cyrillic_language_in_a_russian_file_is_not_parsed_as_russian() -> None:
    text = "Зауыт кеше жабылды, деп хабарлады басшы өкілі Әлия Құрманова қазақ тілінде."
    found = list(STAGE.run(unit(text, language="ru")))
    assert not any(isinstance(one, Parse) for one in found)


@pytest.mark.parametrize(("text", "code"), [(UKRAINIAN, "uk"), (BELARUSIAN, "be")])
def test_a_language_without_a_parser_keeps_its_identifiers(text: str, code: str) -> None:
    found = list(STAGE.run(unit(f"{text} ІПН: press@orbita.example", language="ru")))
    mentions = [one for one in found if isinstance(one, Mention)]
    assert [one.name for one in mentions if one.kind != "name"] == ["press@orbita.example"]
    [problem] = [one for one in found if isinstance(one, Problem)]
    assert f"no parser for {code}" in problem.detail


def test_traditional_characters_stay_as_they_stand() -> None:
    text = "國防部發言人張國強表示，臺灣電力公司去年三月支付了二百萬元給灵博公司。"
    found = [one for one in STAGE.run(unit(text, language=None)) if isinstance(one, Mention)]
    assert all(text[one.target.start : one.target.end] == one.target.exact for one in found)
    by_name = {one.name: one for one in found}
    assert by_name["張國強"].schema == "Person"
    assert "臺灣電力公司" in by_name
    amount = by_name["二百萬元"].amount
    assert amount is not None
    assert amount.minimum == 2e6
    date = by_name["去年三月"].date
    assert date is not None
    assert date.start == "2023-03-01"
