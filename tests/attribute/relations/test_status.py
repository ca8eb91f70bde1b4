"""Polarity, hedges, modality and qualifiers of relations, and what must not become one."""

from __future__ import annotations

import pytest

from casegraph.attribute.base import Filler, Relation
from tests.attribute.relations.made import kinds_of, names, relations_of


def only(text: str, kind: str) -> Relation:
    """Return the one relation of the kind."""
    found = [relation for relation in relations_of(text) if relation.kind == kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "Harrow Marine did not deliver any cranes to Veld Port.",
        "Harrow Marine has never delivered cranes to Veld Port.",
        "Harrow Marine refused to deliver cranes to Veld Port.",
        "Harrow Marine stopped all deliveries of cranes to Veld Port.",
        "Harrow Marine no longer delivers cranes to Veld Port.",
    ],
)
def test_a_denied_delivery_is_negative(text: str) -> None:
    assert only(text, "delivery").polarity == "negative"


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("Harrow Marine may have delivered cranes to Veld Port.", ("may",)),
        ("Harrow Marine reportedly delivered cranes to Veld Port.", ("reportedly",)),
        ("Harrow Marine is said to have delivered cranes to Veld Port.", ("is said to",)),
        ("Harrow Marine appears to have delivered cranes to Veld Port.", ("appears",)),
        ("Olga Brenner, the alleged owner of Lantos Ltd, fled.", ("alleged",)),
    ],
)
def test_hedges_are_the_words(text: str, hedges: tuple[str, ...]) -> None:
    assert relations_of(text)[0].hedges == hedges


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Harrow Marine delivered cranes to Veld Port.", "asserts"),
        ("Harrow Marine will deliver cranes to Veld Port.", "predicts"),
        ("Harrow Marine plans to deliver cranes to Veld Port.", "predicts"),
        ("Harrow Marine agreed to deliver cranes to Veld Port.", "predicts"),
        ("The court ordered Harrow Marine to deliver cranes to Veld Port.", "orders"),
        ("Reporters asked whether Harrow Marine had delivered cranes to Veld Port.", "asks"),
        ("Has Harrow Marine delivered cranes to Veld Port?", "asks"),
    ],
)
def test_what_is_to_come_ordered_or_asked_is_not_asserted(text: str, modality: str) -> None:
    assert only(text, "delivery").modality == modality


def test_dates_sums_and_counts_go_to_their_own_verb() -> None:
    text = (
        "Harrow Marine delivered nine cranes to Veld Port in March 2021 and won a $20 million contract "
        "from Nardova Docks in 2023."
    )
    found = {relation.kind: relation.qualifiers for relation in relations_of(text)}
    delivery, contract = found["delivery"], found["contract"]
    assert [(date.start, date.end) for date in delivery.dates] == [("2021-03-01", "2021-04-01")]
    assert delivery.quantity is not None
    assert delivery.quantity.minimum == 9
    assert delivery.amount is None
    assert [(date.start, date.end) for date in contract.dates] == [("2023-01-01", "2024-01-01")]
    assert contract.amount is not None
    assert (contract.amount.minimum, contract.amount.currency) == (20_000_000, "USD")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in 2018", "2018-01-01", "2019-01-01"),
        ("since 2018", "2018-01-01", None),
        ("until 2018", None, "2019-01-01"),
        ("after 2018", "2019-01-01", None),
        ("before 2018", None, "2018-01-01"),
    ],
)
def test_the_word_before_a_date_sets_its_bound(words: str, start: str | None, end: str | None) -> None:
    found = only(f"Leo Falk worked for Harrow Marine {words}.", "employment")
    assert [(date.start, date.end) for date in found.qualifiers.dates] == [(start, end)]


def test_a_share_left_out_takes_the_asset_named_before() -> None:
    text = (
        "Halden Group owns 51 percent of Pryce Ferries; the remaining 49 percent belongs to Corvus Holdings."
    )
    rows = {names(relation, "owner")[0]: relation for relation in relations_of(text)}
    assert names(rows["Corvus Holdings"], "asset") == ["Pryce Ferries"]
    share = rows["Corvus Holdings"].qualifiers.share
    assert share is not None
    assert share.minimum == 49


@pytest.mark.parametrize(
    "text",
    [
        "Harrow Marine delivered nine cranes, worth $3 million, to Veld Port in March 2021, two men said.",
        "Pelmar Logistics, a firm owned by his brother-in-law, Tomas Eide, was searched in May 2022.",
        "The Strizh, with a wingspan of 3 metres, has a range of 300 kilometres.",
    ],
)
def test_evidence_holds_trigger_roles_and_qualifiers(text: str) -> None:
    found = relations_of(text)
    assert found
    for relation in found:
        start, end = relation.evidence
        spans = [relation.trigger, *((d.target.start, d.target.end) for d in relation.qualifiers.dates)]
        for filler in relation.roles.values():
            parts = filler if isinstance(filler, tuple) else (filler,) if isinstance(filler, Filler) else ()
            spans += [(part.start, part.end) for part in parts]
        assert all(start <= low < high <= end for low, high in spans)
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "The company made a mistake and lost money.",
        "Anna Kern made a decision to leave on Tuesday.",
        "The court delivered its verdict on Friday.",
        "The minister sent a clear message to voters.",
        "Anna Kern paid tribute to the victims.",
        "She has a long history of delivering results for Nardova.",
        "Harrow Marine will pay a heavy price for the delay.",
        "Leo Falk took a train to Vienna.",
        "Harrow Marine signed the letter.",
        "The trial of Leo Falk begins in March.",
        "Heavy rain closed the coast road for a second night.",
        "He spoke for an hour without notes, thanked the caterers and left.",
        "They own nothing and it belongs to nobody.",
    ],
)
def test_ordinary_prose_states_no_relation(text: str) -> None:
    assert relations_of(text) == []


@pytest.mark.parametrize(
    "text", ["", " ", "?", "-", "((((", "a\n\n\nb", "Ltd Ltd Ltd & & ,", "the the of of by by"]
)
def test_scraps_are_no_error(text: str) -> None:
    relations_of(text)


def test_a_company_called_something_is_no_alias() -> None:
    assert "identity" not in kinds_of("The money went to a company called Lantos Ltd.")


def test_one_relation_is_told_once_a_sentence() -> None:
    text = (
        "Harrow Marine's chief executive, Anna Kern, who has been its chief executive since 2019, resigned."
    )
    assert sum(relation.kind == "directorship" for relation in relations_of(text)) == 1
