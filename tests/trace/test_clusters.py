"""Which claims say the same."""

from __future__ import annotations

import pytest

from casegraph.model import Claim
from casegraph.trace import claim_keys
from tests.trace.made import (
    CRANES,
    Given,
    alone,
    at,
    behind,
    derived,
    doc,
    items,
    paper,
    reported,
    said,
    seven,
    whole,
)

POST, HERALD, TIMES = doc("post"), doc("herald"), doc("times")
VESTNIK = doc("vestnik", publisher="Вестник", language="ru")
RIBAO = doc("ribao", publisher="日报", language="zh")


def meet(*claims: Claim) -> bool:
    keys = [set(claim_keys(claim)) for claim in claims]
    return bool(set.intersection(*keys))


def test_claims_with_the_same_parties_meet_and_are_one() -> None:
    one, other = reported(POST), reported(HERALD)
    assert meet(one.claim, other.claim)
    assert alone(one, other).claims == tuple(sorted((one.claim.id, other.claim.id)))


def test_three_languages_are_one_cluster_by_their_entities() -> None:
    russian = {**CRANES, "goods": "портовые краны"}
    chinese = {**CRANES, "goods": "起重机"}
    claims = [reported(POST), reported(VESTNIK, roles=russian), reported(RIBAO, roles=chinese)]
    assert meet(*(one.claim for one in claims))
    assert len(alone(*claims).claims) == 3


def test_numbers_and_bounds_are_variants_of_one_cluster() -> None:
    found = alone(
        reported(POST, quantity=seven()),
        reported(HERALD, quantity=items(7, None)),
        reported(TIMES, quantity=items(6, 6)),
    )
    assert [(one.value, len(one.claims)) for one in found.variants if one.field == "quantity"] == [
        ("6", 1),
        ("7", 1),
        ("at least 7", 1),
    ]


def test_a_role_that_one_side_leaves_open_is_no_difference() -> None:
    open_ = {**CRANES, "supplier": None}
    one, other = reported(POST), reported(HERALD, roles=open_)
    assert meet(one.claim, other.claim)
    assert len(alone(one, other).claims) == 2


def test_another_supplier_is_another_delivery() -> None:
    assert len(behind(reported(POST), reported(HERALD, roles={**CRANES, "supplier": "harrow"}))) == 2


def test_what_fits_two_deliveries_joins_neither() -> None:
    open_ = reported(TIMES, roles={**CRANES, "supplier": None})
    found = behind(reported(POST), reported(HERALD, roles={**CRANES, "supplier": "harrow"}), open_)
    assert sorted(len(one.claims) for one in found) == [1, 1, 1]


@pytest.mark.parametrize("goods", ["rice", "bridge parts"])
def test_other_goods_are_another_delivery(goods: str) -> None:
    assert len(behind(reported(POST), reported(HERALD, roles={**CRANES, "goods": goods}))) == 2


@pytest.mark.parametrize("goods", ["seven cranes", "port cranes", "the crane"])
def test_goods_told_more_or_less_fully_are_the_same(goods: str) -> None:
    assert len(behind(reported(POST), reported(HERALD, roles={**CRANES, "goods": goods}))) == 1


def test_other_dates_are_another_delivery_and_a_period_holds_its_days() -> None:
    march = reported(POST, when=("2021-03-01", "2021-04-01"))
    day = reported(HERALD, when=("2021-03-14", "2021-03-15"))
    later = reported(TIMES, when=("2022-05-01", "2022-06-01"))
    assert sorted(len(one.claims) for one in behind(march, day, later)) == [1, 2]


def test_the_next_day_is_no_other_day() -> None:
    """Reports from two time zones name two days."""
    one = reported(POST, when=("2021-03-14", "2021-03-15"))
    other = reported(HERALD, when=("2021-03-15", "2021-03-16"))
    assert len(behind(one, other)) == 1


