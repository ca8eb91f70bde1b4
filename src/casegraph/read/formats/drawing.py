"""Drawings: the words of EMF, WMF and DXF, and what AutoCAD's DWG says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.metafiles import (
    dwg_properties,
    dxf_texts,
    emf_comments,
    emf_texts,
    emf_title,
    wmf_texts,
)
from casegraph.read.pieces import Piece
from casegraph.read.unread import label, name_type

_EMF, _WMF, _DXF, _DWG = "image/emf", "image/wmf", "image/vnd.dxf", "image/vnd.dwg"
_AUTOCAD = {
    b"AC1009": "R12", b"AC1012": "R13", b"AC1014": "R14", b"AC1015": "2000", b"AC1018": "2004",
    b"AC1021": "2007", b"AC1024": "2010", b"AC1027": "2013", b"AC1032": "2018",
}  # fmt: skip


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in {_EMF, _WMF, _DXF, _DWG} else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the words of a drawing, those of one line together; a PDF inside an EMF is a child.

    Problems: `unread-type`, `undecodable`, `no-text`.
    """
    draft = Draft(original, media_type, "drawing 1")
    data = original.data
    if media_type == _DWG:
        draft.value("version", _AUTOCAD.get(data[:6]))
        for key, value in dwg_properties(data).items():
            draft.value(key, value)
        draft.title = next(iter(draft.metadata.get("title", ())), None)
        draft.authors = draft.metadata.get("creator", ())
        draft.problem("unread-type", f"no reader for {label(media_type)}; what it says of itself was read")
    elif media_type == _DXF:
        _dxf(draft)
    else:
        _metafile(draft)
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the drawing holds no words")
    yield from draft.finish()


def _dxf(draft: Draft) -> None:
    decoded = decode(draft.original.data)
    draft.decoding(decoded)
    found = list(dxf_texts(decoded.text))
    for layer, _ in found:
        draft.value("layer", layer)
    draft.page(Piece(clean(words), "paragraph") for _, words in found)


def _metafile(draft: Draft) -> None:
    data = draft.original.data
    if draft.media_type == _EMF:
        for value in emf_title(data):
            draft.value("description", value)
        draft.page(_lines(emf_texts(data)))
        for number, comment in enumerate(emf_comments(data), 1):
            start = comment[:64].find(b"%PDF-")
            if start >= 0:
                draft.hold(draft.child(f"embedded/{number}.pdf", comment[start:], "embedded"))
        return
    parts = list(wmf_texts(data))
    decoded = decode(b"\n".join(parts))
    draft.decoding(decoded)
    draft.page(_lines(iter(decoded.text.split("\n"))))


def _lines(texts: Iterator[str]) -> Iterator[Piece]:
    """Yield the words as one block: records are parts of lines, and where they stand is not told."""
    words = [kept for text in texts if (kept := clean(text).strip())]
    if words:
        yield Piece(" ".join(words), "paragraph")


READER = Reader(
    name="drawing", version=1, media_types=(_EMF, _WMF, _DXF, _DWG), recognise=_recognise, read=read
)
