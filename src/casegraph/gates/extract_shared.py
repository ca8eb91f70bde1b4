"""Names that `extract` finds in other people's Russian news: `casegraph gate extract-shared`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from casegraph.errors import MissingPartError
from casegraph.extract import STAGE
from casegraph.gates.borrowed import in_part, rows
from casegraph.model import Block, Document, Mention, Page, Pages, content_id, make_id

_TYPES = {"Person": "person", "Org": "organisation", "Location": "place", "LocOrg": "place"}
_OURS = {"Person": "person", "Address": "place"} | dict.fromkeys(
    ("Organization", "Company", "PublicBody", "LegalEntity"), "organisation"
)
# Spans that a comparator asks for (FactRuEval 2016, scripts/dialent/config.py); descriptors may be in or out.
_MARKS = frozenset('«»"“”„')  # the set leaves quotation marks at a name's ends out
_NAMING = frozenset("name surname patronymic nickname org_name loc_name".split())


class Object(NamedTuple):
    """A marked name: what must be in (`start` to `end`) and what may be (`first` to `last`)."""

    kind: str
    start: int
    end: int
    first: int
    last: int
    named: bool  # False: a description alone, that is neither wanted nor wrong


@dataclass(slots=True)
class _Count:
    """Right and made, met and marked."""

    made: int = 0
    marked: int = 0
    exact: int = 0
    near_made: int = 0
    near_marked: int = 0


def gate(folder: Path, *, held_out: bool = False) -> dict[str, float]:
    """Return precision, recall and F1 of persons, organisations, places in half of FactRuEval 2016's devset.

    `exact`: all words of the name and none beyond it and its descriptor; `overlap`: a character in common. A
    name within a longer one is not asked for. MissingPartError where the data are not beside the checkout.
    """
    data = folder.resolve().parents[2] / "shared" / "data" / "relations" / "factrueval2016_ru" / "devset"
    if not data.is_dir():
        raise MissingPartError("other people's data are not in ../shared/data/relations")
    counts = {kind: _Count() for kind in dict.fromkeys(_TYPES.values())}
    for path in sorted(data.glob("*.objects")):
        if in_part(path.stem, held_out=held_out):
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            marked, found = list(objects(path)), list(_found(text))
            for kind, count in counts.items():
                _add(
                    count,
                    [one for one in marked if one.kind == kind],
                    [one for one in found if one[0] == kind],
                )
    scores: dict[str, float] = {}
    for kind, count in counts.items():
        scores |= _rates(f"factrueval.{kind}.exact", (count.exact, count.exact), count)
        scores |= _rates(f"factrueval.{kind}.overlap", (count.near_made, count.near_marked), count)
    return scores


def objects(path: Path) -> Iterator[Object]:
    """Yield the names of a document without those inside others."""
    spans = {
        row[0]: (row[1], int(row[2]), int(row[2]) + int(row[3])) for row in rows(path.with_suffix(".spans"))
    }
    found = []
    for row in rows(path):
        own = [spans[key] for key in row[2:] if key in spans and spans[key][0] != "job"]
        if row[1] in _TYPES and own:
            naming = [span for span in own if span[0] in _NAMING] or own
            found.append(
                Object(
                    _TYPES[row[1]],
                    min(span[1] for span in naming),
                    max(span[2] for span in naming),
                    min(span[1] for span in own),
                    max(span[2] for span in own),
                    any(span[0] in _NAMING for span in own),
                )
            )
    for one in found:
        if not any(
            other.first <= one.first
            and one.last <= other.last
            and other.last - other.first > one.last - one.first
            for other in found
        ):
            yield one


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    own = content_id(text.encode())
    blocks, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(start=place, end=place + len(line), role="paragraph", language="ru"))
        place += len(line) + 1
    page = Page(
        id=make_id("page", own, 1), document=own, number=1, text=text, blocks=tuple(blocks), language="ru"
    )
    document = Document(id=own, media_type="text/plain", size=len(text), language="ru")
    for one in STAGE.run(Pages(document=document, pages=(page,))):
        if isinstance(one, Mention) and one.kind == "name" and one.schema in _OURS:
            lead, tail = one.target.exact[:1] in _MARKS, one.target.exact[-1:] in _MARKS
            yield _OURS[one.schema], one.target.start + lead, one.target.end - tail


def _add(count: _Count, marked: list[Object], found: list[tuple[str, int, int]]) -> None:
    wanted = [one for one in marked if one.named]
    for _, start, end in found:
        near = [one for one in marked if start < one.last and one.first < end]
        if near and not any(one.named for one in near):
            continue  # "правительство": may be found or left
        count.made += 1
        count.near_made += bool(near)
        count.exact += any(
            one.first <= start <= one.start and one.end <= end <= one.last for one in near if one.named
        )
    count.marked += len(wanted)
    count.near_marked += sum(any(s < one.last and one.first < e for _, s, e in found) for one in wanted)


def _rates(name: str, right: tuple[int, int], count: _Count) -> dict[str, float]:
    precision, recall = right[0] / max(1, count.made), right[1] / max(1, count.marked)
    both = precision + recall
    return {
        f"{name}.precision": round(precision, 4),
        f"{name}.recall": round(recall, 4),
        f"{name}.f1": round(2 * precision * recall / both if both else 0.0, 4),
    }
