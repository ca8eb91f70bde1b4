from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegraph.text import find_words, places_of


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Anna Kern met Otto Wren.", "Otto Wren", "Otto Wren"),
        ("Anna\n  Kern left.", "Anna Kern", "Anna\n  Kern"),
        ("Annabel and Anna.", "Anna", "Anna"),
        ("ИЭМЗ «Купол» поставил", "ИЭМЗ «Купол»", "ИЭМЗ «Купол»"),
        ("库波尔公司表示", "库波尔", "库波尔"),
        ("\U0001f600 Kern", "Kern", "Kern"),
        ("a.b (c)* d", "(c)*", "(c)*"),
    ],
)
def test_words_are_found_as_they_stand(text: str, words: str, found: str) -> None:
    place = find_words(text, words)
    assert place is not None
    assert text[slice(*place)] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Annabel left.", "Anna"),
        ("Anna Kern", "anna kern"),
        ("Anna Kern", "Anna  Wren"),
        ("Café", "Cafe"),
        ("Kern's", "Kern’s"),
        ("Anna Kern", " "),
        ("Anna Kern", ""),
    ],
)
def test_other_words_are_not(text: str, words: str) -> None:
    assert find_words(text, words) is None


def test_only_the_part_asked_for_is_searched() -> None:
    text = "Kern, Kern, Kern"
    assert list(places_of(text, "Kern", 1, 11)) == [(6, 10)]
    assert [text[a:b] for a, b in places_of(text, "Kern")] == ["Kern"] * 3


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_what_is_cut_out_between_blanks_is_found_again(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    place = find_words(f" {words} ", words)
    assert (place is None) == (not words.split())
    assert place is None or f" {words} "[slice(*place)].split() == words.split()
