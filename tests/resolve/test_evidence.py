"""Numbers that stand with a name, and other names in brackets."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from casegraph.model import Mention, Resolved
from casegraph.resolve import STAGE, Counted, Judged, Link, Scored, unify
from casegraph.resolve.evidence import other_names
from casegraph.resolve.matching.pairs import keys, pairs
from casegraph.resolve.rivals import without_rivals
from casegraph.resolve.unify import Known
from casegraph.testing import mention, page, parsed

INN, OTHER, OGRN = "7707083893", "7736050003", "1027700132195"


def numbered(text: str, names: list[tuple[str, str]], numbers: list[tuple[str, str]]) -> list[Resolved]:
    """Resolve a text with these names (words, schema) and identifiers (figures, kind)."""
    on = page(text)
    found: list[Mention] = []
    for place, (name, schema) in enumerate(names):
        seen = sum(other == name for other, _ in names[:place])
        found.append(mention(on, name, schema, occurrence=seen + 1))
    for figures, kind in numbers:
        number = mention(on, figures)
        found.append(replace(number, kind="identifier", schema=None, detector=f"identifiers:{kind}"))
    return [one for one in STAGE.run(parsed(on, *found)) if isinstance(one, Resolved)]


@pytest.mark.parametrize(
    "text",
    [
        f"ООО «Вектор» (ИНН {INN}) поставило станки.",
        f"ООО «Вектор», ИНН: {INN}, поставило станки.",
        f"ООО «Вектор»\nИНН {INN}\n",
        f"ООО «Вектор», идентификационный номер налогоплательщика {INN}.",
        f"ООО «Вектор» (taxpayer identification number {INN})",
        f"ООО «Вектор»（纳税人识别号：{INN}）",
    ],
)
def test_a_number_behind_a_name_is_its_own(text: str) -> None:
    (one,) = numbered(text, [("ООО «Вектор»", "Company")], [(INN, "inn")])
    assert one.identifiers == (f"inn:{INN}",)


@pytest.mark.parametrize(
    "text",
    [
        f"ООО «Вектор» и завод (ИНН {INN}) подписали договор.",
        f"Договор с ООО «Вектор». ИНН {INN}",
        f"ИНН {INN}: это не ООО «Вектор».",
        f"ООО «Вектор» заплатило фирме с ИНН {INN}.",
    ],
)
def test_a_number_elsewhere_is_not(text: str) -> None:
    (one,) = numbered(text, [("ООО «Вектор»", "Company")], [(INN, "inn")])
    assert one.identifiers == ()


def test_numbers_one_behind_another_and_people_s_own() -> None:
    text = f"ООО «Вектор», ИНН {INN}, ОГРН {OGRN}; директор Анна Керн, ИНН {OTHER}"
    names = [("ООО «Вектор»", "Company"), ("Анна Керн", "Person")]
    firm, person = numbered(text, names, [(INN, "inn"), (OGRN, "ogrn"), (OTHER, "inn")])
    assert firm.identifiers == (f"inn:{INN}", f"ogrn:{OGRN}")
    assert person.identifiers == ()  # ten figures are no person's


def test_two_firms_of_one_name_are_two() -> None:
    text = f"ООО «Вектор» (ИНН {INN}) судится с ООО «Вектор» (ИНН {OTHER}). ООО «Вектор» молчит."
    first, second, third = numbered(text, [("ООО «Вектор»", "Company")] * 3, [(INN, "inn"), (OTHER, "inn")])
    assert len({first.entity, second.entity, third.entity}) == 3


def bracketed(text: str, *names: tuple[str, str]) -> list[str]:
    on = page(text)
    found = [mention(on, name, schema) for name, schema in names]
    return [name for _, name in other_names(found, {on.number: on})]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("库波尔（Kupol）表示", ("库波尔", "Company"), ["Kupol"]),
        ("АО «Купол» (Kupol) поставил", ("АО «Купол»", "Company"), ["Kupol"]),
        ("Rosmera Plant (завод «Росмера») said", ("Rosmera Plant", "Company"), ["завод «Росмера"]),
        ("завод «Росмера» (англ. Rosmera Plant) — завод", ("завод «Росмера»", "Company"), ["Rosmera Plant"]),
        ("Anna Kern (安娜·克恩) said", ("Anna Kern", "Person"), ["安娜·克恩"]),
        ("Иван Петров (CEO) сказал", ("Иван Петров", "Person"), []),
        ("АО «Купол» (2019) поставил", ("АО «Купол»", "Company"), []),
        ("Kupol (IEMZ) said", ("Kupol", "Company"), []),
        ("АО «Купол» (the firm that makes it, Kupol) поставил", ("АО «Купол»", "Company"), []),
        ("АО «Купол» (Ltd) поставил", ("АО «Купол»", "Company"), []),
    ],
)
def test_a_name_in_another_script_in_brackets(text: str, name: tuple[str, str], expected: list[str]) -> None:
    assert bracketed(text, name) == expected


def test_a_place_in_brackets_is_no_name_of_a_firm() -> None:
    assert bracketed("库波尔（Izhevsk）表示", ("库波尔", "Company"), ("Izhevsk", "Address")) == []


def firm(
    key: str, name: str, number: str = "", *, mentions: int = 1, alias: str = "", said: int = 1
) -> Counted:
    return Counted(
        id=f"{key}/{number}",
        group="Organization",
        key=key,
        mentions=mentions,
        documents=frozenset({"a"}),
        identifiers=frozenset({f"inn:{number}"} if number else ()),
        names=(name,),
        aliases={alias: said} if alias else {},
    )


def together(*entities: Counted) -> dict[str, str]:
    """Return what becomes what, with the matcher's pairs of all blocks."""
    blocks: dict[str, list[Counted]] = {}
    for one in entities:
        for key in keys(one, Known()):
            blocks.setdefault(key, []).append(one)
    found = [pair for key, block in blocks.items() for pair in pairs(key, block)]
    return unify(entities, (Scored(one.left, one.right, one.score, one.outcome) for one in found))


