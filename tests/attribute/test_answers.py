from __future__ import annotations

import pytest

from casegraph import attribute, extract
from casegraph.model import (
    Answer,
    Claim,
    Mention,
    Pages,
    Parse,
    Parsed,
    Party,
    Problem,
    TableMapping,
    passage_digest,
)  # fmt: skip
from tests.extract.made import unit
from tests.model_server import claim, read

TEXT = (
    "Nine cranes of Selm Harbour ended up with the Wexley people for 40,000 euros in March 2021,"
    " Mia Holt insinuated. It denied everything, reportedly."
)
SENTENCE = TEXT[: TEXT.index(" It denied")]


def run(*claims: dict[str, object], text: str = TEXT, names: dict[str, str] | None = None) -> list[object]:
    """Return what both stages make of a text with these claims in an answer, beyond the rules' own."""
    pages: Pages = unit(text)
    page = pages.pages[0]
    answer = Answer(
        key="answer-1", document=page.document, page=1, start=0, end=len(text), passage=passage_digest(text),
        model="m", prompt="0123456789abcdef", body=read(names or {}, *claims),
    )  # fmt: skip
    found = list(extract.STAGE.run(Pages(document=pages.document, pages=pages.pages, answers=(answer,))))
    parsed = Parsed(
        document=pages.document, pages=pages.pages, answers=(answer,),
        parses=tuple(one for one in found if isinstance(one, Parse)),
        mentions=tuple(one for one in found if isinstance(one, Mention)),
    )  # fmt: skip
    return list(attribute.STAGE.run(parsed))


def read_out(*claims: dict[str, object], **given: object) -> list[Claim]:
    made = run(*claims, **given)  # type: ignore[arg-type]  # passed on
    own = [one for one in made if isinstance(one, Claim) and one.made_by.model is not None]
    text = str(given.get("text", TEXT))
    for one in own:
        for target in (*one.evidence, one.content_target):
            assert text[target.start : target.end] == target.exact
    return own


def refusals(*claims: dict[str, object]) -> list[Problem]:
    return [one for one in run(*claims) if isinstance(one, Problem) and "answer" in one.code]


def delivery(**changed: object) -> dict[str, object]:
    given: dict[str, object] = {
        "supplier": "Selm Harbour", "recipient": "Wexley people", "goods": "cranes", "speaker": "Mia Holt",
        "cue": "insinuated", "content": "Nine cranes of Selm Harbour ended up with the Wexley people",
        "quantity": "Nine cranes", "amount": "40,000 euros", "date": "March 2021", "stance": "alleges",
    }  # fmt: skip
    return claim(SENTENCE, "delivery", **{**given, **changed})


def test_a_claim_carries_its_words_roles_speaker_and_maker() -> None:
    (own,) = read_out(delivery(), names={"Selm Harbour": "Company"})
    assert (own.kind, own.stance, own.polarity) == ("delivery", "alleges", "positive")
    supplier = own.roles["supplier"]
    assert isinstance(supplier, Party)
    assert (supplier.name, supplier.target.exact) == ("Selm Harbour", "Selm Harbour")
    assert supplier.mention is not None
    origin, publisher = own.attribution
    assert (origin.speaker, origin.cue, origin.role, publisher.role) == (
        "Mia Holt", "insinuated", "origin", "publisher",
    )  # fmt: skip
    assert origin.mention is not None
    assert own.evidence[0].exact == SENTENCE
    made = own.made_by
    assert (made.extractor, made.model, made.prompt) == ("attribute.answers", "m", "0123456789abcdef")


def test_values_are_what_extract_makes_of_the_words() -> None:
    (own,) = read_out(delivery())
    amount, (date,) = own.qualifiers.amount, own.qualifiers.dates
    assert amount is not None
    assert (amount.minimum, amount.currency) == (40000, "EUR")
    assert (date.start, date.text) == ("2021-03-01", "March 2021")
    assert own.qualifiers.quantity is not None
    assert own.qualifiers.quantity.minimum == 9


