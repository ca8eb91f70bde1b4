from __future__ import annotations

import pytest

from casegraph.extract.identifiers import identifiers
from tests.extract.made import mentions


@pytest.mark.parametrize(
    ("text", "words", "kind", "canonical"),
    [
        ("Write to Press@Harrow.example now", "Press@Harrow.example", "email", "press@harrow.example"),
        ("Call +44 20 7946 0958 now", "+44 20 7946 0958", "phone", "+442079460958"),
        ("tel. 495 123 45 67", "495 123 45 67", "phone", "4951234567"),
        ("(see www.foo.example/a_(b)).", "www.foo.example/a_(b)", "url", "www.foo.example/a_(b)"),
        (
            "at https://leaks.example.org/7, it",
            "https://leaks.example.org/7",
            "url",
            "https://leaks.example.org/7",
        ),
        (
            "IBAN GB29 NWBK 6016 1331 9268 19 was",
            "GB29 NWBK 6016 1331 9268 19",
            "iban",
            "GB29NWBK60161331926819",
        ),
        ("SWIFT: DEUTDEFF", "DEUTDEFF", "bic", "DEUTDEFF"),
        ("IMO 9074729", "9074729", "imo", "9074729"),
        ("INN 7707083893", "7707083893", "inn", "7707083893"),
        ("\u0418\u041d\u041d: 7707083893", "7707083893", "inn", "7707083893"),
        ("under contract No. sv-2021/117.", "sv-2021/117", "contract", "SV-2021/117"),
        ("invoice INV-2021-004 was", "INV-2021-004", "invoice", "INV-2021-004"),
        ("passport No. 4512 345678", "4512 345678", "passport", "4512345678"),
    ],
)
def test_an_identifier_has_its_kind_and_form(text: str, words: str, kind: str, canonical: str) -> None:
    start, end, found, normal = next(identifiers(text))
    assert (text[start:end], found, normal) == (words, kind, canonical)


@pytest.mark.parametrize(
    "text",
    [
        "IBAN GB29 NWBK 6016 1331 9268 18",  # a wrong check digit
        "INN 7707083894",
        "IMO 9074728",
        "HARDWARE SOFTWARE",  # letters that fit a BIC
        "7707083893",  # an INN without its word
        "call me in 2024",
        "case number is unknown",
        "+1 2",
    ],
)
def test_what_fails_its_check_is_none(text: str) -> None:
    assert list(identifiers(text)) == []


def test_an_identifier_is_a_mention_with_its_kind_as_detector() -> None:
    [found] = mentions("Write to press@harrow.example.", "identifier")
    assert (found.detector, found.normal) == ("identifiers:email", "press@harrow.example")
