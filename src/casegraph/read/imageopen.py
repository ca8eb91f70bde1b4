"""Opening an image, whatever its format."""

from __future__ import annotations

import functools
import io
import struct
from typing import Final

import pi_heif
from PIL import Image

TYPES: Final = (
    "image/jpeg", "image/png", "image/tiff", "image/webp", "image/heic", "image/bmp", "image/gif",
    "image/jp2", "image/vnd.adobe.photoshop", "image/x-pcx", "image/vnd.microsoft.icon",
    "image/x-portable-anymap", "image/icns", "image/avif", "image/x-tga", "image/x-rgb", "image/x-dcx",
    "image/x-sun-raster", "image/vnd.ms-dds", "image/x-qoi",
)  # fmt: skip
"""Media types of images that are opened."""

_FORMATS: Final = (
    "JPEG", "PNG", "TIFF", "WEBP", "HEIF", "BMP", "GIF", "MPO", "JPEG2000", "PSD", "PCX",
    "ICO", "PPM", "ICNS", "AVIF", "TGA", "SGI", "DCX", "SUN", "DDS", "QOI",
)  # fmt: skip
_PAGED: Final = frozenset({"TIFF"})  # frames of the others are the steps of an animation
BROKEN: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    TypeError,
    KeyError,
    ZeroDivisionError,
    OverflowError,
    struct.error,
)
"""What Pillow raises for broken files, UnidentifiedImageError among them (an OSError)."""


def open_image(data: bytes) -> Image.Image:
    """Return an image, not yet decoded; raises `BROKEN`, Image.DecompressionBombError."""
    _heic()
    return Image.open(io.BytesIO(data), formats=_FORMATS)


def frames(image: Image.Image) -> int:
    """Return the number of frames; a chain of them that leads nowhere gives the first alone."""
    try:
        return getattr(image, "n_frames", 1) if image.format in _PAGED else 1
    except BROKEN:
        return 1


@functools.cache
def _heic() -> None:
    """Teach Pillow HEIC, once in a process."""
    pi_heif.register_heif_opener()