@pytest.mark.parametrize(
    "changed",
    [
        {"supplier": "Selm Harbor"},
        {"goods": "crane"},
        {"speaker": "Minister Holt"},
        {"cue": "said"},
        {"content": "It denied everything"},  # outside the quote
        {"hedges": ["allegedly"]},
        {"hedges": ["reportedly"]},  # stands on the page, not in the quote
        {"date": "April 2021"},
        {"place": "Northport"},
        {"amount": "40.000 euros"},
    ],
)
def test_a_claim_with_words_that_are_not_there_is_refused(changed: dict[str, object]) -> None:
    assert read_out(delivery(**changed)) == []
    (problem,) = refusals(delivery(**changed), delivery())
    assert problem.code == "attribute.answer-not-in-page"
    assert "1 of 2 claims were refused, 1 for words that are not in the page" in problem.detail
    assert "Holt" not in problem.detail


def test_a_quote_that_is_not_there_is_refused() -> None:
    assert read_out(claim("Ten cranes of Selm Harbour ended up with the Wexley people")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        claim(SENTENCE, "delivery"),
        claim(SENTENCE, "payment", supplier="Selm Harbour"),
        claim(SENTENCE, "statement", supplier="Selm Harbour"),
    ],
)
def test_roles_must_be_those_of_the_kind(wrong: dict[str, object]) -> None:
    assert read_out(wrong) == []
    assert "1 for a role" in refusals(wrong)[0].detail


def test_an_event_has_as_many_participants_as_were_read() -> None:
    text = "Quor Vell and Bram Tolk supped together at noon."
    met = claim(text[:-1], "event", what="supped together")
    both = [{"role": "participants", "words": one} for one in ("Quor Vell", "Bram Tolk")]
    met["roles"] = [{"role": "what", "words": "supped together"}, *both]
    own = read_out(met, text=text)
    parties = own[0].roles["participants"]
    assert isinstance(parties, tuple)
    assert [one.name for one in parties] == ["Quor Vell", "Bram Tolk"]


def test_what_rules_have_read_is_not_told_twice() -> None:
    text = "Selm Harbour delivered nine cranes to Orlan Works, Mia Holt said."
    plain = [one for one in run(text=text) if isinstance(one, Claim)]
    assert {one.kind for one in plain} >= {"delivery", "statement"}
    known = claim(text, "delivery", supplier="Selm Harbour", recipient="Orlan Works", goods="cranes")
    content = text[: text.index(", Mia")]
    again = claim(text, speaker="Mia Holt", cue="said", content=content)
    assert read_out(known, again, text=text) == []
    other = claim(text, "payment", payer="Orlan Works", beneficiary="Selm Harbour")
    assert [one.kind for one in read_out(known, other, other, text=text)] == ["payment"]


def test_rules_give_the_same_claims_with_an_answer_as_without() -> None:
    with_answer = [one for one in run(delivery()) if isinstance(one, Claim | TableMapping)]
    without = [one for one in run() if isinstance(one, Claim | TableMapping)]
    assert [one for one in with_answer if isinstance(one, Claim) and one.made_by.model is None] == without


def test_without_a_speaker_it_is_the_documents_own_voice() -> None:
    own = read_out(delivery(speaker=None, cue=None))
    assert [link.role for link in own[0].attribution] == ["publisher"]


def test_a_language_without_a_grammar_gets_claims_too() -> None:
    text = "Selm Limanı geçen yıl dokuz vinci Wexley şirketine sattı, dedi Mia Holt dün akşam gazetecilere."
    sold = claim(text, "delivery", supplier="Selm Limanı", recipient="Wexley", speaker="Mia Holt", cue="dedi")
    own = read_out(sold, text=text)
    assert [(one.kind, one.attribution[0].cue) for one in own] == [("delivery", "dedi")]
