"""Datelines, times and labels before a first sentence."""

from __future__ import annotations

import pytest

from casegraph.text import after_lead


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("TALLINN - Two officers spoke.", "Two officers spoke."),
        ("CEDAR RAPIDS, Iowa — The candidate spoke.", "The candidate spoke."),
        ("RIGA, Latvia (VNA) -- The mayor spoke.", "The mayor spoke."),
        ("London, 4 May (Vale) - The mayor spoke.", "The mayor spoke."),
        ("10:40 The ferry listed.", "The ferry listed."),
        ("Correction: The ferry listed.", "The ferry listed."),
        ("The ferry - an old one - listed.", "The ferry - an old one - listed."),
        ("NATO said it would wait.", "NATO said it would wait."),
        ("TALLINN", "TALLINN"),
    ],
)
def test_words_begin_after_the_lead(text: str, rest: str) -> None:
    assert text[after_lead(text, 0, len(text)) :] == rest
