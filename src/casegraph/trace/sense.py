"""What statements mean, in numbers that are alike in sixteen languages: by a sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from casegraph.trace import terms
from casegraph.trace.vectors import LANGUAGES, WIDTH, Vectors, encoder

MOST = 1_500
"""Texts above which none of a block is encoded: what so many claims share is no one story."""

_BATCH = 32
_LONGEST = 400  # code points of a statement that are read
_LEAST_WORDS, _LEAST_SIGNS = 3, 6


def encoded(language: str | None, text: str) -> bool:
    """Say whether the encoder can tell what a text means: it knows the language, and the text says enough."""
    if language not in LANGUAGES:
        return False
    if terms.is_han(text):
        return sum(terms.is_han(sign) for sign in text) >= _LEAST_SIGNS
    return len(terms.words_of(text)) >= _LEAST_WORDS


def meanings(texts: Sequence[str]) -> Vectors:
    """Return one row of length one for each text. Cosines of rows tell how near two texts are."""
    if not texts:
        return np.zeros((0, WIDTH), dtype=np.float32)
    read = [text[:_LONGEST] for text in texts]
    rows = np.concatenate(
        [
            np.asarray(encoder().encode(read[start : start + _BATCH]), dtype=np.float32)
            for start in range(0, len(read), _BATCH)
        ]
    )
    unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit
