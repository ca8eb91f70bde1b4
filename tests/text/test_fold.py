from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegraph.text import fold, fold_blanks


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Veld\n\tPort ", "veld port"),
        ("STRASSE Straße", "strasse strasse"),
        ("Müller, Åsa", "muller, asa"),
        ("ИЭМЗ «Й»", "иэмз «и»"),
        ("ﬁne №7", "fine no7"),
        ("", ""),
    ],
)
def test_what_compares_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text: str) -> None:
    long = unicodedata.normalize("NFKD", text).casefold()
    assert fold(text) == fold_blanks(unicodedata.normalize("NFKC", long))


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
