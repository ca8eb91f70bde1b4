"""Which entities an entry of reference data gives as one, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from casegraph.model import Pair
from casegraph.resolve import Counted
from casegraph.resolve.listed import MOST, Entry, borne, pairs_of
from casegraph.resolve.names import words


def counted(name: str, group: str = "Organization", *numbers: str, mentions: int = 1) -> Counted:
    return Counted(
        id=f"{name}{''.join(numbers)}",
        group=group,
        key=" ".join(words(name, group)),
        mentions=mentions,
        documents=frozenset({"a"}),
        identifiers=frozenset(numbers),
        names=(name,),
    )


def entry(
    *names: str, schema: str = "Company", number: str = "", id_: str = "Q1", dataset: str = "d"
) -> Entry:
    numbers = (number,) if number else ()
    return Entry(dataset=dataset, id=id_, schema=schema, caption=names[0], names=names, identifiers=numbers)


def pairs(entities: Sequence[Counted], *entries: Entry) -> list[Pair]:
    own = list(borne(entities, entries))
    return [pair for one in entries for pair in pairs_of(each for each in own if each.entry == one)]


ORLAN = entry("Orlan Machine Works", "Орлан Машиностроение", "奥兰机械制造厂")


def outcomes(found: Sequence[Pair]) -> set[tuple[frozenset[str], str]]:
    return {(frozenset({pair.left, pair.right}), pair.outcome) for pair in found}


def test_names_in_three_scripts_are_one() -> None:
    names = "Orlan Machine Works LLC", "ООО «Орлан Машиностроение»", "奥兰机械制造厂"
    found = pairs([counted(name) for name in names], ORLAN)
    assert len(found) == 3
    assert {pair.outcome for pair in found} == {"same"}
    words_ = {reason.words for pair in found for reason in pair.reasons}
    assert any("奥兰机械制造厂" in one and "in the list d" in one for one in words_)


@pytest.mark.parametrize(
    ("schema", "group", "one", "other", "doubt"),
    [
        ("Person", "Person", "Anna Shcherbatyuk", "安娜", "Chinese"),
        ("Person", "Person", "Ярослав Щербатюк", "Shcherbatyuk", "less than"),
        ("Person", "Person", "John Smith", "Иван Кузнецов", "many people bear"),
        ("Company", "Organization", "ОТК Груп", "OTK", "short"),
        ("Company", "Organization", "Vostok", "Orient", "single word"),
        ("Company", "Organization", "Trading Bank", "Морской порт Северный", "many firms"),
    ],
)
def test_weak_names_only_propose(schema: str, group: str, one: str, other: str, doubt: str) -> None:
    (pair,) = pairs([counted(one, group), counted(other, group)], entry(one, other, schema=schema))
    assert pair.outcome == "proposal"
    assert any(doubt in reason.words for reason in pair.reasons)


def test_a_name_of_two_entries_of_a_list_only_proposes() -> None:
    rival = entry("Орлан Машиностроение", "Another Firm", id_="Q2")
    (pair,) = pairs([counted("Orlan Machine Works"), counted("Орлан Машиностроение")], ORLAN, rival)
    assert pair.outcome == "proposal"


def test_an_entry_of_another_list_that_shares_only_this_name_is_a_doubt_too() -> None:
    own = [counted("Orlan Machine Works"), counted("Орлан Машиностроение")]
    alike = entry("Орлан Машиностроение", "Орлан Завод Северный", dataset="e")
    assert {pair.outcome for pair in pairs(own, ORLAN, alike)} == {"proposal"}
    same = entry("Орлан Машиностроение", "Orlan Machine Works", dataset="e")
    assert {pair.outcome for pair in pairs(own, ORLAN, same)} == {"same"}


def test_numbers_tell_who_is_meant_and_who_is_not() -> None:
    numbered = entry("Orlan Machine Works", "Орлан Машиностроение", number="inn:7812345675")
    it = counted("Завод № 7", "Organization", "inn:7812345675")
    other = counted("Orlan Machine Works", "Organization", "inn:7812346044")
    assert pairs([it, other], numbered) == []
    (pair,) = pairs([it, counted("Orlan Machine Works")], numbered)
    assert pair.outcome == "same"
    assert "the number inn:7812345675" in pair.reasons[0].words


def test_a_place_and_a_ship_are_joined_by_lists_of_places_and_ships() -> None:
    places = entry("Gulf of Veld", "Велдский залив", schema="Address")
    assert len(pairs([counted("Gulf of Veld", "Address"), counted("Велдский залив", "Address")], places)) == 1
    ships = entry("Northern Tern", "Северная крачка", schema="Vessel")
    own = [counted("Northern Tern", "Asset"), counted("Северная крачка", "Asset")]
    assert outcomes(pairs(own, ships)) == {(frozenset({"Northern Tern", "Северная крачка"}), "same")}


def test_groups_are_kept_apart_and_many_bearers_do_not_make_endless_pairs() -> None:
    assert pairs([counted("Orlan Machine Works"), counted("Орлан Машиностроение", "Asset")], ORLAN) == []
    many = [f"Orlan Machine Works {word}" for word in map(str, range(MOST + 20))]
    found = pairs([counted(name) for name in many], entry(*many))
    assert len(found) == MOST * (MOST - 1) // 2
