from __future__ import annotations

import json
from pathlib import Path

import pytest

from casegraph.errors import UsageError
from casegraph.gates.extract import Mark, gate, sentences


def write(folder: Path, marked: str) -> Path:
    path = folder / "en.jsonl"
    path.write_text(json.dumps({"id": "x", "published": "2024-09-25", "marked": marked}) + "\n")
    (folder / "heldout-en.jsonl").write_text("")
    return path


def test_marks_are_spans_of_the_bare_text(tmp_path: Path) -> None:
    path = write(tmp_path, "<Address lv>Riga</Address> sold <quantity ~7//item>some seven</quantity> ships.")
    [found] = sentences(path)
    assert found.text == "Riga sold some seven ships."
    assert found.marks == (Mark("name", 0, 4, "Address"), Mark("quantity", 10, 20, "7//item"))


def test_a_tag_that_is_not_closed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not closed"):
        list(sentences(write(tmp_path, "<Person>Anna Kern")))


def test_what_is_found_and_what_is_marked_are_counted(tmp_path: Path) -> None:
    write(
        tmp_path,
        "<Company>Anna Kern</Company> left in <date 2021-03-01/2021-04-01>March 2021</date>.",
    )
    scores = gate(tmp_path)
    assert scores["dates.value.f1"] == 1.0
    assert scores["names.exact.f1"] == 1.0
    assert scores["names.value.precision"] == 0.0
    assert scores["false.unmarked"] == 0


def test_held_out_sentences_are_measured_only_when_asked_for(tmp_path: Path) -> None:
    write(tmp_path, "<Person>Anna Kern</Person> left.")
    made = {
        "id": "y",
        "published": "2024-09-25",
        "marked": "It rained in <date 2021-03-01/2021-04-01>March 2021</date>.",
    }
    (tmp_path / "heldout-en.jsonl").write_text(json.dumps(made) + "\n")
    plain, held_out = gate(tmp_path), gate(tmp_path, held_out=True)
    assert (plain["names.exact.recall"], held_out["dates.value.recall"]) == (1.0, 1.0)
    assert not [key for scores in (plain, held_out) for key in scores if "heldout" in key]
    (tmp_path / "heldout-en.jsonl").unlink()
    assert gate(tmp_path) == plain


@pytest.mark.slow
def test_the_gold_set_holds_its_floor(root: Path) -> None:
    scores = gate(root / "gold" / "extract")
    floors = {"names.value": 0.9, "dates.value": 0.95, "amounts.value": 0.95, "quantities.value": 0.95}
    assert {key: scores[f"{key}.f1"] for key, floor in floors.items() if scores[f"{key}.f1"] < floor} == {}
