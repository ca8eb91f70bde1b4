"""The body of OpenDocument (ISO 26300) and of OpenOffice.org 1, which has the same elements, as pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from casegraph.model import BlockRole
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.package import attribute, local
from casegraph.read.pieces import Piece

_PASSED_OVER: Final = frozenset({
    "tracked-changes", "forms", "scripts", "event-listeners", "binary-data", "sequence-decls",
    "settings", "variable-decls", "user-field-decls", "table-source", "dde-connection-decls", "shapes",
    "font-face-decls", "font-decls", "automatic-styles", "styles",
})  # fmt: skip
_NOTES: Final = frozenset({"note", "annotation", "footnote", "endnote"})
_LABELS: Final = frozenset({"note-citation", "footnote-citation", "endnote-citation", "ruby-text"})
_MOST_REPEATED: Final = 1_000  # times that one cell or row is written where it says so
_META: Final = {
    "title": "title", "subject": "subject", "description": "description", "keyword": "keywords",
    "initial-creator": "creator", "creator": "last_modified_by", "creation-date": "created",
    "date": "modified", "generator": "application", "printed-by": "printed_by", "print-date": "printed",
    "editing-cycles": "revision", "user-defined": "custom",
}  # fmt: skip
_DEEPEST: Final = 200

Pieces = Iterator[Piece]


def bodies(root: etree._Element) -> list[etree._Element]:
    """Return the parts that are pages of their own: slides, drawing pages, sheets; else the whole body."""
    body = next((one for one in root.iter() if local(one.tag) == "body"), root)
    pages = [one for one in body.iter() if local(one.tag) == "page" and "drawing" in str(one.tag)]
    if pages:
        return pages
    holder = next((one for one in body if local(one.tag) == "spreadsheet"), body)
    sheets = [one for one in holder if local(one.tag) == "table"]
    return sheets if sheets and not any(local(one.tag) in {"p", "h"} for one in holder) else [body]


def body_pieces(element: etree._Element, depth: int = 0, role: BlockRole = "paragraph") -> Pieces:
    """Yield what stands in an element, in order."""
    if local(element.tag) == "table" and not depth:
        yield from _table(element)
        return
    for child in element:
        name = local(child.tag)
        if not name or name in _PASSED_OVER or depth > _DEEPEST:
            continue
        if name in {"p", "h"}:
            yield from _paragraph(child, depth, "heading" if name == "h" else role)
        elif name == "table":
            yield from _table(child)
        elif name in _NOTES:
            yield from body_pieces(child, depth + 1, "note")
        elif name in {"list-item", "list-header"}:
            yield from body_pieces(child, depth + 1, "list")
        elif name in {"title", "desc"} and "svg" in str(child.tag):
            yield from _piece("".join(map(str, child.itertext())), "caption")
        elif name == "math":
            yield from _formula(child)
        else:
            yield from body_pieces(child, depth + 1, role)


def _piece(text: str, role: BlockRole) -> Pieces:
    kept = clean(text).strip()
    if kept:
        yield Piece(kept, role)


def _paragraph(paragraph: etree._Element, depth: int, role: BlockRole) -> Pieces:
    """Yield a paragraph, then the notes and frames that are anchored in it."""
    words: list[str] = []
    anchored: list[tuple[etree._Element, BlockRole]] = []
    _words(paragraph, words, anchored, 0)
    yield from _piece("".join(words), role)
    for element, own in anchored:
        if depth < _DEEPEST:
            yield from body_pieces(element, depth + 1, own)


def _words(
    element: etree._Element, words: list[str], anchored: list[tuple[etree._Element, BlockRole]], depth: int
) -> None:
    """Collect the words of a paragraph; blanks collapse, for the format writes those that count apart."""
    words.append(_folded(element.text))
    for child in element:
        name = local(child.tag)
        if name == "s":
            words.append(" " * _count(child, "c", 100))
        elif name in {"tab", "tab-stop"}:
            words.append("\t")
        elif name == "line-break":
            words.append("\n")
        elif name in _NOTES:
            anchored.append((child, "note"))
        elif name in {"frame", "text-box", "g", "custom-shape", "rect", "object", "line", "ellipse"}:
            anchored.append((child, "paragraph"))
        elif name and name not in _LABELS | _PASSED_OVER and depth < _DEEPEST:
            _words(child, words, anchored, depth + 1)
        words.append(_folded(child.tail))


def _folded(text: str | None) -> str:
    if not text:
        return ""
    folded = " ".join(text.split())
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if before else ''}{folded}{' ' if after and folded else ''}"


def _count(element: etree._Element, name: str, most: int) -> int:
    stated = attribute(element, name) or ""
    return min(int(stated), most) if stated.isdecimal() and len(stated) < 10 else 1


def _table(table: etree._Element) -> Pieces:
    """Yield a table or a sheet. Repeated empty rows and cells are written once and not at the end."""
    name = attribute(table, "name")
    rows: list[list[Raw]] = []
    for row in _rows(table, 0):
        cells: list[Raw] = []
        for cell in row:
            if local(cell.tag) in {"table-cell", "covered-table-cell"}:
                value = _cell(cell)
                times = _count(cell, "number-columns-repeated", _MOST_REPEATED)
                cells += [value] * (times if value.text or times < 50 else 1)
        while cells and not cells[-1].text:
            cells.pop()
        times = _count(row, "number-rows-repeated", _MOST_REPEATED)
        rows += [cells] * (times if cells or times < 50 else 1)
    yield from tables(rows, name=name)


def _rows(element: etree._Element, depth: int) -> Iterator[etree._Element]:
    for child in element:
        name = local(child.tag)
        if name == "table-row":
            yield child
        elif name in {"table-rows", "table-header-rows", "table-row-group"} and depth < _DEEPEST:
            yield from _rows(child, depth + 1)


def _cell(cell: etree._Element) -> Raw:
    shown = raw(" ".join(piece.text for piece in body_pieces(cell, 1) if piece.table is None))
    kind = attribute(cell, "value-type")
    if kind in {"float", "percentage", "currency"}:
        value = attribute(cell, "value")
        return Raw(shown.text or value or "", "number", value) if value else shown
    if kind == "date":
        day = (attribute(cell, "date-value") or "").removesuffix("T00:00:00")
        return Raw(shown.text or day, "date", day) if day else shown
    return shown


def _formula(math: etree._Element) -> Pieces:
    """Yield a formula as its author typed it (StarMath), else its signs in a row."""
    notes = [one for one in math.iter() if local(one.tag) == "annotation"]
    text = "".join(map(str, (notes[0] if notes else math).itertext()))
    yield from _piece(" ".join(text.split()), "paragraph")


def properties(draft: Draft, root: etree._Element) -> None:
    """Keep what the document says of itself."""
    for element in root.iter():
        key = _META.get(local(element.tag))
        if key == "custom":
            key = f"custom_{attribute(element, 'name')}"
        if key is not None and "style" not in str(element.tag):
            draft.value(key, "".join(map(str, element.itertext())))
    draft.title = next(iter(draft.metadata.get("title", ())), None)
    draft.authors = draft.metadata.get("creator", ())
    language = next((one.text for one in root.iter() if local(one.tag) == "language"), None)
    draft.stated_language = (language or "")[:2].lower() or None
