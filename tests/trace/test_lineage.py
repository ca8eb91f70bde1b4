from __future__ import annotations

import functools
import tomllib
from pathlib import Path

import pytest

from casegraph.model import Derivation
from casegraph.trace import Article
from tests.trace.making import article, parsed, traced

TEXTS = tomllib.loads((Path(__file__).parent / "texts.toml").read_text("utf-8"))
OUTLETS = {
    "WIRE": ("Harbour Wire", "2026-11-03"),
    "REPRINT": ("Northport Daily Mail", "2026-11-03"),
    "REWRITE": ("Calder Echo", "2026-11-04"),
    "INDEPENDENT": ("Coastal Press", "2026-11-03"),
    "INDEPENDENT_TWO": ("The Calder Gazette", "2026-11-04"),
    "RUSSIAN": ("Портовый вестник", "2026-11-04"),
    "CHINESE": ("港口日报", "2026-11-04"),
    "RUSSIAN_INDEPENDENT": ("Гавань", "2026-11-04"),
    "RUSSIAN_REWRITE": ("Берег", "2026-11-05"),
    "CHINESE_REPRINT": ("海湾网", "2026-11-05"),
    "CHINESE_INDEPENDENT": ("滨海晚报", "2026-11-04"),
    "QUOTING": ("Northport Citizen", "2026-11-08"),
    "MINE": ("Northern Agency", "2027-03-09"),
    "MINE_OTHER": ("Garrow Times", "2027-03-10"),
    "WEATHER": ("Alder Post", "2026-08-03"),
}


@functools.cache
def story(name: str) -> Article:
    outlet, day = OUTLETS[name]
    return article(parsed(TEXTS[name.lower()], outlet=outlet, day=day))


@functools.cache
def found(*names: str) -> dict[tuple[str, str | None], Derivation]:
    names = names or tuple(OUTLETS)
    called = {story(name).document.id: name for name in names}
    return {
        (called[one.document], called[one.source] if one.source else one.work): one
        for one in traced(*(story(name) for name in names))
    }


@pytest.mark.parametrize(
    ("document", "source", "strength"),
    [
        ("REPRINT", "WIRE", "reprint"),
        ("REWRITE", "WIRE", "rewrite"),
        ("RUSSIAN", "WIRE", "translation"),
        ("CHINESE", "WIRE", "translation"),
        ("RUSSIAN_REWRITE", "RUSSIAN", "rewrite"),
        ("CHINESE_REPRINT", "CHINESE", "reprint"),
        ("QUOTING", "WIRE", "quotation"),
    ],
)
def test_copies_of_every_strength_are_found_with_their_immediate_source(
    document: str, source: str, strength: str
) -> None:
    one = found()[document, source]
    assert one.strength == strength
    assert one.direction != "unknown"


def test_other_reports_of_the_same_event_are_no_copies() -> None:
    own = {"WIRE", "INDEPENDENT", "INDEPENDENT_TWO", "RUSSIAN_INDEPENDENT", "CHINESE_INDEPENDENT"}
    assert [pair for pair in found() if pair[0] in own or pair[0].startswith("MINE")] == []


def test_kin_share_their_story_and_a_quotation_does_not_make_two_stories_one() -> None:
    copies = {one.story for one in found().values() if one.strength != "quotation"}
    assert len(copies) == 1


def test_passages_stand_where_they_say_on_both_sides() -> None:
    pages = {page.document: page for name in OUTLETS for page in story(name).pages}
    for one in found().values():
        assert one.passages
        for passage in one.passages:
            assert passage.source is not None
            for target in (passage.target, passage.source):
                assert pages[target.document].text[target.start : target.end] == target.exact
            assert passage.target.document == one.document
            assert passage.source.document == one.source


def test_each_finding_gives_its_signs_in_words() -> None:
    one = found()["REPRINT", "WIRE"]
    assert one.direction == "shown"
    features = [sign.feature for sign in one.signs]
    assert {"passages", "credit"} <= set(features)
    assert all(sign.words.endswith(".") for sign in one.signs)
    credit = next(sign for sign in one.signs if sign.feature == "credit")
    assert credit.targets[0].exact == "Harbour Wire"
