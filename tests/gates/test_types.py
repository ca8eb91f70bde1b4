"""The gate of file types: what it measures on its gold set."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.gates.types import gate, media_type


@pytest.mark.parametrize("part", ["gold/types", "gold/types/heldout"])
def test_types_are_told_by_content(root: Path, part: str) -> None:
    scores = gate(root / part)
    assert scores["all.named.right"] >= 0.98
    assert scores["all.misnamed.right"] >= 0.97
    assert scores["all.cut.right"] >= 0.85


def test_what_no_reader_reads_has_a_type_too() -> None:
    assert media_type(b"ITSF\3\0\0\0" + bytes(90), "x.txt") == "application/vnd.ms-htmlhelp"
