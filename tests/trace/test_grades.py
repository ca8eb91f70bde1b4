"""Proposed grades of the Admiralty code."""

from __future__ import annotations

import msgspec

from casegraph.trace import bonds
from tests.trace.made import alone, behind, doc, items, named, paper, reported, said, seven, source

POST, HERALD, TIMES = doc("post"), doc("herald"), doc("times")
MAIL = paper("mail", media="message/rfc822", authors=["Petra Dolan"], title="Cranes")
GOOD = {"The Post": "B", "The Herald": "C", "The Times": "B"}


def test_one_voice_cannot_be_judged() -> None:
    found = alone(reported(POST), grades={"The Post": "A"})
    assert found.credibility == 6
    assert found.signs[0].words == "6, truth cannot be judged: one origin, and nothing to compare it with"
    assert found.origins[0].reliability == "A"


def test_two_shown_independent_confirm() -> None:
    found = alone(reported(POST, said("anna")), reported(HERALD, said("boris")))
    assert found.credibility == 1
    assert found.signs[0].words == "1, confirmed by other sources: 2 origins shown independent"


def test_a_denial_by_a_party_takes_one_grade() -> None:
    denial = reported(TIMES, said("orlan"), stance="denies")
    found = alone(reported(POST, said("anna")), reported(HERALD, said("boris")), denial)
    assert (found.independent, found.credibility) == (2, 2)


def test_another_number_takes_two() -> None:
    found = alone(
        reported(POST, said("anna"), quantity=seven()),
        reported(HERALD, said("boris"), quantity=items(70, 70)),
    )
    assert (found.independent, found.credibility) == (2, 3)


def test_the_denial_of_the_accused_does_not_make_a_single_report_doubtful() -> None:
    denial = reported(TIMES, said("orlan"), stance="denies")
    assert alone(reported(POST), denial).credibility == 6
    other = reported(TIMES, said("customs"), stance="denies")
    assert alone(reported(POST), other).credibility == 4


def test_a_director_denies_for_the_firm() -> None:
    denial = reported(TIMES, said("anna"), stance="denies")
    post = reported(HERALD, kind="directorship", roles={"person": "anna", "organisation": "orlan"})
    assert alone(reported(POST), denial).credibility == 4
    assert alone(reported(POST), denial, tied=bonds(post.claim)).credibility == 6


def test_what_only_outlets_say_is_at_most_possible() -> None:
    block = [reported(one) for one in (POST, HERALD, TIMES)]
    assert alone(*block, grades=GOOD).credibility == 3


def test_three_groups_with_a_witness_and_good_outlets_are_probable() -> None:
    block = [reported(POST), reported(HERALD), reported(TIMES, said("anna"))]
    assert alone(*block, grades=GOOD).credibility == 2
    assert alone(*block).credibility == 3


def test_a_document_at_first_hand_alone_is_possible() -> None:
    assert alone(reported(MAIL)).credibility == 3


def test_what_nobody_asserts_cannot_be_judged() -> None:
    assert alone(reported(POST, said("orlan"), stance="denies")).credibility == 6


def test_reliability_is_the_users_and_f_without_a_word() -> None:
    found = alone(
        reported(POST, source("two officials")),
        reported(HERALD, said("anna")),
        reported(TIMES),
        grades={"The Post": "B", "Anna Keller": "C", "The Herald": "A"},
    )
    assert named(found, "two officials").reliability == "F"
    assert named(found, "Anna Keller").reliability == "C"
    assert named(found, "The Times").reliability == "F"


def test_a_grade_by_host_is_the_outlets() -> None:
    page = msgspec.structs.replace(POST, url="https://www.post.example/1")
    (found,) = behind(reported(page), grades={"post.example": "D"})
    assert found.origins[0].reliability == "D"
