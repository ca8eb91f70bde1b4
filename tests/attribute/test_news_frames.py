"""Constructions of political news: set phrases, lost subjects, second reports, words inside quotations."""

from __future__ import annotations

import pytest

from tests.attribute.made import attributed, claims_of, content, origin, source

# text, source, cue, content, stance
CASES = {
    "ruled out": (
        "The mayor has ruled out selling the ferry.",
        "The mayor", "has ruled out", "selling the ferry", "denies",
    ),
    "did not rule out": (
        "The mayor did not rule out selling the ferry.",
        "The mayor", "did not rule out", "selling the ferry", "predicts",
    ),
    "made clear": (
        "The mayor made clear that the ferry was lost.",
        "The mayor", "made clear", "that the ferry was lost", "asserts",
    ),
    "rumor has it": (
        "Rumor has it that the mayor sold the ferry.",
        None, "Rumor has it", "that the mayor sold the ferry", "alleges",
    ),
    "took issue with": (
        "The mayor took issue with the new figures.",
        "The mayor", "took issue", "with the new figures", "denies",
    ),
    "in the words of": (
        'The plan was, in the words of one senior clerk, "a raft of wet paper."',
        "one senior clerk", "in the words of", 'The plan was | "a raft of wet paper."', "asserts",
    ),
    "of the view": (
        "The judge is of the view that the contract was void.",
        "The judge", "is of the view", "that the contract was void", "asserts",
    ),
    "per, at the end": (
        "The vote was moved to Friday, per a court clerk.",
        "a court clerk", "per", "The vote was moved to Friday", "asserts",
    ),
    "a figure": (
        "The auditors put the shortfall at $9 billion.",
        "The auditors", "put", "the shortfall at $9 billion", "asserts",
    ),
    "compared": (
        "Critics compared the budget to a leaking bucket.",
        "Critics", "compared", "the budget to a leaking bucket", "asserts",
    ),
    "call for": (
        "The union called for an inquiry.", "The union", "called for", "an inquiry", "orders",
    ),
    "ordered a review": (
        "The minister ordered a review of the tender.",
        "The minister", "ordered", "a review of the tender", "orders",
    ),
    "claimed responsibility": (
        "The rebels claimed responsibility for the fire.",
        "The rebels", "claimed", "responsibility for the fire", "asserts",
    ),
    "wants it done": (
        "Most voters want the law repealed.", "Most voters", "want", "the law repealed", "orders",
    ),
    "having done": (
        "The deputy regrets having signed the letter.",
        "The deputy", "regrets", "having signed the letter", "asserts",
    ),
    "passive by and as": (
        "The clerk was described by former colleagues as brilliant and vain.",
        "former colleagues", "was described", "The clerk | as brilliant and vain", "asserts",
    ),
    "label in marks": (
        'The clerk called the move "theater".',
        "The clerk", "called", 'the move "theater"', "asserts",
    ),
    "of a relative pronoun": (
        "He sold the ferry, which the clerk has called a mistake.",
        "the clerk", "has called", "which | a mistake", "asserts",
    ),
    "reporting clause inside": (
        "The president, two senior officials said, was leaning toward a smaller force.",
        "two senior officials", "said", "The president | was leaning toward a smaller force", "asserts",
    ),
    "inverted at the end": (
        "There is no other plan, insists one senior minister.",
        "one senior minister", "insists", "There is no other plan", "asserts",
    ),
    "documents at the end": (
        "The firm paid $61,500 to the campaign, state records show.",
        "state records", "show", "The firm paid $61,500 to the campaign", "asserts",
    ),
    "aside of a source": (
        "The chairman, in a blog post, wrote that the rules were void.",
        "The chairman", "wrote", "that the rules were void", "asserts",
    ),
    "neither confirm nor deny": (
        "The clerk would neither confirm nor deny the report.",
        "The clerk", "would neither confirm nor deny", "the report", "declines-comment",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_construction(case: tuple[str, str | None, str, str, str]) -> None:
    text, who, cue, words, stance = case
    found = {(source(c), origin(c).cue, content(c), c.stance) for c in attributed(claims_of(text))}
    assert (who, cue, words, stance) in found


@pytest.mark.parametrize(
    "text",
    [
        "They prepare accounts according to the standards of the trade.",
        "The S4 weighs 7.5 kilograms.",
        "The missile did not reach the coast.",
        "A firm called Orvane opened in May.",
        "Two men were charged with theft.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert attributed(claims_of(text)) == []


def test_second_report_goes_back_to_who_reports() -> None:
    text = "Mr. Stroud's lawyers contend that the search was illegal and have asked that the case be dropped."
    claims = attributed(claims_of(text))
    assert [source(c) for c in claims] == ["Mr. Stroud's lawyers"] * 2
    assert [content(c) for c in claims] == ["that the search was illegal", "that the case be dropped"]


def test_i_in_a_quotation_is_the_one_quoted() -> None:
    claims = attributed(claims_of('"I think the ferry is lost," said Laura Kessler, a clerk.'))
    inner = next(c for c in claims if source(c) == "I")
    assert origin(inner).speaker == "Laura Kessler"
    assert content(inner) == "the ferry is lost"
    assert not inner.direct_quote


def test_who_is_a_person_not_the_talks() -> None:
    claims = attributed(
        claims_of("Three people familiar with the talks, who asked not to be named, said it was over.")
    )
    assert {origin(c).speaker for c in claims if content(c) == "not to be named"} == {
        "Three people familiar with the talks"
    }


def test_short_sentence_goes_on_with_the_speaker() -> None:
    (claim,) = attributed(
        claims_of('"Nobody ever raised a hand in that house," the clerk told me. "Mama announced."')
    )
    assert content(claim).endswith('"Mama announced."')


def test_the_foreign_minister_is_no_other_minister() -> None:
    text = (
        "Finance Minister Anna Kern opened the port.\n\n"
        "The foreign minister said the talks had failed."
    )  # fmt: skip
    claims = attributed(claims_of(text))
    assert origin(claims[-1]).speaker == "The foreign minister"


def test_what_a_governor_is_does_not_name_him() -> None:
    claims = attributed(claims_of("The couple, both Democrats, said they had never voted."))
    assert origin(claims[0]).speaker != "Democrats"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The mayor of Toledo, Paul Stroud, flew home. The mayor of Akron said the road was shut.", "Stroud"),
        ("Deputy Finance Minister Paul Stroud resigned. The minister said nothing would change.", "Stroud"),
        ("President Korring flew home. The former president said she had failed.", "Korring"),
        ("A spokesman for Paul Stroud declined to comment. He said only that the case was old.", "Stroud"),
        ("The judge fined Paul Stroud. He said the law left him no choice.", "Stroud"),
        ("Orvane Energy sued the ministry. It denied any wrongdoing.", "Orvane"),
    ],
)
def test_who_is_not_told_stays_open(text: str, wrong: str) -> None:
    assert wrong not in (origin(attributed(claims_of(text))[-1]).speaker or "")
