"""Each kind of relation in its constructions; `cases.txt` holds sentences and what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.model import ROLES
from tests.attribute.relations.made import relations_of, states

_LINES = Path(__file__).with_name("cases.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.split(" | ") for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_relation_is_found(text: str, expected: str) -> None:
    found = relations_of(text)
    for wanted in expected.split(" ; "):
        assert any(states(relation, wanted) for relation in found), (wanted, found)


def test_every_kind_has_cases() -> None:
    shown = {wanted.split()[0] for _, expected in CASES for wanted in expected.split(" ; ")}
    assert shown == set(ROLES) - {"statement"}
