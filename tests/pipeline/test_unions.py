from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casegraph.pipeline.stepping import file_name
from casegraph.pipeline.tracing import unions
from casegraph.pipeline.tracing.unions import Unions, read_pairs
from casegraph.store.spill import write_spill

COUNT = 10
NUMBERS = st.integers(0, COUNT - 1)
LINKS = st.lists(st.tuples(NUMBERS, NUMBERS))
SCORED = st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from((0.2, 0.5, 0.9))))


@given(LINKS)
def test_groups_are_what_links_reach(pairs: list[tuple[int, int]]) -> None:
    groups = Unions(COUNT)
    groups.join(pairs, 100)
    reached = {number: {number} for number in range(COUNT)}
    for left, right in pairs * len(pairs):
        both = reached[left] | reached[right]
        for number in both:
            reached[number] = both
    assert groups.roots().tolist() == [min(reached[number]) for number in range(COUNT)]


@given(LINKS, st.integers(2, 5))
def test_no_group_grows_above_its_limit(pairs: list[tuple[int, int]], most: int) -> None:
    groups = Unions(COUNT)
    groups.join(pairs, most)
    roots = groups.roots().tolist()
    assert all(roots.count(root) <= most for root in roots)
    assert groups.refused >= len({pair for pair in pairs if roots[pair[0]] != roots[pair[1]]})


def test_links_that_would_tie_too_many_together_are_counted() -> None:
    groups = Unions(4)
    groups.join([(0, 1), (1, 2), (2, 3), (0, 2)], 2)
    assert groups.roots().tolist() == [0, 0, 2, 2]
    assert groups.refused == 2


@given(st.lists(SCORED, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
def test_pairs_of_many_files_come_once_each_with_the_best_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: list[list[tuple[int, int, float]]]
) -> None:
    monkeypatch.setattr(unions, "_ROWS", 2)
    for old in tmp_path.iterdir():
        old.unlink()
    best: dict[tuple[str, str], float] = {}
    for number, rows in enumerate(files):
        named = [(f"id-{left}", f"id-{right}", score) for left, right, score in rows]
        columns = [list(column) for column in zip(*named, strict=True)] or [[], [], []]
        types = (pa.string(), pa.string(), pa.float64())
        arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
        table = pa.table(arrays, names=["left", "right", "score"])
        write_spill(tmp_path / file_name(number), table, [0] * len(rows))
        for left, right, score in named:
            best[left, right] = max(score, best.get((left, right), 0.0))
    found = read_pairs(tmp_path)
    ids = found.ids.to_pylist()
    assert ids == sorted({one for pair in best for one in pair})
    told = [(ids[a], ids[b], score) for a, b, score in zip(found.left, found.right, found.score, strict=True)]
    assert told == sorted(
        ((left, right, score) for (left, right), score in best.items()), key=lambda row: (-row[2], *row[:2])
    )
    roots, refused = found.groups((0.9, 100), (0.5, 100))
    assert refused == 0
    near = {frozenset(pair) for pair, score in best.items() if score >= 0.5}
    assert all(roots[ids.index(min(pair))] == roots[ids.index(max(pair))] for pair in near)
