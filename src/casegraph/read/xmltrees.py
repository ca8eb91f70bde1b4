"""An XML tree as blocks: feeds by entry, sheets and documents of Office 2003, data by its elements."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as markup

from casegraph.model import Date
from casegraph.read import dates
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.package import attribute, local
from casegraph.read.pieces import Piece
from casegraph.read.trees import Tree, pieces
from casegraph.read.wordml import Reader as Parts
from casegraph.read.xmlprose import is_prose, prose_pieces

_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_ENTITY = re.compile(
    r"<!ENTITY\s+(%\s+)?([\w.:-]{1,200})\s+(?:(SYSTEM|PUBLIC)\b[^>]*|\"([^\"]*)\"|'([^']*)')\s*>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&([A-Za-z_][\w.:-]{0,200});")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TAG = re.compile(r"<[^<>]*>")
_DEEPEST = 200
_TEXTS = frozenset({"description", "summary", "content", "encoded"})
_DATES = ("pubDate", "published", "date", "updated", "lastBuildDate", "modified", "issued")
_ENTRIES = frozenset({"item", "entry"})
_FEEDS = frozenset({"rss", "feed", "RDF"})
_MARKS = re.compile(r"</?[a-zA-Z][^<>]*>|&[a-z]{2,6};|&#\d+;")


def without_doctype(draft: Draft, text: str) -> str:
    """Return the text without its document type, references to entities of its own as they are written.

    Notes entities that lead outside (XXE), that multiply (billion laughs), or that are not shown.
    """
    match = _DOCTYPE.search(text, 0, 20_000)
    if match is None:
        return _REFERENCE.sub(_unknown, text) if "&" in text else text
    end = _doctype_end(text, match.end())
    subset = text[match.start() : end]
    declared = list(_ENTITY.finditer(subset))
    if any(one[3] for one in declared):
        draft.problem("external-entity", "the document type names files or addresses; nothing was fetched")
    nested = sum(len(_REFERENCE.findall(one[4] or one[5] or "")) > 1 for one in declared)
    if nested > 1:
        draft.problem("bomb", "entities of the document multiply themselves; they were not expanded")
    elif any(not one[3] for one in declared):
        draft.problem("entity-unread", f"{len(declared)} entities of the document were not put in")
    return _REFERENCE.sub(_unknown, text[: match.start()] + text[end:])


def _doctype_end(text: str, place: int) -> int:
    """Return the place behind a document type: its `>`, outside quotes and its subset in brackets."""
    quote, inside = "", False
    for index in range(place, min(len(text), place + 5_000_000)):
        char = text[index]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "[":
            inside = True
        elif char == "]":
            inside = False
        elif char == ">" and not inside:
            return index + 1
    return len(text)


def _unknown(match: re.Match[str]) -> str:
    """Return a reference that XML does not know as its HTML character, or as words."""
    if match[1] in _OWN:
        return match[0]
    known = html.unescape(match[0])
    return known if known != match[0] and not set(known) & set("<>&") else f"&amp;{match[1]};"


def xml_pieces(draft: Draft, root: etree._Element | None, flat: str | None) -> Iterator[Piece]:
    """Yield the blocks of a tree; those of `flat`, where no tree can be made of it."""
    if flat is not None or root is None:
        for part in _TAG.sub("\n", flat or "").split("\n"):
            if part.strip():
                yield Piece(clean(html.unescape(part)).strip(), "paragraph")
        return
    name = local(root.tag)
    if name in _FEEDS and any(local(one.tag) in {*_ENTRIES, "channel"} for one in root):
        yield from _feed(draft, root)
    elif draft.media_type == "application/vnd.ms-spreadsheetml":
        yield from _sheets(draft, root)
    elif name == "wordDocument":
        yield from _word(root)
    else:
        _head(draft, root)
        if is_prose(root):
            yield from prose_pieces(root)
            return
        yield from pieces({name: _tree(root, 0)} if not len(root) else _tree(root, 0))


def _head(draft: Draft, root: etree._Element) -> None:
    title = next((one for one in root.iter() if local(one.tag).lower() == "title"), None)
    if title is not None:
        text = " ".join("".join(map(str, title.itertext())).split())
        draft.title = text if 0 < len(text) <= 300 else None


def _tree(element: etree._Element, depth: int) -> Tree:
    """Return an element as data: words, or its attributes and children by name."""
    attributes = {f"@{local(key)}": str(value) for key, value in element.attrib.items()}
    children = list(element)  # comments and instructions were left out by the parser
    mixed = bool(children) and any(
        (text or "").strip() for text in (element.text, *(child.tail for child in element))
    )
    if not children or mixed or depth > _DEEPEST:
        text = "".join(map(str, element.itertext()))
        return {**attributes, "": text} if attributes else text
    found: dict[str, list[Tree]] = {}
    for child in children:
        found.setdefault(local(child.tag), []).append(_tree(child, depth + 1))
    return {**attributes, **{key: one[0] if len(one) == 1 else one for key, one in found.items()}}


# -- feeds ------------------------------------------------------------------------------------------------


def _feed(draft: Draft, root: etree._Element) -> Iterator[Piece]:
    """Yield a feed's title and its entries: title, date and author, address, text (RSS 0.9 to 2.0, Atom)."""
    channel = next((one for one in root if local(one.tag) == "channel"), root)
    draft.title = _child(channel, "title") or None
    draft.publisher = draft.title
    draft.stated_language = (_child(channel, "language") or attribute(root, "lang") or "")[:2].lower() or None
    draft.published = _date(channel)
    draft.url = _address(channel)
    if draft.title:
        yield Piece(draft.title, "title")
    for key in ("description", "subtitle"):
        yield from _text(_child(channel, key), "deck")
    for entry in (one for one in root.iter() if local(one.tag) in _ENTRIES):
        yield from _entry(draft, entry)


