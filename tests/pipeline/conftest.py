from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casegraph.pipeline.case import Case, init_case, open_case
from casegraph.pipeline.summary import FILE as SUMMARY

ROOT = Path(__file__).parents[2]
CHAIN = "tests.pipeline.stages:chain"

MakeCase = Callable[..., Case]


@pytest.fixture(autouse=True)
def _workers_find_our_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)]))


@pytest.fixture
def make_case(tmp_path: Path) -> MakeCase:
    """Return a function that makes a case with files of given texts in it, not yet built."""

    def make(texts: Mapping[str, str | bytes], name: str = "case", **explicit: object) -> Case:
        init_case(tmp_path / name)
        case = open_case(tmp_path / name, chain=CHAIN, **explicit)
        add(case, tmp_path / f"{name}-files", texts)
        return case

    return make


def add(case: Case, folder: Path, texts: Mapping[str, str | bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    case.add([folder])


def tree(folder: Path) -> dict[str, str]:
    """Return a digest of each derived file but those of the search index, whose names are random.

    What a case comes to is kept under what it follows from, the times of adding too: it is left out.
    """
    derived = folder / "derived"
    return {
        str(path.relative_to(derived)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(derived.rglob("*"))
        if path.is_file() and ".index" not in str(path.relative_to(derived)) and path.name != SUMMARY
    }


def news(count: int, *, extra: str = "") -> dict[str, str]:
    """Return texts of invented news, each different."""
    return {
        f"{number:04}.txt": (
            f"Cranes {number}\n\nAnna Kern says that Orlan Works sold {number} cranes to Otto Wren."
            f" Otto Wren denies that Kern met Mia Holt. {extra}\fVera Lind says that item {number} is lost."
        )
        for number in range(count)
    }
