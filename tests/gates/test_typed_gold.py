"""The gold set of typed claims: it loads, its spans and roles are sound, and every kind is well filled."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from casegraph.gates import attribute
from casegraph.gates.gold import GoldItem, load_gold
from casegraph.gates.relations import same_name
from casegraph.model import ROLES
from casegraph.model.claim import Stance

FOLDER = Path(__file__).parents[2] / "gold" / "attribute"
PARTS = (attribute.TYPED, attribute.TYPED_HELD_OUT)
KINDS = frozenset(ROLES) - {"statement"}
_QUALIFIERS = {"dates", "amount", "quantity", "share"}
_WORD = re.compile(r"\w+")


@pytest.fixture(scope="module", params=PARTS)
def items(request: pytest.FixtureRequest) -> list[GoldItem]:
    """Return one part of the set."""
    return load_gold(FOLDER / str(request.param))


def test_spans_are_words_of_the_text(items: list[GoldItem]) -> None:
    for item in items:
        assert "<" not in item.text, item.id
        for one in item.attributions:
            assert one.cue, item.id
            assert one.facts["stance"] in get_args(Stance), item.id
            for start, end in (*one.source, *one.cue, *one.content):
                words = item.text[start:end]
                assert words, item.id
                assert words == words.strip(), item.id


def test_roles_are_those_of_the_kind_and_stand_in_the_text(items: list[GoldItem]) -> None:
    for item in items:
        words = set(_WORD.findall(item.text.casefold()))
        for claim in item.claims:
            assert tuple(claim["roles"]) == ROLES[claim["kind"]], item.id
            names = _names(claim["roles"])
            assert names, item.id
            missing = {word for name in names for word in _WORD.findall(name.casefold())} - words
            assert not missing, item.id


def test_a_claim_has_the_stance_and_place_of_its_attribution(items: list[GoldItem]) -> None:
    for item in items:
        numbers = {one.number for one in item.attributions}
        for claim in item.claims:
            assert claim["in"] in {0, *numbers}, item.id
            assert claim["stance"] in get_args(Stance), item.id
            assert claim["polarity"] in {"positive", "negative"}, item.id


def test_qualifiers_are_intervals_in_order(items: list[GoldItem]) -> None:
    for item in items:
        for claim in item.claims:
            qualifiers = claim["qualifiers"]
            assert set(qualifiers) <= _QUALIFIERS, item.id
            for start, end in qualifiers.get("dates", ()):
                assert start or end, item.id
                if start and end:
                    assert date.fromisoformat(start) < date.fromisoformat(end), item.id
            for name in _QUALIFIERS - {"dates"} & set(qualifiers):
                low, high = qualifiers[name]["minimum"], qualifiers[name]["maximum"]
                assert low is None or high is None or low <= high, item.id


def test_every_kind_is_there_and_so_are_sentences_that_state_none() -> None:
    whole = {part: load_gold(FOLDER / part) for part in PARTS}
    counts = {part: Counter(claim["kind"] for item in held for claim in item.claims)
              for part, held in whole.items()}  # fmt: skip
    for kind in KINDS:
        assert counts[attribute.TYPED][kind] >= 7, kind
        assert counts[attribute.TYPED_HELD_OUT][kind] >= 2, kind
    stating = sum(bool(item.claims) for held in whole.values() for item in held)
    empty = [item for held in whole.values() for item in held if not item.claims]
    assert stating >= 190
    assert len(empty) >= 30


def test_no_sentence_stands_twice() -> None:
    every = [item for part in PARTS for item in load_gold(FOLDER / part)]
    assert len({item.id for item in every}) == len({item.text for item in every}) == len(every)


def test_the_gate_scores_the_set_under_its_own_names(tmp_path: Path) -> None:
    line = (FOLDER / attribute.TYPED).read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / attribute.TYPED).write_text(line + "\n", encoding="utf-8")
    shutil.copy(tmp_path / attribute.TYPED, tmp_path / attribute.FILES[0])
    figures = attribute.gate(tmp_path)
    assert figures["typed.f1"] == figures["claims.f1"]
    kind = json.loads(line)["claims"][0]["kind"]
    assert 0.0 <= figures[f"typed.{kind}.recall"] <= 1.0
    assert not any(name.startswith("typed.") for name in attribute.gate(tmp_path, held_out=True))


def _names(roles: dict[str, Any]) -> list[str]:
    fillers = [filler for filler in roles.values() if filler]
    return [name for filler in fillers for name in (filler if isinstance(filler, list) else [filler])]


@pytest.mark.parametrize(
    ("one", "other", "lenient"),
    [
        ("连锁药店", "药店", True),
        ("药店", "药店老板", False),
        ("沂川海运", "沂川海运", True),
        ("赵一鸣", "一鸣", True),
    ],
)
def test_the_head_of_a_chinese_name_is_its_end(one: str, other: str, *, lenient: bool) -> None:
    assert same_name(one, other, strict=False) is lenient
    assert same_name(one, other, strict=True) is (one == other)
