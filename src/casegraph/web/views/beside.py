"""Two documents side by side: what one took from the other, and what each has alone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casegraph.model import Derivation, Page, Passage, Record, Target
from casegraph.pipeline.case import Case
from casegraph.web.base import Ask, NotThereError, View, looked_up

MOST = 200_000
"""Code points of a document that are laid beside another."""

_TOKENS = 2_000
"""Words of a passage up to which they are compared one by one."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+|\s+|.", re.DOTALL)
_PARTS = re.compile(r"\n\s*\n")


class Bit(Record, frozen=True, kw_only=True):
    """Some words, and whether the other passage lacks them."""

    text: str
    only: bool = False


class Cell(Record, frozen=True, kw_only=True):
    """A stretch of one of the two."""

    document: str
    page: int
    start: int
    end: int
    bits: tuple[Bit, ...]


class Pair(Record, frozen=True, kw_only=True):
    """Passages that say the same, or words that one has alone."""

    left: Cell | None
    right: Cell | None
    similarity: float | None = None  # 0 to 1; None: of words that one has alone


class Side(Record, frozen=True, kw_only=True):
    """One of the two."""

    document: str
    name: str
    title: str | None
    language: str | None
    alone: int  # code points that the other has not
    cut: bool  # its end is left out


class Beside(Record, frozen=True, kw_only=True):
    """Two documents side by side; `derivation` is None where casegraph saw no words pass between them."""

    left: Side
    right: Side
    derivation: Derivation | None
    rows: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a document's text: shared, by the number of its passage, or its own alone."""

    document: str
    page: int
    start: int
    end: int
    text: str
    passage: int | None = None


@dataclass(slots=True)
class _Told:
    """The story of one document: its pages without furniture."""

    document: str
    pages: Sequence[Page]
    cut: bool = False
    stretches: list[_Stretch] = field(default_factory=list)


def beside(case: Case, ask: Ask) -> Beside:
    """Lay two documents side by side."""
    with looked_up():
        left, right = (case.document_id(ask.path[name]) for name in ("document", "other"))
    if left == right:
        raise NotThereError("that is one document")
    found = _between(case, left, right) or _between(case, right, left)
    passages = [one for one in found.passages if one.source is not None] if found else []
    told = {one: _Told(one, *_pages(case, one)) for one in (left, right)}
    for one in told.values():
        of = [
            (passage.target if passage.target.document == one.document else passage.source)
            for passage in passages
        ]
        one.stretches = list(_stretches(one, [target for target in of if target is not None]))
    rows = tuple(_rows(told[left], told[right], passages)) if passages else ()
    return Beside(left=_side(case, told[left]), right=_side(case, told[right]), derivation=found, rows=rows)


def _between(case: Case, document: str, source: str) -> Derivation | None:
    return next((one for one in case.derivations(document) if one.source == source), None)


def _pages(case: Case, document: str) -> tuple[list[Page], bool]:
    kept: list[Page] = []
    size = 0
    for page in case.pages(document):
        if size > MOST:
            return kept, True
        kept.append(page)
        size += len(page.text)
    return kept, False


def _stretches(told: _Told, targets: Sequence[Target]) -> Iterator[_Stretch]:
    """Yield a document's text in order: passages, and what lies between them by paragraphs."""
    for page in told.pages:
        own = sorted(
            (target.start, target.end, number)
            for number, target in enumerate(targets)
            if target.page == page.number
        )
        place = 0
        for begin, end, number in own:
            start = max(begin, place)  # of two passages of one place the second has what is left
            if start >= end:
                continue
            yield from _alone(told.document, page, place, start)
            yield _Stretch(told.document, page.number, start, end, page.text[start:end], number)
            place = end
        yield from _alone(told.document, page, place, len(page.text))


def _alone(document: str, page: Page, start: int, end: int) -> Iterator[_Stretch]:
    for block in page.blocks:
        low, high = max(start, block.start), min(end, block.end)
        if block.role != "furniture" and low < high:
            text = page.text[low:high]
            if any(char.isalnum() for char in text):
                yield _Stretch(document, page.number, low, high, text)


def _rows(left: _Told, right: _Told, passages: Sequence[Passage]) -> Iterator[Pair]:
    """Yield rows in the order of the left; what the right has alone follows the passage before it there."""
    behind: dict[int | None, list[_Stretch]] = {}
    last: int | None = None
    for stretch in right.stretches:
        if stretch.passage is None:
            behind.setdefault(last, []).append(stretch)
        else:
            last = stretch.passage
    there = {one.passage: one for one in right.stretches if one.passage is not None}
    for one in behind.pop(None, []):
        yield Pair(left=None, right=_cell(one, (Bit(text=one.text, only=True),)))
    for stretch in left.stretches:
        if stretch.passage is None:
            yield Pair(left=_cell(stretch, (Bit(text=stretch.text, only=True),)), right=None)
            continue
        other = there.pop(stretch.passage, None)
        similarity = passages[stretch.passage].similarity
        if other is None:
            yield Pair(left=_cell(stretch, (Bit(text=stretch.text),)), right=None, similarity=similarity)
        else:
            ours, theirs = compared(stretch.text, other.text)
            yield Pair(left=_cell(stretch, ours), right=_cell(other, theirs), similarity=similarity)
        for one in behind.pop(stretch.passage, []):
            yield Pair(left=None, right=_cell(one, (Bit(text=one.text, only=True),)))
    for rest in behind.values():
        for one in rest:
            yield Pair(left=None, right=_cell(one, (Bit(text=one.text, only=True),)))


def compared(left: str, right: str) -> tuple[tuple[Bit, ...], tuple[Bit, ...]]:
    """Return two passages in bits that both have, or one alone; as they are where few words are the same."""
    ours, theirs = _WORD.findall(left), _WORD.findall(right)
    if max(len(ours), len(theirs)) > _TOKENS:
        return (Bit(text=left),), (Bit(text=right),)
    matcher = difflib.SequenceMatcher(
        None, [one.casefold() for one in ours], [one.casefold() for one in theirs], autojunk=False
    )
    words = sum(
        one.isalnum()
        for match in matcher.get_matching_blocks()
        for one in ours[match.a : match.a + match.size]
    )
    if 4 * words < min(sum(map(str.isalnum, ours)), sum(map(str.isalnum, theirs))):
        return (Bit(text=left),), (Bit(text=right),)  # in another language, or in other words throughout
    first: list[Bit] = []
    second: list[Bit] = []
    for tag, low, high, start, end in matcher.get_opcodes():
        for bits, text in ((first, "".join(ours[low:high])), (second, "".join(theirs[start:end]))):
            if text:
                bits.append(Bit(text=text, only=tag != "equal" and not text.isspace()))
    return tuple(first), tuple(second)


def _cell(one: _Stretch, bits: tuple[Bit, ...]) -> Cell:
    return Cell(document=one.document, page=one.page, start=one.start, end=one.end, bits=bits)


def _side(case: Case, told: _Told) -> Side:
    row = case.document(told.document).row
    return Side(
        document=told.document,
        name=row.names[0] if row.names else told.document,
        title=row.document.title if row.document else None,
        language=row.document.language if row.document else None,
        alone=sum(len(one.text) for one in told.stretches if one.passage is None),
        cut=told.cut,
    )


BESIDE = View(
    "beside", "/documents/{document}/beside/{other}", Beside, beside,
    "Two documents side by side: what they share, what each has alone.",
)  # fmt: skip
