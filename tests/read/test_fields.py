"""What is no sentence: fields, signatures, tables of commas; and sentences over wrapped lines."""

from __future__ import annotations

import pytest

from casegraph.read.fields import field_runs, is_sentence, signature
from casegraph.read.paragraphs import paragraphs, wrap_width
from casegraph.read.tabular import comma_rows
from tests.read.made import HEADER, read

MAIL = HEADER + (
    b"\r\nDear Ms Kern,\r\n\r\nThe first seven cranes are ready. Three of them will leave Northport on\r\n"
    b"February 27 aboard the Grey Heron, and four will follow on March 24.\r\n"
    b"Invoice HM-0219 for 14,000 crowns was sent to you on Monday.\r\n\r\n"
    b"We cannot ship the other cranes if the bank goes on asking who the final\r\nrecipient is and "
    b"where the money comes from.\r\n\r\nBest regards,\r\nPavel Stern\r\nExport Manager\r\n"
    b"Harrow Marine Ltd\r\n"
)


def test_a_wrapped_sentence_of_a_mail_is_one_block_even_before_a_capital() -> None:
    prose = read(MAIL, "a.eml").prose
    joined = next(text for text in prose if "Three of them" in text)
    assert "Northport on\nFebruary 27 aboard the Grey Heron, and four will follow on March 24." in joined


def test_a_mail_is_signed_apart_from_its_words() -> None:
    result = read(MAIL, "a.eml")
    assert result.of("byline") == ["Best regards,", "Pavel Stern", "Export Manager", "Harrow Marine Ltd"]
    assert not any("Export Manager" in text for text in result.prose)


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("The contract was signed in the port of Veld on the", "Twelfth of March by the owners"),
        ("Договор на поставку кранов был подписан директором и", "Павлом Штерном в порту Вельд"),
    ],
)
def test_a_line_that_breaks_off_goes_on(before: str, line: str) -> None:
    assert [one.text for one in paragraphs(f"{before}\n{line}")] == [f"{before}\n{line}"]


def test_lines_of_a_list_stay_apart() -> None:
    lines = ["Cranes for the Northern Quay", "Payment in Four Parts", "Delivery to Veld Harbour"]
    assert [one.text for one in paragraphs("\n".join(lines))] == lines
    assert wrap_width("\n".join(lines)) is None


def test_wrapping_shown_by_one_paragraph_does_not_join_labels_of_another() -> None:
    wrapped = (
        "It was said in the harbour of Veld that the seven cranes had been paid for\nin four parts by a firm."
    )
    labels = "Seller: Harrow Marine Limited of Northport, at number twelve of the Dock Road\nBuyer: Veld Port"
    assert [one.text for one in paragraphs(f"{wrapped}\n\n{labels}")][1:] == labels.split("\n")


CONTRACT = """CONTRACT OF SALE

Seller: Harrow Marine Ltd, Northport
Buyer: Orlan Works LLC, Veld
Goods: seven gantry cranes
Price: EUR 310,000

The Seller delivers the cranes to the port of Veld in March.

1. The Buyer pays within twenty days.
2. The Seller insures the cranes.

Signed for the Seller: Pavel Stern
"""


def test_fields_of_a_contract_are_no_prose_and_its_sentences_are() -> None:
    result = read(CONTRACT, "contract.txt")
    assert result.of("table") == CONTRACT.split("\n\n")[1].split("\n")
    assert result.of("byline") == ["Signed for the Seller: Pavel Stern"]
    assert "The Seller delivers the cranes to the port of Veld in March." in result.prose
    assert result.of("list") == [
        "1. The Buyer pays within twenty days.",
        "2. The Seller insures the cranes.",
    ]


def test_turns_of_a_conversation_are_not_fields() -> None:
    turns = ["KERN: Who paid?", "STERN: Orlan Works", "KERN: When?", "STERN: In May", "KERN: How?"]
    turns += ["STERN: In cash", "KERN: Why", "STERN: No idea"]
    assert field_runs(dict(enumerate(turns))) == set()


def test_a_lone_label_and_a_sentence_behind_a_label_stay_prose() -> None:
    assert field_runs({0: "Northport: seven cranes", 1: "They were sold."}) == set()
    told = "The company said that it had sold the cranes to nobody."
    assert is_sentence(told)
    assert field_runs({0: f"Answer: {told}", 1: f"Note: {told}"}) == set()


def test_a_signature_ends_where_sentences_go_on() -> None:
    lines = ["Yours sincerely,", "Anna Kern", "P.S. We have not been paid for the cranes until today."]
    assert signature(lines) == {0, 1}


def test_comma_separated_values_are_a_table() -> None:
    text = 'id,buyer,goods\n1,"Orlan Works, Veld",cranes\n2,Veld Port,"a ""grey"" crane"\n'
    assert comma_rows(text) == [
        ["id", "buyer", "goods"],
        ["1", "Orlan Works, Veld", "cranes"],
        ["2", "Veld Port", 'a "grey" crane'],
    ]
    result = read(text, "register.csv")
    assert result.prose == []
    assert result.of("table") == [
        'id\tbuyer\tgoods\n1\tOrlan Works, Veld\tcranes\n2\tVeld Port\ta "grey" crane'
    ]


def test_prose_with_commas_is_no_table() -> None:
    line = "In March, in April, and in May the cranes left Northport, Veld, and Karsk."
    assert comma_rows("\n".join([line] * 5)) is None


def test_a_field_beside_a_date_line_is_one_of_a_list() -> None:
    text = (
        "INTERVIEW\n\nRecorded: 27 March 2021, by telephone\nInterviewer: Mette Lind, The Veld Herald\n\n"
        "LIND: What did you ship to the port of Veld?\n\nKERN: We shipped seven cranes to the port of Veld."
    )
    result = read(text, "interview.txt")
    assert result.of("table") == ["Interviewer: Mette Lind, The Veld Herald"]
    assert "KERN: We shipped seven cranes to the port of Veld." in result.prose
