"""Roads from claims to origins."""

from __future__ import annotations

from tests.trace.made import (
    Known,
    alone,
    at,
    behind,
    derived,
    doc,
    named,
    paper,
    reported,
    said,
    source,
    verdict,
    whole,
)

POST, HERALD, TIMES = doc("post"), doc("herald"), doc("times")


def test_an_outlet_in_its_own_voice_is_one_origin() -> None:
    found = alone(reported(POST))
    assert [(one.kind, one.name) for one in found.origins] == [("publisher", "The Post")]
    assert (found.independent, found.undetermined, found.single_unnamed) == (1, 0, False)


def test_a_person_whom_two_outlets_quote_is_one_origin() -> None:
    found = alone(reported(POST, said("anna")), reported(HERALD, said("anna")))
    assert [(one.kind, one.name, len(one.documents)) for one in found.origins] == [
        ("person", "Anna Keller", 2)
    ]
    assert (found.independent, found.undetermined) == (1, 0)


def test_an_unnamed_source_belongs_to_the_outlet_that_spoke_to_it() -> None:
    first = reported(POST, source("two officials", 2))
    relayed = reported(HERALD, source("officials"), said("The Post", cue="reported"))
    other = reported(TIMES, source("an official", 1))
    found = alone(first, relayed)
    assert [(one.kind, len(one.documents)) for one in found.origins] == [("unnamed", 2)]
    assert found.single_unnamed
    assert found.independent == 1
    found = alone(first, relayed, other)
    assert len(found.origins) == 2
    assert (found.independent, found.undetermined, found.single_unnamed) == (1, 1, False)
    assert found.pairs[0].reason == "unnamed-source"


def test_a_copied_passage_goes_back_to_whoever_said_it_there() -> None:
    step = derived(HERALD, POST, "quotation", passages=[(whole(HERALD), whole(POST))])
    found = alone(reported(POST, said("anna")), reported(HERALD, road=[step], sources=[POST]))
    assert [one.name for one in found.origins] == ["Anna Keller"]
    assert [step.words for step in found.origins[0].road] == [
        "reported in The Herald",
        "its words stand in The Post",
        "by the word of Anna Keller",
    ]
    assert found.origins[0].road[1].derivation == step.id


def test_a_translation_holds_the_origin_of_its_source() -> None:
    vestnik = doc("vestnik", publisher="Вестник", language="ru")
    step = derived(vestnik, POST, "translation")
    roles = {"supplier": "orlan", "recipient": "veld", "goods": "краны"}
    found = alone(
        reported(POST, source("two officials", 2)),
        reported(vestnik, source("двое чиновников", 2), roles=roles, road=[step], sources=[POST]),
    )
    assert [(one.kind, one.name) for one in found.origins] == [("unnamed", "two officials")]
    assert found.single_unnamed


def test_what_a_rewrite_adds_has_an_origin_of_its_own() -> None:
    there = reported(POST, said("anna"))
    copied = (whole(HERALD).__class__(document=HERALD.id, page=1, start=0, end=50, exact=""), whole(POST))
    step = derived(HERALD, POST, "rewrite", passages=[copied])
    added = reported(HERALD, said("boris"), road=[step], sources=[POST], start=500)
    found = alone(there, added)
    assert {one.name for one in found.origins} == {"Anna Keller", "Boris Malin"}
    assert verdict(found, "Anna Keller", "Boris Malin") == ("independent", "named-witnesses")
    assert found.independent == 2


def test_a_name_that_comes_up_in_a_copied_passage_rests_on_the_source() -> None:
    step = derived(HERALD, POST, "rewrite", passages=[(whole(HERALD), whole(POST))])
    found = alone(
        reported(POST, source("an official")),
        reported(HERALD, said("boris"), road=[step], sources=[POST]),
    )
    assert verdict(found, "an official", "Boris Malin") == ("dependent", "copied")
    assert (found.independent, found.undetermined) == (1, 0)
    assert [one.kind for one in found.drifts] == ["named"]


def test_an_agency_that_is_not_in_the_case_is_an_end() -> None:
    steps = [derived(one, None, "reprint", work="Lantos Press") for one in (POST, HERALD)]
    found = alone(reported(POST, road=[steps[0]]), reported(HERALD, road=[steps[1]]))
    assert [(one.kind, one.name, one.work) for one in found.origins] == [
        ("publisher", "Lantos Press", "Lantos Press")
    ]
    assert (found.independent, found.undetermined) == (1, 0)


def test_an_outlet_that_is_credited_is_where_the_claim_comes_from() -> None:
    found = alone(reported(POST, said("anna")), reported(HERALD, said("The Post", cue="reported")))
    assert [one.name for one in found.origins] == ["Anna Keller"]


