"""The patterns as data: every frame makes sense, every test that a slot names exists."""

from __future__ import annotations

import pytest

from casegraph.attribute.english.relations.identity import is_abbreviation
from casegraph.attribute.english.relations.patterns import load_grammar, parse_frame
from casegraph.attribute.english.relations.wants import WANTS
from casegraph.model import ROLES


def test_every_slot_names_a_test_that_exists() -> None:
    grammar = load_grammar("en")
    wants = {
        want
        for table in grammar.patterns.values()
        for rows in table.values()
        for pattern in rows
        for frame in pattern.frames
        for slot in frame
        for want in slot.wants
    }
    assert wants <= WANTS


def test_every_kind_has_patterns() -> None:
    grammar = load_grammar("en")
    kinds = {p.kind for table in grammar.patterns.values() for rows in table.values() for p in rows}
    assert kinds == set(ROLES) - {"statement", "specification"}  # measures are found from their quantities


def test_a_frame_is_read_slot_by_slot() -> None:
    supplier, goods, recipient = parse_frame(
        "delivery", "supplier=subject:party! goods=object recipient=to|into:place"
    )
    assert (supplier.role, supplier.places, supplier.wants, supplier.required) == (
        "supplier",
        ("subject",),
        ("party",),
        True,
    )
    assert (goods.wants, goods.required) == ((), False)
    assert (recipient.places, recipient.placed) == (("to", "into"), True)


@pytest.mark.parametrize("frame", ["owner=subject", "supplier", "supplier=:party"])
def test_a_senseless_frame_is_refused(frame: str) -> None:
    with pytest.raises(ValueError, match="is no slot"):
        parse_frame("delivery", frame)


@pytest.mark.parametrize(
    ("short", "words", "good"),
    [
        ("VHP", "Veridian Hydro plc", True),
        ("SMA", "State Maritime Agency", True),
        ("BAC", "British Aircraft Corporation", True),
        ("XYZ", "State Maritime Agency", False),
        ("S", "State", False),
        ("sma", "State Maritime Agency", False),
    ],
)
def test_abbreviations_begin_the_words(short: str, words: str, *, good: bool) -> None:
    assert is_abbreviation(short, words) is good
