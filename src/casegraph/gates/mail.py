"""How well the reading of mails tells what is quoted, whose it is, and which mail answers which.

The gold set is a file of mails as they came, with their own texts, the quoted ones and their writers, the
mail that each answers and its conversation; see gold/mail/make.py.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casegraph.attribute.quoted import find_quoters
from casegraph.errors import UsageError
from casegraph.model import CLAIM_ROLES, Document, Original, Page, content_id
from casegraph.pipeline.letters import letter_of
from casegraph.read import STAGE
from casegraph.resolve.threads import Letter, Placed, place
from casegraph.text import fold

NAME = "mails.jsonl"


@dataclass(slots=True)
class Tally:
    """Counts over all mails."""

    new: int = 0
    new_kept: int = 0  # read as the sender's own
    quoted: int = 0
    quoted_kept: int = 0  # read as quoted
    writers: int = 0  # quoted texts whose writer the mail names
    writers_right: int = 0
    misses: list[str] = field(default_factory=list)


def _block_of(text: str, page: Page) -> int | None:
    """Return the block in which a text stands, the longest one if in several."""
    wanted = fold(text)
    for number, block in enumerate(page.blocks):
        if block.role != "title" and wanted in fold(page.text[block.start : block.end]):
            return number
    return None


def _count(tally: Tally, gold: dict[str, Any], page: Page) -> None:
    quoters = find_quoters(page)
    for text in gold["new"]:
        number = _block_of(text, page)
        own = number is not None and page.blocks[number].role in CLAIM_ROLES - {"quote"}
        tally.new += 1
        tally.new_kept += own
        if not own:
            tally.misses.append(f"{gold['name']}: not the sender's: {text}")
    for text, writer in gold["quoted"]:
        number = _block_of(text, page)
        quoted = number is not None and page.blocks[number].role == "quote"
        tally.quoted += 1
        tally.quoted_kept += quoted
        if not quoted:
            tally.misses.append(f"{gold['name']}: not quoted: {text}")
        if writer is not None:
            found = quoters[number].name if quoted and number is not None and number in quoters else None
            tally.writers += 1
            tally.writers_right += found == writer
            if found != writer:
                tally.misses.append(f"{gold['name']}: {text}: written by {found} instead of {writer}")


def count(folder: Path) -> tuple[Tally, dict[str, float]]:
    """Return the counts over a gold file, and the figures of its threads; UsageError when there is none."""
    try:
        lines = (folder / NAME).read_text("utf-8").splitlines()
        golds: list[dict[str, Any]] = [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise UsageError(f"{NAME} in {folder.name}: {type(error).__name__}") from error
    tally = Tally()
    letters: dict[str, Letter] = {}
    for gold in golds:
        data = gold["raw"].encode()
        records = list(STAGE.run(Original(document=content_id(data), data=data, names=("mail.eml",))))
        _count(tally, gold, next(one for one in records if isinstance(one, Page)))
        letters[gold["name"]] = letter_of(next(one for one in records if isinstance(one, Document)))
    placed = {one.document: one for one in place(letters.values())}
    where = {name: placed[letter.document] for name, letter in letters.items()}
    return tally, _threads(tally, golds, where)


def _threads(tally: Tally, golds: list[dict[str, Any]], where: dict[str, Placed]) -> dict[str, float]:
    """Return precision and recall of the links to the mail answered, and of pairs in one conversation."""
    names = {placed.document: name for name, placed in where.items()}
    found = {(name, names[one.parent]) for name, one in where.items() if one.parent is not None}
    gold = {(one["name"], one["answers"]) for one in golds if one["answers"]}
    pairs = set(itertools.combinations(sorted(where), 2))
    thread = {one["name"]: one["thread"] for one in golds}
    together = {(one, other) for one, other in pairs if where[one].root == where[other].root}
    wanted = {(one, other) for one, other in pairs if thread[one] == thread[other]}
    tally.misses += [f"wrong link: {pair}" for pair in sorted(found - gold)]
    tally.misses += [f"missed link: {pair}" for pair in sorted(gold - found)]
    tally.misses += [f"wrongly together: {pair}" for pair in sorted(together - wanted)]
    tally.misses += [f"kept apart: {pair}" for pair in sorted(wanted - together)]
    return _scores("links", found, gold) | _scores("threads", together, wanted)


def _scores(name: str, found: set[tuple[str, str]], gold: set[tuple[str, str]]) -> dict[str, float]:
    right = len(found & gold)
    precision = right / len(found) if found else 1.0
    recall = right / len(gold) if gold else 1.0
    both = precision + recall
    return {
        f"{name}.precision": round(precision, 4),
        f"{name}.recall": round(recall, 4),
        f"{name}.f1": round(2 * precision * recall / both if both else 0.0, 4),
    }


def gate(folder: Path) -> dict[str, float]:
    """Return the figures of a gold folder.

    `false.wrong-mouth` is the share of quoted texts that are read as the sender's own, or as another's.
    """
    tally, threads = count(folder)
    own = tally.new_kept + tally.quoted - tally.quoted_kept
    wrong = tally.quoted - tally.quoted_kept + tally.writers - tally.writers_right
    return {
        "new.precision": round(tally.new_kept / own if own else 1.0, 4),
        "new.recall": round(tally.new_kept / tally.new if tally.new else 1.0, 4),
        "quoted.recall": round(tally.quoted_kept / tally.quoted if tally.quoted else 1.0, 4),
        "writer.accuracy": round(tally.writers_right / tally.writers if tally.writers else 1.0, 4),
        "false.wrong-mouth": round(wrong / tally.quoted if tally.quoted else 0.0, 4),
    } | threads