def _entry(draft: Draft, entry: etree._Element) -> Iterator[Piece]:
    title = _child(entry, "title")
    if title:
        yield Piece(_bare(title), "heading")
    authors = [
        _child(one, "name") or "".join(map(str, one.itertext())).strip()
        for one in entry
        if local(one.tag) in {"author", "creator"}
    ]
    when = next((text for name in _DATES if (text := _child(entry, name))), "")
    for author in authors:
        draft.value("author", author)
    signed = " ".join(filter(None, (when, *authors)))
    if signed:
        yield Piece(clean(signed), "dateline" if when else "byline")
    link = _address(entry)
    if link:
        draft.link(link, title)
        yield Piece(clean(link), "furniture")
    seen: set[str] = set()
    for one in entry:
        if local(one.tag) in _TEXTS:
            text = _inside(one)
            if text and text not in seen:
                seen.add(text)
                yield from _text(text, "paragraph")
    for one in entry:
        if local(one.tag) == "enclosure":
            draft.link(one.get("url") or "")


def _inside(element: etree._Element) -> str:
    """Return an element's words, or its mark-up where it holds XHTML."""
    if len(element):
        return etree.tostring(element, encoding="unicode", method="xml")
    return element.text or ""


def _text(text: str, role: str) -> Iterator[Piece]:
    """Yield the paragraphs of a text that may be HTML."""
    if _MARKS.search(text):
        text = _bare(text)
    for part in clean(text).split("\n\n"):
        if part.strip():
            yield Piece(" ".join(part.split()), "deck" if role == "deck" else "paragraph")


def _bare(text: str) -> str:
    """Return HTML's words, a blank line for each end of a block."""
    if not _MARKS.search(text):
        return " ".join(clean(text).split())
    broken = re.sub(r"(?i)</(?:p|div|li|h\d|blockquote|tr)>|<br\s*/?>\s*<br\s*/?>", "\\g<0>\n\n", text)
    try:
        return clean("".join(map(str, markup.fromstring(f"<div>{broken}</div>").itertext()))).strip()
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return clean(html.unescape(_TAG.sub(" ", broken))).strip()


def _child(element: etree._Element, name: str) -> str:
    found = next((one for one in element if local(one.tag) == name), None)
    return " ".join(clean("".join(map(str, found.itertext()))).split()) if found is not None else ""


def _date(element: etree._Element) -> Date | None:
    for name in _DATES:
        text = _child(element, name)
        if text and (found := dates.parse_mail(text) or dates.parse_iso(text)) is not None:
            return found
    return None


def _address(element: etree._Element) -> str | None:
    for one in element:
        if local(one.tag) == "link" and one.get("rel", "alternate") == "alternate":
            link = (one.get("href") or one.text or "").strip()
            if link.startswith(("http://", "https://")):
                return link
    return None


# -- Office 2003 ------------------------------------------------------------------------------------------


def _sheets(draft: Draft, root: etree._Element) -> Iterator[Piece]:
    """Yield each sheet of SpreadsheetML 2003 as a table; `ss:Index` leaves out empty cells and rows."""
    for sheet in (one for one in root.iter() if local(one.tag) == "Worksheet"):
        name = attribute(sheet, "Name")
        draft.value("sheet", name)
        yield Piece(clean(name or ""), "heading")
        rows: list[list[Raw]] = []
        for row in (one for one in sheet.iter() if local(one.tag) == "Row"):
            rows += [[]] * (_index(row, len(rows)) - len(rows))
            cells: list[Raw] = []
            for cell in (one for one in row if local(one.tag) == "Cell"):
                cells += [Raw()] * (_index(cell, len(cells)) - len(cells))
                cells.append(_cell(cell))
            rows.append(cells)
        yield from tables(rows, name=name)


def _index(element: etree._Element, place: int) -> int:
    stated = attribute(element, "Index") or ""
    return min(int(stated) - 1, place + 10_000) if stated.isdecimal() and int(stated) > place else place


def _cell(cell: etree._Element) -> Raw:
    data = next((one for one in cell if local(one.tag) == "Data"), None)
    words = raw("".join(map(str, data.itertext()))) if data is not None else Raw()
    kind = attribute(data, "Type") if data is not None else None
    if kind == "Number":
        return Raw(words.text, "number", words.text)
    if kind == "DateTime":
        day = words.text.removesuffix("T00:00:00.000")
        return Raw(day, "date", day)
    return Raw(words.text, "error") if kind == "Error" else words


def _word(root: etree._Element) -> Iterator[Piece]:
    """Yield the paragraphs of WordprocessingML of 2003."""
    for body in (one for one in root.iter() if local(one.tag) == "body"):
        for paragraph in Parts({}).blocks(body):
            if paragraph.text:
                yield Piece(clean(paragraph.text), paragraph.role or "paragraph")
