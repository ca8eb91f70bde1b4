"""Whether two origins are independent: only a positive reason shows it."""

from __future__ import annotations

import msgspec
import pytest

from casegraph.model import Document
from casegraph.trace import Reported, bonds
from casegraph.trace.counting import groups, largest
from tests.trace.made import (
    CRANES,
    Given,
    Known,
    alone,
    behind,
    derived,
    doc,
    paper,
    reported,
    said,
    source,
    verdict,
)

POST, HERALD, TIMES = doc("post"), doc("herald"), doc("times")
MAIL = paper("mail", media="message/rfc822", authors=["Petra Dolan"], title="Cranes")
OTHER_MAIL = paper("other", media="message/rfc822", authors=["Ruth Carmody"], title="Berth 4")


def test_two_named_witnesses_without_a_tie_are_independent() -> None:
    found = alone(reported(POST, said("anna")), reported(HERALD, said("boris")))
    assert verdict(found, "Anna Keller", "Boris Malin") == ("independent", "named-witnesses")
    assert (found.independent, found.undetermined) == (2, 0)


def test_different_outlets_are_no_reason() -> None:
    found = alone(reported(POST), reported(HERALD), reported(TIMES))
    assert {(pair.value, pair.reason) for pair in found.pairs} == {("undetermined", "own-voice")}
    assert (found.independent, found.undetermined) == (1, 2)


def test_an_outlets_own_voice_is_independent_of_nothing() -> None:
    found = alone(reported(POST), reported(HERALD, said("anna")), reported(MAIL))
    assert verdict(found, "The Post", "Anna Keller") == ("undetermined", "own-voice")
    assert verdict(found, "The Post", "Cranes") == ("undetermined", "own-voice")


def test_unnamed_sources_of_two_outlets_may_be_one() -> None:
    found = alone(reported(POST, source("two officials")), reported(HERALD, source("двое чиновников")))
    assert [(pair.value, pair.reason) for pair in found.pairs] == [("undetermined", "unnamed-source")]
    named = alone(reported(POST, source("an official")), reported(HERALD, said("anna")))
    assert [(pair.value, pair.reason) for pair in named.pairs] == [("undetermined", "unnamed-source")]


TIES: list[Given] = [
    {"kind": "employment", "roles": {"person": "anna", "organisation": "harrow"}},
    {"kind": "directorship", "roles": {"person": "anna", "organisation": "harrow"}},
    {"kind": "family", "roles": {"person": "anna", "relative": "harrow"}},
    {"kind": "representation", "roles": {"agent": "anna", "client": "harrow"}},
]


@pytest.mark.parametrize("tie", TIES)
def test_people_of_one_organisation_are_not_shown_independent(tie: Given) -> None:
    other: Given = {"kind": "employment", "roles": {"person": "boris", "organisation": "harrow"}}
    pairs = [pair for given in (tie, other) for pair in bonds(reported(TIMES, **given).claim)]
    found = alone(reported(POST, said("anna")), reported(HERALD, said("boris")), tied=pairs)
    assert verdict(found, "Anna Keller", "Boris Malin") == ("undetermined", "linked")
    assert (found.independent, found.undetermined) == (1, 1)


def test_a_tie_that_is_claimed_or_denied_in_the_block_counts() -> None:
    tie = reported(TIMES, kind="associate", roles={"person": "anna", "associate": "boris"}, stance="denies")
    found = behind(reported(POST, said("anna")), reported(HERALD, said("boris")), tie)
    assert [one.independent for one in found if one.kind == "delivery"] == [1]


def test_a_delivery_ties_nobody() -> None:
    assert list(bonds(reported(POST).claim)) == []


def test_who_quotes_the_other_depends_on_it() -> None:
    found = behind(
        reported(POST, said("anna")),
        reported(HERALD, said("boris")),
        reported(TIMES, said("anna"), said("boris"), kind="statement", roles={}, words="x" * 40),
    )
    assert [one.pairs[0].reason for one in found if one.kind == "delivery"] == ["quotes-the-other"]


def test_parties_to_what_is_claimed_do_not_confirm_each_other() -> None:
    roles = {"payer": "anna", "beneficiary": "boris"}
    found = alone(
        reported(POST, said("anna"), kind="payment", roles=roles),
        reported(HERALD, said("boris"), kind="payment", roles=roles),
    )
    assert verdict(found, "Anna Keller", "Boris Malin") == ("undetermined", "both-parties")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Anna Keller", "Maria Keller"),
        ("Сергей Иванов", "Ольга Иванова"),
        ("Sergei Ivanov", "Иванов Сергей"),
        ("陈国栋", "陈志强"),
        ("陈国栋", "Chen Guodong"),
        ("Mohamed Sayed", "Muhammad Said"),
    ],
)
def test_names_that_may_be_one_or_of_one_family(left: str, right: str) -> None:
    found = behind(*_named(left, right))
    assert [pair.reason for pair in found[0].pairs] == ["names-alike"]


