"""A sample of a text's word n-grams, the same n-grams in each text that has them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from casegraph.trace.words import Flags, Numbers, grams

Sketch = npt.NDArray[np.uint32]

SIZE, HAN_SIZE = 4, 6  # words, Han signs of an n-gram
_RATE = 8  # one n-gram in so many is kept
_LEAST, _MOST = 32, 512
_KEYS, _LONG_RATE, _MOST_KEYS = 40, 16, 192


def size_of(han: Flags) -> int:
    """Return how many words an n-gram of a text has: a Han sign says less than a word."""
    return HAN_SIZE if len(han) and han.mean() > 0.5 else SIZE


def sketch(whole: Numbers, size: int) -> bytes:
    """Return a FracMinHash of word n-grams: the least 32-bit hashes, sorted, little-endian.

    Where two texts share a fraction of their n-grams, their sketches share it too, whatever the lengths
    (Irber et al. 2022). Short texts keep 32 so that a headline can meet its story.
    """
    hashes = np.unique((grams(whole, size) >> np.uint64(32)).astype(np.uint32))
    count = int(np.searchsorted(hashes, 2**32 // _RATE))
    return hashes[: min(max(count, _LEAST), _MOST)].astype("<u4").tobytes()


def unpack(data: bytes) -> Sketch:
    """Return the hashes of a sketch, in order."""
    return np.frombuffer(data, dtype="<u4")


def key_hashes(data: bytes, words: int) -> Sketch:
    """Return the hashes by which a document looks for kin."""
    return unpack(data)[: min(max(_KEYS, words // _LONG_RATE), _MOST_KEYS)]
