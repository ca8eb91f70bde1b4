"""Sentences of a copy beside those of its source, and values that reports tell differently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casegraph.model import Document
from casegraph.trace import Reported
from casegraph.trace.measures import known_units, numbers
from casegraph.trace.nearest import sentences
from casegraph.trace.values import rounded
from tests.trace.made import behind, derived, doc, reported
from tests.trace.test_other_words import denials, stated
from tests.trace.test_reports import event

POST = doc("post", published="2025-05-03")
HERALD = doc("herald", published="2025-05-04")
LATER = doc("later", published="2025-05-08")
SAID = "The harbour office paid eleven million pounds for the seven cranes, Anna Keller said"


def drifted(before: Reported, words: str, strength: str = "rewrite") -> list[tuple[str, str | None]]:
    """Return what changed from a statement to a copy of it in other words, which no passage connects."""
    relation = "was_revision_of" if strength == "revision" else "was_derived_from"
    step = derived(HERALD, POST, strength, relation=relation)  # type: ignore[arg-type]  # a strength
    copy = replace(stated(HERALD, None, words), road=(step,), sources=(POST,))
    return sorted({(one.kind, one.became) for each in behind(before, copy) for one in each.drifts})


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("For the seven cranes the harbour office paid eleven million pounds", ["attribution-dropped"]),
        ("for the seven cranes the harbour office paid eleven million pounds", []),  # part of a sentence
        ("Anna Keller knows that the harbour office paid eleven million pounds for the seven cranes", []),
        ("For the seven cranes the harbour office paid eleven million pounds, it is said", []),
        ("The weather in the north of the country will be fine until the weekend", []),
    ],
)
def test_who_said_so_is_dropped_in_other_words(words: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in drifted(stated(POST, "anna", SAID), words)] == kinds


def test_a_later_state_of_a_page_changes_numbers_and_nothing_else() -> None:
    before = stated(POST, "anna", "The harbour office had ordered nineteen cranes, Anna Keller said")
    assert drifted(before, "The harbour office had ordered nine cranes", "revision") == [
        ("number-changed", "9")
    ]


def test_a_number_that_stands_in_the_source_too_is_no_change() -> None:
    words = "The harbour office put aside 70 million euros for the cranes of the port"
    copy = "The harbour office pays 92 million euros for the cranes of the port"
    step = derived(HERALD, POST, "rewrite")
    other = replace(stated(HERALD, None, copy), road=(step,), sources=(POST,))
    first, second = (
        stated(POST, None, words),
        stated(POST, None, "In all 92 million euros were due", start=900),
    )
    alone, both = ({one.kind for each in behind(*block) for one in each.drifts}
                   for block in ((first, other), (first, second, other)))  # fmt: skip
    assert (alone, both) == ({"number-changed"}, set())


def test_claims_with_grounds_in_common_make_one_sentence() -> None:
    one = reported(POST, kind="statement", roles={}, words="seven cranes were unloaded at night", start=100)
    part = reported(POST, words="cranes were unloaded", start=106)
    other = reported(POST, words="nobody saw them", start=400)
    found = sentences([other, part, one])
    assert [(own.target.exact, len(own.claims)) for own in found] == [
        ("seven cranes were unloaded at night", 2), ("nobody saw them", 1),
    ]  # fmt: skip


def values(*block: Reported) -> set[str]:
    """Return in words which values contradict each other."""
    return {one.words for each in behind(*block) for one in each.contradictions if one.kind == "values"}


HOLE = "Orlan Works and Veld Port are short of 640 million pounds, the regulator finds"


def test_reports_of_one_matter_give_two_sums() -> None:
    one = stated(POST, "customs", HOLE)
    other = stated(HERALD, "anna", "The shortfall at Orlan Works and Veld Port amounts to 710 million pounds")
    tied = (*event(POST), *event(HERALD))
    assert values(one, other, *tied) == {"640000000 GBP against 710000000 GBP"}
    told = stated(HERALD, "boris", "the regulator had spoken of 640 million pounds", start=900)
    assert values(one, other, told, *tied) == set()


def test_later_reports_count_more_dead() -> None:
    one = stated(POST, "customs", "The blast in the silo at Veld Port killed eleven people")
    tied = [claim for document in (POST, HERALD, LATER) for claim in event(document)]

    def dead(document: Document, count: str) -> set[str]:
        words = f"{count} people died when the silo at Veld Port exploded"
        return values(one, stated(document, "anna", words), *tied)

    assert dead(HERALD, "Fourteen") == {"11 dead against 14 dead"}
    assert dead(LATER, "Fourteen") == set()
    assert dead(LATER, "Seven") == {"11 dead against 7 dead"}


def test_a_finding_is_what_was_told_just_before() -> None:
    found = stated(POST, "customs", "that seven crates were missing from the list", start=1900)
    denial = stated(POST, "boris", "the findings", stance="denies", start=2000)
    assert denials(found, denial) == [((found.claim.id,), (denial.claim.id,))]
    far = stated(POST, "customs", "that seven crates were missing from the list", start=100)
    assert denials(far, denial) == []
    wrongdoing = stated(POST, "boris", "the accusations", stance="denies", start=2000)
    assert denials(found, wrongdoing) == []


FORGED = "that the secret annex to the contract for the cranes is a forgery"


@pytest.mark.parametrize(
    ("speaker", "words", "found"),
    [
        ("orlan", "Orlan Works admits that the contract for the cranes has a secret annex", 1),
        ("orlan", "Orlan Works does not admit that the contract for the cranes has a secret annex", 0),
        ("orlan", "Orlan Works says that the contract for the cranes has a secret annex", 0),
        ("harrow", "Harrow Marine admits that the contract for the cranes has a secret annex", 0),
    ],
)
def test_who_admits_later_takes_back_what_they_said(speaker: str, words: str, found: int) -> None:
    before, after = stated(POST, "orlan", FORGED), stated(HERALD, speaker, words)
    back = [
        (one.left, one.right)
        for each in behind(before, after, *event(POST), *event(HERALD))
        for one in each.contradictions
        if one.kind == "retraction"
    ]
    assert back == [((before.claim.id,), (after.claim.id,))] * found


def test_numbers_in_figures_words_and_signs() -> None:
    assert sorted(numbers("thirty-one of 1,150 rifles")) == [31, 1150]
    assert list(numbers("十九人死亡")) == [19]
    assert {"GBP", "kn", "dead", "people"} <= known_units()
    assert rounded(1234, 1200)
    assert not rounded(19, 9)
