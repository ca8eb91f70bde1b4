"""How many characters OCR gets wrong on made scans: in three languages, clean and spoilt."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from casegraph.errors import MissingPartError
from casegraph.model import Layout, Original, Page, content_id
from casegraph.read import STAGE, hanscan
from casegraph.read.tesseract import LANGUAGES, languages


def gate(folder: Path) -> dict[str, float]:
    """Return the character error rate by language and by what was done to the scan, and how many have boxes.

    The rate is the edit distance (Levenshtein, 1966) over the length of the true text, blanks folded (ISRI,
    1996). Raises MissingPartError where tesseract, a language of it or the reader of Chinese is missing.
    """
    missing = sorted(set(LANGUAGES) - languages())
    if missing:
        raise MissingPartError(f"the OCR gate needs tesseract with {', '.join(missing)}")
    if not hanscan.installed():
        raise MissingPartError("the OCR gate needs rapidocr")
    wrong: dict[str, list[float]] = defaultdict(list)
    placed = []
    lines = (folder / "scans.jsonl").read_text(encoding="utf-8").splitlines()
    for scan in map(json.loads, lines):
        text, boxes = _read((folder / scan["image"]).read_bytes())
        true = _folded(scan["text"])
        rate = Levenshtein.distance(true, _folded(text)) / len(true)
        wrong[f"{scan['language']}.{scan['how']}.cer"].append(rate)
        wrong[f"{scan['language']}.cer"].append(rate)
        placed.append(boxes >= len(text.split()) > 0)
    figures = {name: sum(rates) / len(rates) for name, rates in sorted(wrong.items())}
    return figures | {"words.placed": sum(placed) / len(placed)}


def _read(data: bytes) -> tuple[str, int]:
    """Return the text that `read` gives of an image, and of how many words it knows the place."""
    original = Original(document=content_id(data), data=data, names=("0417",))
    text, boxes = "", 0
    for record in STAGE.run(original):
        if isinstance(record, Page):
            text = record.text
        elif isinstance(record, Layout):
            boxes = len(record.start) // 4
    return text, boxes


def _folded(text: str) -> str:
    return " ".join(text.split())
