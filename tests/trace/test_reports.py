"""Reports of one event by others: what brings their statements together, what shows them independent."""

from __future__ import annotations

import pytest

from casegraph.model import Corroboration, Document
from casegraph.trace import Reported, sense_keys
from casegraph.trace.witness import gave_evidence, perceives
from tests.trace.made import behind, doc, reported, verdict
from tests.trace.test_other_words import stated

POST = doc("post", published="2025-05-03")
HERALD = doc("herald", published="2025-05-04")
VESTNIK = doc("vestnik", publisher="Вестник", published="2025-05-04", language="ru")
LATER = doc("later", published="2025-09-20")


def event(document: Document) -> list[Reported]:
    """Return what ties reports of one event: whom they name, as people of whom little is said."""
    return [
        reported(document, kind="presence", roles={"actor": one, "place": None}) for one in ("orlan", "veld")
    ]


def clusters(*block: Reported) -> list[Corroboration]:
    """Return what stands behind the statements of a block."""
    return [one for one in behind(*block) if one.kind == "statement"]


BLAST = "The blast in the silo at Veld Port killed eleven people"


def test_reports_of_one_event_meet_in_other_words_and_tongues() -> None:
    saw = stated(HERALD, "anna", "I saw the conveyor burning, then the roof of the silo flew off")
    heard = stated(VESTNIK, "boris", "«Я видел, как горел конвейер, потом слетела крыша силоса»")
    (found,) = clusters(saw, heard, *event(HERALD), *event(VESTNIK))
    assert verdict(found, "Anna Keller", "Boris Malin") == ("independent", "named-witnesses")
    assert found.independent == 2


def test_who_names_nobody_in_common_is_of_another_event() -> None:
    one = stated(POST, "anna", "The driver of the bus lost control on the ice near the bridge")
    other = stated(HERALD, "boris", "The bus driver lost control on the icy bridge")
    assert len(clusters(one, other)) == 2


def test_two_names_and_another_deed_stay_apart() -> None:
    one = stated(POST, "anna", "In May Orlan Works paid Veld Port a secret bonus of 11 million")
    other = stated(HERALD, "boris", "A new quay was built for Veld Port by Orlan Works")
    assert len(clusters(one, other, *event(POST), *event(HERALD))) == 2


def test_the_dead_of_one_event_are_counted_otherwise() -> None:
    one = stated(POST, "customs", BLAST)
    other = stated(HERALD, "anna", "Fourteen people died when the silo at Veld Port exploded")
    (found,) = clusters(one, other, *event(POST), *event(HERALD))
    (values,) = found.contradictions
    assert (values.kind, values.field, values.words) == ("values", "figures", "11 dead against 14 dead")
    assert verdict(found, "Lantos Customs", "Anna Keller") == ("undetermined", "same-words")


def test_who_tells_both_numbers_contradicts_neither() -> None:
    one = stated(POST, "customs", BLAST)
    other = stated(HERALD, "anna", "Fourteen people died when the silo at Veld Port exploded")
    first = stated(HERALD, "boris", "the first count of eleven dead had been too low", start=900)
    found = clusters(one, other, first, *event(POST), *event(HERALD))
    assert [one for cluster in found for one in cluster.contradictions] == []


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (LATER, "Orlan Works shipped 340,000 tonnes of steel through Veld Port"),  # months later
        (HERALD, "Orlan Works shipped 340,000 tonnes of steel through Veld Port in the fourth quarter"),
    ],
)
def test_figures_of_another_time_are_other_figures(document: Document, words: str) -> None:
    one = stated(
        POST, "anna", "Orlan Works shipped 300,000 tonnes of steel through Veld Port in the third quarter"
    )
    found = clusters(one, stated(document, "anna", words), *event(POST), *event(document))
    assert len(found) == 2


def test_a_point_of_a_number_tells_statements_apart() -> None:
    one = stated(POST, "anna", "The harbour office lost 6.2 million crowns on the cranes")
    other = stated(
        doc("herald", language="uk"), "boris", "The harbour office lost 62 million crowns on the cranes"
    )
    assert len(clusters(one, other)) == 2


def test_an_authority_that_heard_the_witness_confirms_nothing() -> None:
    saw = stated(HERALD, "anna", "I counted forty lorries that left Veld Port without a check by Orlan Works")
    office = stated(POST, "customs", "Forty lorries of Orlan Works left Veld Port without any check")
    block = [saw, office, *event(POST), *event(HERALD)]
    tie = reported(HERALD, kind="employment", roles={"person": "anna", "organisation": "harrow"})
    (found,) = clusters(*block, tie)
    assert verdict(found, "Anna Keller", "Lantos Customs")[0] == "independent"
    told = stated(HERALD, "anna", "that Anna Keller told the police on Sunday", start=900)
    (found,) = [one for one in clusters(*block, tie, told) if len(one.documents) == 2]
    assert verdict(found, "Anna Keller", "Lantos Customs") == ("undetermined", "same-words")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("I counted them myself, every Friday", True),
        ("that she heard a loud bang", True),
        ("«Никто не открывал, я сам видел»", True),
        ("我第二天早上就看见了", True),
        ("he saw no reason to resign", False),
        ("We never saw an invoice", False),
        ("The firm supplied machine parts", False),
        ("我没看见", False),
    ],
)
def test_words_of_an_own_witness(text: str, own: bool) -> None:  # noqa: FBT001 - a table of cases
    assert perceives(text) is own


def test_who_was_heard_by_an_authority() -> None:
    assert gave_evidence("She told the police what she had seen")
    assert gave_evidence("他已向警方作证")
    assert not gave_evidence("She has never been interviewed by the auditors")
    assert not gave_evidence("She told this newspaper")


def test_claims_of_a_document_meet_others_by_two_names() -> None:
    one, other = ([one.claim for one in event(document)] for document in (POST, HERALD))
    alone = list(sense_keys(one))
    assert alone == []  # no statement: nothing to be told in other words
    left, right = (
        {key for _, key in sense_keys([*claims, stated(document, "anna", BLAST).claim])}
        for claims, document in ((one, POST), (other, HERALD))
    )
    assert left & right
