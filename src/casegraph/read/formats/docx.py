"""Word documents (OOXML, strict and transitional)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from casegraph.model import Original
from casegraph.read.base import Reader, Reading, suffixes
from casegraph.read.bylines import is_name
from casegraph.read.celltypes import table_pieces
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.embedded import has_macros, hold_parts
from casegraph.read.flatopc import is_flat, packed
from casegraph.read.layout import lay_out
from casegraph.read.lines import Line
from casegraph.read.package import Package, attribute, local
from casegraph.read.pieces import Piece
from casegraph.read.sheetparts import shapes
from casegraph.read.unread import zip_parts
from casegraph.read.wordml import Marks, Paragraph, style_roles
from casegraph.read.wordml import Reader as Parts

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MACROS = "application/vnd.ms-word.document.macroenabled.12"
_NAMES = frozenset({"docx", "docm", "dotx", "dotm"})
_CUT = re.compile(rb"\[Content_Types\]\.xml|\nword/|_rels/\.rels")  # parts that a file cut off early has
_DIRECTORY, _END = b"PK\x05\x06", 1 << 16  # how a package's directory ends, and where
_FLAT = "application/vnd.ms-word2006ml"  # the package as one XML file
_CORE = {
    "title": "title", "creator": "creator", "lastModifiedBy": "last_modified_by", "created": "created",
    "modified": "modified", "subject": "subject", "keywords": "keywords", "description": "description",
    "category": "category", "revision": "revision", "Application": "application", "Company": "company",
    "Manager": "manager", "Template": "template",
}  # fmt: skip
_JUNK_TITLE = re.compile(
    r"(?:microsoft word - .*|untitled.*|document\d*|без имени.*|документ\d*|文档\d*|.*\.(?:docx?|dotx?|rtf))",
    re.IGNORECASE,
)


def _recognise(original: Original) -> str | None:
    data = original.data
    if not data.startswith(b"PK\x03\x04"):
        return _FLAT if is_flat(data) and b"/word/document" in data else None
    parts = zip_parts(data)
    cut = suffixes(original) & _NAMES and (_CUT.search(parts) or _DIRECTORY not in data[-_END:])
    if b"word/document" not in parts and not cut:
        return None
    if b"xl/workbook" in parts or b"ppt/presentation" in parts:
        return None
    return _MACROS if b"word/vbaProject.bin" in parts else _DOCX


def _main_part(package: Package) -> str:
    for kind, target, outside in package.relations("").values():
        if kind == "officeDocument" and not outside:
            return target
    return "word/document.xml"


def read(original: Original, media_type: str) -> Reading:
    """Yield the document with its headers, footers, notes and comments.

    Problems: `damaged`, `bomb`, `too-large`, `encrypted`, `attachment-unread`, `hidden-text`,
    `deleted-text`, `no-text`. Pages are those that Word last laid out, where it noted them.
    """
    draft = Draft(original, media_type, "docx 4")
    data, whole = packed(original.data) if media_type == _FLAT else (original.data, True)
    if not whole:
        draft.problem("damaged", "the file is not well-formed XML; it was read as far as it goes")
    package = Package(data)
    main = _main_part(package)
    root = package.tree(main)
    _properties(draft, package)
    pages: list[list[Piece]] = []
    if root is not None:
        pages = list(_pages(draft, package, main, root))
    for code, detail in dict.fromkeys(package.problems):
        draft.problem(code, detail)
    hold_parts(draft, package, "word")
    if has_macros(original.data):
        draft.value("macros", "yes")
        draft.problem("macros-not-run", "the document holds macros; they were neither run nor read")
    images = sum(name.startswith("word/media/") for name in package.names)
    draft.value("images", str(images) if images else None)
    if not any(pages):
        draft.problem("no-text", "the document has no text")
    for page in pages:
        draft.page(page)
    yield from draft.finish()


def _properties(draft: Draft, package: Package) -> None:
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = package.tree(name) if name in package.names else None
        for element in root if root is not None else ():
            if (key := _CORE.get(local(element.tag))) is not None:
                draft.value(key, element.text)
    title = next(iter(draft.metadata.get("title", ())), None)
    draft.title = None if title is None or _JUNK_TITLE.fullmatch(title) else title


def _pages(draft: Draft, package: Package, main: str, root: etree._Element) -> Iterator[list[Piece]]:
    """Yield the pieces of each page, notes and comments at the end of the page that refers to them."""
    folder = main.rsplit("/", 1)[0]
    relations = package.relations(main)
    targets = {kind: target for kind, target, outside in relations.values() if not outside}
    styles = style_roles(package.tree(targets.get("styles", f"{folder}/styles.xml")))
    parts = Parts(styles)
    body = next((child for child in root if local(child.tag) == "body"), root)
    paragraphs = list(parts.blocks(body))
    notes = {kind: _notes(package, targets.get(kind)) for kind in ("footnotes", "endnotes", "comments")}
    roles = _roles(draft, paragraphs)
    pages: list[list[Piece]] = [[]]
    heads, feet = _running(package, relations)
    pages[0].extend(Piece(text, "header") for text in heads)
    for paragraph, piece in zip(paragraphs, roles, strict=True):
        if paragraph.breaks_before and any(piece.text for piece in pages[-1]):
            pages.append([])
        if piece.text:
            pages[-1].append(piece)
        if paragraph.breaks_inside:
            pages.append([])
    _append_notes(pages, parts.marks, notes)
    pages = [page for page in pages if page] or [[]]
    pages[-1].extend(Piece(text, "footer") for text in feet)
    pages[-1].extend(_unseen(draft, parts.marks))
    _report(draft, parts.marks, relations)
    for kind, target in sorted(
        {(kind, target) for kind, target, outside in relations.values() if not outside}
    ):
        if kind == "aFChunk" and (chunk := package.part(target)):
            draft.hold(draft.child(target, chunk, "embedded"))
        elif kind in {"diagramData", "chart"}:
            pages[-1].extend(shapes(package, target))
    yield from pages


def _roles(draft: Draft, paragraphs: list[Paragraph]) -> list[Piece]:
    """Return the paragraphs as pieces; those without a telling style get their role from the text."""
    filled = [(index, paragraph) for index, paragraph in enumerate(paragraphs) if paragraph.text]
    lines = [
        Line(clean(paragraph.text), group, fixed=paragraph.role)
        for group, (_, paragraph) in enumerate(filled)
    ]
    layout = lay_out(lines, page=False)
    styled = next((line.text for line in lines if line.fixed == "title"), None)
    draft.title = styled or draft.title or layout.title
    draft.authors = layout.authors or [name for name in draft.metadata.get("creator", ()) if is_name(name)]
    draft.published = layout.published
    pieces = [Piece("", "paragraph") for _ in paragraphs]
    for (index, _), line, role in zip(filled, lines, layout.roles, strict=True):
        parts = list(table_pieces(line.text, role)) if line.fixed == "table" else []
        pieces[index] = parts[0] if len(parts) == 1 else Piece(line.text, role)
    return pieces


def _notes(package: Package, name: str | None) -> dict[str, str]:
    """Return the texts of a notes or comments part by id; comments open with their author's name."""
    root = package.tree(name) if name else None
    found: dict[str, str] = {}
    for note in root if root is not None else ():
        if local(note.tag) not in {"footnote", "endnote", "comment"} or attribute(note, "type") in {
            "separator",
            "continuationSeparator",
        }:
            continue
        text = "\n".join(paragraph.text for paragraph in Parts({}).blocks(note) if paragraph.text)
        author = attribute(note, "author") if local(note.tag) == "comment" else None
        if text:
            found[attribute(note, "id") or ""] = clean(f"{author}: {text}" if author else text)
    return found


