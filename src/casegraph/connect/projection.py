"""Where a place lies on the base map (Equal Earth; Šavrič, Patterson, Jenny 2018, as in d3-geo)."""

from __future__ import annotations

import math

WIDTH = 1000.0
"""Of the base map, which `frontend/build.mjs` draws on the same plane."""

_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2
_SCALE = WIDTH / 2 / (math.pi / (_M * _A[0]))


def _height(angle: float) -> float:
    square = angle * angle
    return angle * (_A[0] + _A[1] * square + square**3 * (_A[2] + _A[3] * square))


HEIGHT = 2 * _SCALE * _height(math.asin(_M))


def projected(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x from the left and y from the top of a place in degrees."""
    angle = math.asin(_M * math.sin(math.radians(latitude)))
    square = angle * angle
    slope = _A[0] + 3 * _A[1] * square + square**3 * (7 * _A[2] + 9 * _A[3] * square)
    x = math.radians(longitude) * math.cos(angle) / (_M * slope)
    return WIDTH / 2 + _SCALE * x, HEIGHT / 2 - _SCALE * _height(angle)
