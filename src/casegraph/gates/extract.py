"""Precision, recall and F1 of the `extract` stage on its gold set."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casegraph.errors import UsageError
from casegraph.extract import STAGE
from casegraph.model import Block, Date, Document, Mention, MentionKind, Page, Pages, content_id, make_id

LANGUAGES = ("en", "ru", "zh")
# Files that mark some kinds only: there the others are not counted.
_PARTS: tuple[tuple[str, frozenset[MentionKind]], ...] = (
    ("", frozenset(("name", "date", "amount", "quantity", "identifier"))),
    ("identifiers-", frozenset(("identifier",))),
    ("figures-", frozenset(("date", "amount", "quantity"))),
)
_TAG = re.compile(r"<(?P<tag>[A-Za-z]+)(?: (?P<value>[^<>]*))?>(?P<words>[^<>]*)</(?P=tag)>")
_PLURALS: dict[MentionKind, str] = {
    "name": "names",
    "date": "dates",
    "amount": "amounts",
    "quantity": "quantities",
    "identifier": "identifiers",
}
_KINDS: dict[str, MentionKind] = {
    "date": "date", "amount": "amount", "quantity": "quantity", "identifier": "identifier"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked or found span: `value` is what must agree besides the place."""

    kind: MentionKind
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the gold set."""

    id: str
    published: str
    text: str
    marks: tuple[Mark, ...]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _marked_value(tag: str, value: str) -> str:
    """Return the gold value in the form of `_found_value`."""
    if tag in {"amount", "quantity"}:
        low, high, unit = value.removeprefix("~").split("/", 2)
        numbers = "/".join(_plain(float(side)) if side else "" for side in (low, high))
        return f"{numbers}/{unit}"
    return value if tag in {"date", "identifier"} else tag


def _found_value(mention: Mention) -> str:
    if mention.date is not None:
        return f"{mention.date.start or ''}/{mention.date.end or ''}"
    if mention.amount is not None:
        amount = mention.amount
        return f"{_plain(amount.minimum)}/{_plain(amount.maximum)}/{amount.currency or ''}"
    if mention.quantity is not None:
        quantity = mention.quantity
        return f"{_plain(quantity.minimum)}/{_plain(quantity.maximum)}/{quantity.unit}"
    if mention.kind == "identifier":
        return mention.detector.partition(":")[2]
    return mention.schema or ""


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the gold sentences of a file. Raises UsageError where the mark-up is broken."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        record = json.loads(line)
        text, marks, place = "", [], 0
        for match in _TAG.finditer(record["marked"]):
            text += record["marked"][place : match.start()]
            start, place = len(text), match.end()
            text += match["words"]
            tag = match["tag"]
            value = _marked_value(tag, match["value"] or "")
            marks.append(Mark(_KINDS.get(tag, "name"), start, len(text), value))
        text += record["marked"][place:]
        if "<" in text or ">" in text:
            message = f"{path.name}:{number}: a tag is not closed"
            raise UsageError(message)
        yield Sentence(record["id"], record["published"], text, tuple(marks))


def _blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs: most lines hold one, some two that belong together."""
    place = 0
    for paragraph in text.split("\n\n"):
        yield Block(start=place, end=place + len(paragraph), role="paragraph")
        place += len(paragraph) + 2


def found(sentence: Sentence, language: str = "en") -> tuple[Mark, ...]:
    """Return what the stage finds in the sentence, read as a document of its own in the language."""
    document = content_id(sentence.id.encode() + sentence.text.encode())
    page = Page(
        id=make_id("page", document, 1),
        document=document,
        number=1,
        text=sentence.text,
        blocks=tuple(_blocks(sentence.text)),
        language=language,
    )
    day = Date(start=sentence.published, end=None, text=sentence.published)
    whole = Document(id=document, media_type="text/plain", size=len(sentence.text), published=day)
    return tuple(
        Mark(record.kind, record.target.start, record.target.end, _found_value(record))
        for record in STAGE.run(Pages(document=whole, pages=(page,)))
        if isinstance(record, Mention)
    )


def _overlaps(one: Mark, other: Mark) -> bool:
    return one.start < other.end and other.start < one.end


