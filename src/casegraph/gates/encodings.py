"""How often the encoding of a text is found: texts short and long, in the encodings that leaks come in."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from casegraph.read.charset import decode

FORMS: dict[str, tuple[str, ...]] = {
    "en": ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"),
    "ru": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"),
    "uk": ("utf-8", "utf-16", "utf-16-le", "cp1251", "koi8-u", "cp1125"),
    "zh-hans": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"),
    "zh-hant": ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "big5"),
}
"""Encodings that a language's texts are written in, by language."""

_SHORT = 160  # characters up to which a text counts as short


def gate(folder: Path) -> dict[str, float]:
    """Return the share of texts that come out letter by letter, by language, encoding and length.

    `texts.jsonl` holds `language` and `text`. A text that an encoding cannot write is passed over there.
    """
    right: dict[str, list[bool]] = defaultdict(list)
    lines = (folder / "texts.jsonl").read_text("utf-8").splitlines()
    for item in map(json.loads, lines):
        language, text = item["language"], item["text"]
        for encoding in FORMS[language]:
            try:
                data = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            met = decode(data).text.lstrip("\ufeff") == text
            length = "short" if len(text) <= _SHORT else "long"
            for name in (f"{language}.{encoding}", f"{language}.{length}", f"all.{length}"):
                right[name].append(met)
    return {f"{name}.right": round(sum(met) / len(met), 4) for name, met in sorted(right.items())}