def test_dates_of_what_lasts_do_not_part_claims() -> None:
    roles = {"owner": "orlan", "asset": "veld"}
    one = reported(POST, kind="ownership", roles=roles, when=("2019-01-01", "2020-01-01"))
    other = reported(HERALD, kind="ownership", roles=roles, when=("2022-01-01", "2023-01-01"))
    found = alone(one, other)
    assert [one.value for one in found.variants if one.field == "dates"] == ["2019-01-01", "2022-01-01"]
    assert found.contradictions == ()


@pytest.mark.parametrize(
    "words", ["the company", "компания", "该公司", "The Company", "a foreign firm", "завод"]
)
def test_descriptions_never_join_claims(words: str) -> None:
    roles = {"owner": "orlan", "asset": words}
    one = reported(POST, kind="ownership", roles=roles)
    other = reported(HERALD, kind="ownership", roles=roles)
    assert not meet(one.claim, other.claim)
    assert len(behind(one, other)) == 2


def test_names_without_an_entity_compare_by_their_letters() -> None:
    one = reported(POST, kind="ownership", roles={"owner": "Tarn Holding", "asset": "veld"})
    other = reported(HERALD, kind="ownership", roles={"owner": "TARN-HOLDING", "asset": "veld"})
    third = reported(TIMES, kind="ownership", roles={"owner": "Tarn Shipping", "asset": "veld"})
    assert meet(one.claim, other.claim)
    assert not meet(one.claim, third.claim)
    assert sorted(len(found.claims) for found in behind(one, other, third)) == [1, 2]


def test_two_entities_of_one_name_stay_two() -> None:
    roles = {"owner": "orlan", "asset": "veld"}
    one = reported(POST, kind="ownership", roles=roles)
    other = reported(HERALD, kind="ownership", roles={**roles, "owner": "harrow"})
    assert len(behind(one, other)) == 2


def test_kinds_are_kept_apart() -> None:
    roles = {"owner": "orlan", "asset": "veld"}
    link = {"subject": "orlan", "object": "veld"}
    assert not meet(
        reported(POST, kind="ownership", roles=roles).claim, reported(POST, kind="link", roles=link).claim
    )


def test_ties_have_no_direction() -> None:
    one = reported(POST, kind="associate", roles={"person": "anna", "associate": "boris"})
    other = reported(HERALD, kind="associate", roles={"person": "boris", "associate": "anna"})
    assert meet(one.claim, other.claim)
    assert len(behind(one, other)) == 1


def test_names_of_an_identity_are_compared_and_not_their_entity() -> None:
    one = reported(POST, kind="identity", roles={"name": "orlan", "other_name": "Tarn"})
    same = reported(HERALD, kind="identity", roles={"name": "Tarn", "other_name": "orlan"})
    other = reported(TIMES, kind="identity", roles={"name": "orlan", "other_name": "Gull"})
    assert sorted(len(found.claims) for found in behind(one, same, other)) == [1, 2]


def test_a_sanction_is_told_by_its_target() -> None:
    one = reported(POST, kind="sanction", roles={"authority": "customs", "target": "orlan"})
    other = reported(HERALD, kind="sanction", roles={"authority": None, "target": "orlan"})
    assert meet(one.claim, other.claim)
    assert len(behind(one, other)) == 1


def test_an_event_needs_participants_and_what_or_when() -> None:
    both = ("anna", "boris")
    met = reported(POST, kind="event", roles={"participants": both, "what": "met"})
    again = reported(HERALD, kind="event", roles={"participants": both, "what": "met"})
    quarrel = reported(TIMES, kind="event", roles={"participants": both, "what": "quarrelled"})
    assert sorted(len(one.claims) for one in behind(met, again, quarrel)) == [1, 2]
    day = ("2021-03-14", "2021-03-15")
    russian = reported(VESTNIK, kind="event", roles={"participants": both, "what": "встреча"}, when=day)
    dated = reported(POST, kind="event", roles={"participants": both, "what": "met"}, when=day)
    assert len(behind(dated, russian)) == 1
    assert len(behind(met, russian)) == 2


def test_rows_of_one_table_are_never_one() -> None:
    ledger = paper("ledger", media="text/csv")
    rows = [reported(ledger, tables=True, start=start) for start in (0, 400)]
    assert len(behind(*rows)) == 2


