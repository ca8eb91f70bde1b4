"""Whom a pronoun or "the company" stands for in a relation, and where that is left open."""

from __future__ import annotations

import pytest

from tests.attribute.relations.made import names, relations_of


@pytest.mark.parametrize(
    ("text", "kind", "role", "name"),
    [
        ("Halden Group is based in Oslo. It owns Pryce Ferries.", "ownership", "owner", "Halden Group"),
        ("Halden Group lost money. The company owns Pryce Ferries.", "ownership", "owner", "Halden Group"),
        ("Halden Group said it owned Pryce Ferries.", "ownership", "owner", "Halden Group"),
        ("After its sale to Corvus Holdings, Pryce Ferries shrank.", "ownership", "asset", "Pryce Ferries"),
        ("Anna Kern said she owned Pryce Ferries.", "ownership", "owner", "Anna Kern"),
        ("Anna Kern resigned in May. She had headed Harrow Marine.", "directorship", "person", "Anna Kern"),
        ("The treasurer admitted that he owned Pryce Ferries.", "ownership", "owner", "treasurer"),
        ("The court fined Ivo Vesk and one of his companies, Kalem Trade.", "ownership", "owner", "Ivo Vesk"),
    ],
)  # fmt: skip
def test_a_subject_close_by_is_taken_up(text: str, kind: str, role: str, name: str) -> None:
    found = [names(relation, role) for relation in relations_of(text) if relation.kind == kind]
    assert [name] in found


def test_the_filler_keeps_the_place_of_the_pronoun() -> None:
    text = "Halden Group is based in Oslo. It owns Pryce Ferries."
    owner = next(r for r in relations_of(text) if r.kind == "ownership").roles["owner"]
    assert owner is not None
    assert not isinstance(owner, tuple)
    assert text[owner.start : owner.end] == "It"
    assert owner.mention is not None


@pytest.mark.parametrize(
    "text",
    [
        "Anna Kern met Olga Brenner in Oslo. Olga Brenner told Anna Kern that she owned Pryce Ferries.",
        "Anna Kern, a friend of Olga Brenner, said she owned Pryce Ferries.",
    ],
)
def test_between_two_people_nobody_is_taken(text: str) -> None:
    assert not [r for r in relations_of(text) if r.kind == "ownership"]


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [("It owns Pryce Ferries.", "It"), ("We own Pryce Ferries.", "We"), ("He owns Pryce Ferries.", "He")],
)
def test_a_pronoun_that_nothing_explains_stays_as_written(text: str, pronoun: str) -> None:
    relation = next(r for r in relations_of(text) if r.kind == "ownership")
    assert names(relation, "owner") == [pronoun]


def test_a_possessive_that_nothing_explains_is_left_out() -> None:
    assert not [r for r in relations_of("Its owner is Halden Group.") if r.kind == "ownership"]
