"""The blocks of a WordprocessingML part, in order (ISO/IEC 29500-1, 17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from casegraph.model import BlockRole
from casegraph.read.cleaning import clean
from casegraph.read.package import attribute, local
from casegraph.read.tabular import table_text

_PLAIN_TEXT = frozenset({"t"})
_SKIPPED = frozenset((
    "rPr", "pPr", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr", "instrText", "delText",
    "delInstrText", "Fallback", "rt", "annotationRef", "proofErr", "bookmarkStart", "bookmarkEnd",
))  # fmt: skip
_REMOVED = frozenset({"del", "moveFrom"})
_STYLES: tuple[tuple[re.Pattern[str], BlockRole], ...] = (
    (re.compile(r"heading \d|toc heading|заголовок \d|标题 \d"), "heading"),
    (re.compile(r"title|название|标题"), "title"),
    (re.compile(r"subtitle|подзаголовок"), "deck"),
    (re.compile(r"(?:intense )?quote|block text"), "quote"),
    (re.compile(r"caption"), "caption"),
    (re.compile(r"(?:foot|end)note text|annotation text"), "note"),
    (re.compile(r"toc \d|table of figures|index \d"), "furniture"),
    (re.compile(r"list.*"), "list"),
)
_HYPERLINK = re.compile(r"HYPERLINK\s+\"(https?://[^\"]+)\"")


@dataclass(slots=True)
class Marks:
    """What a part points at or hides: note ids, links, words that its view does not show."""

    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # relationship id or address, text
    chunks: int = 0  # altChunk: other documents inside
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    deleters: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Paragraph:
    """One block: its text, its role if the style says one, and the page breaks at and inside it."""

    text: str
    role: BlockRole | None = None
    breaks_before: int = 0
    breaks_inside: int = 0
    marks: Marks = field(default_factory=Marks)


def named_role(name: str) -> BlockRole | None:
    """Return the role of a paragraph style by its name in lower case, None where it tells none."""
    return next((role for form, role in _STYLES if form.fullmatch(name)), None)


def style_roles(styles: etree._Element | None) -> dict[str, BlockRole]:
    """Return the role of each paragraph style by its id, from its name or an outline level."""
    roles: dict[str, BlockRole] = {}
    parents: dict[str, str] = {}
    if styles is None:
        return roles
    for style in styles:
        if local(style.tag) != "style":
            continue
        identifier = attribute(style, "styleId") or ""
        name = next(
            (attribute(child, "val") or "" for child in style if local(child.tag) == "name"), ""
        ).lower()
        role = named_role(name)
        if role is None and any(
            local(child.tag) == "outlineLvl" and attribute(child, "val") != "9" for child in style.iter()
        ):
            role = "heading"
        if role is not None:
            roles[identifier] = role
        parents[identifier] = next(
            (attribute(child, "val") or "" for child in style if local(child.tag) == "basedOn"), ""
        )
    for identifier in parents:
        above, hops = identifier, 0
        while above not in roles and above in parents and hops < 20:
            above, hops = parents[above], hops + 1
        if above in roles:
            roles.setdefault(identifier, roles[above])
    return roles


def _role(properties: etree._Element | None, styles: dict[str, BlockRole]) -> BlockRole | None:
    role: BlockRole | None = None
    if properties is None:
        return None
    for child in properties:
        name = local(child.tag)
        if name == "pStyle":
            role = styles.get(attribute(child, "val") or "")
        elif name == "outlineLvl" and attribute(child, "val") != "9":
            role = "heading"
        elif name == "numPr" and role is None:
            role = "list"
    return role


def _letters(element: etree._Element) -> str:
    """Return the words below an element, deleted ones too."""
    parts = (one.text or "" for one in element.iter() if local(one.tag) in {"t", "delText"})
    return clean("".join(parts)).strip()


def _hidden(run: etree._Element) -> bool:
    properties = next((child for child in run if local(child.tag) == "rPr"), None)
    if properties is None:
        return False
    return any(
        local(child.tag) == "vanish" and attribute(child, "val") not in {"0", "false"} for child in properties
    )


class Reader:
    """Turns a part's tree into paragraphs without recursion into nested text boxes and tables."""

    def __init__(self, styles: dict[str, BlockRole]) -> None:
        self.styles = styles
        self.marks = Marks()

    def blocks(self, root: etree._Element) -> Iterator[Paragraph]:
        """Yield the blocks of a body, a header, a note or a cell; text boxes follow their paragraph."""
        stack = list(reversed(root))
        while stack:
            element = stack.pop()
            name = local(element.tag)
            if name == "p":
                paragraph, boxes = self._paragraph(element)
                yield paragraph
                stack.extend(child for box in reversed(boxes) for child in reversed(box))
            elif name == "tbl":
                yield from self._table(element)
            elif name == "altChunk":
                self.marks.chunks += 1
            elif name in _REMOVED:
                self._removed(element, name)
            elif name not in _SKIPPED:
                stack.extend(reversed(element))

    def _paragraph(self, element: etree._Element) -> tuple[Paragraph, list[etree._Element]]:
        properties = next((child for child in element if local(child.tag) == "pPr"), None)
        paragraph = Paragraph("", _role(properties, self.styles), marks=self.marks)
        if properties is not None and any(
            local(child.tag) == "pageBreakBefore" and attribute(child, "val") not in {"0", "false"}
            for child in properties
        ):
            paragraph.breaks_before = 1
        parts: list[str] = []
        boxes: list[etree._Element] = []
        walker = etree.iterwalk(element, events=("start",))
        for _, node in walker:
            name = local(node.tag)
            if name == "txbxContent":
                boxes.append(node)
                walker.skip_subtree()
            elif name in _REMOVED:
                self._removed(node, name)
                walker.skip_subtree()
            elif name == "r" and _hidden(node):
                self.marks.hidden.append(_letters(node))
                walker.skip_subtree()
            elif name in _SKIPPED:
                if name == "instrText" and (match := _HYPERLINK.search(node.text or "")):
                    self.marks.links.append((match[1], ""))
                walker.skip_subtree()
            elif self._breaks(node, name):
                if "".join(parts).strip():
                    paragraph.breaks_inside += 1
                else:
                    paragraph.breaks_before += 1
            else:
                parts.append(self._inline(node, name))
        paragraph.text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(parts)).strip()
        return paragraph, boxes

    def _removed(self, element: etree._Element, name: str) -> None:
        """Keep words that were deleted with changes tracked; those that were moved stand where they went."""
        if name == "del" and (text := _letters(element)):
            self.marks.deleted.append(text)
            self.marks.deleters[attribute(element, "author") or ""] = None

    @staticmethod
    def _breaks(node: etree._Element, name: str) -> bool:
        return name == "lastRenderedPageBreak" or (name == "br" and attribute(node, "type") == "page")

    def _inline(self, node: etree._Element, name: str) -> str:
        """Return the text that an inline element adds, and note what it points at."""
        if name == "t":
            return node.text or ""
        if name in {"tab", "ptab"}:
            return "\t"
        if name in {"br", "cr"}:
            return "\n"
        if name == "noBreakHyphen":
            return "\u2011"
        if name == "sym":
            code = (
                int(attribute(node, "char") or "0", 16)
                if re.fullmatch(r"[0-9A-Fa-f]{1,5}", attribute(node, "char") or "")
                else 0
            )
            return chr(code) if 0x20 < code < 0xE000 and not 0xD800 <= code < 0xE000 else ""
        identifier = attribute(node, "id") or ""
        if name == "footnoteReference":
            self.marks.footnotes.append(identifier)
        elif name == "endnoteReference":
            self.marks.endnotes.append(identifier)
        elif name == "commentReference":
            self.marks.comments.append(identifier)
        elif name == "hyperlink" and identifier:
            self.marks.links.append(
                (identifier, "".join(child.text or "" for child in node.iter() if local(child.tag) == "t"))
            )
        return ""

    def _table(self, table: etree._Element) -> Iterator[Paragraph]:
        """Yield a table as one block; one whose cells hold long text lays out the page: cell by cell."""
        rows = [row for row in table.iter() if local(row.tag) == "tr"]
        texts: list[list[str]] = []
        breaks = 0
        cells: list[list[Paragraph]] = []
        for row in rows:
            line: list[str] = []
            for cell in row:
                inner = cell
                if local(cell.tag) == "sdt":
                    inner = next((child for child in cell.iter() if local(child.tag) == "tc"), cell)
                if local(inner.tag) != "tc":
                    continue
                if any(local(child.tag) == "tbl" for child in inner):
                    blocks = [
                        paragraph
                        for child in inner
                        if local(child.tag) == "p"
                        for paragraph in [self._paragraph(child)[0]]
                    ]
                else:
                    blocks = list(self.blocks(inner))
                breaks += sum(block.breaks_before + block.breaks_inside for block in blocks)
                cells.append([block for block in blocks if block.text])
                line.append(" ".join(block.text for block in blocks if block.text))
                line.extend("" for _ in range(_columns(inner) - 1))
            texts.append(line)
        lone = len(texts) == 1 or max(map(len, texts), default=0) <= 1
        if lone or any(len(text) > _LONGEST_CELL for line in texts for text in line):
            for blocks in cells:
                yield from blocks
        else:
            yield Paragraph(table_text(texts), "table", breaks_inside=breaks, marks=self.marks)


def _columns(cell: etree._Element) -> int:
    """Return over how many columns a cell goes."""
    for element in cell.iterfind("{*}tcPr/{*}gridSpan"):
        given = attribute(element, "val") or ""
        if given.isdecimal() and 1 <= int(given) <= _MOST_SPAN:
            return int(given)
    return 1


_MOST_SPAN = 200  # columns that one cell may go over
_LONGEST_CELL = 600  # characters of a cell of data
