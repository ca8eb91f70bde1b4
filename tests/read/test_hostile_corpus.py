"""The corpus of hostile files through the real stage: the codes expected, an end, bounded memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.model import Original, Problem, Unpacked, content_id
from casegraph.read import STAGE, unpacking
from casegraph.read.formats import sheet
from tests.endless import ends
from tests.read.hostile import HOSTILE
from tests.read.made import read

MOST_MEMORY = 1_200  # MiB that the corpus may have added at its worst
DOCUMENTS = 200
HARMLESS = 64 << 20  # a sixteenth of the real limit, so that tests take milliseconds


def _kibibytes(what: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))


@pytest.fixture(scope="module", autouse=True)
def before() -> int:
    """Return the memory of the process before the corpus, in KiB, and forget its peak till then (Linux)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return _kibibytes("VmRSS")


def codes_inside(data: bytes) -> set[str]:
    """Return the problem codes of a file and of all that it holds, as the build opens it."""
    found: set[str] = set()
    waiting = [Original(document=content_id(data), data=data, names=("x",))]
    for _ in range(DOCUMENTS):
        if not waiting:
            break
        original = waiting.pop()
        for record in STAGE.run(original):
            if isinstance(record, Problem):
                found.add(record.code.removeprefix("read."))
            elif isinstance(record, Unpacked):
                child = record.child
                names, depth = (child.name,), original.depth + 1
                waiting.append(Original(document=child.child, data=record.data, names=names, depth=depth))
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_problem(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "HARMLESS_OUTPUT", HARMLESS)
    monkeypatch.setattr(sheet, "HARMLESS_OUTPUT", HARMLESS)
    make, codes = HOSTILE[name]
    data = make()
    with ends():
        result = read(data, "x")
        inside = codes_inside(data) if result.held else set(result.codes)
    assert "reader-failed" not in inside
    assert not codes or inside & codes
    assert result.codes or result.pages


def test_memory_stayed_within_bounds(before: int) -> None:
    assert _kibibytes("VmHWM") - before < MOST_MEMORY << 10


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_cut_anywhere_it_is_refused_too(name: str) -> None:
    data = HOSTILE[name][0]()[:100_000]
    for part in (3, 10, 97, 512, len(data) // 2, len(data) - 1):
        result = read(data[:part], "x")
        assert "reader-failed" not in result.codes
