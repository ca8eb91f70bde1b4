"""The program tesseract: an image in, words with their places out; pipes, no files."""

from __future__ import annotations

import functools
import io
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import Final

from PIL import Image

LANGUAGES: Final = ("eng", "rus")
"""Languages that are read with it, as it calls them; Chinese is read in `hanscan`."""

_SECONDS: Final = 120  # for one image; a full page takes about one
_SURE: Final = 30  # confidence, of 100, below which a word is not kept: specks, lines, textures
_COLUMNS: Final = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """A word that was read: its place in pixels, the line and paragraph that it stands in."""

    text: str
    box: tuple[int, int, int, int]  # left, top, right, bottom
    confidence: int  # 0 to 100
    paragraph: tuple[int, int]  # block, paragraph
    line: int
    apart: bool = True  # whether a blank stands before it in its line


@dataclass(frozen=True, slots=True)
class Turn:
    """What `look` finds: how far a page is turned, and its script."""

    angle: int  # degrees that it must be turned clockwise: 0, 90, 180, 270
    sure: float  # how sure of that; tesseract means below 2 by "not"
    script: str  # "Latin", "Cyrillic", "Han" and others
    script_sure: float


@functools.cache
def languages() -> frozenset[str]:
    """Return the languages that are installed, none where the program is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    done = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    return frozenset(line.strip() for line in done.stdout.splitlines()[1:])


def _run(image: Image.Image, *arguments: str) -> str | None:
    """Return what tesseract writes of an image, None when it fails (it fails on images without any text)."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    environment = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    # With more threads than one, its workers spin and a page takes up to a minute (components: 1 to 55 s).
    environment |= {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            [shutil.which("tesseract") or "tesseract", "stdin", "stdout", *arguments],
            input=buffer.getvalue(), capture_output=True, timeout=_SECONDS, env=environment, check=False,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def look(image: Image.Image) -> Turn | None:
    """Return how an image is turned and in which script it is written, None if that cannot be told."""
    if "osd" not in languages():
        return None
    found = dict(
        re.findall(r"^([A-Za-z ]+): (.+)$", _run(image, "--psm", "0", "-l", "osd") or "", re.MULTILINE)
    )
    try:
        return Turn(
            angle=int(found["Rotate"]),
            sure=float(found["Orientation confidence"]),
            script=found["Script"],
            script_sure=float(found["Script confidence"]),
        )
    except (KeyError, ValueError):
        return None


def words(image: Image.Image, language: str, *, dpi: int) -> list[Seen]:
    """Return the words of an image in reading order; `language` may join several by "+"."""
    written = _run(
        image,
        "-l",
        language,
        "--dpi",
        str(dpi),
        "--psm",
        "3",
        "-c",
        "tessedit_create_tsv=1",
        "tsv",
    )
    found: list[Seen] = []
    for row in (written or "").splitlines()[1:]:
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) < _COLUMNS or not cells[11].strip():
            continue
        level, _, block, paragraph, line, _, left, top, width, height = map(int, cells[:10])
        confidence = round(float(cells[10]))
        if level == 5 and confidence >= _SURE:
            box = (left, top, left + width, top + height)
            found.append(Seen(cells[11].strip(), box, min(confidence, 100), (block, paragraph), line))
    return found
