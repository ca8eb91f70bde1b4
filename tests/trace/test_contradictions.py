"""What contradicts what, what was taken back, and what changed from copy to copy."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from casegraph.model import Amount, Corroboration, Derivation, Document, Quantity
from casegraph.trace import Reported, passage_keys
from casegraph.trace.denials import is_denial
from casegraph.trace.parallel import tells
from tests.trace.made import (
    CRANES,
    Given,
    alone,
    at,
    behind,
    derived,
    doc,
    items,
    named,
    reported,
    said,
    seven,
    source,
    whole,
)

POST, HERALD, TIMES = doc("post"), doc("herald"), doc("times")
LATER = doc("post-later", publisher="The Post")


def paid(document: Document, sum_: float, currency: str) -> Reported:
    amount = Amount(minimum=sum_, maximum=sum_, currency=currency)
    return reported(document, kind="payment", roles={"payer": "orlan", "beneficiary": "veld"}, amount=amount)


def met(document: Document, country: str) -> Reported:
    roles = {"participants": ("anna", "boris"), "what": "met"}
    when = ("2021-03-14", "2021-03-15")
    return reported(document, kind="event", roles=roles, when=when, country=country)


def copied(before: Given, after: Given) -> tuple[str, Corroboration]:
    """Return what stands behind a claim of Anna Keller's in the Post and its rewrite in the Herald."""
    step = derived(HERALD, POST, "rewrite")
    copy = reported(HERALD, said("anna"), **after)
    found = alone(reported(POST, said("anna"), **before), replace(copy, road=(step,), sources=(POST,)))
    return step.id, found


def test_a_denial_stands_against_an_assertion() -> None:
    found = alone(reported(POST, source()), reported(HERALD, said("orlan"), stance="denies"))
    (one,) = found.contradictions
    assert (one.kind, len(one.left), len(one.right)) == ("denial", 1, 1)
    assert one.words == "said by two officials, denied by Orlan Works"
    assert {origin.kind for origin in found.origins} == {"unnamed", "organisation"}
    assert named(found, "Orlan Works").claims == one.right
    assert (found.independent, found.undetermined) == (1, 0)


def test_what_is_only_denied_rests_on_who_denies_it() -> None:
    found = alone(reported(HERALD, said("orlan"), stance="denies"))
    assert [one.name for one in found.origins] == ["Orlan Works"]
    assert (found.independent, found.contradictions, found.credibility) == (1, (), 6)


def test_a_negative_sentence_is_a_denial() -> None:
    found = alone(reported(POST), reported(HERALD, polarity="negative"))
    assert [one.kind for one in found.contradictions] == ["denial"]


@pytest.mark.parametrize("stance", ["declines-comment", "asks", "predicts", "orders"])
def test_a_refusal_to_comment_contradicts_nothing(stance: str) -> None:
    found = alone(reported(POST), reported(HERALD, said("orlan"), stance=stance))  # type: ignore[arg-type]  # a stance
    assert found.contradictions == ()
    assert [one.name for one in found.origins] == ["The Post"]


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        (seven(), items(70, 70), ["values"]),
        (seven(), items(6, 6), ["values"]),
        (items(7, None), items(9, 9), []),
        (items(7, None), items(5, 5), ["values"]),
        (items(None, 7), items(9, 9), ["values"]),
        (items(100, 100, about=True), items(107, 107), []),
        (items(1200, 1200), items(1234, 1234), []),
        (items(1200, 1200), items(1400, 1400), ["values"]),
        (items(3.5, 3.5, "km"), items(3.48, 3.48, "km"), []),
        (items(3, 3, "km"), items(2, 2, "mi"), []),
    ],
)
def test_values_clash_unless_bounds_and_roundings_allow_both(
    left: Quantity, right: Quantity, kinds: list[str]
) -> None:
    found = alone(reported(POST, quantity=left), reported(HERALD, quantity=right))
    assert [one.kind for one in found.contradictions] == kinds


def test_other_currencies_are_no_contradiction() -> None:
    assert alone(paid(POST, 5.0, "USD"), paid(HERALD, 5.5, "EUR")).contradictions == ()
    found = alone(paid(POST, 5.0, "EUR"), paid(HERALD, 6.0, "EUR"))
    assert [(one.kind, one.field) for one in found.contradictions] == [("values", "amount")]


def test_one_meeting_in_two_countries_on_one_day() -> None:
    found = alone(met(POST, "fr"), met(HERALD, "at"))
    assert [(one.kind, one.field) for one in found.contradictions] == [("time-place", "places")]


REVISED = [derived(LATER, POST, "revision", relation="was_revision_of")]


def test_a_later_state_that_changes_the_number_is_a_correction() -> None:
    found = alone(
        reported(POST, quantity=items(70, 70)),
        reported(LATER, quantity=seven(), road=REVISED, sources=[POST]),
    )
    assert [(one.kind, one.field) for one in found.contradictions] == [("retraction", "quantity")]
    assert found.contradictions[0].words == "a later state of the page has 7 for 70"
    assert (found.independent, found.undetermined) == (1, 0)


