"""Good files spoilt at random, for every reader: one Document, known problems, an end."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casegraph.read import READERS
from problem_codes import problem_codes
from tests.endless import ends
from tests.read.made import read
from tests.read.seeds import seeds

EDIT = st.tuples(
    st.sampled_from(["cut", "flip", "splice", "repeat", "drop", "set"]),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 255),
)
EDITS = st.lists(EDIT, min_size=1, max_size=6)
KNOWN = {code.removeprefix("read.") for code in problem_codes() if code.startswith("read.")}
CASES = sorted((name, number) for name, files in seeds().items() for number in range(len(files)))


def spoilt(data: bytes, edits: list[tuple[str, float, float, int]]) -> bytes:
    """Return the data cut, with bytes turned, and with parts moved, repeated, left out or set."""
    for kind, one, two, value in edits:
        start, other = int(one * len(data)), int(two * len(data))
        part = data[other : other + value]
        if kind == "cut":
            data = data[: max(start, 1)]
        elif kind == "flip" and data:
            data = data[:start] + bytes([data[start] ^ value]) + data[start + 1 :]
        elif kind == "splice":
            data = data[:start] + part + data[start + len(part) :]
        elif kind == "repeat":
            data = data[:start] + part * 20 + data[start:]
        elif kind == "drop":
            data = data[:start] + data[start + value :]
        else:
            data = data[:start] + bytes([value]) * 4 + data[start + 4 :]
    return data[:60_000]


def test_every_reader_has_seeds_that_it_reads() -> None:
    assert set(seeds()) == {reader.name for reader in READERS}
    for name, files in seeds().items():
        for data, file in files:
            assert read(data, file).document.reader.split(" ")[0] == name


@pytest.mark.parametrize(("name", "number"), CASES)
def test_what_is_spoilt_is_a_problem_and_no_more(name: str, number: int) -> None:
    data, file = seeds()[name][number]

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(EDITS)
    def spoil(edits: list[tuple[str, float, float, int]]) -> None:
        result = read(spoilt(data, edits), file)
        assert "reader-failed" not in result.codes
        assert set(result.codes) <= KNOWN

    with ends():
        spoil()


@pytest.mark.parametrize("name", sorted(seeds()))
def test_a_file_cut_at_any_place(name: str) -> None:
    for data, file in seeds()[name]:
        for part in range(12):
            result = read(data[: len(data) * part // 12], file)
            assert "reader-failed" not in result.codes
            assert result.pages or result.held or result.codes