def test_other_names_are_other_people() -> None:
    for left, right in (("Нина Шубина", "Егор Сытин"), ("陈国栋", "罗青山"), ("Нина Шубина", "Mick Dolan")):
        found = behind(*_named(left, right))
        assert [pair.reason for pair in found[0].pairs] == ["named-witnesses"], (left, right)


def _named(*names: str) -> list[Reported]:
    made = []
    for number, name in enumerate(names):
        link = msgspec.structs.replace(said(name), entity=f"e{number}")
        made.append(reported((POST, HERALD)[number], link, schemas={f"e{number}": "Person"}))
    return made


def test_somebody_of_whom_the_case_knows_nothing_shows_nothing() -> None:
    found = alone(reported(POST, said("anna")), reported(HERALD, said("Gull Bright")))
    assert verdict(found, "Anna Keller", "Gull Bright") == ("undetermined", "unknown-speaker")


@pytest.mark.parametrize(
    ("who", "value"), [("customs", "independent"), ("harrow", "undetermined"), ("wire", "undetermined")]
)
def test_a_public_body_is_a_witness_and_a_company_is_not(who: str, value: str) -> None:
    """But a person who is not known to belong elsewhere may speak for the body."""
    post = reported(TIMES, kind="employment", roles={"person": "anna", "organisation": "chen"})
    block = [reported(POST, said("anna")), reported(HERALD, said(who))]
    found = alone(*block, tied=bonds(post.claim))
    assert [pair.value for pair in found.pairs] == [value]
    assert [pair.value for pair in alone(*block).pairs] == ["undetermined"]


def test_two_on_one_page_of_whom_nothing_else_is_known() -> None:
    """A judge and the clerk, an officer and a colleague: who stand on one page may be of one house."""
    block = [reported(POST, said("anna")), reported(POST, said("boris"), start=900)]
    assert verdict(alone(*block), "Anna Keller", "Boris Malin") == ("undetermined", "same-page")
    posts = [
        reported(TIMES, kind="employment", roles={"person": who, "organisation": firm}).claim
        for who, firm in (("anna", "harrow"), ("boris", "veld"))
    ]
    tied = [pair for claim in posts for pair in bonds(claim)]
    assert verdict(alone(*block, tied=tied), "Anna Keller", "Boris Malin") == (
        "independent",
        "named-witnesses",
    )


def test_two_whom_one_agency_quotes_are_on_one_page() -> None:
    steps = [derived(one, None, "reprint", work="Lantos Press") for one in (POST, HERALD)]
    found = alone(
        reported(POST, said("anna"), road=[steps[0]]), reported(HERALD, said("boris"), road=[steps[1]])
    )
    assert verdict(found, "Anna Keller", "Boris Malin") == ("undetermined", "same-page")


def test_somebody_who_is_not_sure_shows_nothing() -> None:
    found = alone(reported(POST, said("anna")), reported(HERALD, said("boris"), hedges=["possibly"]))
    assert verdict(found, "Anna Keller", "Boris Malin") == ("undetermined", "hedged")


def test_an_author_speaks_in_the_voice_of_the_outlet() -> None:
    column = doc("post", authors=["Anna Keller"])
    found = alone(reported(column, said("anna")), reported(HERALD, said("boris")))
    assert {origin.name for origin in found.origins} == {"The Post", "Boris Malin"}
    assert found.independent == 1


def test_a_pronoun_and_a_name_under_the_same_words() -> None:
    words = "we knocked on doors and nobody knew of the cranes"
    block = [
        reported(one, said(who), kind="statement", roles={}, words=words)
        for one, who in ((POST, "anna"), (HERALD, "she"))
    ]
    found = alone(*block)
    assert [(pair.value, pair.reason) for pair in found.pairs] == [("dependent", "same-quotation")]
    assert (found.independent, found.undetermined) == (1, 0)


def test_some_tie_that_two_tell_of_need_not_be_one_tie() -> None:
    roles = {"subject": "orlan", "object": "veld"}
    found = alone(
        reported(POST, said("anna"), kind="link", roles=roles),
        reported(HERALD, said("boris"), kind="link", roles=roles),
    )
    assert found.pairs[0].reason == "same-words"


