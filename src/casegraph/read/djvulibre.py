"""DjVu files by the programs of DjVuLibre: pages with their size, the text layer with places, pictures."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image

from casegraph.read.pieces import Piece, Word

_SECONDS: Final = 120
_MOST_OUTPUT: Final = 200_000_000  # bytes
_LARGEST: Final = 4_200  # pixels of the longer side of a picture for OCR
_INFO: Final = re.compile(rb"INFO \[\d+\]\s+DjVu (\d+)x(\d+),.*?(\d+) dpi")
_TOKEN: Final = re.compile(r"\(|\)|\"((?:[^\"\\]|\\.)*)\"|[^\s()\"]+", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_BREAKS: Final = frozenset({"page", "column", "region", "para"})
_HYPHEN: Final = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_SCALE: Final = 7_200  # hundredths of a point in an inch


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its size in pixels and its resolution."""

    width: int
    height: int
    dpi: int

    @property
    def size(self) -> tuple[int, int]:
        """Its size in hundredths of a point."""
        return round(self.width * _SCALE / self.dpi), round(self.height * _SCALE / self.dpi)


@dataclass(slots=True)
class _Spot:
    """A word of the text layer: its box in pixels, from the lower left, and the paragraph and line around."""

    text: str
    box: tuple[int, int, int, int]
    paragraph: int
    line: int


@dataclass(slots=True)
class Layer:
    """The text layer of one page."""

    spots: list[_Spot] = field(default_factory=list)


def installed() -> bool:
    """Tell whether the programs are there."""
    return all(shutil.which(name) for name in ("djvudump", "djvutxt", "ddjvu", "djvused"))


def _run(*command: str) -> bytes | None:
    """Return what a program writes, None where it fails at once."""
    try:
        done = subprocess.run(
            [shutil.which(command[0]) or command[0], *command[1:]],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout[:_MOST_OUTPUT] if done.stdout else None


def leaves(path: Path) -> list[Leaf]:
    """Return the pages in order, none for a file that is broken."""
    return [
        Leaf(int(width), int(height), min(max(int(dpi), 25), 2_400))
        for width, height, dpi in _INFO.findall(_run("djvudump", str(path)) or b"")
        if int(width) and int(height)
    ]


def metadata(path: Path) -> dict[str, str]:
    """Return what the file says of itself (its `metadata` annotation)."""
    text = (_run("djvused", "-u", str(path), "-e", "print-meta; select 1; print-meta") or b"").decode(
        "utf-8", "replace"
    )
    found = re.findall(r"^(\w[\w .-]{0,60})\t\"(.*)\"$", text, re.MULTILINE)
    return {key.lower(): _unescaped(value) for key, value in found}


def layers(path: Path) -> list[Layer]:
    """Return the text layer of each page, empty ones too."""
    text = (_run("djvutxt", "--detail=word", str(path)) or b"").decode("utf-8", "replace")
    found: list[Layer] = []
    stack: list[list[str]] = []
    paragraph = line = 0
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word == "(":
            if not stack:
                found.append(Layer())
            stack.append([])
        elif word == ")":
            if stack:
                stack.pop()
        elif stack and match[1] is None:
            stack[-1].append(word)
            if len(stack[-1]) == 1:
                paragraph += word in _BREAKS
                line += word == "line"
        elif stack and len(stack[-1]) >= 5 and (words := _unescaped(match[1]).strip()):
            box = _box(stack[-1][1:5])
            if box is not None:
                found[-1].spots.append(_Spot(words, box, paragraph, line))
    return found


def _box(numbers: list[str]) -> tuple[int, int, int, int] | None:
    try:
        left, low, right, high = map(int, numbers)
    except ValueError:
        return None
    return left, low, right, high


def _unescaped(text: str) -> str:
    """Return a string of an S-expression; octal escapes are bytes of UTF-8."""
    if "\\" not in text:
        return text

    def plain(match: re.Match[str]) -> str:
        if match[1]:
            return chr(0xDC00 + int(match[1], 8) % 256) if int(match[1], 8) > 127 else chr(int(match[1], 8))
        return {"n": "\n", "t": "\t", "r": "\r"}.get(match[2], match[2])

    return _ESCAPE.sub(plain, text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def pieces(layer: Layer, leaf: Leaf) -> Iterator[Piece]:
    """Yield a piece a paragraph: lines joined, words divided at line ends put together."""
    text, words = "", list[Word]()
    before: _Spot | None = None
    for spot in layer.spots:
        if before is not None and before.paragraph != spot.paragraph:
            yield Piece(text, "paragraph", words=tuple(words))
            text, words, before = "", [], None
        if before is not None:
            broken = before.line != spot.line
            if broken and _HYPHEN.search(text) and spot.text[:1].islower():
                text = text[:-1]
                last = words[-1]
                words[-1] = Word(last.start, len(text), last.box)
            else:
                text += " "
        words.append(Word(len(text), len(text) + len(spot.text), _placed(spot.box, leaf)))
        text += spot.text
        before = spot
    if text:
        yield Piece(text, "paragraph", words=tuple(words))


def _placed(box: tuple[int, int, int, int], leaf: Leaf) -> tuple[int, int, int, int]:
    """Return a box in hundredths of a point from the upper left."""
    left, low, right, high = (min(max(one, 0), 1_000_000) for one in box)
    scale = _SCALE / leaf.dpi
    edges = (left, max(leaf.height - high, 0), right, max(leaf.height - low, 0))
    return round(edges[0] * scale), round(edges[1] * scale), round(edges[2] * scale), round(edges[3] * scale)


def picture(path: Path, number: int, leaf: Leaf) -> Image.Image | None:
    """Return a page as it is shown, at most as large as OCR needs it; None where it cannot be drawn."""
    scale = min(1.0, _LARGEST / max(leaf.width, leaf.height))
    size = f"{max(1, round(leaf.width * scale))}x{max(1, round(leaf.height * scale))}"
    data = _run("ddjvu", "-format=pgm", f"-page={number}", f"-size={size}", str(path), "-")
    if data is None:
        return None
    try:
        image = Image.open(io.BytesIO(data), formats=("PPM",))
        image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return image
