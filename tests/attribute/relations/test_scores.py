"""How typed claims are scored against gold claims."""

from __future__ import annotations

from typing import Any

import pytest

from casegraph.attribute.base import Filler, Relation, Roles
from casegraph.gates.relations import RelationScores, same_name, score_relations
from casegraph.model import Amount, Kind, Qualifiers


def relation(kind: Kind, qualifiers: Qualifiers | None = None, **roles: str | None) -> Relation:
    """Return a relation whose fillers stand nowhere."""
    filled: Roles = {role: None if name is None else Filler(0, 1, name) for role, name in roles.items()}
    return Relation(kind, filled, (0, 1), (0, 1), qualifiers=qualifiers or Qualifiers())


def gold(kind: str, qualifiers: dict[str, Any] | None = None, **roles: str | None) -> dict[str, Any]:
    """Return a gold claim."""
    return {"kind": kind, "roles": roles, "polarity": "positive", "qualifiers": qualifiers or {}}


@pytest.mark.parametrize(
    ("one", "other", "lenient", "strict"),
    [
        ("Harrow Marine Ltd.", "Harrow Marine", True, True),
        ("the Harrow Marine", "harrow marine", True, True),
        ("Sir Rupert Hexham", "Rupert Hexham", True, True),
        ("Kern", "Anna Kern", True, False),
        ("survey drones", "drones", True, False),
        ("executives of Plains Artery", "executives", True, False),
        ("Ilya Marchenkov", "Boris Marchenkov", False, False),
        ("Harrow Marine", "Orlan Works", False, False),
        ("", "Orlan Works", False, False),
    ],
)
def test_names_are_the_same(one: str, other: str, *, lenient: bool, strict: bool) -> None:
    assert same_name(one, other, strict=False) is lenient
    assert same_name(one, other, strict=True) is strict


def test_right_wrong_and_missed_are_counted_by_kind() -> None:
    found = [
        relation("ownership", owner="Halden", asset="Pryce Ferries"),
        relation("ownership", owner="Halden", asset="Orlan Works"),
    ]
    wanted = [
        gold("ownership", owner="Halden Group", asset="Pryce Ferries"),
        gold("family", person="Leo Falk", relative="Mira Falk"),
    ]
    scores = score_relations(found, wanted)
    assert (scores.lenient["ownership"].right, scores.lenient["ownership"].found) == (1, 2)
    assert scores.strict["ownership"].right == 0
    assert (scores.lenient["family"].found, scores.lenient["family"].wanted) == (0, 1)
    assert (scores.micro().right, scores.micro().found, scores.micro().wanted) == (1, 2, 2)
    assert scores.macro() == pytest.approx((2 / 3 + 0) / 2)


def test_a_role_that_the_gold_fills_must_be_filled() -> None:
    found = [relation("delivery", supplier="Harrow Marine", recipient=None, goods="cranes")]
    wanted = [gold("delivery", supplier="Harrow Marine", recipient="Veld Port", goods="cranes")]
    assert score_relations(found, wanted).micro().right == 0


def test_a_role_that_the_gold_leaves_open_may_be_filled() -> None:
    found = [relation("delivery", supplier="Harrow Marine", recipient="Veld Port", goods="cranes")]
    scores = score_relations(
        found, [gold("delivery", supplier="Harrow Marine", recipient=None, goods="cranes")]
    )
    assert (scores.micro().right, scores.micro(strict=True).right) == (1, 0)


def test_kin_may_stand_in_either_order() -> None:
    found = [relation("family", person="Leo Falk", relative="Mira Falk")]
    assert (
        score_relations(found, [gold("family", person="Mira Falk", relative="Leo Falk")]).micro().right == 1
    )
    owned = [relation("ownership", owner="Leo Falk", asset="Orlan Works")]
    assert (
        score_relations(owned, [gold("ownership", owner="Orlan Works", asset="Leo Falk")]).micro().right == 0
    )


def test_a_repeat_is_neither_right_nor_wrong() -> None:
    found = [relation("ownership", owner="Halden", asset="Orlan") for _ in range(3)]
    scores = score_relations(found, [gold("ownership", owner="Halden", asset="Orlan")])
    assert (scores.micro().right, scores.micro().found, scores.repeats) == (1, 1, 2)


def test_events_match_by_people_and_deed() -> None:
    people = (Filler(0, 1, "Leo Falk"), Filler(0, 1, "Anna Kern"))
    met = Relation("event", {"participants": people, "what": Filler(0, 1, "met")}, (0, 1), (0, 1))
    wanted = {"kind": "event", "roles": {"participants": ["Anna Kern", "Leo Falk"], "what": "met"}}
    other = {"kind": "event", "roles": {"participants": ["Anna Kern", "Leo Falk"], "what": "arrested"}}
    assert score_relations([met], [wanted]).micro(strict=True).right == 1
    assert score_relations([met], [other]).micro().right == 0


def test_qualifiers_and_polarity_are_judged_on_what_matches() -> None:
    paid = Qualifiers(amount=Amount(minimum=5.0, maximum=5.0, currency="EUR"))
    found = [relation("payment", paid, payer="Halden", beneficiary="Orlan")]
    amount = {"minimum": 5, "maximum": 5, "currency": "EUR"}
    wanted = [
        gold(
            "payment",
            {"amount": amount, "dates": [["2021-01-01", "2022-01-01"]]},
            payer="Halden",
            beneficiary="Orlan",
        )
    ]
    scores = score_relations(found, wanted)
    assert scores.qualifiers["amount"].right == 1
    assert (scores.qualifiers["dates"].found, scores.qualifiers["dates"].wanted) == (0, 1)
    assert scores.polarity.precision == 1


def test_scores_of_items_add_up_and_print() -> None:
    total = RelationScores()
    for name in ("Orlan", "Pryce"):
        total.add(
            score_relations(
                [relation("link", subject="Halden", object=name)],
                [gold("link", subject="Halden", object=name)],
            )
        )
    assert total.micro().right == 2
    assert any(row.startswith("micro") for row in total.rows())


def test_a_post_is_judged_where_the_gold_names_it() -> None:
    post = Qualifiers(position="chairman")
    found = [relation("directorship", post, person="Leo Falk", organisation="Halden")]
    unmarked = gold("directorship", person="Leo Falk", organisation="Halden")
    assert "position" not in score_relations(found, [unmarked]).qualifiers
    for words, right in (("chairman", 1), ("director", 0)):
        scores = score_relations(found, [unmarked | {"qualifiers": {"position": words}}])
        assert (scores.qualifiers["position"].right, scores.qualifiers["position"].wanted) == (right, 1)
