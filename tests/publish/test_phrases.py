from __future__ import annotations

from typing import get_args

import msgspec

from casegraph.model import (
    ROLES,
    Amount,
    Attribution,
    Claim,
    Count,
    Kind,
    Party,
    Place,
    Qualifiers,
    Quantity,
)
from casegraph.publish import phrases
from tests.cli.made import claim, delivery, target


def what(made: Claim) -> str:
    return phrases.what(made).replace("\u00a0", " ")


def test_a_delivery_reads_as_one_phrase() -> None:
    assert what(delivery()) == "Orlan Works → Veld Port: 7+ survey drones, Feb 2022"


def test_a_missing_role_stays_a_question() -> None:
    roles = dict(delivery().roles) | {"supplier": None}
    assert what(delivery(roles=roles)).startswith("? → Veld Port")


def test_a_party_that_is_only_described_is_no_name() -> None:
    roles = dict(delivery().roles)
    for words, shown in (
        ("company", "a company (not named)"),
        ("Asian company", "an Asian company (not named)"),
        ("it", "it (not named)"),
        ("компании", "компании (not named)"),
        ("军工企业", "军工企业 (not named)"),
        ("armed forces", "armed forces"),
        ("Veld Company", "Veld Company"),
    ):
        supplier = Party(name=words, target=target(words, words))
        assert what(delivery(roles=roles | {"supplier": supplier})).startswith(f"{shown} →")
    goods = Party(name="aircraft", target=target("aircraft", "aircraft"))
    assert "not named" not in what(delivery(roles=roles | {"goods": goods}))
    named = Party(name="company", target=target("company"), mention="mention-1")
    assert what(delivery(roles=roles | {"supplier": named})).startswith("company →")


def test_no_role_at_all_falls_back_to_the_words() -> None:
    made = delivery(roles=dict.fromkeys(ROLES["delivery"]))
    assert what(made) == made.content_target.exact


def test_what_is_said_not_to_be_so_says_not() -> None:
    assert what(delivery(polarity="negative")).startswith("Orlan Works does not deliver to Veld Port: 7+")


def test_every_kind_can_be_negated() -> None:
    text = "Alba Bruma Corda Dalen Evora"
    for kind in get_args(Kind):
        roles = dict(zip(ROLES[kind], text.split(), strict=False))
        negated = what(claim(kind, text, roles, polarity="negative"))
        assert (" not " in negated) == (kind != "statement"), kind
        for word in roles.values():
            assert word in negated, kind


def test_a_sanction_may_be_anybodys() -> None:
    text = "Neither Alba Ltd nor Corda Ltd is under sanctions"
    listed = claim("sanction", text, {"target": "Alba Ltd", "programme": "sanctions"})
    assert what(listed) == "Alba Ltd is under sanctions"
    cleared = claim("sanction", text, {"target": "Corda Ltd"}, polarity="negative")
    assert what(cleared) == "Corda Ltd is not under sanctions"


def test_what_is_not_simply_asserted_says_so_first() -> None:
    for stance, lead in (
        ("denies", "denies: "),
        ("declines-comment", "declines: "),
        ("asks", "asks: "),
        ("predicts", "predicts: "),
        ("orders", "orders: "),
        ("asserts", ""),
        ("alleges", ""),
    ):
        assert what(delivery(stance=stance)).startswith(f"{lead}Orlan Works →")
    will = claim("statement", "it will sail on Friday", {}, stance="predicts")
    assert what(will) == "it will sail on Friday"  # which says so itself
    assert what(claim("statement", "selling arms", {}, stance="denies")) == "denies: selling arms"


def test_every_kind_names_each_of_its_parties() -> None:
    text = "Alba Bruma Corda Dalen Evora"
    for kind in get_args(Kind):
        roles = dict(zip(ROLES[kind], text.split(), strict=False))
        shown = what(claim(kind, text, roles))
        for word in roles.values():
            assert word in shown, kind
        assert "{" not in shown


def test_shares_sums_and_places_are_kept() -> None:
    text = "Kestrel Holding owns at least a quarter of Orlan Works in Northport for 2 million euros"
    said = Qualifiers(
        share=Quantity(minimum=25, maximum=None, unit="%"),
        amount=Amount(minimum=2e6, maximum=2e6, currency="EUR"),
        places=(Place(name="Northport", country=None, target=target("Northport", text)),),
    )
    made = claim("ownership", text, {"owner": "Kestrel Holding", "asset": "Orlan Works"}, qualifiers=said)
    assert what(made) == "Kestrel Holding owns 25%+ of Orlan Works, EUR 2m, Northport"


def test_participants_are_listed() -> None:
    text = "Anna Kern and Oto Balen met in spring"
    people = tuple(Party(name=name, target=target(name, text)) for name in ("Anna Kern", "Oto Balen"))
    event: dict[str, Party | tuple[Party, ...] | None] = {
        "participants": people,
        "what": Party(name="met", target=target("met", text)),
    }
    made = claim("event", text, {})
    assert what(msgspec.structs.replace(made, roles=event)) == "Anna Kern, Oto Balen: met"


def link(name: str, minimum: int | None, maximum: int | None) -> Attribution:
    return Attribution(
        role="origin", speaker=name, unnamed=True, count=Count(minimum=minimum, maximum=maximum)
    )


def test_the_chain_runs_innermost_first_and_counts_the_unnamed() -> None:
    relay = Attribution(role="relay", speaker="The Wire")
    publisher = Attribution(role="publisher", speaker="Northport Courier")
    made = delivery(attribution=(link("two officials", 2, 2), relay, publisher))
    assert phrases.chain(made) == "two officials (unnamed ×2) ← The Wire"
    assert phrases.speaker(link("sources", 2, None)) == "sources (unnamed ×2+)"
    assert phrases.speaker(link("a few traders", 2, 4)) == "a few traders (unnamed ×2–4)"
    assert phrases.speaker(link("an official", 1, 1)) == "an official (unnamed)"


def test_the_publisher_speaks_only_for_itself() -> None:
    publisher = Attribution(role="publisher", speaker="Northport Courier")
    assert phrases.chain(delivery(attribution=(publisher,))) == "Northport Courier (own voice)"
    assert phrases.chain(delivery(attribution=())) == "own voice"


def test_a_speaker_nobody_names_is_somebody() -> None:
    assert phrases.speaker(Attribution(role="origin", speaker=None)) == "somebody"


def test_a_name_cannot_steer_the_terminal() -> None:
    shown = phrases.speaker(Attribution(role="origin", speaker="Ev\x1b[31mil\u202e\n Corp"))
    assert shown == "Ev\ufffd[31mil\ufffd Corp"


def test_hedges_stand_beside_the_stance() -> None:
    assert phrases.stance(delivery()) == "alleges (reportedly)"
