"""Texts that break careless code: nothing raises, every word of evidence stands where it says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attribute.made import check_evidence, claims_of_pages, pages_of

_PIECES = st.sampled_from(
    [
        *('"', "“", "”", "said", "Anna Kern", "that", ":", "according to", "denied", ",", ".", "\n\n"),
        *("the ministry", "which", "reportedly", "—", "(", ")", "told", "he", "it", "Q:", "A:", "“Yes.”"),
        *("7 %", "?", "who", "...", "as", "quoted", "saying", "was accused of", "An earlier version"),
        *("Correction:", "On 3 May 2024 X wrote:", "🙂", "é"),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=25))
def test_any_order_of_cues_and_marks(pieces: list[str]) -> None:
    unit = pages_of(" ".join(pieces))
    for claim in claims_of_pages(unit):
        check_evidence(claim, unit.pages[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        '"' * 500,
        "“" * 200 + "said" + "”" * 200,
        '"A." "B." "C."',
        "said said said said",
        "He said she said they said it said he said so.",
        ", said Anna Kern.",
        "According to",
        ": Anna Kern",
    ],
)
def test_odd_texts(text: str) -> None:
    unit = pages_of(text)
    for claim in claims_of_pages(unit):
        check_evidence(claim, unit.pages[0])