def test_one_voice_that_gives_two_numbers_tells_of_two_deliveries() -> None:
    one = reported(POST, quantity=seven(), start=0)
    other = reported(POST, quantity=items(70, 70), start=400)
    assert len(behind(one, other)) == 2


def test_statements_need_the_same_words() -> None:
    words = "the port was never told about the cranes"
    one = reported(POST, said("anna"), kind="statement", roles={}, words=words)
    same = reported(
        HERALD, said("anna"), kind="statement", roles={}, words="The port was never told, about the cranes"
    )
    other = reported(
        TIMES, said("anna"), kind="statement", roles={}, words="the port was told about the cranes"
    )
    assert meet(one.claim, same.claim)
    assert sorted(len(found.claims) for found in behind(one, same, other)) == [1, 2]


@pytest.mark.parametrize("words", ["it will not", "да, конечно", "我们不知道"])
def test_short_statements_say_the_same_by_chance(words: str) -> None:
    given: Given = {"kind": "statement", "roles": {}, "words": words}
    one, other = reported(POST, **given), reported(HERALD, **given)
    assert list(claim_keys(one.claim)) == []
    assert len(behind(one, other)) == 2


def test_a_copied_passage_keeps_its_claim_whose_date_was_changed() -> None:
    step = derived(HERALD, POST, "rewrite", passages=[(whole(HERALD), whole(POST))])
    one = reported(POST, when=("2021-03-14", "2021-03-15"))
    other = reported(HERALD, when=("2021-05-14", "2021-05-15"), road=[step], sources=[POST])
    found = alone(one, other)
    assert [drift.kind for drift in found.drifts] == ["date-changed"]
    assert [one.kind for one in found.contradictions] == ["time-place"]


def test_a_translated_passage_joins_claims_whose_names_no_entity_joins() -> None:
    spans = [(at(RIBAO, 100, "x" * 90), at(POST, 100, "x" * 90))]
    step = derived(RIBAO, POST, "translation", passages=spans)
    chinese = {"supplier": "奥尔兰工厂", "recipient": "维尔德港", "goods": "起重机"}
    copy = reported(
        RIBAO, roles=chinese, words="据悉奥尔兰工厂向维尔德港交付起重机", road=[step], sources=[POST]
    )
    found = behind(reported(POST), copy, reported(HERALD))
    assert [len(one.claims) for one in found] == [3]
    assert (found[0].independent, found[0].undetermined) == (1, 1)
    alone_ = reported(RIBAO, roles=chinese, words="据悉奥尔兰工厂向维尔德港交付起重机")
    assert len(behind(reported(POST), alone_)) == 2


def test_a_caption_names_kind_and_parties() -> None:
    assert (
        alone(reported(POST)).caption == "delivery: supplier Orlan Works, recipient Veld Port, goods cranes"
    )


@pytest.mark.parametrize("words", ["Chinese company", "Dutch shipyard", "中国公司"])
def test_one_of_a_nation_is_nobody_in_particular(words: str) -> None:
    one = reported(POST)
    other = reported(HERALD, roles={**CRANES, "supplier": words})
    assert len(alone(one, other).claims) == 2


@pytest.mark.parametrize("words", ["Dutch navy", "Chinese ministry of transport", "Dutch Railways"])
def test_of_what_a_nation_has_one_there_is_one(words: str) -> None:
    assert len(behind(reported(POST), reported(HERALD, roles={**CRANES, "supplier": words}))) == 2


@pytest.mark.parametrize(("year", "clusters"), [("2021", 1), ("2020", 2)])
def test_in_a_translation_number_and_time_join_what_no_passage_does(year: str, clusters: int) -> None:
    step = derived(RIBAO, POST, "translation")
    one = reported(POST, quantity=items(7, None), when=("2021-03-01", "2021-04-01"))
    copy = reported(
        RIBAO,
        roles={"supplier": None, "recipient": "维尔德港", "goods": "起重机"},
        words="维尔德港收到起重机",
        road=[step],
        sources=[POST],
        quantity=items(7, None),
        when=(f"{year}-03-01", f"{year}-04-01"),
    )
    assert len(behind(one, copy)) == clusters
