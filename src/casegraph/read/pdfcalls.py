"""pdfium asked about many characters or objects at once: a call from Python costs more than its answer.

pypdfium2's declared functions convert each pointer at each call. Here the places that answers are written to
are made once and the functions called without declared types, in a loop that runs in C: 0.4 us a call against
2 us. The places are shared: one thread at a time, as pdfium itself wants it.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any, Final

import numpy as np
import pypdfium2.raw as pdfium

_AT_ONCE: Final = 1_024  # calls whose answers are held
_NAME: Final = 128  # bytes of a font's name that are looked at
_BOLD: Final = 600  # CSS font weight

_NAMES: Final = ctypes.create_string_buffer(_NAME)


class _Answers:
    """Rows of four numbers for pdfium to write into."""

    def __init__(self, number: type[ctypes.c_double | ctypes.c_float]) -> None:
        self._rows = np.zeros((_AT_ONCE, 4), dtype=number)
        memory = (number * self._rows.size).from_buffer(self._rows)  # type: ignore[arg-type] # an array is a buffer
        self._places = [
            [ctypes.byref(memory, self._rows.itemsize * (4 * row + column)) for row in range(_AT_ONCE)]
            for column in range(4)
        ]

    def to(
        self, function: Callable[..., int], given: Sequence[object], columns: int, subject: object = None
    ) -> np.ndarray:
        """Return the row that a function writes for each of `given`, zeros where it fails.

        It is called with `subject` if there is one, one of `given`, and `columns` places.
        """
        rows = np.zeros((len(given), 4))
        first = [] if subject is None else [repeat(subject)]
        for start in range(0, len(given), _AT_ONCE):
            part = given[start : start + _AT_ONCE]
            self._rows[: len(part)] = 0
            deque(map(function, *first, part, *self._places[:columns]), maxlen=0)
            rows[start : start + len(part)] = self._rows[: len(part)]
        return rows


_DOUBLES: Final = _Answers(ctypes.c_double)
_FLOATS: Final = _Answers(ctypes.c_float)


def _plain(function: object, result: type = ctypes.c_int) -> Callable[..., Any]:
    """Return a pdfium function without declared arguments; it keeps the interpreter's lock."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type] # a function pointer is one
    return ctypes.PYFUNCTYPE(result)(address)  # type: ignore[arg-type] # never NULL


_char_box = _plain(pdfium.FPDFText_GetCharBox)
_loose_box = _plain(pdfium.FPDFText_GetLooseCharBox)
_char_origin = _plain(pdfium.FPDFText_GetCharOrigin)
_weight = _plain(pdfium.FPDFText_GetFontWeight)
_angle = _plain(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
_font = _plain(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong)
_kind = _plain(pdfium.FPDFPageObj_GetType)
_object = _plain(pdfium.FPDFPage_GetObject, ctypes.c_void_p)
_bounds = _plain(pdfium.FPDFPageObj_GetBounds)


def char_boxes(page: pdfium.FPDF_TEXTPAGE, characters: Sequence[int]) -> np.ndarray:
    """Return the boxes of a text page's characters as rows of left, right, bottom, top; points, y upwards."""
    return _DOUBLES.to(_char_box, characters, 4, page)


def origins(page: pdfium.FPDF_TEXTPAGE, characters: Sequence[int]) -> np.ndarray:
    """Return rows of x, y of the characters' base points."""
    return _DOUBLES.to(_char_origin, characters, 2, page)[:, :2]


def loose_boxes(page: pdfium.FPDF_TEXTPAGE, characters: Sequence[int]) -> np.ndarray:
    """Return rows of left, top, right, bottom of the font's box (ascent, descent, advance) at characters."""
    return _FLOATS.to(_loose_box, characters, 1, page)


def angles(page: pdfium.FPDF_TEXTPAGE, characters: Sequence[int]) -> list[float]:
    """Return how far clockwise each character is turned on the unturned page, in radians from 0 to 2 pi."""
    return list(map(_angle, repeat(page), characters))


def bold(page: pdfium.FPDF_TEXTPAGE, characters: Sequence[int]) -> list[bool]:
    """Tell which characters' fonts are bold, by their weight or, where that is not given, their name."""
    return [
        weight >= _BOLD or _named_bold(page, character)
        for character, weight in zip(characters, map(_weight, repeat(page), characters), strict=True)
    ]


def _named_bold(page: pdfium.FPDF_TEXTPAGE, character: int) -> bool:
    _NAMES[0] = b"\0"
    _font(page, character, _NAMES, ctypes.c_ulong(_NAME), None)
    name = _NAMES.value.lower()
    return b"bold" in name or b"black" in name


def objects(page: pdfium.FPDF_PAGE, kind: int, most: int) -> list[ctypes.c_void_p]:
    """Return the objects of a kind (FPDF_PAGEOBJ_*) among the first `most` of a page."""
    count = min(pdfium.FPDFPage_CountObjects(page), most)
    found = map(ctypes.c_void_p, map(_object, repeat(page), range(count)))
    return [one for one in found if _kind(one) == kind]


def bounds(things: Sequence[ctypes.c_void_p]) -> np.ndarray:
    """Return rows of left, bottom, right, top of page objects, in points; zeros where one has none."""
    return _FLOATS.to(_bounds, things, 4)
