"""The gold set and its gate."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.errors import UsageError
from casegraph.gates.read import gate


@pytest.mark.parametrize(("part", "least"), [("gold/read", 0.98), ("gold/read/heldout", 0.95)])
def test_the_gate_holds(root: Path, part: str, least: float) -> None:
    scores = gate(root / part)
    assert scores["prose.f1"] >= least
    assert scores["prose.recall"] >= least
    assert scores["title.right"] >= 0.9
    assert scores["authors.right"] >= 0.85
    assert scores["published.right"] >= 0.9
    assert scores["language.right"] >= 0.95


def test_a_folder_without_gold_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        gate(tmp_path)
    (tmp_path / "a.txt.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError):
        gate(tmp_path)
