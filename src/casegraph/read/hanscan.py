"""Chinese scans: lines and signs found by PaddleOCR's models, run by rapidocr on onnxruntime, offline.

The weights (PP-OCRv6, Apache-2.0) come in rapidocr's wheel and read simplified and traditional Chinese,
Japanese and Latin letters, no Cyrillic: of that they make Latin letters of the same shape, with confidence.
"""

from __future__ import annotations

import functools
import importlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from PIL import Image

from casegraph.errors import MissingPartError
from casegraph.read.scan import Box

if TYPE_CHECKING:
    import numpy.typing as npt

    _Signs = Sequence[tuple[str, float, npt.ArrayLike]]

HAN: Final = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WIDE: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_NARROW: Final = {":": "：", ";": "；", ",": "，", "?": "？", "!": "！"}
_LARGEST: Final = 2_400  # pixels of the longer side: signs of 30 pixels on a page of 300 dots per inch
_MISSING: Final = "the reader of Chinese scans is not installed: pip install rapidocr onnxruntime"


@dataclass(frozen=True, slots=True)
class Sign:
    """A Han character, or a word in another script, with its place in pixels."""

    text: str
    box: Box
    confidence: int  # 0 to 100


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A line of a scan as the detector finds it; a line that spans columns comes in parts."""

    signs: tuple[Sign, ...]
    box: Box
    blanks: frozenset[int] = frozenset()  # signs before which a blank stands

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(
            (" " if index in self.blanks else "") + sign.text for index, sign in enumerate(self.signs)
        )


def installed() -> bool:
    """Tell whether the models and what runs them are there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class _Found(Protocol):
    """What the engine returns: quadrilaterals in pixels, texts, and signs with their confidence and place."""

    boxes: npt.NDArray[np.float32] | None
    txts: tuple[str, ...]
    word_results: Sequence[_Signs] | None


@functools.cache
def _engine() -> Callable[[npt.NDArray[np.uint8]], _Found]:
    # From 1.29 on onnxruntime looks a host up unless this is set before its import; the lock keeps it below.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        package = importlib.import_module("rapidocr")
    except ImportError as error:
        raise MissingPartError(_MISSING) from error
    models = Path(package.__file__ or "").parent / "models"
    found = {part: next(models.glob(f"*_{part}_*.onnx"), None) for part in ("det", "rec")}
    if None in found.values():  # it would fetch them
        raise MissingPartError(_MISSING)
    engine: Callable[[npt.NDArray[np.uint8]], _Found] = package.RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "critical",  # it logs paths
            "Global.use_cls": False,  # pages are turned upright before
            "Global.return_word_box": True,
            "Global.max_side_len": _LARGEST,
            "Det.model_path": str(found["det"]),
            "Rec.model_path": str(found["rec"]),
        }
    )
    return engine


def read_lines(image: Image.Image) -> list[ScanLine]:
    """Return the lines of an upright image in no order that counts, none where it shows no text.

    Raises MissingPartError where the models are not installed.
    """
    found = _engine()(np.asarray(image.convert("RGB"))[:, :, ::-1])
    if found.boxes is None or found.word_results is None:
        return []
    rows = zip(found.boxes, found.txts, found.word_results, strict=True)
    lines = (_line(corners, text, signs) for corners, text, signs in rows)
    return [line for line in lines if line.signs]


def _line(corners: npt.ArrayLike, text: str, found: _Signs) -> ScanLine:
    """Return a line with its signs: what stands together in another script is one word.

    The model gives a box a sign in Chinese lines and a box a word in others.
    """
    signs: list[Sign] = []
    blanks: set[int] = set()
    at = 0
    for written, sure, place in found:
        start = text.find(written, at)
        apart = start > at and text[at:start].isspace()
        at = start + len(written) if start >= 0 else at
        before = signs[-1] if signs else None
        sign = Sign(_widened(written, before), _around(place), round(100 * float(sure)))
        if before is None or apart or _WIDE.match(sign.text) or _WIDE.match(before.text):
            if apart and signs:
                blanks.add(len(signs))
            signs.append(sign)
        else:
            signs[-1] = _joined(before, sign)
    return ScanLine(tuple(signs), _around(corners), frozenset(blanks))


def _widened(written: str, before: Sign | None) -> str:
    """Return a mark as Chinese is printed with: the model does not tell its two widths apart."""
    return _NARROW.get(written, written) if before is not None and _WIDE.match(before.text[-1]) else written


def _joined(one: Sign, other: Sign) -> Sign:
    here, there = len(one.text), len(other.text)
    sure = round((one.confidence * here + other.confidence * there) / (here + there))
    return Sign(one.text + other.text, hull((one.box, other.box)), sure)


def hull(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds others, of which there must be one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _around(corners: npt.ArrayLike) -> Box:
    points = np.asarray(corners, dtype=float)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return int(left), int(top), int(np.ceil(right)), int(np.ceil(bottom))