def test_one_number_is_one_party_whatever_it_is_called() -> None:
    one, other = firm("вектор", "ООО «Вектор»", INN, mentions=3), firm("altair", "Altair LLC", INN)
    assert together(one, other) == {other.id: one.id}


def test_two_numbers_of_a_kind_hold_apart_whatever_fits() -> None:
    one, other = firm("вектор", "ООО «Вектор»", INN), firm("вектор", "ООО «Вектор»", OTHER)
    latin = firm("vektor", "Vektor LLC")
    assert together(one, other) == {}
    assert together(one, other, latin) == {}  # it may be either
    assert together(one, latin) in ({latin.id: one.id}, {one.id: latin.id})


def test_a_name_without_a_number_joins_the_only_one_that_has_it() -> None:
    bare, one, other = (firm("вектор", "ООО «Вектор»", number) for number in ("", INN, OTHER))
    assert together(bare, one) == {one.id: bare.id}
    assert together(bare, one, other) == {}


def test_names_in_brackets_join_scripts() -> None:
    han = firm("库波尔", "库波尔", alias="Kupol")
    latin, russian = firm("kupol", "Kupol", mentions=9), firm("купол", "АО «Купол»")
    assert set(together(han, latin, russian)) == {han.id, russian.id}
    assert together(firm("库波尔", "库波尔"), latin) == {}  # characters that sound alike are many
    other = firm("赤隼", "赤隼", alias="Kupol")  # no likeness: two documents must say so
    assert together(other, latin) == {}
    assert together(firm("赤隼", "赤隼", alias="Kupol", said=2), latin) != {}


def test_what_fits_two_alike_is_left_to_a_person() -> None:
    one, other = firm("halden shipping", "Halden Shipping"), firm("halden marine", "Halden Marine")
    russian = firm("халден", "Халден")
    assert together(one, other, russian) == {}


def test_names_that_begin_with_other_letters_wait_for_a_person() -> None:
    one, other = firm("garthden", "Garthden Electronics LLC"), firm("hartden", "Hartden Electronics Ltd")
    assert together(one, other) == {}
    assert together(firm("vektor", "Vektor LLC"), firm("wektor", "Wektor LLC")) != {}


def test_a_person_s_word_stands_above_numbers() -> None:
    numbers = {"a": frozenset({f"inn:{INN}"}), "b": frozenset({f"inn:{OTHER}"})}
    link = [Link("a", "b")]
    assert Known(identifiers=numbers).with_links(link).into == {}
    assert Known(identifiers=numbers, judged=Judged(same=(("a", "b"),))).with_links(link).into == {"a": "b"}
    pair = [Scored("a", "b", 0.99, "sure")]
    assert Known(judged=Judged(apart=(("a", "b"),))).with_pairs(pair).into == {}


def test_a_homophone_is_no_rival_of_a_spelling_and_another_spelling_is() -> None:
    pair = Scored("a", "b", 0.92, "same")
    assert list(without_rivals([pair, Scored("c", "b", 0.91, "proposal")], str)) == [("a", "b")]
    assert list(without_rivals([pair, Scored("c", "b", 0.85, "proposal")], str)) == []
    assert list(without_rivals([pair, Scored("c", "b", 0.92, "same")], str)) == []
    fits = Scored("c", "a", 0.6, "proposal")
    assert list(without_rivals([pair, Scored("c", "b", 0.85, "proposal"), fits], str)) == [("a", "b")]
