from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casegraph.pipeline.stepping import file_name
from casegraph.pipeline.tracing import unions
from casegraph.pipeline.tracing.unions import Bound, Pairs, Unions, read_pairs
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


def grouped(pairs: list[tuple[int, int, float]], most: int) -> list[int]:
    ordered = sorted({(-score, min(one, two), max(one, two)) for one, two, score in pairs})
    left, right = (np.array([row[side] for row in ordered], dtype=np.int64) for side in (1, 2))
    scores = np.array([-row[0] for row in ordered], dtype=np.float64)
    ids = pa.array([str(number) for number in range(COUNT + 1)])
    roots: list[int] = Pairs(ids, left, right, scores).groups(Bound(0.0, most, whole=True))[0].tolist()
    return roots


def reached(pairs: list[tuple[int, int, float]], one: int, least: float) -> set[int]:
    found = {one}
    for _ in range(COUNT):
        found |= {end for pair in pairs if pair[2] >= least and found & {*pair[:2]} for end in pair[:2]}
    return found


@given(SCORED, st.lists(st.tuples(NUMBERS, st.sampled_from((0.2, 0.5, 0.9))), max_size=3), st.integers(2, 4))
def test_one_more_leaves_all_groups_that_it_does_not_reach_as_they_are(
    pairs: list[tuple[int, int, float]], ties: list[tuple[int, float]], most: int
) -> None:
    more = [*pairs, *((one, COUNT, score) for one, score in ties)]
    before, after = grouped(pairs, most), grouped(more, most)
    for one in range(COUNT):
        levels = (score for score in (0.9, 0.5, 0.2) if len(reached(pairs, one, score)) > most)
        if COUNT not in reached(more, one, next(levels, 0.2)):
            assert [before[one] == other for other in before] == [after[one] == other for other in after]


def test_a_chain_at_its_limit_does_not_shift_the_next_ones() -> None:
    """Weak ties chain groups of two; what comes to the first group changes none behind it."""
    twos = [(2 * one, 2 * one + 1, 0.9) for one in range(COUNT // 2)]
    chain = [(2 * one + 1, 2 * one + 2, 0.2) for one in range(COUNT // 2 - 1)]
    before, after = grouped([*twos, *chain], 4), grouped([*twos, *chain, (0, COUNT, 0.5)], 4)
    assert before[2:COUNT] == after[2:COUNT]
    assert after[0] == after[1] == after[COUNT]


def test_what_is_too_large_already_closes_nobody() -> None:
    groups = Unions(6)
    groups.join([(0, 1), (1, 2)], 3)
    groups.join_level([(2, 3)], 2)
    groups.join_level([(3, 4)], 2)
    assert groups.roots().tolist() == [0, 0, 0, 3, 3, 5]
    assert groups.refused == 1


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
    roots, refused = found.groups(Bound(0.9, 100), Bound(0.5, 100))
    assert refused == 0
    near = {frozenset(pair) for pair, score in best.items() if score >= 0.5}
    assert all(roots[ids.index(min(pair))] == roots[ids.index(max(pair))] for pair in near)
