"""Word and PowerPoint of before 2007 (DOC, PPT) and PPTX, through office_oxide's tree of a document."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import office_oxide

from casegraph.model import BlockRole, Original
from casegraph.read.base import Reader, Reading
from casegraph.read.bylines import is_name
from casegraph.read.cleaning import clean, fold_spaces
from casegraph.read.dates import parse_iso
from casegraph.read.draft import Draft
from casegraph.read.embedded import has_macros, hold_blips, hold_objects, hold_parts
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.layout import lay_out
from casegraph.read.limits import HARMLESS_OUTPUT
from casegraph.read.lines import Line
from casegraph.read.officemeta import compound_properties
from casegraph.read.package import Package
from casegraph.read.pieces import Piece
from casegraph.read.sectors import chains_end
from casegraph.read.slidenotes import notes_of_slides
from casegraph.read.slideshow import show, stream_of
from casegraph.read.unread import name_type, unpacks_to
from casegraph.read.worddoc import Written, written
from casegraph.read.wordfields import equations, links
from casegraph.read.wordfields import pieces as paragraphs

_DOC = "application/msword"
_PPT = "application/vnd.ms-powerpoint"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_FORMATS: dict[str, Literal["doc", "ppt", "pptx"]] = {_DOC: "doc", _PPT: "ppt", _PPTX: "pptx"}
_SMALLEST_IMAGE = 10_000  # bytes; below it are logos, bullets and lines
_METADATA = {
    "title": "title", "author": "creator", "last_modified_by": "last_modified_by", "created": "created",
    "modified": "modified", "subject": "subject", "description": "description", "category": "category",
    "company": "company", "manager": "manager", "revision": "revision", "language": "language",
}  # fmt: skip
_RUNNING: dict[str, BlockRole] = {
    "first_page_header": "header", "header": "header", "even_page_header": "header",
    "first_page_footer": "footer", "footer": "footer", "even_page_footer": "footer",
}  # fmt: skip
_NOTES = frozenset({"footnote", "endnote", "comment"})
_IMAGES = frozenset({"jpeg", "jpg", "png", "tiff", "bmp", "gif"})
_MUCH_MORE = 1.3  # letters in a document's streams to those in its tree, from which the streams are read
_WESTERN = frozenset({"utf-16-le", "cp1252"})  # encodings that the tree's parser reads
_DEEPEST = 30  # lists in tables in text boxes

Node = dict[str, Any]  # a node of office_oxide's tree, which is JSON


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _FORMATS else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the document: a page a slide, or the text with its headers, notes, comments and tables.

    Problems: `encrypted`, `damaged`, `damaged-part`, `bomb`, `macros-not-run`, `attachment-unread`,
    `hidden-text`, `deleted-text`, `no-text`.
    """
    draft = Draft(original, media_type, "office 3")
    tree = _tree(draft, _FORMATS[media_type], original.data)
    if not tree and media_type == _PPTX:
        tree = _mended(draft)
    if media_type == _PPTX:
        _properties(draft, tree.get("metadata", {}))
    else:
        compound_properties(draft, original.data)
    created = next(iter(draft.metadata.get("created", ())), None)
    draft.published = parse_iso(created) if created and media_type != _DOC else None
    if has_macros(original.data):
        draft.value("macros", "yes")
        draft.problem("macros-not-run", "the document holds macros; they were neither run nor read")
    sections: list[Node] = tree.get("sections", [])
    if media_type == _DOC:
        draft.page(_word(draft, sections))
    else:
        for page in _slides(draft, sections):
            draft.page(page)
    if media_type != _PPTX and not draft.troubled and not chains_end(original.data):
        draft.problem("damaged-part", "the file's table of sectors is broken; some of it may be missing")
    if not draft.filled and (sections or not draft.troubled):
        draft.problem("no-text", "the document has no text")
    _hold_images(draft, sections)
    _hold_embedded(draft, media_type)
    yield from draft.finish()


def _tree(draft: Draft, form: Literal["doc", "ppt", "pptx"], data: bytes) -> Node:
    if form == "pptx" and unpacks_to(data) > HARMLESS_OUTPUT:
        draft.problem("bomb", f"the file unpacks to more than {HARMLESS_OUTPUT >> 20} MiB; it was not opened")
        return {}
    try:
        with office_oxide.Document.from_bytes(data, form) as document:
            found: Node = document.to_ir()
            return found
    except office_oxide.OfficeOxideError as error:
        words = str(error).casefold()
        if "encrypt" in words or "password" in words:
            draft.problem("encrypted", "the document is encrypted; a password is needed to open it")
        else:
            draft.problem("damaged", "the document is broken: its parts cannot be found")
    except BaseException as error:
        # A panic of the Rust library comes as pyo3's PanicException, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        draft.problem("damaged", "the document is broken in a way that its parser does not survive")
    return {}


