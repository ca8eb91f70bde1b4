"""Words that say what a line is: shortcuts find what the forms behind them find."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casegraph.read.cues import SENTENCES, TELLING, boilerplate
from casegraph.read.lines import _WORDS, count_words
from casegraph.text import fold, fold_letters


@pytest.mark.parametrize("form", [form for _, form in SENTENCES], ids=[cue for cue, _ in SENTENCES])
def test_every_notice_has_a_telling_word(form: re.Pattern[str]) -> None:
    made = st.from_regex(form)

    # how long a form's examples take to make says nothing of the code
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(made)
    def check(text: str) -> None:
        found = form.search(text)
        assert found is not None
        assert any(word in found[0].casefold() for word in TELLING)

    check()


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("We use cookies to make this site better", "cookies"),
        ("Sign up for our newsletter", "newsletter"),
        ("Copyright Veld Courier. All Rights Reserved", "legal"),
        ("Подписывайтесь на наш канал", "newsletter"),
        ("未经本报书面授权，不得转载", "legal"),
        ("The company delivered seven cranes to the port", None),
    ],
)
def test_notices(line: str, cue: str | None) -> None:
    assert boilerplate(line) == cue


@given(st.text(st.sampled_from("ab1 _-.,'!/\n\t\"xZ"), max_size=40))
def test_words_of_ascii_are_counted_as_those_of_any_text(text: str) -> None:
    assert count_words(text) == len(_WORDS.findall(text))


def test_letters_and_folds_of_ascii_are_those_of_any_text() -> None:
    chance = random.Random(1)
    for _ in range(200):
        text = "".join(chance.choices("abcXYZ019 _-.,\n\t", k=20))
        assert fold_letters(text) == fold_letters(text + "é")[:-1]
        assert fold(text + "x") == fold(text + "x\u0301").removesuffix("\u0301")
