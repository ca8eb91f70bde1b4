"""The gate on other people's relations: what its mapping and its counting mean, and that the data load."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from casegraph.cli import program
from casegraph.gates.borrowed import Item, Marked, load
from casegraph.gates.relations_shared import Label, Tally, count, gate, load_mapping
from casegraph.model import Qualifiers

GOLD = Path(__file__).parents[2] / "gold" / "relations-shared"
DATA = Path(__file__).parents[3] / "shared" / "data" / "relations"
READINGS = (("ownership", "asset", "owner"), ("control", "controlled", "controller"))
LABELS = {
    "owned": Label(READINGS, frozenset(), counted=True),
    "none": Label((), frozenset({"link"}), counted=False),
}


def _claim(kind: str, **roles: str) -> Any:  # noqa: ANN401 - stands for a claim
    named = {role: SimpleNamespace(name=name) for role, name in roles.items()}
    return SimpleNamespace(kind=kind, roles=named, polarity="positive", qualifiers=Qualifiers())


def _item(label: str, *, together: bool = True) -> Item:
    parties = (("Pryce Ferries", "Pryce"), ("Halden Group",))
    return Item("1", "Pryce Ferries belongs to Halden Group.", parties, (Marked(0, 1, label, together),))


def _tally(item: Item, *claims: Any) -> tuple[float, float, int]:  # noqa: ANN401 - as above
    tally = Tally()
    count(item, claims, LABELS, tally, judged=frozenset({"ownership", "link"}))
    figures = tally.figures("set")
    found = sum(score.found for score in tally.claims.values())
    return figures.get("set.precision", 1.0), figures.get("set.recall", 1.0), found


def test_a_claim_that_says_what_the_label_says_is_right() -> None:
    said = _claim("ownership", owner="Halden Group", asset="Pryce Ferries Ltd")
    assert _tally(_item("owned"), said) == (1.0, 1.0, 1)


def test_a_second_reading_counts_for_the_first_kind() -> None:
    said = _claim("control", controller="Halden Group", controlled="Pryce")
    assert _tally(_item("owned"), said) == (1.0, 1.0, 0)  # control itself is not judged here


@pytest.mark.parametrize(
    "said",
    [
        _claim("ownership", owner="Pryce Ferries", asset="Halden Group"),
        _claim("ownership", owner="Halden Group", asset="the Pryce"),
    ],
)
def test_direction_matters_and_articles_do_not(said: Any) -> None:  # noqa: ANN401 - as above
    precision, recall, found = _tally(_item("owned"), said)
    assert found == 1
    assert precision == recall == float(said.roles["owner"].name == "Halden Group")


def test_what_a_label_leaves_open_is_not_judged() -> None:
    assert _tally(_item("none"), _claim("link", subject="Pryce Ferries", object="Halden Group"))[2] == 0
    assert _tally(_item("none"), _claim("ownership", owner="Pryce", asset="Halden Group")) == (0.0, 1.0, 1)


def test_claims_about_somebody_else_are_not_judged() -> None:
    assert _tally(_item("owned"), _claim("ownership", owner="Corvus Holdings", asset="Pryce"))[2] == 0


def test_what_no_sentence_says_is_not_wanted() -> None:
    tally = Tally()
    count(_item("owned", together=False), [], LABELS, tally, judged=frozenset())
    assert tally.labels == {}


def test_the_mapping_holds_kinds_and_roles_and_reasons() -> None:
    sets = load_mapping(GOLD)
    assert set(sets) == {"core_company", "redocred", "re3d", "factrueval2016_ru", "finre_zh"}
    labels = [label for table in sets.values() for label in table["labels"].values()]
    assert all(label.readings or not label.counted for label in labels)
    assert GOLD.joinpath("mapping.toml").read_text(encoding="utf-8").count("reason = ") == len(labels)


def test_a_mapping_with_unknown_roles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text('[a.labels.b]\nas = ["ownership owner nobody"]\n')
    with pytest.raises(ValueError, match="no such roles"):
        load_mapping(tmp_path)


def test_the_parts_of_a_set_are_fixed_and_apart(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"E{number}", "relation": "owned", "invert_relation": number % 2,
            "context": ["A", "owns", "B", "."],
            "e1_start": 0, "e1_end": 0, "e2_start": 2, "e2_end": 2, "e1_name": "A", "e2_name": "B",
        }
        for number in range(40)
    ]  # fmt: skip
    (tmp_path / "core_company").mkdir()
    (tmp_path / "core_company" / "train.json").write_text(json.dumps(rows))
    seen, unseen = (load(tmp_path, "core_company", 40, held_out=part) for part in (False, True))
    assert len(seen) + len(unseen) == 40
    assert not {item.id for item in seen} & {item.id for item in unseen}
    assert load(tmp_path, "core_company", 5, held_out=False) == seen[:5]
    assert seen[0].text == "A owns B."


def test_without_the_data_the_gate_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "checkout" / "gold" / "relations-shared"
    folder.mkdir(parents=True)
    result = CliRunner().invoke(program, ["gate", "relations-shared", "--gold", str(folder.parent)])
    assert result.exit_code == 0, result.stderr
    assert "relations-shared skipped" in result.stderr


def test_the_gate_runs_only_when_named(tmp_path: Path) -> None:
    (tmp_path / "relations-shared").mkdir()
    result = CliRunner().invoke(program, ["gate", "--gold", str(tmp_path)])
    assert "skipped" not in result.stderr


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the shared relations are not there")
def test_the_shared_sets_load_and_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    sets = load_mapping(GOLD)
    for table in sets.values():
        table["sample"] = 6
    monkeypatch.setattr("casegraph.gates.relations_shared.load_mapping", lambda _folder: sets)
    figures = gate(GOLD)
    assert {name.split(".")[0] for name in figures} == set(sets)
    assert all(0 <= value <= 1 for value in figures.values())


def test_pairs_of_one_chinese_sentence_make_one_item_and_mirrored_labels_count_once(tmp_path: Path) -> None:
    folder = tmp_path / "finre_zh"
    folder.mkdir()
    text = "宏砚电子持有澄安科技<N>%的股权"
    rows = [("宏砚电子", "澄安科技", "持股"), ("澄安科技", "宏砚电子", "被持股")]
    (folder / "train.txt").write_text(
        "".join(f"{a}\t{b}\t{label}\t{text}\n\n" for a, b, label in rows), "utf-8"
    )
    (folder / "valid.txt").write_text("", "utf-8")
    [item] = [one for part in (False, True) for one in load(tmp_path, "finre_zh", 9, held_out=part)]
    assert item.parties == (("宏砚电子",), ("澄安科技",))
    assert item.relations == (Marked(0, 1, "持股"),)
    assert (item.text, item.language) == ("宏砚电子持有澄安科技5%的股权", "zh")