def _mended(draft: Draft) -> Node:
    """Return the tree of what could be saved of a broken package."""
    data = draft.original.data
    mended = Package(data).mended() if unpacks_to(data) <= HARMLESS_OUTPUT else None
    return _tree(draft, "pptx", mended) if mended else {}


def _properties(draft: Draft, metadata: Node) -> None:
    for key, own in _METADATA.items():
        value = metadata.get(key)
        draft.value(own, value if isinstance(value, str) else None)
    for own_one in metadata.get("custom_properties") or ():
        draft.value(f"custom_{own_one.get('name')}", str(own_one.get("value")))
    if metadata.get("has_digital_signature"):
        draft.value("signed", "not checked")
    draft.title = next(iter(draft.metadata.get("title", ())), None)
    draft.authors = [name for name in draft.metadata.get("creator", ()) if is_name(name)]


def _document(draft: Draft, sections: Iterable[Node]) -> Iterator[Piece]:
    """Yield the text in order, running heads before it and feet and notes after it."""
    sections = list(sections)
    heads, feet = _running(sections)
    pieces: list[Piece] = []
    notes: list[Piece] = []
    for section in sections:
        for piece in _pieces(section.get("elements", ())):
            (notes if piece.role == "note" else pieces).append(piece)
    yield from (Piece(text, "header") for text in heads)
    yield from _laid_out(draft, pieces)
    yield from notes
    yield from (Piece(text, "footer") for text in feet)


def _word(draft: Draft, sections: Iterable[Node]) -> list[Piece]:
    """Return a Word document's pieces, taken from its streams where the tree holds much less or none."""
    pieces = list(_document(draft, sections))
    own = written(draft.original.data)
    if own is None:
        return pieces
    text = "".join(piece.text for piece in pieces)
    stories = [piece for story in own.of("text", "box") for piece in paragraphs(story)]
    letters = sum(len(piece.text) for piece in stories)
    if letters > _MUCH_MORE * len(text) or (own.encoding not in _WESTERN and letters):
        pieces = list(_laid_out(draft, stories))
        for story in own.of("note", "comment", "header"):
            pieces += paragraphs(story, "note")
    else:
        pieces += [
            Piece(one, "paragraph") for story in own.of("text") for one in equations(story) if one not in text
        ]
    for _, story in own.stories:
        for address in links(story):
            draft.link(address)
    return [*pieces, *_unseen(draft, own)]


def _unseen(draft: Draft, own: Written) -> Iterator[Piece]:
    """Yield what the document hides."""
    for texts, code, what in (
        (own.hidden, "hidden-text", "hidden words"),
        (own.deleted, "deleted-text", "words deleted with changes tracked"),
    ):
        found = [piece for piece in paragraphs("".join(texts), "furniture") if piece.text]
        if found:
            draft.problem(code, f"{what} stand at the end of the page, where no claim rests on them")
            yield from (Piece(piece.text, "furniture") for piece in found)


