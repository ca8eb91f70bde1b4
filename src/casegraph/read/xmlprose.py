"""XML that is a document rather than data (DocBook, DITA, TEI, JATS, NITF, SVG ...): its blocks in order.

Told by the elements' names, which these vocabularies share with HTML or with each other, not by the root:
what stands for the most part in paragraphs, headings and list items is read as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from casegraph.model import BlockRole
from casegraph.read.cleaning import clean
from casegraph.read.package import local
from casegraph.read.pieces import Piece

_NAMES: Final[dict[BlockRole, str]] = {
    "paragraph": "p para simpara formalpara ab abstract info lg l sp stage block text",
    "deck": "shortdesc",
    "heading": "title subtitle titleabbrev head heading h1 h2 h3 hl1 hl2 navtitle",
    "list": "li item listitem sli step dt dd cmd",
    "quote": "quote blockquote epigraph disp-quote",
    "note": "note footnote fn",
    "caption": "desc caption",
    "dateline": "dateline",
    "byline": "byline",
    "furniture": "programlisting codeblock",
}
_ROLES: Final = {name: role for role, names in _NAMES.items() for name in names.split()}
_ROWS: Final = frozenset({"row", "tr", "strow", "sthead"})
_CELLS: Final = frozenset({"entry", "td", "th", "stentry", "cell"})
_PASSED_OVER: Final = frozenset({"script", "style", "defs", "metadata", "prolog", "foreignObject"})
_RUNNING: Final = frozenset("p para simpara ab l sp cmd shortdesc li dd td entry head h1 h2".split())
_PARAGRAPHS: Final = frozenset({"p", "para", "simpara", "ab", "l", "shortdesc", "cmd"})
_SHARE: Final = 0.5  # of the letters that stand in such elements
_DEEPEST: Final = 200


def is_prose(root: etree._Element) -> bool:
    """Tell whether most words of a tree stand in elements of running text."""
    if local(root.tag) == "svg":
        return True
    inside = total = paragraphs = 0
    stack = [(root, False)]
    while stack:
        element, within = stack.pop()
        name = local(element.tag)
        if name in _PASSED_OVER:
            continue
        paragraphs += name in _PARAGRAPHS
        within = within or name in _RUNNING
        own = len((element.text or "").strip())
        tails = sum(len((child.tail or "").strip()) for child in element)
        total += own + tails
        inside += own + tails if within else 0
        stack.extend((child, within) for child in element)
    return paragraphs > 0 and inside >= _SHARE * total > 0


def prose_pieces(root: etree._Element) -> Iterator[Piece]:
    """Yield the blocks in order; a row of a table is a line of one."""
    rows: list[str] = []
    for role, words in _blocks(root, "paragraph", 0):
        if role == "table":
            rows.append(words)
            continue
        if rows:
            yield Piece("\n".join(rows), "table")
            rows = []
        yield Piece(words, role)
    if rows:
        yield Piece("\n".join(rows), "table")


def _blocks(element: etree._Element, role: BlockRole, depth: int) -> Iterator[tuple[BlockRole, str]]:
    name = local(element.tag)
    if name in _PASSED_OVER:
        return
    if name in _ROWS:
        cells = [_words(cell) for cell in element if local(cell.tag) in _CELLS]
        if any(cells):
            yield "table", "\t".join(cells)
        return
    role = _ROLES.get(name, role)
    if depth > _DEEPEST or not any(_holds_block(child) for child in element):
        # No block below: the words are one, with whatever is marked in them.
        if words := _words(element):
            yield role, words
        return
    if words := " ".join(clean(element.text or "").split()):
        yield role, words
    for child in element:
        yield from _blocks(child, role, depth + 1)
        if words := " ".join(clean(child.tail or "").split()):
            yield role, words


def _holds_block(element: etree._Element) -> bool:
    return any(local(one.tag) in _ROLES or local(one.tag) in _ROWS for one in element.iter())


def _words(element: etree._Element) -> str:
    return " ".join(clean("".join(map(str, element.itertext()))).split())
