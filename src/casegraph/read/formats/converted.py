"""What xberg reads and no reader of our own: EPUB, FictionBook, iWork, WordPerfect."""

from __future__ import annotations

import asyncio
import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import xberg

from casegraph.model import BlockRole, Original
from casegraph.read.base import Reader, Reading
from casegraph.read.bylines import is_name
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.embedded import hold_pictures
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.layout import lay_out
from casegraph.read.limits import HARMLESS_OUTPUT, MAX_UNPACKED
from casegraph.read.lines import Line
from casegraph.read.package import Package
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type, unpacks_to

_ASKED = {
    "application/epub+zip": "application/epub+zip",
    "application/vnd.wordperfect": "application/vnd.wordperfect",
    "application/x-fictionbook+xml": "application/x-fictionbook+xml",
    "application/x-hwp": "application/x-hwp",
    "application/haansofthwpx": "application/haansofthwpx",
    "application/vnd.apple.pages": "application/x-iwork-pages-sffpages",
    "application/vnd.apple.keynote": "application/x-iwork-keynote-sffkey",
    "application/vnd.apple.numbers": "application/x-iwork-numbers-sffnumbers",
}
"""Media types, and what xberg calls them."""

_LAYERS: dict[str, BlockRole] = {"header": "header", "footer": "footer", "footnote": "note"}
_ROLES: dict[str, BlockRole] = {
    "title": "title", "heading": "heading", "list_item": "list", "quote": "quote", "footnote": "note",
    "comment": "note",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\[Image: [^\]\n]{0,200}\]|\[\^\d{1,4}\]")
_SECONDS = 120
_METADATA = {
    "subject": "subject", "created_at": "created", "modified_at": "modified", "created_by": "creator",
    "modified_by": "last_modified_by",
}  # fmt: skip

Node = dict[str, Any]  # the content of a node of xberg's tree, which is JSON


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _ASKED else None


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the one loop of the process: with several, xberg brings the interpreter down at its end."""
    return asyncio.new_event_loop()


@functools.cache
def _config() -> xberg.ExtractionConfig:
    """Return what keeps xberg to the bytes that it is given: no cache, OCR, model or address."""
    return xberg.ExtractionConfig(
        use_cache=False,
        disable_ocr=True,
        include_document_structure=True,
        extraction_timeout_secs=_SECONDS,
        max_archive_depth=0,
        security_limits=xberg.SecurityLimits(max_compression_ratio=1_000, max_content_size=MAX_UNPACKED),
    )


def read(original: Original, media_type: str) -> Reading:
    """Yield the document with its headings, lists, notes and tables.

    Problems: `encrypted`, `damaged`, `bomb`, `no-text`.
    """
    draft = Draft(original, media_type, "converted 3")
    found = _extracted(draft, _ASKED[media_type], original.data)
    harmless = original.data.startswith(b"PK") and unpacks_to(original.data) <= HARMLESS_OUTPUT
    if found is None and harmless and (mended := Package(original.data).mended()):
        found = _extracted(draft, _ASKED[media_type], mended)
    pieces = list(_pieces(found)) if found is not None else []
    draft.page(_laid_out(draft, pieces))
    if found is not None:
        _properties(draft, found)
        if not draft.filled:
            draft.problem("no-text", "the document has no text")
    if original.data.startswith(b"PK"):
        hold_pictures(draft, Package(original.data))
    yield from draft.finish()


def _extracted(draft: Draft, asked: str, data: bytes) -> xberg.ExtractedDocument | None:
    if data.startswith(b"PK") and unpacks_to(data) > HARMLESS_OUTPUT:
        draft.problem("bomb", f"the file unpacks to more than {HARMLESS_OUTPUT >> 20} MiB; it was not opened")
        return None
    given = xberg.ExtractInput(kind=xberg.ExtractInputKind.BYTES, bytes=data, mime_type=asked)
    try:
        return _loop().run_until_complete(xberg.extract(given, _config())).results[0]
    except (RuntimeError, ValueError, OSError, IndexError, xberg.XbergError) as error:
        if re.search("encrypt|password", str(error), re.IGNORECASE):
            draft.problem("encrypted", "the document is encrypted; a password is needed to open it")
        else:
            draft.problem("damaged", "the document is broken: its text cannot be taken out")
    except BaseException as error:
        # A panic of the Rust library comes as pyo3's PanicException, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        draft.problem("damaged", "the document is broken in a way that its parser does not survive")
    return None


def _pieces(found: xberg.ExtractedDocument) -> Iterator[Piece]:
    """Yield the blocks in order."""
    nodes = found.document.nodes if found.document is not None else ()
    if not nodes:
        yield from (Piece(_words(part), "paragraph") for part in (found.content or "").split("\n\n"))
        return
    for node in nodes:
        layer = str(node.content_layer).rsplit(".", 1)[-1].lower()
        content: Node = json.loads(str(node.content))
        kind = content.get("node_type")
        if kind == "table":
            yield from tables(_rows(content.get("grid") or {}))
        elif text := _words(content.get("text") or ""):
            yield Piece(text, _LAYERS.get(layer) or _ROLES.get(str(kind), "paragraph"))


def _rows(grid: Node) -> list[list[Raw]]:
    cells = grid.get("cells") or []
    height = max((cell["row"] for cell in cells), default=-1) + 1
    width = max((cell["col"] for cell in cells), default=-1) + 1
    rows = [[Raw()] * width for _ in range(height)]
    for cell in cells:
        rows[cell["row"]][cell["col"]] = raw(_words(cell.get("content") or ""))
    return rows


def _words(text: str) -> str:
    return clean(_PLACEHOLDER.sub("", text)).strip()


def _laid_out(draft: Draft, pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces with the roles that the text itself tells where the format does not."""
    lines = [
        Line(piece.text, group, fixed=None if piece.role == "paragraph" else piece.role)
        for group, piece in enumerate(pieces)
    ]
    layout = lay_out(lines, page=False)
    draft.title, draft.authors, draft.published = layout.title, layout.authors, layout.published
    for piece, role in zip(pieces, layout.roles, strict=True):
        yield piece if piece.table is not None else Piece(piece.text, role)


def _properties(draft: Draft, found: xberg.ExtractedDocument) -> None:
    metadata = found.metadata
    for key, own in _METADATA.items():
        value = getattr(metadata, key, None)
        draft.value(own, value if isinstance(value, str) else None)
    authors = [str(one) for one in getattr(metadata, "authors", None) or ()]
    for author in authors:
        draft.value("creator", author)
    title = getattr(metadata, "title", None)
    draft.value("title", title)
    draft.title = draft.title or title
    draft.authors = draft.authors or [name for name in authors if is_name(name)]
    draft.stated_language = getattr(metadata, "language", None)


READER = Reader(name="converted", version=3, media_types=tuple(_ASKED), recognise=_recognise, read=read)
