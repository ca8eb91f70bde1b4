"""Which relation two texts have, and who was first."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from casegraph.model import Derivation
from casegraph.settings import Publisher
from casegraph.trace import Article, Families
from casegraph.trace.align import Meant, in_order
from tests.trace.making import article, parsed, traced
from tests.trace.test_lineage import TEXTS

WIRE = TEXTS["wire"]
PARTS = WIRE.split("\n\n")
CONTRACT = TEXTS["contract"]
FIRST = {
    "number": "118/24",
    "day": "3 May 2024",
    "seller": "Halden Pumps",
    "seller_head": "Erik Moen",
    "buyer": "Veld Works",
    "buyer_head": "Ada Orr",
    "goods": "seven pumps P40",
    "price": "EUR 182,400",
    "account": "55120031",
    "bank": "Fjord Bank",
}
SECOND = {
    "number": "407/25",
    "day": "19 January 2025",
    "seller": "Corvane Lines",
    "seller_head": "Tom Aske",
    "buyer": "Tellin Optics",
    "buyer_head": "Lena Holt",
    "goods": "40 lenses K9",
    "price": "USD 77,950",
    "account": "90188276",
    "bank": "Sarn Credit",
}


def only(*articles: Article, families: Families | None = None) -> Derivation:
    found = traced(*articles, families=families)
    (one,) = [one for one in found if one.source] or found
    return one


def made(text: str, outlet: str | None = None, day: str | None = None, **given: str) -> Article:
    return article(parsed(text, outlet=outlet, day=day, **given))  # type: ignore[arg-type]  # handed on


def test_the_same_text_in_two_outlets() -> None:
    body = "\n\n".join([PARTS[0], *PARTS[2:]])
    one = only(made(body, "Harbour Wire", "2026-11-03"), second := made(body, "Calder Echo", "2026-11-05"))
    assert (one.relation, one.strength, one.share, one.direction) == (
        "was_derived_from",
        "same-text",
        1.0,
        "shown",
    )
    assert one.document == second.document.id


def test_without_dates_and_credits_the_direction_is_unknown() -> None:
    body = "\n\n".join([PARTS[0], *PARTS[2:]])
    assert only(made(body, "Calder Echo"), made(body, "Coastal Mail")).direction == "unknown"


def test_a_day_does_not_tell_which_of_two_texts_of_that_day_was_first() -> None:
    body = "\n\n".join([PARTS[0], *PARTS[2:]])
    days = ("2026-11-03", "2026-11-03T09:00:00+00:00")
    assert (
        only(made(body, "Calder Echo", days[0]), made(body, "Coastal Mail", days[1])).direction == "unknown"
    )


def test_a_later_state_of_a_page_is_a_revision() -> None:
    url = "https://echo.example/a/1"
    changed = (
        WIRE.replace("1,240 crates", "1,420 crates")
        + "\n\nCorrection: an earlier version gave a wrong number."
    )
    first = made(WIRE, "Calder Echo", "2026-11-03T09:00:00+00:00", url=url)
    second = made(changed, "Calder Echo", "2026-11-03T15:00:00+00:00", url=url + "?utm_source=feed")
    one = only(first, second)
    assert (one.relation, one.strength, one.document) == ("was_revision_of", "revision", second.document.id)


def test_two_versions_of_a_contract_are_a_revision() -> None:
    changed = CONTRACT.replace("thirty days", "sixty days").replace(
        "Disputes are settled", "All disputes are settled"
    )
    one = only(made(CONTRACT.format(**FIRST)), made(changed.format(**FIRST | {"price": "EUR 179,000"})))
    assert (one.relation, one.strength) == ("was_revision_of", "revision")


def test_a_form_filled_in_twice_is_not_kin() -> None:
    assert traced(made(CONTRACT.format(**FIRST)), made(CONTRACT.format(**SECOND))) == ()


def test_what_follows_any_text_makes_no_kin() -> None:
    about = TEXTS["about"]
    assert traced(made(TEXTS["school"] + about), made(TEXTS["finance"] + about)) == ()


def test_a_statement_quoted_by_two_reporters_makes_no_kin() -> None:
    assert (
        traced(
            made(TEXTS["statement_one"], "Calder Echo", "2026-02-06"),
            made(TEXTS["statement_two"], "Coastal Mail", "2026-02-06"),
        )
        == ()
    )


def test_a_mail_quoted_in_its_reply() -> None:
    letter = TEXTS["letter"]
    answer = parsed(f"Re: Pumps\n\nThanks, the papers are with Tom.\n\n{letter}")
    page = answer.pages[0]
    blocks = (*page.blocks[:2], msgspec.structs.replace(page.blocks[2], depth=1))
    quoting = msgspec.structs.replace(answer, pages=(msgspec.structs.replace(page, blocks=blocks),))
    one = only(made(f"Pumps\n\n{letter}"), second := article(quoting))
    assert (one.relation, one.strength, one.direction) == ("was_quoted_from", "quotation", "shown")
    assert one.document == second.document.id


def test_a_chain_of_copies_is_not_cut_short() -> None:
    second_text = (
        REWRITTEN + "\n\nThe Echo has asked the harbour office for the ledger and got no answer by evening."
    )
    third_text = "\n\n".join(second_text.split("\n\n")[:4] + second_text.split("\n\n")[-1:])
    first = made(WIRE, "Harbour Wire", "2026-11-03")
    second = made(second_text, "Calder Echo", "2026-11-04")
    third = made(third_text, "Coastal Mail", "2026-11-05")
    found = {(one.document, one.source) for one in traced(first, second, third)}
    assert found == {(second.document.id, first.document.id), (third.document.id, second.document.id)}


def test_credits_in_a_circle_are_broken_by_time() -> None:
    first = made(WIRE + "\n\nThe affair was first reported by the Calder Echo.", "Harbour Wire", "2026-11-05")
    second = made(REWRITTEN, "Calder Echo", "2026-11-03")
    third = made(TEXTS["reprint"], "Coastal Mail", "2026-11-07")
    found = traced(first, second, third)
    edges = {one.document: one.source for one in found if one.source}
    assert len(edges) == 2
    road, name = set(), third.document.id
    while name in edges:
        assert name not in road
        road.add(name)
        name = str(edges[name])
    assert {one.document for one in found if one.source == second.document.id} == {first.document.id}


def test_two_prints_of_a_wire_that_the_case_does_not_hold() -> None:
    wire = WIRE.replace("(Harbour Wire)", "(Reuters)").replace("Harbour Wire", "Reuters")
    first = made(wire, "Calder Echo", "2026-11-03")
    second = made("\n\n".join(wire.split("\n\n")[:5]), "Coastal Mail", "2026-11-05")
    found = traced(first, second)
    works = {one.document: one for one in found if one.work}
    assert {one.work for one in works.values()} == {"Reuters"}
    assert len(works) == 2
    assert {one.relation for one in works.values()} == {"was_derived_from"}
    (siblings,) = [one for one in found if one.source]
    assert siblings.direction == "unknown"
    assert len({one.story for one in found}) == 1


def test_what_a_source_names_is_not_named_again() -> None:
    first = made(REWRITTEN.replace("Harbour Wire", "Reuters"), "Calder Echo", "2026-11-03")
    second = made(REWRITTEN.replace("Harbour Wire", "Reuters"), "Coastal Mail", "2026-11-06")
    works = [one.document for one in traced(first, second) if one.work]
    assert works == [first.document.id]


def test_a_document_alone_names_its_source() -> None:
    one = only(made("Ship held\n\nThe ship is held at the quay, Reuters reported on Monday."))
    assert (one.source, one.work, one.relation, one.strength) == (
        None,
        "Reuters",
        "had_primary_source",
        "cited",
    )


def test_a_link_to_the_address_of_the_other_shows_the_direction() -> None:
    url = "https://wire.example/ship"
    first = made(WIRE, "Harbour Wire", url=url)
    text = (
        TEXTS["rewrite"]
        .replace("Harbour Wire", "an agency")
        .replace("first reported the affair", "told of it in a report")
    )
    second = article(parsed(text, outlet="Calder Echo", links=[(url, "a report")]))
    one = only(first, second)
    assert (one.document, one.direction) == (second.document.id, "shown")
    assert "link" in [sign.feature for sign in one.signs]


def test_names_of_the_users_table_are_credits_too() -> None:
    table = Families((Publisher(name="Harbour Wire", names=("HW", "hw.example")),))
    text = TEXTS["rewrite"].replace("to Harbour Wire, which first reported the affair", "quoted by HW News")
    second = made(text.replace("HW News", "the HW newspaper"), "Calder Echo", "2026-11-03")
    one = only(made(WIRE, "hw.example", "2026-11-03"), second, families=table)
    assert (one.document, one.direction) == (second.document.id, "shown")


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_short_and_empty_texts_are_no_trouble(language: str) -> None:
    text = {"en": "Yes.", "ru": "Да.", "zh": "是。"}[language]
    assert traced(made(text, "A"), made(text + " ", "B"))[:0] == ()


REWRITTEN = TEXTS["rewrite"]


def test_who_rewrites_does_it_soon() -> None:
    """What tells the same months later has it from elsewhere, more often than not."""
    wire = made(WIRE, "Harbour Wire", "2026-11-03")
    days = ("2026-11-03", "2026-11-06", "2026-12-20")
    same_day, days_later, weeks_later = (
        only(wire, made(TEXTS["rewrite"], "Calder Echo", day)).score for day in days
    )
    assert same_day > days_later > weeks_later


def answering(best: list[int], score: list[float]) -> Meant:
    scores = np.array(score)
    return Meant(np.array(best, dtype=np.int64), scores, scores, scores)


def test_sentences_that_answer_each_other_stand_in_one_order_or_not() -> None:
    told = answering([0, 1, 2, 3, 4], [0.5] * 5)
    assert in_order(told, told) == 1.0
    turned = answering([4, 3, 2, 1, 0], [0.5] * 5)
    assert in_order(turned, turned) == -1.0
    two = answering([0, 1], [0.5] * 2)
    assert in_order(two, two) == pytest.approx(0.4)  # chance has as many
    assert in_order(answering([0, 1, 2], [0.1] * 3), told) == 0.0  # nothing alike
    assert in_order(answering([0, 0, 0], [0.5] * 3), told) == 0.0  # one sentence that all are like
    assert in_order(told, answering([], [])) == 0.0
