"""OneNote sections: the words of their pages in order, titles, and the files and pictures on them."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.onestore import (
    Node,
    alternative,
    author,
    file_name,
    files,
    in_order,
    objects,
    text_of,
    titles,
    wide_runs,
)
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type

_TYPE = "application/onenote"
_MOST = 1_000  # files taken out of one section


def _recognise(original: Original) -> str | None:
    return _TYPE if name_type(original) == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the section on one page: the format has no order of pages that could be relied on.

    Problems: `damaged-part`, `damaged`, `too-many-children`, `no-text`.
    """
    draft = Draft(original, media_type, "onenote 1")
    nodes = list(in_order(objects(original.data)))
    pieces = list(_pieces(draft, nodes))
    if not any(node.texts for node in nodes):
        pieces = [Piece(clean(text), "table") for text in dict.fromkeys(wide_runs(original.data))]
        if pieces:
            detail = (
                "the section is kept in a form whose structure is not read: words stand as they were found"
            )
            draft.problem("damaged-part", detail)
    draft.page(pieces)
    names = [name for node in nodes if (name := file_name(node))]
    for number, data in enumerate(files(original.data)):
        if number >= _MOST:
            draft.problem("too-many-children", f"only the first {_MOST} files were taken out")
            break
        draft.hold(draft.child(f"embedded/{number + 1}{_ending(data)}", data, "embedded"))
    for name in names:
        draft.value("file", name)
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the section has no text")
    yield from draft.finish()


def _ending(data: bytes) -> str:
    known = ((b"\x89PNG", ".png"), (b"\xff\xd8", ".jpg"), (b"%PDF", ".pdf"))
    return next((end for mark, end in known if data.startswith(mark)), "")


def _pieces(draft: Draft, nodes: list[Node]) -> Iterator[Piece]:
    """Yield titles, texts and the words of pictures; a text that stands twice in a row, once."""
    last = ""
    for node in nodes:
        draft.value("creator", author(node))
        for title in titles(node):
            draft.value("title", title)
            draft.title = draft.title or title
        for text, shown in ((text_of(node), False), (alternative(node), True)):
            kept = clean(text.replace("\x0b", "\n")).strip()
            if kept and kept != last:
                yield Piece(kept, "caption" if shown else "heading" if kept == draft.title else "paragraph")
                last = kept


READER = Reader(name="onenote", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
