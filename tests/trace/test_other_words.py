"""Statements and denials in other words, and of "the allegations": what they join and stand against."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from casegraph.model import Attribution, Document
from casegraph.trace import Reported, claim_keys, denial_keys, matter_keys
from tests.trace.made import CRANES, Given, alone, behind, doc, reported, said, verdict

POST, HERALD = doc("post"), doc("herald")
VESTNIK = doc("vestnik", publisher="Вестник", language="ru")
RIBAO = doc("ribao", publisher="日报", language="zh")


def stated(document: Document, speaker: str | None, words: str, **given: object) -> Reported:
    """Return a statement in some words, in the document's own voice where nobody says it."""
    told: Given = {"kind": "statement", "roles": {}, "words": words, **given}  # type: ignore[typeddict-item]  # as Given has them
    return reported(document, *([said(speaker)] if speaker else []), **told)


def dealt(document: Document, *by: Attribution, **given: object) -> Reported:
    """Return a claim that Orlan Works delivered cranes, as Customs says unless told otherwise."""
    told: Given = {"words": "what Orlan Works delivered", **given}  # type: ignore[typeddict-item]  # as Given has them
    return reported(document, *(by or (said("customs"),)), **told)


def denials(*block: Reported) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return both sides of each denial that is found."""
    found = [one for cluster in behind(*block) for one in cluster.contradictions if one.kind == "denial"]
    return [(one.left, one.right) for one in found]


def met(block: Sequence[Reported]) -> set[str]:
    """Return the keys in which the claims of a document all meet."""
    keys = list(denial_keys([one.claim for one in block]))
    return set.intersection(*({key for one, key in keys if one.id == wanted.claim.id} for wanted in block))


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (POST, "the allegations"), (POST, "such accusations"), (POST, "all the claims"),
        (VESTNIK, "обвинения"), (VESTNIK, "все эти утверждения"), (VESTNIK, "выдвинутые против"),
        (RIBAO, "指控"), (RIBAO, "上述指控"), (RIBAO, "有关说法，并说"),
    ],
)  # fmt: skip
def test_the_allegations_are_deeds_that_the_page_told_of_the_denier(document: Document, words: str) -> None:
    deed = dealt(document)
    denial = stated(document, "orlan", words, stance="denies", start=2000)
    if words == "выдвинутые против":  # of nothing that a page calls an allegation
        assert denials(deed, denial) == []
        return
    assert met([deed, denial])
    assert denials(deed, denial) == [((deed.claim.id,), (denial.claim.id,))]


@pytest.mark.parametrize("words", ["wrongdoing", "нарушения закона", "有不当行为", "four counts of fraud"])
def test_who_denies_wrongdoing_may_admit_the_facts(words: str) -> None:
    deed = dealt(POST)
    assert denials(deed, stated(POST, "orlan", words, stance="denies", start=2000)) == []


def test_the_allegations_are_of_the_denier_and_somebody_elses() -> None:
    denial = stated(POST, "orlan", "the allegations", stance="denies", start=2000)
    others: dict[str, str | Sequence[str] | None] = {**CRANES, "supplier": "harrow"}
    assert denials(dealt(POST, roles=others), denial) == []
    assert denials(dealt(POST, said("orlan")), denial) == []
    assert denials(reported(POST, words="what Orlan Works delivered"), denial) == []  # in its own voice
    assert denials(dealt(HERALD), denial) == []  # another page
    assert denials(dealt(POST, start=3000), denial) == []  # what comes after
    post = {"person": "anna", "organisation": "orlan"}
    assert denials(dealt(POST, kind="directorship", roles=post), denial) == []


@pytest.mark.parametrize(
    ("document", "speaker", "claim", "words"),
    [
        (POST, "orlan", "that the firm Orlan Works bribed the harbour office", "it"),
        (VESTNIK, "Орлан", "что компания Орлан подкупила портовое управление", "это"),
        (RIBAO, "奥兰公司", "奥兰公司向港务局行贿", "这一说法"),
    ],
)
def test_it_is_the_sentence_before(document: Document, speaker: str, claim: str, words: str) -> None:
    near, far = (stated(document, "customs", claim, start=start) for start in (1900, 100))
    words = words.replace("一", "")
    denial = stated(document, speaker, words, stance="denies", start=2000)
    assert denials(near, denial) == [((near.claim.id,), (denial.claim.id,))]
    assert denials(far, denial) == []


@pytest.mark.parametrize(
    ("document", "speaker", "claim", "denial"),
    [
        (
            POST, "boris", "In May Harrow Marine paid the Lantos Port Fund a bonus of 11 million dollars",
            "Harrow Marine had never paid the Lantos Port Fund any bonus",
        ),
        (
            VESTNIK, "Борис Малин", "В мае фирма Харроу Марин выплатила управлению Лантос Порт премию",
            "что фирма Харроу Марин выплатила управлению Лантос Порт премию",
        ),
        (RIBAO, "马林", "海关说马林下令焊死安全阀门", "下令焊死安全阀门"),
    ],
)  # fmt: skip
def test_a_denial_in_other_words(document: Document, speaker: str, claim: str, denial: str) -> None:
    elsewhere = doc("elsewhere", language=document.language or "en")
    one = stated(document if document is RIBAO else elsewhere, "customs", claim, start=3000)
    if document is RIBAO:  # without spaces a name is one that a role or a speaker has
        one = stated(RIBAO, "customs", claim, kind="event", roles={"participants": (speaker,), "what": None})
    other = stated(document, speaker, denial, stance="denies")
    assert set(matter_keys(one.claim)) & set(matter_keys(other.claim)) or met([one, other])
    assert denials(one, other) == [((one.claim.id,), (other.claim.id,))]


@pytest.mark.parametrize(
    "claim",
    [
        "Harrow Marine says it paid the Lantos Port Fund no bonus",
        "In 2019 Harrow Marine built a new quay for the Lantos Port Fund in eleven months",
        "Orlan Works paid the Port of Veld a bonus of 11 million dollars",
    ],
)
def test_what_negates_or_is_of_another_matter_is_not_denied(claim: str) -> None:
    denial = stated(POST, "boris", "Harrow Marine had paid the Lantos Port Fund a bonus", stance="denies")
    assert denials(stated(HERALD, "customs", claim), denial) == []


def test_a_denial_beside_a_cluster_is_no_origin_of_it() -> None:
    deed = dealt(POST)
    denial = stated(POST, "orlan", "the allegations", stance="denies", start=2000)
    found = next(one for one in behind(deed, denial) if one.kind == "delivery")
    assert [one.name for one in found.origins] == ["Lantos Customs"]
    assert found.claims == (deed.claim.id,)
    assert found.pairs == ()


def test_the_bare_words_of_a_deed_are_denied_with_it() -> None:
    deed = dealt(POST, words="Orlan Works sold cranes to Veld Port")
    words = stated(POST, "customs", "Orlan Works sold cranes to Veld Port", hedges=("reportedly",))
    denial = stated(POST, "orlan", "the allegations", stance="denies", start=2000)
    assert len(denials(deed, words, denial)) == 2


def test_keys_tell_other_matters_apart() -> None:
    one = stated(POST, "customs", "In May Harrow Marine paid the Lantos Port Fund a bonus")
    other = stated(HERALD, "customs", "In May Harrow Marine sued the Lantos Port Fund twice")
    assert not set(matter_keys(one.claim)) & set(matter_keys(other.claim))
    assert not any(key.startswith("matter") for key in claim_keys(one.claim))


@pytest.mark.parametrize(
    ("document", "one", "other"),
    [
        (
            POST, "In May Harrow Marine paid the Lantos Port Fund a secret bonus, two officials recalled",
            "A secret bonus was paid to the Lantos Port Fund by Harrow Marine",
        ),
        (
            POST, "For the quay Harrow Marine asked 48 million crowns at first",
            "At first 48 million crowns were asked by Harrow Marine for it",
        ),
        (
            VESTNIK, "В мае фирма Харроу Марин тайно выплатила управлению Лантос Порт премию",
            "Премию управлению Лантос Порт тайно выплатила в мае фирма Харроу Марин",
        ),
    ],
)  # fmt: skip
def test_statements_in_other_words_are_one_but_show_nothing(document: Document, one: str, other: str) -> None:
    elsewhere = doc("elsewhere", language=document.language or "en")
    left, right = stated(document, "anna", one), stated(elsewhere, "boris", other)
    assert set(matter_keys(left.claim)) & set(matter_keys(right.claim))
    found = alone(left, right)
    assert verdict(found, "Anna Keller", "Boris Malin") == ("undetermined", "same-words")
    assert found.independent == 1


@pytest.mark.parametrize(
    "other",
    [
        "A secret bonus was never paid to the Lantos Port Fund by Harrow Marine",  # the contrary
        "A new quay was built for the Lantos Port Fund by Harrow Marine",
        "A secret bonus was paid to the Veld Port Authority by Orlan Works",
    ],
)
def test_other_statements_stay_apart(other: str) -> None:
    one = stated(POST, "anna", "In May Harrow Marine paid the Lantos Port Fund a secret bonus of 11 million")
    assert len(behind(one, stated(HERALD, "boris", other))) == 2


def test_statements_of_one_page_are_not_one() -> None:
    words = "Harrow Marine paid the Lantos Port Fund a secret bonus"
    block = [stated(POST, "anna", f"{words} in May"), stated(POST, "anna", f"{words} later", start=900)]
    assert len(behind(*block)) == 2


def test_a_statement_that_would_join_two_others_joins_neither() -> None:
    """So it is where words alone are compared: no encoder knows the language."""
    ends = (" last spring, near some half ruined warehouse", " behind closed doors, during lunch, swiftly")
    words = "Harrow Marine paid the Lantos Port Fund a bonus"
    one, other = (
        stated(doc(f"end{place}", language="uk"), "anna", words + end) for place, end in enumerate(ends)
    )
    assert len(behind(one, stated(doc("middle", language="uk"), "boris", words), other)) == 3
