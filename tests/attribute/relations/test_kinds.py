"""Each kind of relation in its constructions; `cases*.txt` hold sentences and what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.model import ROLES
from tests.attribute.relations.made import kinds_of, relations_of, states


def _rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


CASES = [*_rows("cases.txt"), *_rows("cases-trade.txt"), *_rows("cases-constructions.txt")]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_relation_is_found(text: str, expected: str) -> None:
    found = relations_of(text)
    for wanted in expected.split(" ; "):
        assert any(states(relation, wanted) for relation in found), (wanted, found)


def test_every_kind_has_cases() -> None:
    shown = {wanted.split()[0] for _, expected in CASES for wanted in expected.split(" ; ")}
    assert shown == set(ROLES) - {"statement"}


@pytest.mark.parametrize(("text", "kind"), _rows("idioms.txt"))
def test_an_idiom_is_no_relation(text: str, kind: str) -> None:
    assert kind not in kinds_of(text)