def _laid_out(draft: Draft, pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces with the roles that the text itself tells where no style does."""
    lines = [
        Line(piece.text, group, fixed=None if piece.role == "paragraph" else piece.role)
        for group, piece in enumerate(pieces)
    ]
    layout = lay_out(lines, page=False)
    draft.authors = layout.authors or draft.authors
    draft.published = layout.published
    draft.title = draft.title or layout.title
    for piece, role in zip(pieces, layout.roles, strict=True):
        yield piece if piece.table is not None else Piece(piece.text, role)


def _slides(draft: Draft, slides: Sequence[Node]) -> list[list[Piece]]:
    """Return the pieces of each slide; of a broken binary show the text of its records, as one page."""
    draft.paged = bool(slides)
    for number, slide in enumerate(slides, 1):
        if slide.get("hidden"):
            draft.value("hidden_slide", str(number))
    pages = [list(_slide(slide)) for slide in slides]
    if draft.media_type != _PPT:
        for page, texts in zip(pages, notes_of_slides(Package(draft.original.data)), strict=False):
            said = fold_spaces(" ".join(piece.text for piece in page))
            page += [Piece(text, "note") for text in texts if fold_spaces(text) not in said]
        return pages
    own = show(draft.original.data)
    if not any(piece.text for page in pages for piece in page) and own.texts:
        draft.paged = False
        pages = [[Piece(text, "paragraph") for text in own.texts]]
    last = len(pages) - 1
    for number, text in own.notes if pages else ():
        page = pages[min(number, last)]
        if fold_spaces(text) not in fold_spaces(" ".join(piece.text for piece in page)):
            page.append(Piece(text, "note"))
    for number, text in own.comments if pages else ():
        # Earlier versions of slides may stand in the stream as well.
        pages[number if own.slides == len(pages) else last].append(Piece(text, "note"))
    return pages


def _slide(slide: Node) -> Iterator[Piece]:
    yield from _pieces(slide.get("elements", ()))
    heads, feet = _running([slide])
    yield from (Piece(text, "footer") for text in (*heads, *feet))
    notes = slide.get("speaker_notes")
    for piece in _pieces(notes if isinstance(notes, list) else ()):
        yield Piece(piece.text, "note")
    if isinstance(notes, str):
        yield Piece(clean(notes), "note")


def _running(sections: Iterable[Node]) -> tuple[list[str], list[str]]:
    """Return the distinct texts of running heads and feet."""
    found: dict[BlockRole, dict[str, None]] = {"header": {}, "footer": {}}
    for section in sections:
        for key, role in _RUNNING.items():
            part: Node = section.get(key) or {}
            nodes: list[Node] = part.get("content") or []
            text = "\n".join(piece.text for piece in _pieces(nodes) if piece.text)
            if text.strip():
                found[role][text] = None
    return list(found["header"]), list(found["footer"])


def _pieces(nodes: Iterable[Node], depth: int = 0) -> Iterator[Piece]:
    """Yield the blocks of a list of nodes in order."""
    if depth > _DEEPEST:
        return
    for node in nodes:
        kind = node.get("type")
        if kind in {"paragraph", "heading"}:
            yield Piece(_words(node), _role(node))
        elif kind == "table":
            yield from tables([[_cell(cell, depth) for cell in _cells(row)] for row in node.get("rows", ())])
        elif kind == "list":
            yield from _items(node, depth)
        elif kind in _NOTES:
            author = node.get("author")
            text = "\n".join(piece.text for piece in _pieces(node.get("content", ()), depth + 1))
            yield Piece(f"{clean(author)}: {text}" if author and text else text, "note")
        elif isinstance(node.get("content"), list):  # text boxes, groups
            yield from _pieces(node["content"], depth + 1)


def _role(node: Node) -> BlockRole:
    if node.get("type") == "heading":
        return "title" if node.get("level") == 0 else "heading"
    return "paragraph"


def _items(node: Node, depth: int) -> Iterator[Piece]:
    for item in node.get("items", ()):
        content = item.get("content", ()) if isinstance(item, dict) else ()
        for piece in _pieces(content, depth + 1):
            yield piece if piece.table is not None else Piece(piece.text, "list")
        nested = item.get("nested") if isinstance(item, dict) else None
        if isinstance(nested, dict):
            yield from _items(nested, depth + 1)


def _cells(row: Any) -> list[Node]:  # noqa: ANN401 - a node of JSON, of any shape
    cells = row.get("cells", ()) if isinstance(row, dict) else row
    found: list[Node] = []
    for cell in cells:
        found.append(cell)
        found += [{}] * (min(int(cell.get("col_span") or 1), 100) - 1)
    return found


def _cell(cell: Node, depth: int) -> Raw:
    return raw(" ".join(piece.text for piece in _pieces(cell.get("content", ()), depth + 1)))


def _words(node: Node) -> str:
    """Return the words of a paragraph: its runs put together."""
    parts: list[str] = []
    for run in node.get("content", ()):
        if run.get("type") == "text":
            parts.append(run.get("text") or "")
        elif run.get("type") in {"line_break", "break"}:
            parts.append("\n")
        elif run.get("type") == "tab":
            parts.append("\t")
    return clean("".join(parts)).strip()


def _hold_images(draft: Draft, sections: list[Node]) -> None:
    """Hold the images of a document, each once; those of a package come with its parts."""
    if draft.media_type == _PPTX:
        return
    seen: set[bytes] = set()
    left: list[Any] = list(reversed(sections))
    while left:
        node = left.pop()
        if isinstance(node, dict):
            data = node.get("data") if node.get("type") == "image" else None
            ending = str(node.get("format")).lower()
            content = base64.b64decode(data) if isinstance(data, str) and ending in _IMAGES else b""
            if len(content) >= _SMALLEST_IMAGE and content not in seen:
                seen.add(content)
                draft.hold(draft.child(f"media/image{len(seen)}.{ending}", content, "embedded"))
            left.extend(value for key, value in reversed(node.items()) if key != "data")
        elif isinstance(node, list):
            left.extend(reversed(node))


def _hold_embedded(draft: Draft, media_type: str) -> None:
    if media_type == _PPTX:
        hold_parts(draft, Package(draft.original.data), "ppt")
        return
    unread = hold_objects(draft, draft.original.data)
    if media_type == _PPT:
        hold_blips(draft, stream_of(draft.original.data, "pictures"), images=False)
    if unread:
        draft.problem("attachment-unread", f"{unread} embedded documents could not be taken out")


READER = Reader(name="office", version=3, media_types=(_DOC, _PPT, _PPTX), recognise=_recognise, read=read)
