"""Geometry of what pages draw without a script."""

from casegraph.web.drawing.band import Band, band
from casegraph.web.drawing.chart import Chart, chart

__all__ = ["Band", "Chart", "band", "chart"]
