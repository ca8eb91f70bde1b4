"""Who "the claimant", "the ship" and "it" are, by a form's labels and the entries of a list."""

from __future__ import annotations

import pytest

from casegraph.attribute import STAGE
from casegraph.extract import STAGE as EXTRACT
from casegraph.model import Claim, Mention, Pages, Parse, Parsed, Party
from casegraph.testing import document, page

FORM = "Claimant: Kern Forwarding Ltd\n\nDefendant: Orlan Works LLC\n\n"


def claims(text: str) -> list[Claim]:
    on, of = page(text), document(text)
    found = list(EXTRACT.run(Pages(document=of, pages=(on,))))
    parsed = Parsed(
        document=of,
        pages=(on,),
        parses=tuple(one for one in found if isinstance(one, Parse)),
        mentions=tuple(one for one in found if isinstance(one, Mention)),
    )
    return [one for one in STAGE.run(parsed) if isinstance(one, Claim)]


def suppliers(text: str) -> list[str]:
    parties = (one.roles.get("supplier") for one in claims(text) if one.kind == "delivery")
    return [one.name for one in parties if isinstance(one, Party)]


def test_it_is_the_claimant_whom_the_form_names() -> None:
    text = f"{FORM}The claimant states that it carried seven crates from Dalian to Vostochny."
    assert suppliers(text) == ["Kern Forwarding Ltd"]
    (said,) = (one for one in claims(text) if one.kind == "statement")
    assert said.attribution[0].speaker == "Kern Forwarding Ltd"


def test_a_label_that_two_have_is_nobody() -> None:
    both = "Claimant: Kern Forwarding Ltd\n\nClaimant: Veld Lines Ltd"
    text = f"{both}\n\nThe claimant states that it carried seven crates from Dalian to Vostochny."
    assert not {"Kern Forwarding Ltd", "Veld Lines Ltd"} & set(suppliers(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4. ORLAN WORKS LLC, Veld. The company supplied ten cranes to Kern Ltd.", "ORLAN WORKS LLC"),
        ("4. ORLAN WORKS LLC (also known as OW Trading Ltd). The company supplied ten cranes to Kern Ltd.",
         "ORLAN WORKS LLC"),
    ],
)  # fmt: skip
def test_the_company_of_an_entry_is_the_name_at_its_head(text: str, expected: str) -> None:
    assert suppliers(text) == [expected]


def test_a_sentence_whose_verb_is_taken_for_a_noun_has_its_speaker() -> None:
    (one,) = (one for one in claims(f"{FORM}The defendant claims that it paid.") if one.kind == "statement")
    assert one.attribution[0].speaker == "Orlan Works LLC"
