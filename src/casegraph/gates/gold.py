"""Gold sets: marked text in, plain text with spans out."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casegraph.errors import UsageError
from casegraph.model import Block, Document, Page, Pages, content_id, make_id

Span = tuple[int, int]
_LANGUAGES = frozenset({"en", "ru", "zh"})
_TAG = re.compile(r"<(/?)([sct])(\d+)>")


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One marked attribution; spans are sorted characters of the plain text."""

    number: int
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One sentence or article of a gold set."""

    id: str
    genre: str
    text: str
    attributions: tuple[GoldAttribution, ...]
    claims: tuple[dict[str, Any], ...] = field(default=())
    typed: bool = True  # whether the typed claims are marked too
    language: str = "en"  # ISO 639-1


def load_gold(path: Path) -> list[GoldItem]:
    """Return the items of a JSON Lines gold file; raises UsageError naming the line that is wrong."""
    items = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            items.append(_item(data))
        except (ValueError, KeyError) as error:
            raise UsageError(f"{path.name} line {number}: {error}") from error
    return items


def _item(data: dict[str, Any]) -> GoldItem:
    text, spans = strip_tags(data["marked"])
    numbers = sorted({int(key[1:]) for key in spans} | {int(key) for key in data["attributions"]})
    attributions = tuple(
        GoldAttribution(
            number,
            tuple(sorted(spans.get(f"s{number}", []))),
            tuple(sorted(spans.get(f"c{number}", []))),
            tuple(sorted(spans.get(f"t{number}", []))),
            data["attributions"].get(str(number), {}),
        )
        for number in numbers
    )
    claims = tuple(data.get("claims", ()))
    language = data["id"].partition("-")[0]  # "ru-s-001"
    return GoldItem(
        data["id"], data["genre"], text, attributions, claims, typed="claims" in data,
        language=language if language in _LANGUAGES else "en",
    )  # fmt: skip


def strip_tags(marked: str) -> tuple[str, dict[str, list[Span]]]:
    """Return the plain text and the spans by tag name; raises ValueError on unbalanced tags."""
    spans: dict[str, list[Span]] = defaultdict(list)
    opened: dict[str, int] = {}
    pieces: list[str] = []
    place = length = 0
    for tag in _TAG.finditer(marked):
        piece = marked[place : tag.start()]
        pieces.append(piece)
        length += len(piece)
        place = tag.end()
        name = tag[2] + tag[3]
        if tag[1]:
            spans[name].append((opened.pop(name), length))
        else:
            opened[name] = length
    if opened:
        raise ValueError(f"tags left open: {', '.join(opened)}")
    pieces.append(marked[place:])
    return "".join(pieces), dict(spans)


def gold_pages(item: GoldItem) -> Pages:
    """Return the item as a document of one page; paragraphs become blocks, an article's first its title."""
    blocks = []
    place = 0
    paragraphs = item.text.split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        first = number == 0 and len(paragraphs) > 2
        if paragraph.strip():
            blocks.append(
                Block(
                    start=place,
                    end=place + len(paragraph),
                    role="title" if first else "paragraph",
                    language=item.language,
                )
            )
        place += len(paragraph) + 2
    document = content_id(item.text.encode())
    page = Page(
        id=make_id("page", document, 1),
        document=document,
        number=1,
        text=item.text,
        blocks=tuple(blocks),
        language=item.language,
    )
    return Pages(
        document=Document(
            id=document, media_type="text/plain", size=len(item.text), language=item.language, pages=1
        ),
        pages=(page,),
    )
