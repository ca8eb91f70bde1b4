"""The gate of tables counts what it should, and the gold set is what its script makes."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from casegraph.errors import UsageError
from casegraph.gates.tables import Tally, find, gate, judge

GOLD = Path(__file__).parents[2] / "gold" / "tables"


def gold() -> list[dict[str, object]]:
    return [json.loads(line) for line in (GOLD / "tables.jsonl").read_text("utf-8").splitlines()]


def test_the_gold_set_is_large_and_much_of_it_gives_nothing() -> None:
    tables = gold()
    nothing = [one for one in tables if one["kind"] is None]
    assert len(tables) >= 60
    assert len(nothing) >= 0.25 * len(tables)
    assert sum(bool(one["held_out"]) for one in tables) >= len(tables) / 3 - 1
    assert {str(one["id"])[:2] for one in tables} >= {"en", "ru", "zh"}


def test_the_script_makes_the_same_data_files(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("make_tables", GOLD / "make.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, made)  # dataclasses look their module up
    spec.loader.exec_module(made)
    for source, held_out in made.PARTS:
        for one in made.specs(GOLD / "sources" / source, held_out=held_out):
            suffix, maker = made.MAKERS[one.format]
            path = GOLD / "files" / f"{one.name}.{suffix}"
            if suffix in {"csv", "html"}:
                assert path.read_bytes() == maker(one)
            assert made.truth(one, path.name) in gold()


def test_mistakes_are_counted_apart() -> None:
    truth = next(one for one in gold() if one["id"] == "en-outbound-log")
    found = find(GOLD / "files" / "en-outbound-log.xlsx")
    right, wrong = Tally(), Tally()
    judge(dict(truth), found, right)
    assert (right.headed, right.kinds, right.false, right.claims.right, right.wrong) == (1, 1, 0, 3, [])
    judge({**truth, "kind": None, "claims": [], "header": []}, found, wrong)
    assert (wrong.headed, wrong.kinds, wrong.false, wrong.claims.right) == (0, 0, 3, 0)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        gate(tmp_path)