@pytest.mark.parametrize(
    "title",
    ["Contract signed for seven cranes", "Договор о поставке кранов подписан", "港口签署起重机合同后停工"],
)
def test_a_headline_about_a_contract_is_no_contract(title: str) -> None:
    found = alone(reported(paper("pdf", title=title, authors=["Gull"])))
    assert [origin.kind for origin in found.origins] == ["publisher"]


@pytest.mark.parametrize(
    "title", ["CONTRACT No. 7", "Договор поставки № 15/21", "采购合同", "Bill of lading", "Счет-фактура № 3"]
)
def test_titles_of_papers(title: str) -> None:
    found = alone(reported(paper("pdf", title=title, authors=["Gull"])))
    assert [origin.kind for origin in found.origins] == ["document"]


@pytest.mark.parametrize(
    "subject", ["Fwd: Cranes", "FW: Cranes", "Re: Fwd: Cranes", "转发：起重机", "Пересл: Краны"]
)
def test_mail_that_passes_on_what_others_wrote_is_not_first_hand(subject: str) -> None:
    mail = paper("fwd", media="message/rfc822", authors=["Petra Dolan"], title=subject)
    assert [origin.kind for origin in alone(reported(mail)).origins] == ["publisher"]


def test_what_was_copied_is_not_first_hand() -> None:
    step = derived(MAIL, POST, "same-text", direction="unknown")
    found = alone(reported(MAIL, road=[step], sources=[POST]), reported(POST))
    assert {origin.kind for origin in found.origins} == {"publisher"}


def test_who_is_known_by_a_mail_alone_is_no_second_source() -> None:
    found = alone(reported(MAIL), reported(MAIL, said("anna"), start=900))
    assert verdict(found, "Cranes", "Anna Keller") == ("undetermined", "same-page")


def test_two_public_bodies_may_have_told_each_other() -> None:
    link = said("customs")
    found = alone(
        reported(POST, link),
        reported(HERALD, said("veld"), schemas={"entity-veld": "PublicBody"}),
        reported(TIMES, said("anna")),
    )
    assert verdict(found, "Lantos Customs", "Veld Port") == ("undetermined", "two-bodies")
    assert (found.independent, found.undetermined) == (1, 2)


def test_somebody_who_rests_on_others_shows_nothing() -> None:
    found = alone(reported(POST, said("anna")), reported(HERALD, said("boris", basis="media reports")))
    assert verdict(found, "Anna Keller", "Boris Malin") == ("undetermined", "rests-on-others")


def test_documents_at_first_hand_of_two_issuers() -> None:
    bill = paper("bill", title="Bill of lading No. 12", authors=["Gull Forwarders"])
    act = paper("act", title="Акт № 7", authors=["ООО Лоция"])
    found = alone(reported(bill), reported(act))
    assert verdict(found, "Bill of lading No. 12", "Акт № 7") == ("independent", "first-hand-documents")
    assert found.independent == 2


def test_letters_and_papers_may_come_out_of_one_house() -> None:
    bill = paper("bill", title="Bill of lading No. 12", authors=["Gull Forwarders"])
    found = alone(reported(MAIL), reported(OTHER_MAIL), reported(bill))
    assert {(pair.value, pair.reason) for pair in found.pairs} == {("undetermined", "one-house")}


def test_documents_of_one_issuer_or_of_none_that_is_told() -> None:
    second = paper("second", media="message/rfc822", authors=["Petra Dolan"], title="Cranes again")
    found = alone(reported(MAIL), reported(second))
    assert verdict(found, "Cranes", "Cranes again") == ("undetermined", "linked")
    ledger = paper("ledger", media="text/csv", title="2021.csv")
    found = alone(reported(MAIL), reported(ledger, tables=True))
    assert verdict(found, "Cranes", "2021.csv") == ("undetermined", "one-house")


def test_a_witness_and_a_document_at_first_hand() -> None:
    found = alone(reported(POST, said("anna")), reported(MAIL))
    assert verdict(found, "Anna Keller", "Cranes") == ("independent", "witness-and-document")
    own = paper("own", media="message/rfc822", authors=["Anna Keller"], title="Mine")
    found = alone(reported(POST, said("anna")), reported(own))
    assert verdict(found, "Anna Keller", "Mine") == ("dependent", "own-document")


def test_a_witness_in_a_story_that_has_the_document_may_rest_on_it() -> None:
    step = derived(POST, MAIL, "cited", relation="had_primary_source")
    found = alone(reported(POST, said("anna"), road=[step], sources=[MAIL]), reported(MAIL))
    assert verdict(found, "Anna Keller", "Cranes") == ("undetermined", "may-rest-on-document")


