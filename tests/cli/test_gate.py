from __future__ import annotations

import io
import json
import math
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from casegraph.cli import program
from casegraph.cli.figures import FLOORS, figures_table, judge, pin_floors, read_floors
from casegraph.cli.terminal import console
from casegraph.errors import CasegraphError, SettingsError, UsageError

SCORES = {
    "names.exact.precision": 0.91239,
    "names.exact.recall": 0.8,
    "names.exact.f1": 0.85,
    "false.wrong-mouth": 0.0312,
}
Gate = Callable[..., Result]


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Return what runs `casegraph gate extract` with the scores that it is given."""
    (tmp_path / "extract").mkdir()
    command = import_module("casegraph.cli.commands.gate")

    def run(scores: dict[str, float], *args: str) -> Result:
        measured = SimpleNamespace(gate=lambda _folder: scores)
        monkeypatch.setattr(command, "import_module", lambda _name: measured)
        return CliRunner().invoke(program, ["gate", "extract", "--gold", str(tmp_path), *args])

    return run


def test_precision_recall_and_f1_stand_side_by_side(gate: Gate) -> None:
    result = gate(SCORES)
    assert result.exit_code == 0, result.stderr
    row = next(line for line in result.stdout.splitlines() if "names.exact" in line)
    assert row.split() == ["names.exact", "0.912", "0.800", "0.850"]
    assert "false.wrong-mouth" in result.stdout


def test_many_figures_stay_under_one_heading(gate: Gate) -> None:
    scores = {f"kind{number}.{part}": 0.5 for number in range(200) for part in ("precision", "recall", "f1")}
    lines = gate(scores).stdout.splitlines()
    assert sum("precision" in line for line in lines) == 1
    assert sum("kind" in line for line in lines) == 200


def test_character_error_rates_are_ceilings(gate: Gate) -> None:
    gate({"ocr.en.cer": 0.02}, "--update")
    assert gate({"ocr.en.cer": 0.01}).exit_code == 0
    assert gate({"ocr.en.cer": 0.03}).exit_code == 1


def test_a_pinned_floor_holds(gate: Gate, tmp_path: Path) -> None:
    assert gate(SCORES, "--update").exit_code == 0
    pinned = json.loads((tmp_path / FLOORS).read_text())
    assert pinned["extract"]["names.exact.precision"] == 0.912
    assert pinned["extract"]["false.wrong-mouth"] == 0.032  # a ceiling is rounded up
    assert gate(SCORES).exit_code == 0


@pytest.mark.parametrize("worse", [{"names.exact.recall": 0.799}, {"false.wrong-mouth": 0.04}])
def test_a_figure_that_gets_worse_fails(gate: Gate, worse: dict[str, float]) -> None:
    gate(SCORES, "--update")
    result = gate(SCORES | worse)
    assert result.exit_code == CasegraphError.exit_code
    assert f"below the floor: extract {next(iter(worse))}" in result.stderr
    assert "names.exact" in result.stdout
    refused = gate(SCORES | worse, "--update")
    assert refused.exit_code == UsageError.exit_code
    assert "--allow-regression" in refused.stderr
    assert gate(SCORES | worse, "--update", "--allow-regression").exit_code == 0
    assert gate(SCORES | worse).exit_code == 0


def test_a_figure_that_is_no_longer_measured_fails(gate: Gate) -> None:
    gate(SCORES, "--update")
    fewer = {name: value for name, value in SCORES.items() if name != "names.exact.f1"}
    result = gate(fewer)
    assert result.exit_code == CasegraphError.exit_code
    assert "not measured" in result.stdout
    assert gate(fewer, "--update").exit_code == UsageError.exit_code
    assert gate(fewer, "--update", "--allow-regression").exit_code == 0
    assert gate(fewer).exit_code == 0


def test_the_held_out_part_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gate: Gate) -> None:
    command = import_module("casegraph.cli.commands.gate")

    def figures(measure: Callable[..., dict[str, float]]) -> dict[str, float]:
        monkeypatch.setattr(command, "import_module", lambda _name: SimpleNamespace(gate=measure))
        result = CliRunner().invoke(
            program, ["gate", "extract", "--held-out", "--gold", str(tmp_path), "-f", "jsonl"]
        )
        assert result.exit_code == 0, result.stderr
        rows = [json.loads(line) for line in result.stdout.splitlines()]
        assert {row["gate"] for row in rows} <= {"extract held out"}
        return {row["figure"]: row["value"] for row in rows}

    def asked(_folder: Path, *, held_out: bool = False) -> dict[str, float]:
        return {"f1": 0.5 if held_out else 0.9}

    assert gate(SCORES, "--update").exit_code == 0  # these floors are of the other part
    assert figures(asked) == {"f1": 0.5}
    without = gate(SCORES, "--held-out")
    assert without.exit_code == UsageError.exit_code
    assert "no held-out part" in without.stderr
    (tmp_path / "extract" / "heldout").mkdir()
    assert figures(lambda folder: {folder.name: 0.6}) == {"heldout": 0.6}


def test_figures_are_records_too(gate: Gate) -> None:
    rows = [json.loads(line) for line in gate(SCORES, "-f", "jsonl").stdout.splitlines()]
    assert {row["figure"]: row["value"] for row in rows} == SCORES
    assert {row["gate"] for row in rows} == {"extract"}


def test_better_figures_raise_no_floor_by_themselves(tmp_path: Path) -> None:
    figures = judge("extract", {"f1": 0.9}, {"extract": {"f1": 0.8}})
    assert [(figure.floor, figure.held) for figure in figures] == [(0.8, True)]
    assert pin_floors(tmp_path, figures, allow_regression=False) == 1
    assert read_floors(tmp_path) == {"extract": {"f1": 0.9}}
    assert pin_floors(tmp_path, figures, allow_regression=False) == 0


def test_pinning_one_gate_leaves_the_others(tmp_path: Path) -> None:
    pin_floors(tmp_path, judge("read", {"f1": 0.7}, {}), allow_regression=False)
    pin_floors(tmp_path, judge("extract", {"f1": 0.9}, {}), allow_regression=False)
    assert read_floors(tmp_path) == {"extract": {"f1": 0.9}, "read": {"f1": 0.7}}


def test_broken_floors_are_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / FLOORS).write_text('{"extract": 3}')
    with pytest.raises(SettingsError, match=FLOORS):
        read_floors(tmp_path)


def test_counts_of_mistakes_are_whole() -> None:
    stream = io.StringIO()
    figures_table(console(stream), judge("extract", {"false": 12.0, "f1": math.nan}, {}), head=True)
    assert " 12\n" in stream.getvalue()


def test_no_gold_sets_is_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(program, ["gate", "extract", "--gold", str(tmp_path)])
    assert result.exit_code == UsageError.exit_code
    assert "no gold set for extract" in result.stderr
    assert result.stderr.count("\n") == 1