def test_an_outlet_credited_but_not_in_the_case_is_an_end() -> None:
    found = alone(
        reported(POST, said("Lantos Daily", cue="reported")), reported(HERALD, said("Lantos Daily"))
    )
    assert [(one.kind, one.work) for one in found.origins] == [("publisher", "Lantos Daily")]


def test_documents_that_only_an_outlet_has_seen() -> None:
    seen = reported(POST, source("documents seen by The Post"))
    based = reported(HERALD, said("The Herald", cue="reports", basis="leaked documents"))
    found = alone(seen, based)
    assert {(one.kind, one.name) for one in found.origins} == {
        ("document", "documents seen by The Post"),
        ("document", "leaked documents"),
    }
    assert {pair.reason for pair in found.pairs} == {"unseen-document"}
    assert (found.independent, found.undetermined) == (1, 1)


def test_an_own_voice_rests_on_the_source_that_the_page_names() -> None:
    found = alone(reported(POST), reported(POST, source("two officials"), start=900))
    assert [one.kind for one in found.origins] == ["unnamed"]
    assert found.single_unnamed


def test_kin_without_a_direction_depend_on_each_other() -> None:
    step = derived(HERALD, POST, "reprint", direction="unknown")
    found = alone(reported(POST), reported(HERALD, road=[step], sources=[POST]))
    assert verdict(found, "The Post", "The Herald") == ("dependent", "copied")
    assert (found.independent, found.undetermined) == (1, 0)


def test_a_circle_of_copies_ends_and_counts_once() -> None:
    there, back = derived(HERALD, POST, "reprint"), derived(POST, HERALD, "reprint")
    found = alone(
        reported(POST, road=[back, there], sources=[HERALD, POST]),
        reported(HERALD, road=[there, back], sources=[POST, HERALD]),
    )
    assert found.independent == 1
    assert found.undetermined == 0


def test_outlets_of_one_family_in_their_own_voice_are_one_group() -> None:
    found = alone(reported(POST), reported(HERALD), families=Known(media=("The Post", "The Herald")))
    assert (found.independent, found.undetermined) == (1, 0)
    assert {pair.value for pair in found.pairs} == {"dependent"}


def test_a_document_at_first_hand_is_an_origin() -> None:
    mail = paper("mail", media="message/rfc822", authors=["Anna Keller"], title="cranes")
    found = alone(reported(mail))
    assert [(one.kind, one.document) for one in found.origins] == [("document", mail.id)]
    assert named(found, "cranes").claims == found.claims


def test_who_would_not_comment_is_no_origin() -> None:
    silence = reported(POST, said("anna"), stance="declines-comment")
    assert behind(silence) == []
    assert [one.name for one in alone(silence, reported(HERALD)).origins] == ["The Herald"]


def test_initials_and_the_end_of_a_name_stand_for_an_outlet() -> None:
    agency = doc("agency", publisher="Lantos News Agency")
    ledger = doc("ledger", publisher="The Lantos Ledger")
    found = alone(reported(agency, source()), reported(POST, said("LNA", cue="reported")))
    assert [one.name for one in found.origins] == ["two officials"]
    found = alone(reported(ledger, source()), reported(POST, said("the Ledger", cue="reported")))
    assert [one.name for one in found.origins] == ["two officials"]


def test_nobody_is_no_source_and_a_pronoun_no_name() -> None:
    assert [one.kind for one in alone(reported(POST, said("nobody"))).origins] == ["publisher"]
    assert [one.name for one in alone(reported(POST, said("она"))).origins] == ["somebody who is not named"]


def test_papers_that_name_their_holder_are_its() -> None:
    herald = reported(HERALD, source("a copy of the contract given to The Post"))
    found = alone(reported(POST, source("a copy of the contract")), herald)
    assert len(found.origins) == 1


def test_an_outlet_as_a_translation_writes_it_is_no_source_of_its_own() -> None:
    ribao, vestnik = doc("ribao", publisher="日报", language="zh"), doc("vestnik", publisher="Вестник")
    title = doc("vestnik", publisher="Вестник", title="Порт получил краны")
    step = derived(ribao, vestnik, "translation", passages=[(at(ribao, 900, "x" * 9), at(vestnik, 900, "x"))])
    found = alone(
        reported(title, source("двое чиновников")),
        reported(ribao, said("信使邮报"), road=[step], sources=[title]),
    )
    assert [one.name for one in found.origins] == ["двое чиновников"]


def test_people_who_have_documents_are_people() -> None:
    found = alone(reported(POST, source("two officials and documents")))
    assert [one.kind for one in found.origins] == ["unnamed"]
    assert [one.kind for one in alone(reported(POST, source("leaked documents"))).origins] == ["document"]