def _hits(marks: tuple[Mark, ...], others: tuple[Mark, ...], how: str) -> int:
    """Count the marks that another one meets: same span, same span and value, or some overlap."""
    if how == "overlap":
        return sum(any(_overlaps(mark, other) for other in others) for mark in marks)
    if how == "exact":
        spans = {(other.start, other.end) for other in others}
        return sum((mark.start, mark.end) in spans for mark in marks)
    return sum(mark in others for mark in marks)


@dataclass(slots=True)
class _Tally:
    """What was right, made, met and marked by kind and strictness, and what was found where nothing is."""

    counts: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    false: Counter[str] = field(default_factory=Counter)

    def add(self, gold: tuple[Mark, ...], ours: tuple[Mark, ...], kind: MentionKind) -> None:
        """Count one kind in one sentence."""
        for how in ("overlap", "exact", "value"):
            tally = self.counts[f"{_PLURALS[kind]}.{how}"]
            numbers = (_hits(ours, gold, how), len(ours), _hits(gold, ours, how), len(gold))
            for place, number in enumerate(numbers):
                tally[place] += number

    def scores(self) -> dict[str, float]:
        """Return precision, recall and F1 by kind and strictness, and the false finds."""
        found: dict[str, float] = {f"false.{name}": float(number) for name, number in self.false.items()}
        for key, (right, made, met, marked) in self.counts.items():
            precision = right / made if made else 1.0
            recall = met / marked if marked else 1.0
            both = precision + recall
            found[f"{key}.precision"] = round(precision, 4)
            found[f"{key}.recall"] = round(recall, 4)
            found[f"{key}.f1"] = round(2 * precision * recall / both if both else 0.0, 4)
        return found


def _measure(files: Iterable[tuple[Path, frozenset[MentionKind]]], language: str) -> dict[str, float]:
    """Return the figures of the files of one language; see `gate`."""
    tally = _Tally()
    tally.false.update({"unmarked": 0, "identifiers": 0, "figures": 0})
    for path, kinds in files:
        for sentence in sentences(path):
            finds = tuple(mark for mark in found(sentence, language) if mark.kind in kinds)
            tally.false["unmarked"] += 0 if sentence.marks else len(finds)
            for mark in finds:
                if mark.kind != "name" and not any(_overlaps(mark, other) for other in sentence.marks):
                    tally.false["identifiers" if mark.kind == "identifier" else "figures"] += 1
            for kind in _PLURALS:
                if kind in kinds:
                    gold = tuple(mark for mark in sentence.marks if mark.kind == kind)
                    tally.add(gold, tuple(mark for mark in finds if mark.kind == kind), kind)
    return tally.scores()


def gate(folder: Path, *, held_out: bool = False) -> dict[str, float]:
    """Return precision, recall and F1 by kind and strictness on the gold set in `folder`.

    Keys are `names.exact.f1`, `dates.value.recall`: `overlap` counts any common character, `exact`
    the same span, `value` the same span and what it stands for (schema, interval, sum, quantity).
    `false.unmarked` counts finds in sentences where nothing is marked, `false.identifiers` and
    `false.figures` those that no mark overlaps. `held_out` asks for the sentences that no rule was written
    for instead. Figures of other languages than English have the code before them.
    """
    scores: dict[str, float] = {}
    lead = "heldout-" if held_out else ""
    for language in LANGUAGES:
        files = [(folder / f"{lead}{part}{language}.jsonl", kinds) for part, kinds in _PARTS]
        there = [(path, kinds) for path, kinds in files if path.is_file()]
        if there or language == LANGUAGES[0]:
            own = _measure(there, language)
            scores.update({_named(key, language): own[key] for key in own})
    return scores


def _named(key: str, language: str) -> str:
    """Return a figure's name: English has none before it, so that its floors kept theirs."""
    if language == LANGUAGES[0]:
        return key
    first, dot, rest = key.partition(".")
    return f"false.{language}.{rest}" if first == "false" else f"{language}.{first}{dot}{rest}"


def main() -> None:
    """Print the scores of the gold set."""
    scores = gate(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("gold/extract"))
    for key in [key for key in scores if key.startswith("false.")]:
        print(f"{key:32}{scores.pop(key):7.0f}")
    for key in sorted({key.rpartition(".")[0] for key in scores}):
        numbers = " ".join(f"{scores[f'{key}.{part}']:7.3f}" for part in ("precision", "recall", "f1"))
        print(f"{key:32}{numbers}")


if __name__ == "__main__":
    main()
