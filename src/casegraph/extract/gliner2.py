"""Names by a GLiNER 2 model in a folder on this machine (Zaratiana et al. 2025, arXiv:2507.18546).

The folder holds an ONNX export of a model with its tokenizer, as the package `fast_gliner` loads it:
`tokenizer.json` and `onnx/model.onnx`. That package comes with casegraph's part `gliner2` alone.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from casegraph.errors import MissingPartError, SettingsError
from casegraph.extract.base import Extractor, Found, Reading, Stretch
from casegraph.model import CLAIM_ROLES, Problem
from casegraph.text import windows

MODEL = Path("onnx") / "model.onnx"
TOKENIZER = Path("tokenizer.json")

SCHEMAS = {
    "person": "Person", "company": "Company", "organization": "Organization", "government body": "PublicBody",
    "location": "Address", "product": "Asset", "event": "Event", "program": "Project",
}  # fmt: skip
"""What the model is asked for, and the FollowTheMoney schema of what it finds."""

_MOST = 1200  # code points at a time: these models were trained on texts of a few hundred words


@functools.lru_cache(maxsize=1)
def load(folder: str) -> Any:  # noqa: ANN401 - a class of an extension module
    """Return the model of a folder; no hub is asked, whatever the folder lacks.

    Raises MissingPartError without the package, SettingsError for a folder that holds no such model.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when the package below imports the library of the hub
    try:
        package = import_module("fast_gliner.fast_gliner")
    except ModuleNotFoundError as error:
        raise MissingPartError(f"{error.name} is not installed; install casegraph[gliner2]") from error
    home = Path(folder)
    lost = [str(path) for path in (TOKENIZER, MODEL) if not (home / path).is_file()]
    if lost:
        raise SettingsError(f"model_folder holds no GLiNER 2 model: it lacks {' and '.join(lost)}")
    try:
        return package.PyFastGliNER2(folder, str(MODEL), "cpu")
    except BaseException as error:
        if _fatal(error):
            raise
        raise SettingsError(
            "model_folder holds no GLiNER 2 model that can be loaded: "
            f"{TOKENIZER} or {MODEL} is damaged or of another kind ({type(error).__name__})"
        ) from None


def _fatal(error: BaseException) -> bool:
    """Say whether an error is none of the model's: a panic of Rust is no Exception either."""
    return isinstance(error, KeyboardInterrupt | SystemExit | MemoryError)


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found | Problem]:
    del found  # the stage drops what overlaps
    if reading.model is None:
        return
    model = load(reading.model.folder)
    failed: dict[str, int] = {}
    for stretch in reading.searched():
        if stretch.role not in CLAIM_ROLES:
            continue
        for start, end in windows(stretch.text, 0, len(stretch.text), _MOST):
            try:
                given = model.predict_entities([stretch.text[start:end]], list(SCHEMAS))[0]
            except BaseException as error:
                if _fatal(error):
                    raise
                failed[type(error).__name__] = failed.get(type(error).__name__, 0) + 1
                continue
            yield from _named(stretch, start, end, given, reading.model.digest)
    if failed:
        kinds = ", ".join(f"{count} times {name}" for name, count in sorted(failed.items()))
        yield Problem(
            code="extract.model-failed",
            subject=reading.document.id,
            detail=f"the GLiNER 2 model {reading.model.digest[:12]} failed on a passage: {kinds}",
        )


def _named(
    stretch: Stretch, start: int, end: int, given: list[dict[str, Any]], digest: str
) -> Iterator[Found]:
    """Yield what the model found in stretch.text[start:end]; its offsets count bytes of UTF-8."""
    text = stretch.text[start:end]
    data = text.encode("utf-8", "surrogatepass")
    for one in given:
        first = len(data[: one["start"]].decode("utf-8", "ignore"))
        last = first + len(one["text"])
        schema = SCHEMAS.get(one["label"])
        if schema is None or text[first:last] != one["text"] or not one["text"].strip():
            continue  # a place that does not hold the words is none
        yield Found(
            page=stretch.page,
            kind="name",
            start=stretch.start + start + first,
            end=stretch.start + start + last,
            schema=schema,
            detail=f"{one['label']}@{digest[:12]}",
            score=round(min(1.0, max(0.0, float(one["score"]))), 2),
        )


GLINER2 = Extractor(name="gliner2", version=1, find=_find)