@pytest.mark.parametrize(
    "words", ["An earlier version of this article", "в более ранней версии статьи", "此前版本"]
)
def test_a_note_of_an_earlier_version_takes_the_claim_back(words: str) -> None:
    found = alone(reported(POST), reported(LATER, said(words)))
    assert [(one.kind, one.words) for one in found.contradictions] == [
        ("retraction", "a note says that an earlier version said so")
    ]
    assert found.credibility == 5
    assert {one.name for one in found.origins} == {"The Post"}


def test_the_price_of_one_is_not_the_price_of_all() -> None:
    block = [paid(POST, 2_025_000, "CNY"), paid(HERALD, 48_600_000, "CNY")]
    counted = replace(
        block[0],
        claim=msgspec.structs.replace(
            block[0].claim,
            qualifiers=msgspec.structs.replace(block[0].claim.qualifiers, quantity=items(24, 24)),
        ),
    )
    assert [one.kind for one in alone(*block).contradictions] == ["values"]
    assert alone(counted, block[1]).contradictions == ()


def test_a_later_state_that_denies_takes_the_claim_back() -> None:
    found = alone(
        reported(POST),
        reported(LATER, polarity="negative", road=REVISED, sources=[POST]),
    )
    assert [one.kind for one in found.contradictions] == ["retraction"]
    assert found.credibility == 5


def test_a_later_state_without_the_claim_took_it_back() -> None:
    step = derived(
        LATER, POST, "revision", relation="was_revision_of",
        passages=[(at(LATER, place, "x" * 50), at(POST, place, "x" * 50)) for place in (0, 5000)],
    )  # fmt: skip
    found = alone(reported(POST, later=[step]))
    assert [(one.kind, one.right) for one in found.contradictions] == [("retraction", ())]
    likely = msgspec.structs.replace(step, direction="likely")
    cut = msgspec.structs.replace(step, passages=step.passages[:1])
    assert alone(reported(POST, later=[likely])).contradictions == ()
    assert alone(reported(POST, later=[cut])).contradictions == ()
    kept = derived(
        LATER, POST, "revision", relation="was_revision_of", passages=[(whole(LATER), whole(POST))]
    )
    assert alone(reported(POST, later=[kept])).contradictions == ()


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ({"hedges": ["reportedly"]}, {}, ["hedge-lost"]),
        ({}, {"hedges": ["якобы"]}, ["hedge-added"]),
        ({"quantity": items(7, 7)}, {"quantity": items(70, 70)}, ["number-changed"]),
        ({"quantity": items(7, None)}, {"quantity": items(7, 7)}, ["number-changed"]),
        ({"quantity": items(1234, 1234)}, {"quantity": items(1200, 1200)}, []),
        ({"quantity": items(7, 7)}, {"quantity": items(7, 7)}, []),
    ],
)
def test_what_changed_in_a_copy(before: Given, after: Given, kinds: list[str]) -> None:
    step, found = copied(before, after)
    assert [one.kind for one in found.drifts] == kinds
    assert all(one.derivation == step and one.before != one.after for one in found.drifts)


def test_who_said_so_is_dropped_added_or_named_in_a_copy() -> None:
    step = derived(HERALD, POST, "rewrite")
    given: Given = {"road": [step], "sources": [POST]}
    dropped = alone(reported(POST, source("two officials")), reported(HERALD, **given))
    assert [(one.kind, one.was) for one in dropped.drifts] == [("attribution-dropped", "two officials")]
    added = alone(reported(POST), reported(HERALD, said("anna"), **given))
    assert [(one.kind, one.became) for one in added.drifts] == [("attribution-added", "Anna Keller")]
    credited = alone(reported(POST), reported(HERALD, said("The Post", cue="reports"), **given))
    assert credited.drifts == ()
    called = alone(reported(POST, source("two officials")), reported(HERALD, said("anna"), **given))
    assert [(one.kind, one.was, one.became) for one in called.drifts] == [
        ("named", "two officials", "Anna Keller")
    ]


def test_alleged_by_nobody_is_a_doubt() -> None:
    step = derived(HERALD, POST, "rewrite")
    found = alone(reported(POST, stance="alleges"), reported(HERALD, road=[step], sources=[POST]))
    assert [(one.kind, one.was) for one in found.drifts] == [("hedge-lost", "alleged")]


def stated(document: Document, words: str, start: int = 100, step: Derivation | None = None) -> Reported:
    road, sources = ([step], [POST]) if step else ([], [])
    return reported(
        document, kind="statement", roles={}, words=words, start=start, road=road, sources=sources
    )


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (
            "the trust paid £6.2m for the machines",
            "the trust blew £62 MILLION on machines",
            ("6200000", "62000000"),
        ),
        ("трест заплатил 6,2 млн фунтов", "该信托支付了620万英镑", None),
        (
            "at least 37 donors gave nothing on 14 March",
            "at least 73 donors gave nothing on 15 March",
            ("37", "73"),
        ),
        ("she paid 18 million pounds in all", "she paid 18 pounds in all", None),
        ("a man of 54 lost the money", "a man lost 90,000 pounds of money", None),
        ("it was founded in 2019 with 37 people", "it was founded in 2021 with 37 people", None),
    ],
)
def test_a_number_that_changed_in_a_copied_statement(
    before: str, after: str, changed: tuple[str, str] | None
) -> None:
    one = stated(POST, before)
    spans = [(at(HERALD, 100, after), at(POST, 100, before))]
    step = derived(HERALD, POST, "rewrite", passages=spans)
    found = alone(one, stated(HERALD, after, step=step))
    assert [(drift.was, drift.became) for drift in found.drifts] == ([changed] if changed else [])
    assert [one.kind for one in found.contradictions] == (["values"] if changed else [])


