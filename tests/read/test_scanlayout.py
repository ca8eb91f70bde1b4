from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegraph.read.scan import Box
from casegraph.read.scanlayout import paragraphs

HIGH = 40


def column(left: int, widths: list[int], top: int = 0, pitch: int = 60) -> list[Box]:
    return [
        (left, top + row * pitch, left + width, top + row * pitch + HIGH) for row, width in enumerate(widths)
    ]


def order(boxes: list[Box]) -> list[list[list[int]]]:
    return paragraphs(boxes)


def test_columns_are_read_one_after_the_other() -> None:
    left = column(100, [800, 790, 810, 400], top=100)
    right = column(1000, [800, 805, 795, 600], top=100)
    heading = [(100, 0, 1500, 60)]
    mixed = [box for pair in zip(left, right, strict=True) for box in pair]
    boxes = heading + mixed
    assert [one for part in order(boxes) for row in part for one in row] == [0, 1, 3, 5, 7, 2, 4, 6, 8]


def test_three_columns_under_a_line_across_them() -> None:
    columns = [column(left, [600, 590, 600, 595, 580], top=100) for left in (0, 700, 1400)]
    across = (0, 20, 1990, 60)
    boxes = [across, *(box for row in zip(*columns, strict=True) for box in row)]
    found = [one for part in order(boxes) for row in part for one in row]
    assert found == [0, *range(1, 16, 3), *range(2, 16, 3), *range(3, 16, 3)]


def test_a_form_is_read_row_by_row() -> None:
    labels = column(100, [180, 210, 160, 200, 190, 170])
    values = column(900, [300, 120, 640, 90, 410, 200])
    boxes = [*labels, *values]
    rows = [row for part in order(boxes) for row in part]
    assert rows == [[index, index + 6] for index in range(6)]


def test_a_short_line_a_gap_and_an_indent_begin_paragraphs() -> None:
    boxes = column(100, [1000, 990, 400]) + column(100, [1000, 1000], top=180) + column(100, [1000], top=400)
    assert order(boxes) == [[[0], [1], [2]], [[3], [4]], [[5]]]
    indented = [(100, 0, 1100, 40), (190, 60, 1100, 100), (100, 120, 1100, 160)]
    assert order(indented)[0] == [[0]]


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(1, 600), st.integers(1, 90)),
        max_size=40,
    )
)
def test_no_line_is_lost_or_read_twice(places: list[tuple[int, int, int, int]]) -> None:
    boxes = [(left, top, left + wide, top + high) for left, top, wide, high in places]
    found = [one for part in order(boxes) for row in part for one in row]
    assert sorted(found) == list(range(len(boxes)))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_lines(count: int) -> None:
    boxes = column(0, [500] * count)
    assert [one for part in order(boxes) for row in part for one in row] == list(range(count))
