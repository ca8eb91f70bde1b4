"""The picture of a page as its document shows it: of PDF, scans, photographs and DjVu."""

from __future__ import annotations

import contextlib
import io
import math
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps

from casegraph.read import djvulibre
from casegraph.read.imageopen import BROKEN, TYPES, frames, open_image
from casegraph.read.limits import MAX_PIXELS
from casegraph.read.pdfopen import open_pdf

PDF: Final = "application/pdf"
DJVU: Final = "image/vnd.djvu"
DRAWN: Final = frozenset({PDF, DJVU, *TYPES})
"""Media types whose pages have a picture."""

PROGRAMS: Final = ("djvudump", "ddjvu")
WIDEST: Final = 3_000
"""Pixels across that a picture may have."""

_MOST: Final = 24_000_000  # pixels of a picture
_TALLEST: Final = 12_000  # WebP goes to 16,383
_QUALITY: Final = 82  # of WebP: letters of 8 points stay sharp at 1,400 pixels across


def picture(data: bytes, media_type: str, number: int, width: int, passwords: Sequence[str] = ()) -> bytes:
    """Return the picture of page `number` as WebP, `width` pixels across; b"" where it cannot be drawn."""
    try:
        drawn = _drawn(data, media_type, number, min(width, WIDEST), passwords)
    except (pypdfium2.PdfiumError, Image.DecompressionBombError, *BROKEN):
        return b""
    if drawn is None:
        return b""
    file = io.BytesIO()
    drawn.save(file, "WEBP", quality=_QUALITY, method=2)  # without what the original says of itself
    return file.getvalue()


def _drawn(
    data: bytes, media_type: str, number: int, width: int, passwords: Sequence[str]
) -> Image.Image | None:
    if media_type == PDF:
        return _page(data, number, width, passwords)
    if media_type == DJVU:
        return _leaf(data, number, width)
    return _frame(data, number, width)


def _page(data: bytes, number: int, width: int, passwords: Sequence[str]) -> Image.Image | None:
    document, _ = open_pdf(data, passwords)
    if isinstance(document, str):
        return None
    with contextlib.suppress(pypdfium2.PdfiumError):  # of a broken form: drawn without what was filled in
        document.init_forms()
    try:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        across, down = page.get_size()
        if min(across, down) <= 0:
            return None
        shown: Image.Image = page.render(scale=_scale(across, down, width)).to_pil()
        return shown.convert("RGB")
    finally:
        document.close()


def _scale(across: float, down: float, width: int) -> float:
    """Return by how much a page is enlarged: to a width, unless that makes it too large as a whole."""
    return min(width / across, math.sqrt(_MOST / (across * down)), _TALLEST / down)


def _frame(data: bytes, number: int, width: int) -> Image.Image | None:
    with open_image(data) as image:
        if not 1 <= number <= frames(image):
            return None
        image.seek(number - 1)
        if image.width * image.height > MAX_PIXELS:
            return None
        image.draft("RGB", (width, width))  # a JPEG is decoded at a fraction of its size
        return _shown(ImageOps.exif_transpose(image), width)


def _shown(image: Image.Image, width: int) -> Image.Image:
    """Return an image on white, at most so wide."""
    scale = min(1.0, _scale(image.width, image.height, width))
    if image.mode.startswith(("I", "F")):
        image = ImageOps.autocontrast(image.convert("F").convert("L"))
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("RGB")
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image if scale == 1.0 else image.resize(size, Image.Resampling.LANCZOS)


def _leaf(data: bytes, number: int, width: int) -> Image.Image | None:
    with tempfile.TemporaryDirectory(prefix="casegraph-") as folder:
        path = Path(folder) / "page.djvu"
        path.write_bytes(data)
        leaves = djvulibre.leaves(path)
        if not 1 <= number <= len(leaves):
            return None
        drawn = djvulibre.picture(path, number, leaves[number - 1])
    return None if drawn is None else _shown(drawn, width)
