"""Older documents: Works, Publisher, Visio (VSD), Windows Write, Word 2, WordPerfect 4: words, no layout."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator

import olefile

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.embedded import has_macros, hold_objects
from casegraph.read.layout import lay_out
from casegraph.read.lines import Line
from casegraph.read.officemeta import compound_properties
from casegraph.read.oldtexts import chunk_texts, word_2, wordperfect_4, works_4, write_text
from casegraph.read.pieces import Piece
from casegraph.read.sectors import chains_end
from casegraph.read.unread import name_type
from casegraph.read.visiofile import Drawing

_WORKS, _PUBLISHER = "application/vnd.ms-works", "application/x-mspublisher"
_VISIO = "application/vnd.visio"
_COMPOUND = frozenset({_WORKS, _PUBLISHER, _VISIO})
_PLAIN: dict[str, Callable[[bytes], bytes | None]] = {
    "application/x-mswrite": write_text,
    "application/msword2": word_2,
    "application/vnd.wordperfect-4": wordperfect_4,
}
_BROKEN = (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError)
_END = re.compile(r"[\r\n\x0c\x0b]+")
_FIELD = re.compile("\x13[^\x13\x14\x15]{0,400}\x14|[\x13\x14\x15]")
"""What a Word field begins with: its instruction, whose result follows."""


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    if media_type == "application/octet-stream" and wordperfect_4(original.data) is not None:
        return "application/vnd.wordperfect-4"
    return media_type if media_type in _COMPOUND or media_type in _PLAIN else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the running text; a Visio drawing has a page for each stream of shapes.

    Problems: `damaged`, `undecodable`, `macros-not-run`, `attachment-unread`, `no-text`.
    """
    draft = Draft(original, media_type, "older 1")
    if media_type in _COMPOUND:
        _compound(draft)
    else:
        decoded = decode(_PLAIN[media_type](original.data) or b"")
        draft.decoding(decoded)
        _running(draft, _FIELD.sub("", decoded.text))
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the document has no text that could be found")
    yield from draft.finish()


def _compound(draft: Draft) -> None:
    data = draft.original.data
    if not chains_end(data):
        draft.problem("damaged", "the compound file is broken: its streams cannot be followed")
        return
    compound_properties(draft, data)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            streams = {"/".join(path).lower(): path for path in whole.listdir()}
            if draft.media_type == _VISIO:
                _drawing(draft, whole.openstream(streams["visiodocument"]).read())
            else:
                for text in _texts(whole, streams):
                    _running(draft, text)
    except (*_BROKEN, KeyError):
        draft.problem("damaged", "the compound file is broken: its text cannot be taken out")
    if unread := hold_objects(draft, data):
        draft.problem("attachment-unread", f"{unread} embedded documents could not be taken out")
    if has_macros(data):
        draft.problem("macros-not-run", "the file holds macros; they were neither run nor read")


def _texts(whole: olefile.OleFileIO, streams: dict[str, list[str]]) -> Iterator[str]:
    for name in ("quill/quillsub/contents", "contents", "mn0", "mm"):
        if name in streams:
            data = whole.openstream(streams[name]).read()
            if data[:4] == b"CHNK":
                yield from chunk_texts(data)
            elif name in {"mn0", "mm"}:
                yield decode(works_4(data)).text


def _drawing(draft: Draft, data: bytes) -> None:
    drawing = Drawing(data)
    for texts in drawing.texts():
        draft.page(Piece(clean(text), "paragraph") for text in dict.fromkeys(texts))
    if drawing.broken:
        draft.problem("damaged", "the drawing is broken, or older than 1998; it was read as far as it goes")


def _running(draft: Draft, text: str) -> None:
    kept = [part.strip() for part in _END.split(clean(_END.sub("\n", text))) if part.strip()]
    lines = [Line(part, number) for number, part in enumerate(kept)]
    layout = lay_out(lines, page=False)
    draft.title = draft.title or layout.title
    draft.authors = draft.authors or layout.authors
    draft.page(Piece(line.text, role) for line, role in zip(lines, layout.roles, strict=True))


READER = Reader(
    name="older",
    version=1,
    media_types=(*sorted(_COMPOUND), *_PLAIN),
    recognise=_recognise,
    read=read,
)