def _append_notes(pages: list[list[Piece]], marks: Marks, notes: dict[str, dict[str, str]]) -> None:
    """Put each note at the end of the last page, in the order in which the text refers to them."""
    for kind, order in (
        ("footnotes", marks.footnotes),
        ("endnotes", marks.endnotes),
        ("comments", marks.comments),
    ):
        texts = notes[kind]
        for identifier in [*dict.fromkeys(order), *(key for key in texts if key not in order)]:
            if identifier in texts:
                pages[-1].append(Piece(texts[identifier], "note"))


def _running(package: Package, relations: dict[str, tuple[str, str, bool]]) -> tuple[list[str], list[str]]:
    """Return the distinct texts of page headers and footers."""
    found: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
    for kind, target, outside in sorted(relations.values()):
        if kind in found and not outside and (root := package.tree(target)) is not None:
            text = "\n".join(paragraph.text for paragraph in Parts({}).blocks(root) if paragraph.text)
            if text.strip():
                found[kind][clean(text)] = None
    return list(found["header"]), list(found["footer"])


def _unseen(draft: Draft, marks: Marks) -> Iterator[Piece]:
    """Yield the words that Word does not show."""
    for author in marks.deleters:
        draft.value("deleted_by", author)
    for texts, code, what in (
        (marks.hidden, "hidden-text", "hidden words"),
        (marks.deleted, "deleted-text", "words deleted with changes tracked"),
    ):
        found = [text for text in texts if text]
        if found:
            draft.problem(code, f"{what} stand at the end of the page, where no claim rests on them")
            yield Piece("\n".join(found), "furniture")


def _report(draft: Draft, marks: Marks, relations: dict[str, tuple[str, str, bool]]) -> None:
    for identifier, text in marks.links:
        draft.link(relations[identifier][1] if identifier in relations else identifier, text)
    held = sum(kind == "aFChunk" and not outside for kind, _, outside in relations.values())
    if marks.chunks > held:
        draft.problem("attachment-unread", f"{marks.chunks - held} documents inside are missing")


READER = Reader(name="docx", version=4, media_types=(_DOCX, _MACROS, _FLAT), recognise=_recognise, read=read)