def test_who_got_a_mail_may_rest_on_it() -> None:
    mail = msgspec.structs.replace(
        MAIL, metadata={"to": ("Anna Keller <anna@veld.example>, desk@veld.example",)}
    )
    found = alone(reported(POST, said("anna")), reported(HERALD, said("boris")), reported(mail))
    assert verdict(found, "Anna Keller", "Cranes") == ("undetermined", "may-rest-on-document")
    assert verdict(found, "Boris Malin", "Cranes") == ("independent", "witness-and-document")


def test_a_story_that_rests_on_the_document_is_no_second_source() -> None:
    step = derived(POST, MAIL, "cited", relation="had_primary_source")
    found = alone(reported(POST, road=[step], sources=[MAIL]), reported(MAIL))
    assert [one.name for one in found.origins] == ["Cranes"]


def test_a_contract_is_issued_by_both_sides() -> None:
    roles = {"buyer": "veld", "supplier": "orlan", "subject": "cranes"}
    contract = paper("contract", title="CONTRACT No. 7")
    found = alone(
        reported(contract, kind="contract", roles=roles),
        reported(POST, said("orlan"), kind="contract", roles=roles),
        reported(HERALD, said("anna"), kind="contract", roles=roles),
    )
    assert verdict(found, "CONTRACT No. 7", "Orlan Works") == ("dependent", "own-document")
    assert verdict(found, "CONTRACT No. 7", "Anna Keller") == ("independent", "witness-and-document")


@pytest.mark.parametrize(
    "story",
    [
        doc("page", publisher=None, media="text/html", title="Contract signed"),
        paper("report", title="How the cranes came", authors=["Anna Keller"]),
        doc("pdf", media="application/pdf", title="Contract"),
    ],
)
def test_news_pages_and_plain_reports_are_not_first_hand(story: Document) -> None:
    found = alone(reported(story))
    assert [one.kind for one in found.origins] == ["publisher"]


def test_rows_of_a_register_are_first_hand_though_published() -> None:
    register = doc("reg", publisher="Kolmar Company Register", media="text/csv")
    roles = {"owner": "anna", "asset": "orlan"}
    found = alone(
        reported(register, kind="ownership", roles=roles, tables=True),
        reported(POST, said("boris"), kind="ownership", roles=roles),
    )
    assert [one.kind for one in found.origins if one.document == register.id] == ["register"]
    assert found.independent == 2


def test_a_voice_and_an_unnamed_source_of_one_outlet_are_one_word() -> None:
    second = doc("post-2", publisher="The Post")
    found = alone(reported(POST), reported(second, source("an official")))
    assert [(pair.value, pair.reason) for pair in found.pairs] == [("dependent", "same-outlet")]
    assert (found.independent, found.undetermined) == (1, 0)


def test_unnamed_sources_within_a_family_are_one() -> None:
    found = alone(
        reported(POST, source("an official")),
        reported(HERALD, source("an official")),
        families=Known(media=("The Post", "The Herald")),
    )
    assert len(found.origins) == 1


def test_the_largest_set_is_one_of_pairwise_independence() -> None:
    shown = frozenset(map(frozenset, (("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"))))
    assert largest("dcba", shown) == ("a", "b", "c")
    assert largest("", frozenset()) == ()
    many = [f"{number:03}" for number in range(300)]
    every = frozenset(frozenset((one, other)) for one in many for other in many if one != other)
    assert len(largest(many, every)) == 300


def test_groups_hold_what_depends_through_others() -> None:
    assert groups("abcd", [frozenset("ab"), frozenset("bc")]) == [frozenset("abc"), frozenset("d")]


def test_a_contract_is_no_witness_that_it_was_kept() -> None:
    contract = paper("contract", title="Contract No. 7", authors=["Gull"])
    found = alone(reported(contract), reported(POST, said("anna")))
    assert verdict(found, "Contract No. 7", "Anna Keller") == ("undetermined", "promise")


def test_goods_do_not_matter_to_the_count() -> None:
    goods = {**CRANES, "goods": "port cranes"}
    found = alone(reported(POST, said("anna")), reported(HERALD, said("boris"), roles=goods))
    assert found.independent == 2


def test_of_very_many_origins_undetermined_pairs_are_left_out() -> None:
    outlets = [doc(f"outlet {number}") for number in range(61)]
    found = alone(
        *(reported(one) for one in outlets), reported(POST, said("anna")), reported(HERALD, said("boris"))
    )
    assert [pair.value for pair in found.pairs] == ["independent"]
    assert (found.independent, found.undetermined) == (2, 61)
