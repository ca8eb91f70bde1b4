"""The dots of a map, on the plane of the base map."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casegraph.connect import HEIGHT, WIDTH, projected
from casegraph.model import Spot

_SHAPE = 2.0  # width by height of what is drawn
_LEAST = 60.0  # its width at least: some hundred kilometres around a single place
_MARGIN = 0.15
_DOT, _LARGEST = 0.006, 0.025  # radius for one claim, and at most, of the width
_LETTER, _LINE = 0.0088, 0.016  # width of a letter of a label and height of its line, of the width
_LABELS = 40


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: its middle and radius, and where its name can stand."""

    spot: Spot
    x: float
    y: float
    radius: float
    label: tuple[float, float, str] | None  # x, y, and the end by which it is anchored


@dataclass(frozen=True, slots=True)
class Chart:
    """Which part of the base map is drawn, and the dots, the largest first."""

    x: float
    y: float
    width: float
    height: float
    letter: float  # height of the labels' letters
    dots: tuple[Dot, ...]


Box = tuple[float, float, float, float]


def chart(spots: Sequence[Spot], *, world: bool = False) -> Chart | None:
    """Return the chart of those places that are known, or of the world; None where none is known."""
    known = [
        (one, *projected(one.latitude, one.longitude))
        for one in spots
        if one.latitude is not None and one.longitude is not None
    ]
    if not known:
        return None
    points = [(x, y) for _, x, y in known]
    x, y, width, height = (0.0, 0.0, WIDTH, HEIGHT) if world else _extent(points)
    sizes = [min(_DOT * math.sqrt(len(one.claims)), _LARGEST) * width for one, _, _ in known]
    taken: list[Box] = [
        (px - size, py - size, px + size, py + size) for (px, py), size in zip(points, sizes, strict=True)
    ]
    dots = []
    for number, ((one, px, py), size) in enumerate(zip(known, sizes, strict=True)):
        label = _label(one.name, (px, py, size), width, taken, x + width) if number < _LABELS else None
        dots.append(Dot(one, round(px, 2), round(py, 2), round(size, 2), label))
    return Chart(
        x=round(x, 2),
        y=round(y, 2),
        width=round(width, 2),
        height=round(height, 2),
        letter=round(_LINE * width, 2),
        dots=tuple(dots),
    )


def _extent(points: Sequence[tuple[float, float]]) -> Box:
    """Return x, y, width and height of what is drawn around some points, within the map where it fits."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width = max(right - left, (bottom - top) * _SHAPE, _LEAST) * (1 + 2 * _MARGIN)
    width = min(width, WIDTH)
    height = width / _SHAPE
    x = min(max((left + right - width) / 2, 0.0), WIDTH - width)
    y = min(max((top + bottom - height) / 2, 0.0), max(HEIGHT - height, 0.0))
    return x, y, width, height


def _label(
    name: str, dot: tuple[float, float, float], width: float, taken: list[Box], right: float
) -> tuple[float, float, str] | None:
    """Return where a name can stand beside its dot without hiding another, and keep the place."""
    for x, y, anchor, box in _sides(len(name) * _LETTER * width, _LINE * width, dot):
        if box[2] <= right and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return round(x, 2), round(y, 2), anchor
    return None


def _sides(
    long: float, high: float, dot: tuple[float, float, float]
) -> Iterator[tuple[float, float, str, Box]]:
    x, y, radius = dot
    gap = radius + high / 4
    yield x + gap, y + high / 3, "start", (x + gap, y - high / 2, x + gap + long, y + high / 2)
    yield x - gap, y + high / 3, "end", (x - gap - long, y - high / 2, x - gap, y + high / 2)
    for base in (y - gap, y + gap + high * 0.75):
        yield x, base, "middle", (x - long / 2, base - high, x + long / 2, base + high / 4)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