def test_statements_in_a_passage_come_together_one_by_one() -> None:
    """Two statements of one passage are told apart by their words, in another language by their order."""
    ours = ["the harbour master saw seven cranes unloaded", "nobody had told the port of the cranes before"]
    same = ["The harbour master saw seven cranes being unloaded", "nobody had told the port of cranes before"]
    russian = ["начальник порта видел семь кранов на причале", "никто не сообщал порту о кранах заранее"]
    for theirs in (same, russian):
        step = derived(HERALD, POST, "translation", passages=[(whole(HERALD), whole(POST))])
        block = [
            *(stated(POST, words, start) for start, words in zip((0, 300), ours, strict=True)),
            *(stated(HERALD, words, start, step) for start, words in zip((0, 300), theirs, strict=True)),
        ]
        keys = [set(passage_keys(one.claim, [step])) for one in block]
        assert len(set.intersection(*keys)) == 1
        found = behind(*block)
        assert sorted(len(one.claims) for one in found) == [2, 2]
        pairs = [
            sorted(
                next(o for o in block if o.claim.id == claim).claim.content_target.start
                for claim in one.claims
            )
            for one in found
        ]
        assert sorted(pairs) == [[0, 0], [300, 300]]


def test_the_same_words_of_two_people_confirm_nothing() -> None:
    words = "the port was never told about the cranes"
    one = reported(POST, said("anna"), kind="statement", roles={}, words=words)
    other = reported(HERALD, said("boris"), kind="statement", roles={}, words=words)
    found = alone(one, other)
    assert [(pair.value, pair.reason) for pair in found.pairs] == [("undetermined", "same-words")]


def test_without_a_derivation_nothing_has_drifted() -> None:
    assert alone(reported(POST, hedges=["reportedly"]), reported(HERALD)).drifts == ()


def test_a_clash_within_copies_shows_in_both() -> None:
    step = derived(HERALD, POST, "rewrite")
    found = alone(
        reported(POST, quantity=seven()),
        reported(HERALD, quantity=items(70, 70), road=[step], sources=[POST]),
    )
    assert [one.kind for one in found.drifts] == ["number-changed"]
    assert [one.kind for one in found.contradictions] == ["values"]
    assert found.caption.startswith("delivery: ")
    assert CRANES["goods"] == "cranes"


BOTH = ["attribution-dropped", "number-changed"]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("Nine dockers were hurt, Anna Keller said", "Nineteen dockers were hurt", BOTH),
        ("Nine dockers were hurt, Anna Keller said", "Nine dockers were hurt, it is said", []),
        ("Девять докеров погибли, сообщила Анна", "Погибли двенадцать докеров", BOTH),
        ("据安娜介绍，事故造成九人死亡", "事故已造成十九人死亡", BOTH),
    ],
)  # fmt: skip
def test_what_changed_in_a_passage_whose_claims_are_of_two_kinds(
    before: str, after: str, kinds: list[str]
) -> None:
    spans = [(at(HERALD, 100, after), at(POST, 100, before))]
    step = derived(HERALD, POST, "rewrite", passages=spans)
    one = reported(POST, said("anna"), kind="statement", roles={}, words=before, start=100)
    roles = {"participants": ("orlan",), "what": "hurt"}
    copy = reported(HERALD, kind="event", roles=roles, words=after, start=100)
    found = behind(one, replace(copy, road=(step,), sources=(POST,)))
    assert len(found) == 2
    assert sorted(drift.kind for each in found for drift in each.drifts) == kinds


@pytest.mark.parametrize("words", ["The bank said so", "Жилец пожаловался на крышу", "审计署说，账目不符"])
def test_words_that_tell_that_somebody_says_so(words: str) -> None:
    assert tells(words)


@pytest.mark.parametrize(
    "words",
    [
        "Police questioned him over the lease",
        "Партнёр получил документы",
        "该店名称未变",
        "She had asked to leave in June",
    ],
)
def test_words_in_which_nobody_says_so(words: str) -> None:
    assert not tells(words)


def test_who_concedes_that_something_was_not_so_denies_nothing() -> None:
    words = "the fee for the flat was not declared"
    given: Given = {"kind": "statement", "roles": {}, "words": words, "polarity": "negative"}
    said_so, conceded = (reported(POST, said("anna", cue=cue), **given).claim for cue in ("said", "conceded"))
    assert is_denial(said_so)
    assert not is_denial(conceded)
