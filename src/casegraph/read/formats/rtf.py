"""Rich text (RTF 1.9.1, and what older and sloppier programs write)."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.bylines import is_name
from casegraph.read.draft import Draft
from casegraph.read.embedded import hold_rtf_objects
from casegraph.read.layout import lay_out
from casegraph.read.limits import MAX_CHILD
from casegraph.read.lines import Line
from casegraph.read.pieces import Piece
from casegraph.read.richtext import RichReader
from casegraph.read.rtfstory import Rich
from casegraph.read.unread import name_type

_RTF = "application/rtf"
_SMALLEST_IMAGE = 10_000  # bytes; below it are logos, bullets and lines
_MOST_IMAGES = 1_000


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type == _RTF else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the document with its running heads, notes, comments, boxes and tables; objects are children.

    Words that are hidden or were deleted with changes tracked stand at the end, as furniture.
    Problems: `truncated`, `hidden-text`, `deleted-text`, `attachment-unread`, `no-text`.
    """
    draft = Draft(original, media_type, "rtf 1")
    found = RichReader().read(original.data)
    if not found.whole:
        draft.problem("truncated", "the outermost brace is not closed; the last part may be missing")
    for key, value in found.values:
        draft.value(key, value)
    for address, text in found.links:
        draft.link(address, text)
    draft.page(_pieces(draft, found))
    if not draft.filled:
        draft.problem("no-text", "the document has no text")
    _hold(draft, found)
    yield from draft.finish()


def _pieces(draft: Draft, found: Rich) -> Iterator[Piece]:
    """Yield the pieces with the roles that the text itself tells where no style does."""
    pieces = list(found.pages())
    lines = [
        Line(piece.text, group, fixed=None if piece.role == "paragraph" else piece.role)
        for group, piece in enumerate(pieces)
    ]
    layout = lay_out(lines, page=False)
    creators = draft.metadata.get("creator", ())
    draft.title = next(iter(draft.metadata.get("title", ())), None) or layout.title
    draft.authors = layout.authors or [name for name in creators if is_name(name)]
    draft.published = layout.published
    for piece, role in zip(pieces, layout.roles, strict=True):
        yield piece if piece.table is not None else Piece(piece.text, role)
    for texts, code, what in (
        (found.hidden, "hidden-text", "hidden words"),
        (found.deleted, "deleted-text", "words deleted with changes tracked"),
    ):
        text = "".join(texts).strip()
        if text:
            yield Piece(text, "furniture")
            draft.problem(code, f"{what} stand at the end of the page, where no claim rests on them")


def _hold(draft: Draft, found: Rich) -> None:
    """Hold the objects, and images that may show more than a logo."""
    hold_rtf_objects(draft, found.objects)
    for number, (ending, content) in enumerate(found.pictures[:_MOST_IMAGES], 1):
        if _SMALLEST_IMAGE <= len(content) <= MAX_CHILD:
            draft.hold(draft.child(f"media/image{number}.{ending}", content, "embedded"))


READER = Reader(name="rtf", version=1, media_types=(_RTF,), recognise=_recognise, read=read)
