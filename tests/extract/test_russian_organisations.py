"""Organisations in Russian: bodies with their state, brackets, brands, what only looks like one."""

from __future__ import annotations

import pytest

from casegraph.extract import STAGE
from casegraph.model import Mention
from tests.extract.made import unit


def names(text: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Return each name with its nominative, schema and country."""
    found = [one for one in STAGE.run(unit(text, language="ru")) if isinstance(one, Mention)]
    return {one.name: (one.normal, one.schema, one.country) for one in found if one.kind == "name"}


@pytest.mark.parametrize(
    ("text", "name", "schema"),
    [
        ("Это решил Конгресс США.", "Конгресс США", "PublicBody"),
        ("Об этом заявили в МИД РФ.", "МИД РФ", "PublicBody"),
        ("Счёт закрыл Национальный банк Украины.", "Национальный банк Украины", "PublicBody"),
        ("Проект внёс парламент Крыма.", "парламент Крыма", "PublicBody"),
        (
            "Об этом сообщила пресс-служба президента Украины.",
            "пресс-служба президента Украины",
            "PublicBody",
        ),
        ("Акции купил концерн “Орбита”.", "Орбита", "Company"),
        ('Завод "Кедр" закрыли.', "Кедр", "Company"),
        ("Болельщики команды Феррари ушли.", "Феррари", "Organization"),
        ("Бастуют на Ижевском механическом заводе «Вега».", "Ижевском механическом заводе «Вега»", "Company"),
        ("Компания Brask Aero закрыта.", "Brask Aero", "Company"),
        (
            "Он учился в Уральском государственном университете.",
            "Уральском государственном университете",
            "Organization",
        ),
        ("Грант получил Интерпол.", "Интерпол", "Organization"),
    ],
)
def test_an_organisation_is_named_as_far_as_its_name_goes(text: str, name: str, schema: str) -> None:
    assert names(text)[name][1] == schema


def test_a_nationality_before_a_body_is_its_state() -> None:
    found = names("Глава японского МИДа встретился с министром. Заявило японское правительство.")
    assert found["японского МИДа"] == ("японский МИД", "PublicBody", "jp")
    assert found["японское правительство"] == ("японское правительство", "PublicBody", "jp")


@pytest.mark.parametrize(
    ("text", "normal", "country"),
    [
        ("Деньги дали правительству Пакистана.", "правительство Пакистана", "pk"),
        ("С пресс-службой президента Украины не связались.", "пресс-служба президента Украины", None),
        ("Об этом знают в Федеральной налоговой службе России.", "Федеральная налоговая служба России", "ru"),
        (
            "В Министерстве юстиции Российской Федерации молчат.",
            "Министерство юстиции Российской Федерации",
            "ru",
        ),
    ],
)
def test_a_body_is_brought_to_the_nominative_and_keeps_its_genitives(
    text: str, normal: str, country: str | None
) -> None:
    assert (normal, "PublicBody", country) in names(text).values()


def test_an_abbreviation_in_brackets_is_a_name_of_its_own() -> None:
    found = names("Союз координационных советов (СКС) провёл митинг.")
    assert {"Союз координационных советов", "СКС"} <= set(found)


def test_a_latin_name_in_brackets_is_the_organisations() -> None:
    found = names("Газета «Вечерняя почта» (La Posta della Sera) закрыта, как и завод «Кедр» (США).")
    assert found["La Posta della Sera"][1] == "Organization"
    assert found["США"][1] == "Address"


def test_a_place_in_the_genitive_of_a_brand_is_none_of_it() -> None:
    assert "Россия" in {normal for normal, _, _ in names("«Кедр» России не нужен.").values()}


def test_a_place_has_its_state() -> None:
    found = names("Груз ушёл из Германии в КНДР через Казань.")
    assert {name: found[name][2] for name in found} == {"Германии": "de", "КНДР": "kp", "Казань": "ru"}


@pytest.mark.parametrize(
    "text", ["Об этом сообщили СМИ.", "Правительство обсудит это.", "Власть меняет людей."]
)
def test_a_common_noun_alone_is_no_name(text: str) -> None:
    assert names(text) == {}
