"""The blocks of an OpenDocument text, slide or drawing, in order (ODF 1.3 Part 3; OpenOffice 1 too)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from casegraph.model import BlockRole
from casegraph.read.cleaning import clean
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.package import attribute, local
from casegraph.read.pieces import Piece
from casegraph.read.wordml import named_role

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_STYLE_NAMES: Final[dict[str, BlockRole]] = {
    "quotations": "quote", "illustration": "caption", "drawing": "caption", "figure": "caption",
    "footnote": "note", "endnote": "note",
}  # fmt: skip
_LISTS: Final = frozenset({"list", "ordered-list", "unordered-list"})
_ROWS: Final = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_SKIPPED: Final = frozenset({
    "script", "scripts", "event-listeners", "automatic-styles", "font-face-decls", "sequence-decls",
    "variable-decls", "user-field-decls", "dde-connection-decls", "index-title-template", "settings",
    "table-of-content-source", "alphabetical-index-source", "illustration-index-source", "binary-data",
    "note-citation", "footnote-citation", "endnote-citation", "ruby-text", "change-info", "enhanced-geometry",
    "footer-decl", "header-decl", "date-time-decl", "meta",
})  # fmt: skip
_SHAPES: Final = frozenset({
    "frame", "g", "text-box", "rect", "line", "polyline", "polygon", "path", "circle", "ellipse", "connector",
    "custom-shape", "caption", "measure", "regular-polygon", "control", "object", "page-thumbnail", "a",
})  # fmt: skip
_NOTES: Final = frozenset({"note", "footnote", "endnote"})
_MOST_REPEATED: Final = 100  # columns or rows that one element stands for
_LONGEST_CELL: Final = 600  # characters of a cell of data; longer ones lay out the page
_DEEPEST: Final = 120  # elements in elements


@dataclass(slots=True)
class Aside:
    """What stands beside the text."""

    notes: list[str] = field(default_factory=list)  # and comments, with their authors
    links: list[tuple[str, str]] = field(default_factory=list)  # address, text
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)  # parts of the package that are shown
    cut: bool = False  # elements lie too deep


def style_roles(*roots: etree._Element | None) -> dict[str, BlockRole]:
    """Return the roles of paragraph styles by name; a style without a telling name has that of its parent."""
    parents: dict[str, str] = {}
    for root in roots:
        for style in root.iter("{*}style") if root is not None else ():
            name = attribute(style, "name") or ""
            parents[name] = attribute(style, "parent-style-name") or ""
    roles: dict[str, BlockRole] = {}
    for name in parents:
        above, hops = name, 0
        while above and hops < 20:
            plain = above.replace("_20_", " ").lower()
            role = named_role(plain) or _STYLE_NAMES.get(plain)
            if role is not None:
                roles[name] = role
                break
            above, hops = parents.get(above, ""), hops + 1
    return roles


class OdfReader:
    """Turns elements into pieces; what it meets beside them collects in `aside`."""

    def __init__(self, styles: dict[str, BlockRole]) -> None:
        self.aside = Aside()
        self._styles = styles
        self._depth = 0

    def blocks(self, elements: Iterable[etree._Element], role: BlockRole = "paragraph") -> list[Piece]:
        """Return the pieces of elements in order; `role` is that of paragraphs whose style tells none."""
        if self._depth > _DEEPEST:
            self.aside.cut = True
            return []
        self._depth += 1
        found = [piece for element in elements for piece in self._block(element, role)]
        self._depth -= 1
        return found

    def _block(self, element: etree._Element, role: BlockRole) -> Iterator[Piece]:
        name = local(element.tag)
        if name in {"p", "h"}:
            yield from self._paragraph(element, name, role)
        elif name in {"table", "sub-table"}:
            yield from self._table(element)
        elif name in _LISTS:
            yield from self.blocks(element, "list")
        elif name == "annotation":
            self._comment(element)
        elif name == "tracked-changes":
            self._changes(element)
        elif name == "notes":
            yield from (Piece(piece.text, "note") for piece in self.blocks(element))
        elif name in {"title", "desc"}:  # of a picture (SVG)
            text = _folded("".join(map(str, element.itertext()))).strip()
            yield Piece(text, "caption")
        elif name and name not in _SKIPPED:
            self._refer(element, name)
            yield from self.blocks(element, "heading" if attribute(element, "class") == "title" else role)

    def _refer(self, element: etree._Element, name: str) -> None:
        """Keep what an element refers to."""
        target = attribute(element, "href") or ""
        if name in {"object", "object-ole"} and target:
            self.aside.objects.append(target.removeprefix("./"))
        elif name == "a" and target:
            self.aside.links.append((target, ""))

    def _paragraph(self, element: etree._Element, name: str, role: BlockRole) -> Iterator[Piece]:
        boxes: list[etree._Element] = []
        text = clean("".join(self._inline(element, boxes))).strip()
        style = attribute(element, "style-name") or ""
        own = self._styles.get(style) or named_role(style.replace("_20_", " ").lower())
        if name == "h":
            own = own if own == "title" else "heading"
        if text:
            yield Piece(text, own or role)
        yield from self.blocks(boxes)

    def _inline(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        """Yield the words of a paragraph; shapes on it collect in `boxes`, notes and comments aside."""
        if self._depth > _DEEPEST:
            self.aside.cut = True
            return
        self._depth += 1
        yield _folded(element.text)
        for child in element:
            name = local(child.tag)
            if name == "s":
                count = attribute(child, "c") or "1"
                yield " " * min(int(count) if count.isdecimal() else 1, _MOST_REPEATED)
            elif name in {"tab", "tab-stop"}:
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name == "a":
                words = "".join(self._inline(child, boxes))
                self.aside.links.append((attribute(child, "href") or "", words))
                yield words
            else:
                yield from self._other(child, name, boxes)
            yield _folded(child.tail)
        self._depth -= 1

    def _other(self, child: etree._Element, name: str, boxes: list[etree._Element]) -> Iterator[str]:
        if name in _NOTES:
            self.aside.notes.append(_lines(self.blocks(child)))
        elif name == "annotation":
            self._comment(child)
        elif name in {"hidden-text", "hidden-paragraph"}:
            self.aside.hidden.append(attribute(child, "string-value") or "".join(map(str, child.itertext())))
        elif name == "ruby":
            yield from self._inline(child, boxes)
            above = "".join(_folded(one.text) for one in child if local(one.tag) == "ruby-text")
            yield f"({above})" if above.strip() else ""
        elif name in _SHAPES or name == "table":
            boxes.append(child)
        elif name and name not in _SKIPPED:
            yield from self._inline(child, boxes)

    def _comment(self, element: etree._Element) -> None:
        author = next((one.text for one in element if local(one.tag) == "creator" and one.text), "")
        text = _lines(self.blocks(one for one in element if local(one.tag) in {"p", "h", *_LISTS}))
        if text:
            self.aside.notes.append(f"{author}: {text}" if author else text)

    def _changes(self, element: etree._Element) -> None:
        for deletion in element.iter("{*}deletion"):
            if text := _lines(self.blocks(deletion)):
                self.aside.deleted.append(text)

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        """Yield a table; one of a single column, or whose cells hold long text, lays out the page."""
        rows: list[list[Raw]] = []
        pieces: list[Piece] = []
        longest = 0
        for row in _rows(table):
            cells: list[Raw] = []
            for cell in (one for one in row if local(one.tag) in _CELLS):
                own = self.blocks(cell)
                pieces += own
                text = " ".join(piece.text for piece in own)
                longest = max(longest, len(text))
                repeated = _repeated(cell, "number-columns-repeated")
                cells += [raw(text)] * (repeated if text else min(repeated, 20))
            filled = any(cell.text for cell in cells)
            rows += [cells] * (_repeated(row, "number-rows-repeated") if filled else 1)
        if longest > _LONGEST_CELL or max(map(len, rows), default=0) < 2:
            yield from pieces
        else:
            yield from tables(rows, name=attribute(table, "name"))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        name = local(child.tag)
        if name == "table-row":
            yield child
        elif name in _ROWS:
            yield from _rows(child)


def _repeated(element: etree._Element, name: str) -> int:
    value = attribute(element, name) or "1"
    return max(1, min(int(value) if value.isdecimal() else 1, _MOST_REPEATED))


def _folded(text: str | None) -> str:
    """Return characters as the format means them: white space is one blank, longer runs have elements."""
    return _BLANKS.sub(" ", text) if text else ""


def _lines(pieces: Iterable[Piece]) -> str:
    return "\n".join(piece.text for piece in pieces if piece.text)
