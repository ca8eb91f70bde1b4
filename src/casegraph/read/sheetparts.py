"""What a workbook holds beside its cells: comments, text boxes, running heads, links, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from casegraph.model import BlockRole
from casegraph.read import biff
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.formulas import Formulas
from casegraph.read.officemeta import compound_properties, package_properties
from casegraph.read.package import Package, attribute, local
from casegraph.read.pieces import Piece

_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]{1,8000})</")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^>]*>")
_IDENTIFIER = re.compile(rb"\br:id=\"([^\"]{1,100})\"")
_RUNNING: dict[str, BlockRole] = {
    "oddHeader": "header", "evenHeader": "header", "firstHeader": "header",
    "oddFooter": "footer", "evenFooter": "footer", "firstFooter": "footer",
}  # fmt: skip
_SHAPES = frozenset({"drawing", "chart", "diagramData", "chartUserShapes"})
_DEEPEST = 3  # a sheet's drawing's chart
_TAIL = 65_536  # bytes of a sheet behind its cells, where running heads and links stand
_HEADED = re.compile(rb"<(?:\w+:)?headerFooter\b.*?</(?:\w+:)?headerFooter>", re.DOTALL)


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the part of each sheet by its name."""
    book = next((name for name in package.names if name.lower() == "xl/workbook.xml"), None)
    root = package.tree(book) if book else None
    if book is None or root is None:
        return {}
    relations = package.relations(book)
    found: dict[str, str] = {}
    for element in root.iter():
        if local(element.tag) == "sheet":
            target = relations.get(attribute(element, "id") or "")
            if target is not None and not target[2]:
                found[element.get("name") or ""] = target[1]
    return found


def beside(draft: Draft, package: Package, part: str, formulas: Formulas) -> Iterator[Piece]:
    """Yield what stands on a sheet beside its cells; its links go into the draft."""
    content = (package.part(part) if part.endswith(".xml") else None) or b""
    for match in _FORMULA.finditer(content):
        formulas.calls(_plain(match[1]))
    yield from _running(content)
    relations = package.relations(part)
    for link in _LINK.findall(content):
        identifier = _IDENTIFIER.search(link)
        goal = relations.get(identifier[1].decode("utf-8", "replace")) if identifier else None
        if goal is not None and goal[2]:
            draft.link(goal[1])
    for kind, target, outside in sorted(set(relations.values())):
        if not outside:
            yield from _related(package, kind, target)


def _related(package: Package, kind: str, target: str) -> Iterator[Piece]:
    """Yield the words of a part that a sheet refers to."""
    if kind == "comments":
        yield from _comments(package, target)
    elif kind == "threadedComment":
        root = package.tree(target)
        for element in root.iter() if root is not None else ():
            if local(element.tag) == "threadedComment":
                yield _note(None, _all_text(element))
    elif kind in _SHAPES:
        yield from shapes(package, target, 1)


def _plain(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _running(content: bytes) -> Iterator[Piece]:
    match = _HEADED.search(content, max(0, len(content) - _TAIL))
    if match is None:
        return
    try:
        root = etree.fromstring(match[0], etree.XMLParser(resolve_entities=False, recover=True))
    except etree.XMLSyntaxError:
        return
    seen: set[str] = set()
    for element in root.iter() if root is not None else ():
        role = _RUNNING.get(local(element.tag))
        text = biff.running_text(element.text or "")
        if role is not None and text and text not in seen:
            seen.add(text)
            yield Piece(text, role)


def _comments(package: Package, part: str) -> Iterator[Piece]:
    root = package.tree(part)
    authors: list[str] = []
    for element in root.iter() if root is not None else ():
        name = local(element.tag)
        if name == "author":
            authors.append(_all_text(element))
        elif name == "comment":
            number = element.get("authorId") or ""
            author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else None
            text = _all_text(element)
            if text.startswith("[Threaded comment]"):
                continue  # a copy for old programs, with a notice in it; the thread itself is read
            yield _note(author, text)


def _note(author: str | None, text: str) -> Piece:
    """Return a comment as a note that names its author, where the text does not."""
    text = clean(text).strip()
    return Piece(f"{author}: {text}" if author and text and not text.startswith(author) else text, "note")


def _all_text(element: etree._Element) -> str:
    """Return the text of runs, without the phonetic guide of Japanese and Chinese ones."""
    parts = [
        one.text or ""
        for one in element.iter()
        if local(one.tag) in {"t", "text", "author"}
        and not any(local(above.tag) == "rPh" for above in one.iterancestors())
    ]
    return "".join(parts)


def shapes(package: Package, part: str, depth: int = 1) -> Iterator[Piece]:
    """Yield the words of text boxes, charts and diagrams: a piece a paragraph (DrawingML `a:p`)."""
    root = package.tree(part) if part.endswith(".xml") else None
    for element in root.iter() if root is not None else ():
        if local(element.tag) == "p":
            text = clean("".join(one.text or "" for one in element.iter() if local(one.tag) == "t")).strip()
            if text:
                yield Piece(text, "paragraph")
    if depth < _DEEPEST:
        for kind, target, outside in sorted(set(package.relations(part).values())):
            if kind in _SHAPES and not outside:
                yield from shapes(package, target, depth + 1)


def calls_outside(package: Package) -> int:
    """Return how many links to programs (DDE) and OLE servers a workbook holds ([ECMA-376] 18.14.7)."""
    count = 0
    for name in package.names:
        if name.startswith("xl/externalLinks/") and name.endswith(".xml"):
            content = package.part(name) or b""
            count += content.count(b"ddeLink ") + content.count(b"oleLink ")
    return count


class PackedSheets:
    """What stands beside the cells of a packed workbook (OOXML, OpenDocument)."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._package = Package(draft.original.data)
        self._parts = sheet_parts(self._package)
        self._formulas = Formulas(outside=calls_outside(self._package))
        package_properties(draft, self._package)

    def beside(self, number: int, name: str) -> Iterator[Piece]:
        """Yield what stands on a sheet beside its cells."""
        if name in self._parts:
            yield from beside(self._draft, self._package, self._parts[name], self._formulas)
        elif number == 0 and "content.xml" in self._package.names:
            yield from open_notes(self._package)

    def tell(self) -> None:
        """Say what formulas reach for, and what is wrong with the package."""
        self._formulas.tell(self._draft)
        for code, detail in dict.fromkeys(self._package.problems):
            self._draft.problem(code, detail)


def open_notes(package: Package) -> Iterator[Piece]:
    """Yield the comments of an OpenDocument sheet (`office:annotation`)."""
    root = package.tree("content.xml")
    for element in root.iter() if root is not None else ():
        if local(element.tag) == "annotation":
            author = next((one.text for one in element if local(one.tag) == "creator"), None)
            texts = ("".join(map(str, one.itertext())) for one in element if local(one.tag) == "p")
            yield _note(author, "\n".join(texts))


class BinarySheets:
    """What stands beside the cells of a binary workbook."""

    def __init__(self, draft: Draft) -> None:
        self._found = biff.beside(biff.stream_of(draft.original.data))
        for link in self._found.links:
            draft.link(link)
        compound_properties(draft, draft.original.data)

    def beside(self, number: int, _: str) -> Iterator[Piece]:
        """Yield what stands on a sheet beside its cells."""
        yield from self._found.pieces.get(number, ())

    def tell(self) -> None:
        """Say nothing: what is broken in the stream is told where its cells are read."""
