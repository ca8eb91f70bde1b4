"""Images (JPEG, PNG, TIFF, WEBP, HEIC and others): their text by OCR, and what the camera wrote down."""

from __future__ import annotations

import warnings
from fractions import Fraction
from typing import Final

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.draft import Draft
from casegraph.read.imageopen import BROKEN, TYPES, frames, open_image
from casegraph.read.limits import MAX_PAGES, MAX_PIXELS
from casegraph.read.ocr import Scanned, read_image
from casegraph.read.unread import name_type

_DPI: Final = 200  # of an image that does not say
_TAGS: Final = {
    "Make": "camera_make", "Model": "camera_model", "Software": "software", "Artist": "creator",
    "Copyright": "rights", "ImageDescription": "description", "DateTime": "modified",
    "DateTimeOriginal": "taken", "OffsetTimeOriginal": "taken_zone", "BodySerialNumber": "camera_serial",
    "HostComputer": "software", "UserComment": "comment", "XPAuthor": "creator", "XPComment": "comment",
    "XPTitle": "title",
}  # fmt: skip
_SMALLEST: Final = 20  # pixels of a side, below which nothing can be read


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in TYPES else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page a frame of a TIFF, one of any other image; a picture without words gives an empty page.

    Problems: `damaged`, `bomb`, `tool-missing`, `poor-scan`, `page-damaged`, `cut`.
    """
    draft = Draft(original, media_type, "image 2", paged=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd tags; sizes are checked below
        try:
            image = open_image(original.data)
        except Image.DecompressionBombError:
            draft.problem("bomb", "the image says that it is larger than anything that is opened")
        except (UnidentifiedImageError, *BROKEN):
            draft.problem("damaged", "the image is broken and cannot be opened")
        else:
            with image:
                _metadata(draft, image)
                _frames(draft, image)
    yield from draft.finish()


def _frames(draft: Draft, image: Image.Image) -> None:
    count = frames(image)
    missing: dict[str, list[int]] = {}
    for number in range(1, min(count, MAX_PAGES) + 1):
        try:
            image.seek(number - 1)
            if image.width * image.height > MAX_PIXELS:
                detail = f"the image has {image.width} by {image.height} pixels; it was not opened"
                draft.problem("bomb", detail)
                draft.page([])
                continue
            scanned, size = _scanned(image)
        except (Image.DecompressionBombError, *BROKEN):
            draft.problem("page-damaged" if count > 1 else "damaged", "the image is broken", None)
            draft.page([])
            continue
        if scanned.missing:
            missing.setdefault(scanned.missing, []).append(number)
        if scanned.poor:
            draft.problem("poor-scan", f"the words were read with {scanned.confidence} % confidence", number)
        draft.page(scanned.pieces, size=size, ocr=True)
    for tool, pages in missing.items():
        draft.problem("tool-missing", f"{tool} is not installed: {len(pages)} images were not read")
    if count > MAX_PAGES:
        draft.problem("cut", f"the first {MAX_PAGES} of {count} images were read")


def _scanned(image: Image.Image) -> tuple[Scanned, tuple[int, int]]:
    """Return what stands on a frame as a person sees it, and its size in hundredths of a point."""
    upright = ImageOps.exif_transpose(image)
    across, down = _resolution(image)
    size = max(1, round(upright.width * 7_200 / across)), max(1, round(upright.height * 7_200 / down))
    if min(upright.size) < _SMALLEST:
        return Scanned(), size
    return read_image(upright, size), size


def _resolution(image: Image.Image) -> tuple[float, float]:
    stated = image.info.get("dpi")
    try:
        across, down = (float(one) for one in stated or ())
    except (TypeError, ValueError, ZeroDivisionError):
        return _DPI, _DPI
    return (across, down) if 30 <= across <= 2_400 and 30 <= down <= 2_400 else (_DPI, _DPI)


def _metadata(draft: Draft, image: Image.Image) -> None:
    draft.value("pixels", f"{image.width} x {image.height}")
    try:
        exif = image.getexif()
        tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
        places = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except BROKEN:
        return
    for tag, value in tags.items():
        key = _TAGS.get(ExifTags.TAGS.get(tag, ""))
        if key is not None:
            draft.value(key, _text(value))
    if (place := _place(places)) is not None:
        draft.value("gps", place)
    for name in ("comment", "Description", "Author", "Title", "Software"):
        draft.value(name.lower(), _text(image.info.get(name)))


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        if value[:8] in {b"ASCII\0\0\0", b"\0" * 8}:
            value = value[8:]
        coding = "utf-16-le" if value[1:2] == b"\0" else "utf-8"
        value = value.decode(coding, "replace")
    return value.strip("\0 ") if isinstance(value, str) else None


def _place(tags: dict[int, object]) -> str | None:
    """Return latitude and longitude in decimal degrees (Exif 2.3, 4.6.6), None where they make no sense."""
    found = []
    for key, sign, most in ((2, 1, 90), (4, 3, 180)):
        try:
            degrees, minutes, seconds = (float(Fraction(str(part))) for part in tags[key])  # type: ignore[attr-defined]  # three numbers, or KeyError
        except (KeyError, TypeError, ValueError, ZeroDivisionError):
            return None
        value = degrees + minutes / 60 + seconds / 3600
        if not 0 <= value <= most:
            return None
        found.append(-value if str(tags.get(sign)).strip("b'\0") in {"S", "W"} else value)
    return f"{found[0]:.6f}, {found[1]:.6f}" if any(found) else None


READER = Reader(name="image", version=2, media_types=TYPES, recognise=_recognise, read=read)
