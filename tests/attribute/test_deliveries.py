"""Deliveries as news tells them: described first and named later, through others, counted from afar."""

from __future__ import annotations

import pytest

from casegraph.model import Claim, Party, Quantity
from tests.attribute.chinese.made import claims_of as chinese
from tests.attribute.made import chain, claims_of, pages_of
from tests.attribute.made import claims_of_pages as read


def deliveries(text: str) -> list[Claim]:
    return [claim for claim in claims_of(text) if claim.kind == "delivery"]


def party(claim: Claim, role: str) -> str | None:
    filler = claim.roles.get(role)
    return filler.name if isinstance(filler, Party) else None


@pytest.mark.parametrize(
    "later",
    ["The shipyard, Orvane Marine, said nothing.", "The shipyard is Orvane Marine, of Grimstad."],
)
def test_what_a_lead_describes_takes_the_name_that_comes_later(later: str) -> None:
    lead = "A Norwegian shipyard took delivery of nine turbines last year."
    (found,) = deliveries(f"{lead}\n\n{later}")
    recipient = found.roles["recipient"]
    assert isinstance(recipient, Party)
    assert recipient.name == "Orvane Marine"
    assert recipient.target.exact == "shipyard"
    assert found.qualifiers.quantity == Quantity(minimum=9, maximum=9, unit="item")


@pytest.mark.parametrize(
    "text",
    [
        "A shipyard received nine turbines. A shipyard in Vik shut. The shipyard, Orvane Marine, won.",
        "A shipyard took delivery of nine turbines. The Bergen shipyard, Orvane Marine, won.",
        "A shipyard took delivery of nine turbines. The shipyard is not Orvane Marine.",
        "Nordane, a shipyard, rose. The shipyard, Orvane Marine, won.",
    ],
)
def test_what_may_be_another_is_not_named(text: str) -> None:
    assert not [one for one in deliveries(text) if party(one, "recipient") == "Orvane Marine"]


def test_through_whom_something_came_did_not_supply_it() -> None:
    (found,) = deliveries("Sunda Power obtained nine turbines through Velmar AG.")
    assert (party(found, "supplier"), party(found, "recipient")) == (None, "Sunda Power")


def test_where_goods_are_from_is_no_supplier() -> None:
    (found,) = deliveries("Sunda Power got its hands on nine turbines from Norway.")
    assert party(found, "supplier") is None
    assert party(found, "goods") == "turbines"


def test_who_is_heard_in_a_report_stands_inside_whoever_prints_it() -> None:
    text = (
        "Sunda Power bought nine ships, Larch News said, "
        "citing a report in The Bergen Courier that quoted two officials."
    )
    chains = [chain(claim)[:3] for claim in claims_of(text)]
    assert ["two officials", "Bergen Courier", "Larch News"] in chains


def test_russian_makers_are_the_firm_beside_them_and_numbers_count_over_adjectives() -> None:
    text = "Производитель вагонов АО «Ольха» с марта по май 2023 года получил не менее девяти новых турбин."
    (found,) = deliveries(text)
    assert party(found, "recipient") == "АО «Ольха»"
    assert found.qualifiers.quantity == Quantity(minimum=9, maximum=None, unit="item")
    assert [date.start for date in found.qualifiers.dates] == ["2023-03-01", None]


def test_an_outlet_before_a_colon_did_not_receive_what_the_headline_tells() -> None:
    (found,) = deliveries("Harrow Courier: «Ольха-Транс» получила девять турбин")
    assert party(found, "recipient") == "Ольха-Транс"
    assert chain(found)[0] == "Harrow Courier"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("沂川海运在2023年3月至5月间收到至少九架挪威制造的无人机。", (9, None)),
        ("沂川海运收到三家挪威公司制造的无人机。", None),
    ],
)
def test_a_chinese_number_counts_the_goods_over_where_they_were_made(
    text: str, count: tuple[float, float | None] | None
) -> None:
    (found,) = [claim for claim in chinese(text) if claim.kind == "delivery"]
    told = found.qualifiers.quantity
    assert (told and (told.minimum, told.maximum)) == count


def test_a_chinese_period_belongs_to_the_verb_behind_it() -> None:
    (found,) = [c for c in chinese("沂川海运在2023年3月至5月间收到九架无人机。") if c.kind == "delivery"]
    assert [(d.start, d.end) for d in found.qualifiers.dates] == [("2023-03-01", "2023-06-01")]


def test_descriptions_are_named_on_their_own_page_alone() -> None:
    unit = pages_of("A shipyard took delivery of nine turbines.")
    assert not [claim for claim in read(unit) if claim.kind == "delivery"]
