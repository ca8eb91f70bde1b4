"""How often the type of a file is told by its content: under its own name, a wrong one, and cut short."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from pathlib import Path

from casegraph.model import Original, content_id
from casegraph.read import READERS
from casegraph.read.unread import name_type

WRONG = ("page.html", "letter.txt", "scan.pdf", "table.csv", "memo.docx", "data.json", "mail.eml")
"""Names that say something else than most files are."""


def media_type(data: bytes, *names: str) -> str:
    """Return the type under which an original would be read; that of what no reader reads, too."""
    original = Original(document=content_id(data), data=data, names=names)
    for reader in READERS:
        found = reader.recognise(original)
        if found is not None:
            return found
    return name_type(original)


def gate(folder: Path) -> dict[str, float]:
    """Return the share of files whose type is told right, by family and by the name that they go under.

    `files.jsonl` holds `family`, `name`, `types` (any of which is right) and the bytes as `text` or `base64`.
    """
    right: dict[str, list[bool]] = defaultdict(list)
    lines = (folder / "files.jsonl").read_text("utf-8").splitlines()
    for item in map(json.loads, lines):
        data = item["text"].encode() if "text" in item else base64.b64decode(item["base64"])
        known = set(item["types"])
        own = media_type(data, item["name"]) in known
        right[f"{item['family']}"].append(own)
        right["all.named"].append(own)
        right["all.unnamed"].append(media_type(data) in known)
        right["all.misnamed"] += [media_type(data, name) in known for name in WRONG]
        if item["family"] not in {"text", "encrypted"} and len(data) > 64:
            right["all.cut"].append(media_type(data[: len(data) * 3 // 4], item["name"]) in known)
    return {f"{name}.right": round(sum(met) / len(met), 4) for name, met in sorted(right.items())}
