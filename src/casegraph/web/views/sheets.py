"""A page as its document shows it, with the places of what was found on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from casegraph.model import Box, Claim, Document, Layout, Mention, Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reading import has_pictures
from casegraph.web.views.passages import Span

_AROUND = 2_400  # hundredths of a point above and below what is marked: two lines or so


class Mark(Record, frozen=True, kw_only=True):
    """A place on the picture, in hundredths of a point from its upper left corner: words on one line."""

    left: int
    top: int
    width: int
    height: int
    claim: str | None = None  # id
    entity: str | None = None  # id
    chosen: bool = False  # the address asks for it


class Sheet(Record, frozen=True, kw_only=True):
    """The picture of a page. Where its words have no places, neither has it a size here."""

    document: str
    page: int
    width: int | None = None  # hundredths of a point
    height: int | None = None
    shown: tuple[int, int, int, int] | None = None  # left, top, width, height of the part that is shown
    marks: tuple[Mark, ...] = ()


def sheet(
    case: Case,
    document: Document,
    page: int,
    claims: Iterable[Claim] = (),
    mentions: Iterable[tuple[Mention, str | None]] = (),
    *,
    chosen: Span | None = None,
    asked: str | None = None,
) -> Sheet | None:
    """Return what is marked on a page's picture: claims, names over them, what the address asks for.

    None where the document's format has no pictures of its pages.
    """
    if not has_pictures(document):
        return None
    layout = next((one for one in case.layouts(document.id) if one.page == page), None)
    if layout is None:
        return Sheet(document=document.id, page=page)
    marks = list(_claimed(layout, claims, asked))
    for mention, entity in mentions:
        if entity is not None:
            span = mention.target.start, mention.target.end
            marks += (_mark(one, entity=entity) for one in _lines(layout, span))
    if chosen is not None:
        marks += (_mark(one, chosen=True) for one in _lines(layout, chosen))
    return Sheet(
        document=document.id, page=page, width=layout.width, height=layout.height,
        shown=(0, 0, layout.width, layout.height), marks=tuple(marks),
    )  # fmt: skip


def clipped(whole: Sheet | None) -> Sheet | None:
    """Return a sheet of which no more is shown than what is marked, and a little around it."""
    if whole is None or whole.height is None or whole.width is None or not whole.marks:
        return None
    top = max(min(one.top for one in whole.marks) - _AROUND, 0)
    bottom = min(max(one.top + one.height for one in whole.marks) + _AROUND, whole.height)
    return replace(whole, shown=(0, top, whole.width, bottom - top))


def _claimed(layout: Layout, claims: Iterable[Claim], asked: str | None) -> Iterator[Mark]:
    spans: dict[Span, list[str]] = {}
    for claim in claims:
        for target in claim.evidence:
            if target.page == layout.page:
                spans.setdefault((target.start, target.end), []).append(claim.id)
    for span, ids in spans.items():
        chosen = asked in ids
        for line in _lines(layout, span):
            yield _mark(line, claim=asked if chosen else ids[0], chosen=chosen)


def _mark(box: Box, *, claim: str | None = None, entity: str | None = None, chosen: bool = False) -> Mark:
    return Mark(
        left=box.left, top=box.top, width=max(box.right - box.left, 1), height=max(box.bottom - box.top, 1),
        claim=claim, entity=entity, chosen=chosen,
    )  # fmt: skip


def _lines(layout: Layout, span: Span) -> Iterator[Box]:
    """Yield the boxes of words, those that follow each other on a line as one."""
    line: Box | None = None
    for box in layout.boxes(*span):
        if line is not None and _same_line(line, box):
            line = Box(
                start=line.start, end=box.end, left=min(line.left, box.left), top=min(line.top, box.top),
                right=max(line.right, box.right), bottom=max(line.bottom, box.bottom),
            )  # fmt: skip
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _same_line(line: Box, box: Box) -> bool:
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    tall = min(line.bottom - line.top, box.bottom - box.top)
    near = -tall <= box.left - line.right <= 3 * tall
    return 2 * shared > tall and near
