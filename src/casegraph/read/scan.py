"""Images of pages made ready for OCR: turned upright, righted, brought to one resolution."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageFilter, ImageOps

_DPI: Final = 300  # what tesseract is trained for
_LARGEST: Final = 4_200  # pixels of the longer side: A4 at 360 dpi
_SMALLEST: Final = 1_400  # below it letters are too small and the image is blown up
_MOST_SKEW: Final = 6.0  # degrees
_LEAST_SKEW: Final = 0.25
_SPECK: Final = 120  # shades, of 255, by which a speck stands out
_SPECKLED: Final = 0.007  # share of pixels in specks, above which an image is noisy
_GROUND: Final = 8  # times smaller, for the ground that a page is written on
_WHITE, _DARK = 235, 60  # shades of a ground that is left alone
_INK: Final = 110  # shade below which a pixel is ink
_AROUND: Final = 6  # pixels of ink around a word that are its own
_PROFILE: Final = 1_000  # pixels of the longer side of what skew is measured on

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Ready:
    """An image as it is read, with the way back to the image that was given."""

    image: Image.Image
    plain: Image.Image  # the same with its specks: the filter eats strokes of small signs
    size: tuple[int, int]  # of the image that was given, in pixels
    turned: int = 0  # degrees clockwise, in quarters
    skew: float = 0.0  # degrees that it was then turned counter-clockwise
    scale: float = 1.0  # of the image read to the turned one
    moved: tuple[float, float] = (0.0, 0.0)  # pixels that righting added on the left and above

    @property
    def dpi(self) -> int:
        """The resolution that the image has if it shows a page of common size."""
        return max(70, round(max(self.image.size) / 11.7))

    def back(self, box: Box) -> tuple[float, float, float, float]:
        """Return a box of the image read as a box of the image given: the smallest that holds its corners."""
        left, top, right, bottom = box
        corners = [self._point(x, y) for x in (left, right) for y in (top, bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x / self.scale, y / self.scale
        width, height = self.size if self.turned % 180 == 0 else self.size[::-1]
        if self.skew:
            wide, high = self.moved
            angle = math.radians(self.skew)
            x, y = x - wide / 2, y - high / 2
            x, y = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
            x, y = x + width / 2, y + height / 2
        if self.turned == 90:
            x, y = y, width - x
        elif self.turned == 180:
            x, y = width - x, height - y
        elif self.turned == 270:
            x, y = height - y, x
        return min(max(x, 0.0), float(self.size[0])), min(max(y, 0.0), float(self.size[1]))


def grey(image: Image.Image) -> Image.Image:
    """Return the image in shades of grey on white, its light made even and its contrast stretched."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return ImageOps.autocontrast(_even(image.convert("L")), cutoff=1)


def _even(image: Image.Image) -> Image.Image:
    """Return a grey image divided by its ground, unchanged where the ground is white or dark throughout.

    The ground is what is bright in a neighbourhood wider than a stroke (flat-field correction). Without it
    tesseract lost a third to two thirds of a worn copy in uneven light.
    """
    if min(image.size) < _GROUND * 9:
        return image
    ground = image.reduce(_GROUND).filter(ImageFilter.RankFilter(9, 70))
    ground = ground.filter(ImageFilter.GaussianBlur(4))
    lights = np.asarray(ground, dtype=np.float32)
    if lights.min() > _WHITE or float(np.median(lights)) < _DARK:
        return image
    light = np.asarray(ground.resize(image.size, Image.Resampling.BILINEAR), dtype=np.float32)
    shades = np.asarray(image, dtype=np.float32) * 255 / np.maximum(light, _DARK)
    return Image.fromarray(np.minimum(shades, 255).astype(np.uint8))


def _quiet(image: Image.Image) -> Image.Image:
    """Return a grey image without specks, unchanged if it has few: the filter eats thin strokes."""
    median = image.filter(ImageFilter.MedianFilter(3))
    change = np.abs(np.asarray(image, dtype=np.int16) - np.asarray(median, dtype=np.int16))
    return median if float((change > _SPECK).mean()) > _SPECKLED else image


def prepare(given: Image.Image, turned: int = 0) -> Ready:
    """Return a grey image made upright by a known quarter turn, righted, and scaled for OCR."""
    image = _quiet(given)
    upright = image.rotate(-turned, expand=True) if turned else image
    skew = skew_of(upright)
    skew = skew if abs(skew) >= _LEAST_SKEW else 0.0
    righted, moved, scale = _righted(upright, skew)
    plain = righted
    if image is not given:
        plain, _, _ = _righted(given.rotate(-turned, expand=True) if turned else given, skew)
    return Ready(righted, plain, given.size, turned, skew, scale, moved)


def _righted(image: Image.Image, skew: float) -> tuple[Image.Image, tuple[float, float], float]:
    """Return an image made level and scaled, what was added on the left and above, and the scale."""
    moved = (0.0, 0.0)
    if skew:
        image = image.rotate(skew, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        moved = (float(image.width), float(image.height))
    scale = _scale(image.size)
    if scale != 1.0:
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image = image.resize(size, Image.Resampling.LANCZOS)
    return image, moved, scale


def _scale(size: tuple[int, int]) -> float:
    longer = max(size)
    if longer > _LARGEST:
        return _LARGEST / longer
    return min(3.0, 2 * _SMALLEST / longer) if longer < _SMALLEST else 1.0


def unread(image: Image.Image, boxes: Iterable[Box]) -> float:
    """Return the share of the ink of a grey image that is in none of the boxes: 0 for a page read whole."""
    ink = np.asarray(image) < _INK
    total = int(ink.sum())
    if total == 0:
        return 0.0
    left = ink.copy()
    for box in boxes:
        x, y, right, bottom = box
        left[max(0, y - _AROUND) : bottom + _AROUND, max(0, x - _AROUND) : right + _AROUND] = False
    return float(left.sum()) / total


def skew_of(image: Image.Image) -> float:
    """Return the angle, in degrees counter-clockwise, that makes the lines of a grey image level.

    The rows of a level page are either full of ink or empty: the variance of their sums is greatest (the
    projection profile of Postl, US patent 4,723,297, 1988).
    """
    small = image.copy()
    small.thumbnail((_PROFILE, _PROFILE))
    ink = 255 - np.asarray(small, dtype=np.float32)
    ink[ink < 96] = 0
    if not ink.any():
        return 0.0
    page = Image.fromarray(ink.astype(np.uint8))
    best = _best(page, np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.5))
    return _best(page, np.arange(best - 0.4, best + 0.41, 0.1))


def _best(page: Image.Image, angles: np.ndarray) -> float:
    return max((float(angle) for angle in angles), key=lambda angle: (_sharpness(page, angle), -abs(angle)))


def _sharpness(page: Image.Image, angle: float) -> float:
    rows = np.asarray(page.rotate(angle, resample=Image.Resampling.BILINEAR), dtype=np.float32).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())
