"""Copies in scans of print, in texts without an outlet, and as background of another story."""

from __future__ import annotations

import random
import textwrap
import tomllib
from pathlib import Path

from casegraph.trace import story as stories
from tests.trace.making import article, parsed, traced

TEXTS = tomllib.loads((Path(__file__).parent / "texts.toml").read_text("utf-8"))


def scanned(text: str, seed: int, share: float = 0.06) -> str:
    """Return a text as it is read from a narrow column: each line a paragraph, some letters misread."""
    chance = random.Random(seed)
    lines = [line for part in text.strip().split("\n\n") for line in textwrap.wrap(part, 34)]
    column = "\n\n".join(lines)
    return "".join(
        chance.choice("abcdehlmnorst") if one.isalpha() and chance.random() < share else one for one in column
    )


def test_a_scanned_reprint_is_one_letter_by_letter_and_another_report_scanned_is_none() -> None:
    wire = article(parsed(scanned(TEXTS["wire"], 1)))
    reprint = article(parsed(scanned(TEXTS["reprint"], 2)))
    other = article(parsed(scanned(TEXTS["independent"], 3)))
    found = traced(wire, reprint, other)
    assert {frozenset((one.document, one.source)) for one in found if one.source} == {
        frozenset((wire.document.id, reprint.document.id))
    }
    one = next(one for one in found if one.source)
    assert (one.strength, one.share > 0.4) == ("reprint", True)


def test_the_lines_of_a_column_are_read_as_sentences_and_its_quotations_as_quoted() -> None:
    column = parsed(scanned(TEXTS["wire"], 1, share=0.0)).pages
    whole = parsed(TEXTS["wire"]).pages
    one, other = stories.read(column), stories.read(whole)
    assert abs(len(one.sentences) - len(other.sentences)) <= 2
    assert one.quoted.sum() == other.quoted.sum() > 0
    assert column[0].target(one.sentences[3].start, one.sentences[3].end).exact == one.text(3)


def test_a_story_is_one_without_any_outlet() -> None:
    wire, rewrite, other = (article(parsed(TEXTS[one])) for one in ("wire", "rewrite", "independent"))
    bare = traced(wire, rewrite, other)
    assert {frozenset((one.document, one.source)) for one in bare if one.source} == {
        frozenset((wire.document.id, rewrite.document.id))
    }


def test_a_paragraph_of_background_makes_no_copy() -> None:
    wire = article(parsed(TEXTS["wire"], outlet="Harbour Wire", day="2026-11-03"))
    later = article(parsed(TEXTS["background"], outlet="Eastmere Courier", day="2026-11-12"))
    assert {one.strength for one in traced(wire, later) if one.source} <= {"cited"}


def test_an_article_of_which_half_is_its_own_was_made_from_the_agency_s() -> None:
    wire = article(parsed(TEXTS["wire"], outlet="Harbour Wire", day="2026-11-03"))
    partial = article(parsed(TEXTS["partial"], outlet="Calder Echo", day="2026-11-04"))
    other = article(parsed(TEXTS["independent"], outlet="Calder Gazette", day="2026-11-04"))
    found = [one for one in traced(wire, partial, other) if one.source and one.strength != "cited"]
    assert [(one.document, one.source) for one in found] == [(partial.document.id, wire.document.id)]
