"""The files that reading is measured on are what they say they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.bench import made
from casegraph.bench.pages import Writer
from casegraph.bench.reading import BARE, PLACED
from tests.read.made import read

STORIES = tuple(Writer(2).stories(2))


@pytest.mark.parametrize("kind", BARE)
def test_made_files_are_read_without_a_problem(kind: str, tmp_path: Path) -> None:
    assert made.write(kind, STORIES, tmp_path) == 2
    path = min(tmp_path.iterdir())
    result = read(path.read_bytes(), path.name)
    assert result.codes == []
    if kind == "mbox":
        assert result.document.children == 2
        return
    said = " ".join(result.text.split())
    last = STORIES[0].paragraphs[0].split()[:4]
    assert (" ".join(last[:3]) if kind == "xlsx" else " ".join(last)) in said.replace("\t", " ")


@pytest.mark.parametrize("program", [*(BARE[kind] for kind in BARE), *PLACED.values()])
def test_the_bare_programs_are_python(program: str) -> None:
    compile(program, "bare", "exec")
