"""What claims come to together, and whom they tie."""

from __future__ import annotations

import random

import pytest

from casegraph.connect import Rest, Ties
from casegraph.model import Claim, Tie
from tests.connect.conftest import Made


def ties_of(*claims: Claim, rests: dict[str, Rest] | None = None) -> list[Tie]:
    found = Ties()
    for one in claims:
        found.add(one, (rests or {}).get(one.id))
    return list(found.ties())


def test_claims_of_one_kind_and_ends_are_one_tie_in_any_order(made: Made) -> None:
    claims = [
        made("ownership", "a", "b"),
        made("ownership", "a", "b", stance="denies"),
        made("ownership", "b", "a"),
        made("control", "a", "b", unnamed=True),
        made("family", "a", "b"),
        made("family", "b", "a", dates=(("2024-01-01", "2024-02-01"),)),
    ]
    found = ties_of(*claims)
    assert [(one.kind, one.source, one.target, one.standing, len(one.claims)) for one in found] == [
        ("control", "a", "b", "unproved", 1),
        ("family", "a", "b", "asserted", 2),
        ("ownership", "a", "b", "disputed", 2),
        ("ownership", "b", "a", "asserted", 1),
    ]
    random.Random(1).shuffle(claims)
    assert ties_of(*claims) == found


@pytest.mark.parametrize(
    ("more", "standing", "doubts"),
    [
        ({}, "asserted", ()),
        ({"stance": "alleges"}, "unproved", ("alleged",)),
        ({"hedges": ("reportedly",)}, "unproved", ("hedged",)),
        ({"unnamed": True, "stance": "alleges"}, "unproved", ("alleged", "unnamed")),
        ({"stance": "predicts"}, "unproved", ("predicted",)),
        ({"stance": "predicts", "polarity": "negative"}, "unproved", ("predicted",)),
        ({"stance": "declines-comment"}, "unproved", ("no comment",)),
        ({"stance": "denies"}, "denied", ()),
        ({"polarity": "negative"}, "denied", ()),
    ],
)
def test_a_single_claim_stands_as_it_is_said(
    made: Made, more: dict[str, object], standing: str, doubts: tuple[str, ...]
) -> None:
    (found,) = ties_of(made("payment", "a", "b", **more))
    assert (found.standing, found.doubts) == (standing, doubts)


def test_what_is_contradicted_elsewhere_is_disputed_and_origins_are_not_added_up(made: Made) -> None:
    one, two = made("payment", "a", "b"), made("payment", "a", "b")
    rests = {one.id: Rest("x", 2, 1, contradicted=False), two.id: Rest("y", 1, 5, contradicted=True)}
    (found,) = ties_of(one, two, rests=rests)
    assert (found.standing, found.independent, found.undetermined) == ("disputed", 2, 1)
    (alone,) = ties_of(one, rests={one.id: Rest("x", 0, 3, contradicted=False)})
    assert (alone.standing, alone.doubts) == ("unproved", ("undetermined",))
    (heard,) = ties_of(one, rests={one.id: Rest("x", 1, 0, contradicted=False, unnamed=True)})
    assert (heard.standing, heard.doubts) == ("unproved", ("unnamed",))


def test_participants_are_tied_to_each_other_but_a_crowd_to_the_first(made: Made) -> None:
    assert len(ties_of(made("event", ("a", "b", "c")))) == 3
    crowd = tuple(f"e{number:02}" for number in range(12))
    assert {one.source for one in ties_of(made("event", crowd))} == {"e00"}


def test_who_is_not_known_ties_nobody_and_is_counted(made: Made) -> None:
    found = Ties()
    for one in (
        made("payment", "a"),
        made("payment", "a", "a"),
        made("statement"),
        made("specification", "a"),
    ):
        found.add(one, None)
    assert list(found.ties()) == []
    assert found.loose == 2
