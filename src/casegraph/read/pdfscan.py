"""Pages of a PDF that are pictures: which they are, and the text that OCR reads off them."""

from __future__ import annotations

import ctypes
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from casegraph.read.ocr import Scanned, read_image

_DPI: Final = 300
_LARGEST: Final = 4_200  # pixels of the longer side
_COVER: Final = 0.5  # of the page that one image covers, from which it is a scan with something stamped on it
_OBJECTS: Final = 200  # looked at on one page

FEW: Final = 20
"""Characters below which a page counts as having no text layer."""

STAMPED: Final = 300
"""Characters below which a page that an image covers may be a scan with a stamp or a running head."""


def pages_allowed(size: int) -> int:
    """Return how many pages of a file of so many bytes are read by OCR: so many as its time limit allows.

    A page of Latin or Cyrillic letters takes two to three seconds, one of Chinese counts as three or four
    (`Scanned.cost`); a document gets 300 seconds for each MiB.
    """
    return 70 + 70 * (size >> 20)


def is_picture(page: pdfium.FPDF_PAGE, characters: int) -> bool:
    """Tell whether what a page says is to be read off its picture."""
    if characters >= STAMPED:
        return False
    count = pdfium.FPDFPage_CountObjects(page)
    objects = [pdfium.FPDFPage_GetObject(page, index) for index in range(min(count, _OBJECTS))]
    images = [one for one in objects if pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_IMAGE]
    if characters < FEW:
        return bool(images) or (characters == 0 and count > 0)
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    return any(_area(one) > _COVER * area for one in images)


def _area(image: pdfium.FPDF_PAGEOBJECT) -> float:
    edges = tuple(ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(image, *map(ctypes.byref, edges)):
        return 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    return max(0.0, right - left) * max(0.0, top - bottom)


def read_scan(document: pypdfium2.PdfDocument, index: int) -> Scanned:
    """Return what OCR reads off a page; boxes in hundredths of a point of the page as shown."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(_DPI / 72, _LARGEST / max(width, height, 1.0))
        if min(width, height) * scale < 1:
            return Scanned()
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            image = bitmap.to_pil().copy()
        finally:
            bitmap.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return Scanned()
    finally:
        page.close()
    return read_image(image, (round(width * 100), round(height * 100)))
