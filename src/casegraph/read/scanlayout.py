"""Lines of a scan in reading order: columns told from rows, rows joined, paragraphs parted.

A gutter is a strip that many lines leave free and few cross (recursive XY cuts: Nagy and Seth, 1984), whose
two sides hold running text; the sides of a form, short and level with each other, are read row by row.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median
from typing import Final

from casegraph.read.scan import Box

_LEAST_GUTTER: Final = 0.9  # heights of a line
_SIDE: Final = 2  # lines that each side of a gutter holds
_BOTH: Final = 6  # lines on both sides
_SHARE: Final = 0.4  # of the lines that stand beside the gutter
_RUNNING: Final = 6.0  # line heights that a line of running text is long, in the median
_FULL: Final = 0.55  # of a column's width that the median line fills: fewer are cells
_SAME_ROW: Final = 0.5  # of the lower line's height that two lines share
_GAP: Final = 1.35  # usual distances of lines from which a gap parts paragraphs
_INDENT: Final = 1.2  # line heights
_SHORT: Final = 2.5  # line heights that the last line of a paragraph leaves free
_DEEPEST: Final = 6

Row = list[int]
"""Lines that stand beside each other, from left to right."""


def paragraphs(boxes: Sequence[Box]) -> list[list[Row]]:
    """Return the paragraphs of a page in reading order: rows of indices into `boxes`, which are in pixels."""
    if not boxes:
        return []
    return [part for block in _blocks(list(range(len(boxes))), boxes, 0) for part in _parted(block, boxes)]


def _height(lines: Sequence[int], boxes: Sequence[Box]) -> float:
    # Of a line set upright, as a heading in the margin, the width is the height.
    return median(max(1, min(boxes[one][3] - boxes[one][1], boxes[one][2] - boxes[one][0])) for one in lines)


def _blocks(lines: list[int], boxes: Sequence[Box], depth: int) -> list[list[int]]:
    """Return the columns and the lines across them, in reading order."""
    gutter = _gutter(lines, boxes) if depth < _DEEPEST and len(lines) >= _BOTH else None
    if gutter is None:
        return [lines]
    blocks: list[list[int]] = []
    for band in _bands(lines, boxes, gutter):
        left = [one for one in band if boxes[one][2] <= gutter]
        right = [one for one in band if boxes[one][0] >= gutter]
        if len(left) + len(right) < len(band) or not left or not right:
            blocks.append(band)
            continue
        blocks += _blocks(left, boxes, depth + 1) + _blocks(right, boxes, depth + 1)
    return blocks


def _bands(lines: list[int], boxes: Sequence[Box], gutter: float) -> list[list[int]]:
    """Return lines from top to bottom, parted where one crosses the gutter."""
    bands: list[list[int]] = []
    crossing = False
    for one in sorted(lines, key=lambda one: boxes[one][1] + boxes[one][3]):
        crosses = boxes[one][0] < gutter < boxes[one][2]
        if bands and crosses == crossing:
            bands[-1].append(one)
        else:
            bands.append([one])
        crossing = crosses
    return bands


def _gutter(lines: list[int], boxes: Sequence[Box]) -> float | None:
    """Return where lines are best divided into two columns, None where they are one."""
    height = _height(lines, boxes)
    best: tuple[float, float] | None = None
    where = None
    for left in sorted({boxes[one][2] for one in lines}):
        beyond = [boxes[one][0] for one in lines if boxes[one][0] >= left]
        if not beyond or min(beyond) - left < _LEAST_GUTTER * height:
            continue
        middle = (left + min(beyond)) / 2
        beside = _beside(lines, boxes, middle)
        if len(beside) < max(_BOTH, _SHARE * len(lines)) or not _running(beside, boxes, middle, height):
            continue
        value = (float(len(beside)), float(min(beyond) - left))
        if best is None or value > best:
            best, where = value, middle
    return where


def _beside(lines: list[int], boxes: Sequence[Box], middle: float) -> list[int]:
    """Return the lines of the bands that have lines on both sides."""
    found: list[int] = []
    for band in _bands(lines, boxes, middle):
        left = sum(boxes[one][2] <= middle for one in band)
        right = sum(boxes[one][0] >= middle for one in band)
        if left + right == len(band) and min(left, right) >= _SIDE:
            found += band
    return found


def _running(lines: list[int], boxes: Sequence[Box], middle: float, height: float) -> bool:
    """Tell whether what stands next to the gutter is running text: long lines that mostly fill a column."""
    left = [boxes[one] for one in lines if boxes[one][2] <= middle]
    right = [boxes[one] for one in lines if boxes[one][0] >= middle]
    for side, inner, outer in ((left, 2, 0), (right, 0, 2)):
        length = median(box[2] - box[0] for box in side)
        sign = 1 if side is left else -1
        edge = max(sign * box[inner] for box in side)
        column = [box for box in side if sign * box[inner] > edge - length]  # without columns further out
        width = max(sign * box[inner] for box in column) - min(sign * box[outer] for box in column)
        if length < _RUNNING * height or length < _FULL * width:
            return False
    return True


def _rows(lines: list[int], boxes: Sequence[Box]) -> list[Row]:
    """Return lines as rows from top to bottom."""
    rows: list[Row] = []
    for one in sorted(lines, key=lambda one: boxes[one][1] + boxes[one][3]):
        if rows and _level(boxes[one], boxes[rows[-1][-1]]):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: boxes[one][0]) for row in rows]


def _level(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > _SAME_ROW * min(one[3] - one[1], other[3] - other[1])


def _parted(lines: list[int], boxes: Sequence[Box]) -> list[list[Row]]:
    """Return the paragraphs of one column."""
    rows = _rows(lines, boxes)
    height = _height(lines, boxes)
    tops = [min(boxes[one][1] for one in row) for row in rows]
    steps = [after - before for before, after in itertools.pairwise(tops) if after > before]
    pitch = min(median(steps), 2.2 * height) if steps else height
    usual = [step for step in steps if step < _GAP * pitch]
    pitch = median(usual) if usual else pitch
    left = min(boxes[one][0] for one in lines)
    right = max(boxes[one][2] for one in lines)
    parts: list[list[Row]] = []
    for index, row in enumerate(rows):
        before = rows[index - 1][-1] if index else None
        new = (
            before is None
            or tops[index] - tops[index - 1] > _GAP * pitch
            or (
                boxes[row[0]][0] - left > _INDENT * height
                and abs(boxes[rows[index - 1][0]][0] - boxes[row[0]][0]) > height
            )
            or right - boxes[before][2] > max(_SHORT * height, 0.12 * (right - left))
        )
        if new:
            parts.append([])
        parts[-1].append(row)
    return parts
