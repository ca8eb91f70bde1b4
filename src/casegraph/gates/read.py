"""How well `read` tells prose from furniture and finds title, authors, dates and language, on its gold set.

A gold folder holds files of any format, and beside each a `.json` file with what is true of it: `prose` and
`other` list its blocks' texts. A block counts as prose when a claim may rest on its role.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casegraph.errors import UsageError
from casegraph.model import CLAIM_ROLES, Document, Original, Page, content_id
from casegraph.read import STAGE
from casegraph.text import fold

_FACTS = ("title", "authors", "published", "captured", "language")
_LEAST_COVER = 0.9  # share of a block that gold prose must fill for the block to be prose


@dataclass(slots=True)
class Tally:
    """Counts over all files. A fact is right if the file states none and none is found, too."""

    found: int = 0
    found_right: int = 0
    gold: int = 0
    gold_met: int = 0
    files: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_FACTS, 0))
    misses: list[str] = field(default_factory=list)


def _blocks(pages: list[Page]) -> tuple[list[str], list[str]]:
    """Return the folded texts of blocks that are prose, and of all others."""
    prose: list[str] = []
    other: list[str] = []
    for page in pages:
        for block in page.blocks:
            text = fold(page.text[block.start : block.end])
            (prose if block.role in CLAIM_ROLES else other).append(text)
    return prose, other


def _covered(block: str, gold: list[str]) -> bool:
    """Tell whether a block is gold prose: part of one text of it, or made of several."""
    if any(block in text for text in gold):
        return True
    return sum(len(text) for text in gold if text in block) >= _LEAST_COVER * len(block)


def _met(text: str, prose: list[str]) -> bool:
    """Tell whether a gold text stands in one prose block, or is made of parts of it at a page's end."""
    if any(text in block for block in prose):
        return True
    return sum(len(block) + 1 for block in prose if block in text and len(block) > 20) >= _LEAST_COVER * len(
        text
    )


def _fact(document: Document, key: str) -> object:
    value = getattr(document, key)
    if key in {"published", "captured"}:
        return value.start if value is not None else None
    return list(value) if key == "authors" else value


def _agrees(key: str, found: object, gold: object) -> bool:
    if key in {"published", "captured"} and found and gold:
        return str(found).startswith(str(gold))
    if key == "title" and found and gold:
        return fold(str(found)) == fold(str(gold))
    return bool(found == gold)


def _count(tally: Tally, name: str, data: bytes, gold: dict[str, Any]) -> None:
    original = Original(document=content_id(data), data=data, names=(name,))
    records = list(STAGE.run(original))
    document = next(record for record in records if isinstance(record, Document))
    prose, _ = _blocks([record for record in records if isinstance(record, Page)])
    texts = [fold(text) for text in gold["prose"]]
    right = [block for block in prose if _covered(block, texts)]
    met = [text for text in texts if _met(text, prose)]
    tally.files += 1
    tally.found += len(prose)
    tally.found_right += len(right)
    tally.gold += len(texts)
    tally.gold_met += len(met)
    tally.misses += [f"{name}: not prose: {block[:90]}" for block in prose if block not in right]
    tally.misses += [f"{name}: lost: {text[:90]}" for text in texts if text not in met]
    for key in _FACTS:
        found = _fact(document, key)
        if _agrees(key, found, gold.get(key) or ([] if key == "authors" else None)):
            tally.right[key] += 1
        else:
            tally.misses.append(f"{name}: {key}: {found} instead of {gold.get(key)}")


def count(folder: Path) -> Tally:
    """Return the counts over a gold folder; raises UsageError when it holds no gold file."""
    tally = Tally()
    for facts in sorted(folder.glob("*.json")):
        source = facts.with_suffix("")
        try:
            gold = json.loads(facts.read_text("utf-8"))
            data = source.read_bytes()
        except (ValueError, OSError) as error:
            raise UsageError(f"{facts.name}: {type(error).__name__}") from error
        _count(tally, source.name, data, gold)
    if not tally.files:
        raise UsageError(f"no gold files in {folder.name}")
    return tally


def gate(folder: Path) -> dict[str, float]:
    """Return precision, recall and F1 of prose blocks, and the share of files with each fact right."""
    tally = count(folder)
    precision = tally.found_right / tally.found if tally.found else 1.0
    recall = tally.gold_met / tally.gold if tally.gold else 1.0
    both = precision + recall
    scores = {
        "prose.precision": round(precision, 4),
        "prose.recall": round(recall, 4),
        "prose.f1": round(2 * precision * recall / both if both else 0.0, 4),
    }
    return scores | {f"{key}.right": round(tally.right[key] / tally.files, 4) for key in _FACTS}


def main() -> None:
    """Print the scores of the gold set and of its held-out part."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("gold/read")
    for part in (folder, folder / "heldout"):
        sys.stdout.write(f"{part.name}\n")
        for key, score in gate(part).items():
            sys.stdout.write(f"  {key:18}{score:7.3f}\n")


if __name__ == "__main__":
    main()
