"""Source, cue, content and stance of each construction, on sentences that stand in no gold set."""

from __future__ import annotations

import pytest

from tests.attribute.made import (
    attributed,
    check_evidence,
    claims_of_pages,
    content,
    origin,
    pages_of,
    source,
)

# text, source, cue, content, stance
CASES = {
    "indirect": (
        "The harbour master said that two barges had sunk.",
        "The harbour master", "said", "that two barges had sunk", "asserts",
    ),
    "zero complementiser": (
        "Osgood said the lamp was broken.", "Osgood", "said", "the lamp was broken", "asserts",
    ),
    "direct before": (
        '"The lamp was broken," the caretaker said.',
        "the caretaker", "said", '"The lamp was broken,"', "asserts",
    ),
    "direct inverted": (
        '"The lamp was broken," said the caretaker.',
        "the caretaker", "said", '"The lamp was broken,"', "asserts",
    ),
    "curly marks": (
        "“The lamp was broken,” the caretaker said.",
        "the caretaker", "said", "“The lamp was broken,”", "asserts",
    ),
    "split quotation": (
        '"The lamp," said the caretaker, "was already broken in May."',
        "the caretaker", "said", '"The lamp," | "was already broken in May."', "asserts",
    ),
    "two sentences after a colon": (
        'The caretaker said: "The lamp was broken. Nobody told me."',
        "The caretaker", "said", '"The lamp was broken. Nobody told me."', "asserts",
    ),
    "mixed": (
        'The caretaker said the lamp was "older than the bridge" and leaked.',
        "The caretaker", "said", 'the lamp was "older than the bridge" and leaked', "asserts",
    ),
    "told with addressee": (
        "The mayor told reporters on Friday that the bridge would reopen.",
        "The mayor", "told", "that the bridge would reopen", "predicts",
    ),
    "according to, first": (
        "According to court papers, the firm owed nine creditors.",
        "court papers", "According to", "the firm owed nine creditors", "asserts",
    ),
    "according to, last": (
        "The firm owed nine creditors, according to court papers.",
        "court papers", "according to", "The firm owed nine creditors", "asserts",
    ),
    "in a statement": (
        "The firm said in a statement that it had paid every creditor.",
        "The firm", "said", "that it had paid every creditor", "asserts",
    ),
    "denial with -ing": (
        "The firm has repeatedly denied owing anything.",
        "The firm", "has repeatedly denied", "owing anything", "denies",
    ),
    "denial with object": (
        "The firm denied the charges.", "The firm", "denied", "the charges", "denies",
    ),
    "declined to comment": (
        "A lawyer for the firm declined to comment on the ruling.",
        "A lawyer for the firm", "declined", "to comment on the ruling", "declines-comment",
    ),
    "no response": (
        "The embassy did not respond to a request for comment.",
        "The embassy", "did not respond", "to a request for comment", "declines-comment",
    ),
    "accused of": (
        "The union accused the company of hiding the report.",
        "The union", "accused", "the company of hiding the report", "alleges",
    ),
    "described as": (
        "The envoy described the talks as useful.",
        "The envoy", "described", "the talks as useful", "asserts",
    ),
    "intention": (
        "The council plans to sell the old brewery.",
        "The council", "plans", "to sell the old brewery", "predicts",
    ),
    "request": (
        "The council urged residents to boil water.",
        "The council", "urged", "to boil water", "orders",
    ),
    "wish": (
        "The council wants residents to boil water.",
        "The council", "wants", "residents to boil water", "orders",
    ),
    "question": (
        "The judge asked whether the ledger was complete.",
        "The judge", "asked", "whether the ledger was complete", "asks",
    ),
    "shell noun": (
        "The minister's assertion that the dam was safe drew a loud laugh.",
        "The minister", "assertion", "that the dam was safe", "asserts",
    ),
    "adjective": (
        "The engineers are convinced that the dam is safe.",
        "The engineers", "are convinced", "that the dam is safe", "asserts",
    ),
    "document": (
        "Shipping records show that the crates left in June.",
        "Shipping records", "show", "that the crates left in June", "asserts",
    ),
    "parenthetical": (
        "The dam, she argued, was never safe.",
        "she", "argued", "The dam | was never safe", "asserts",
    ),
    "relative clause": (
        "The foreman, who said that the dam was safe, resigned.",
        "who", "said", "that the dam was safe", "asserts",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_construction(case: tuple[str, str, str, str, str]) -> None:
    text, who, cue, what, stance = case
    unit = pages_of(text)
    found = {
        (source(claim), origin(claim).cue, content(claim), claim.stance)
        for claim in attributed(claims_of_pages(unit))
    }
    assert (who, cue, what, stance) in found
    for claim in claims_of_pages(unit):
        check_evidence(claim, unit.pages[0])


@pytest.mark.parametrize(
    "text",
    [
        "The two sides agreed on a price.",
        "She spoke for an hour and left.",
        "The said vessel lay at anchor.",
        "The report runs to forty pages.",
        "The recipe calls for two eggs.",
        "Heavy rain closed the coast road for a second night.",
        'The band played "They Said It Would Rain" twice.',
    ],
)
def test_no_attribution_where_nobody_speaks(text: str) -> None:
    assert attributed(claims_of_pages(pages_of(text))) == []


def test_own_voice_is_the_publishers() -> None:
    (claim,) = claims_of_pages(pages_of("Heavy rain closed the coast road.", publisher="The Vale Courier"))
    assert claim.kind == "statement"
    assert [(link.role, link.speaker) for link in claim.attribution] == [("publisher", "The Vale Courier")]


def test_reportedly_has_no_speaker() -> None:
    (claim,) = attributed(claims_of_pages(pages_of("The crates reportedly left in June.")))
    assert claim.stance == "alleges"
    assert claim.hedges == ("reportedly",)
    assert origin(claim).speaker is None
    assert origin(claim).unnamed


def test_said_to_is_alleged_by_nobody_named() -> None:
    (claim,) = attributed(claims_of_pages(pages_of("The broker is said to control three banks.")))
    assert (claim.stance, content(claim)) == ("alleges", "The broker | to control three banks")
    assert origin(claim).speaker is None
