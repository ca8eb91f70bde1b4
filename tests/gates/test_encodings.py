"""The gate of encodings: its texts, its floors, and what it counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casegraph.gates.encodings import FORMS, gate


@pytest.mark.parametrize("part", ["gold/encodings", "gold/encodings/heldout"])
def test_texts_short_and_long_come_out_letter_by_letter(root: Path, part: str) -> None:
    scores = gate(root / part)
    assert scores["all.long.right"] == 1.0
    assert scores["all.short.right"] >= 0.96
    assert {name.split(".")[0] for name in scores} == {*FORMS, "all"}


def test_what_comes_out_wrong_is_counted(tmp_path: Path) -> None:
    lines = [{"language": "ru", "text": "щ"}, {"language": "ru", "text": "Порт закрыли в сентябре."}]
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert gate(tmp_path)["ru.cp1251.right"] == 0.5
