"""What numbers of running text count, in three languages."""

from __future__ import annotations

import pytest

from casegraph.trace.measures import compared, measures, told_otherwise


def counted(text: str) -> list[tuple[float | None, float | None, str]]:
    """Return what a text counts: least, most, unit."""
    return [(one.minimum, one.maximum, one.unit) for one in measures(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Eleven people were killed and 24 were hurt", [(11, 11, "dead"), (24, 24, "hurt")]),
        ("погибли одиннадцать человек, 24 ранены", [(11, 11, "dead"), (24, 24, "hurt")]),
        ("造成十一人死亡、二十四人受伤", [(11, 11, "dead"), (24, 24, "hurt")]),
        ("two hundred and twelve million pounds", [(212_000_000, 212_000_000, "GBP")]),
        ("rose from 97 to £212m", [(212_000_000, 212_000_000, "GBP")]),
        ("more than 40,000 euros", [(40_000, None, "EUR")]),
        ("не менее чем на 18 млн долларов", [(18_000_000, None, "USD")]),
        ("价值至少1800万美元", [(18_000_000, None, "USD")]),
        ("at most 12 percent", [(None, 12, "%")]),
        ("for a whole year", [(365, 365, "d")]),
        ("31 of 42 ballots", [(42, 42, "vote")]),
        ("the shares slid 14 per cent", [(14, 14, "%")]),
        ("почти девять десятков человек", [(90, 90, "people")]),
        ("полтора десятка человек", [(15, 15, "people")]),
        ("несколько десятков человек", []),
        ("two dozen workers", [(24, 24, "people")]),
        ("besides Anna Keller, 17, fourteen people were injured", [(14, 14, "hurt")]),
        ("погибла 17-летняя девушка", []),
        ("24 people were hurt, four of them children", [(24, 24, "hurt")]),
        ("造成二十四人受伤，其中4人伤势危重", [(24, 24, "hurt")]),
        ("the 0641 and the 7.15am from the junction", []),
        ("on 8 May 2023 at 4:12, a clerk, 27, and a 44-year-old man", []),
    ],
)
def test_numbers_and_what_they_count(text: str, values: list[tuple[float | None, float | None, str]]) -> None:
    assert counted(text) == values


def test_one_value_in_place_of_another() -> None:
    was, became = measures("Nine sailors died, 14 were hurt"), measures("Nineteen died and 14 were injured")
    found = told_otherwise(was, became)
    assert found is not None
    assert [value.minimum for value in found] == [9, 19]
    assert compared(was, became) == "different"
    assert told_otherwise(was, was) is None
    lost = measures("It cost 4.4 dollars"), measures("It cost $4.4 million")
    assert told_otherwise(*lost) is None  # a word was lost, not a number changed
    several = measures("3 km and 40 votes"), measures("5 km and 60 votes")
    assert told_otherwise(*several) is None  # two things, told otherwise both
