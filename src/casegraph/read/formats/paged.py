"""XPS and Visio drawings (VSDX): the words on each fixed page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.embedded import has_macros, hold_parts
from casegraph.read.layout import lay_out
from casegraph.read.limits import MAX_PAGES
from casegraph.read.lines import Line
from casegraph.read.officemeta import package_properties
from casegraph.read.package import Package, attribute, local
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type

_XPS = "application/vnd.ms-xpsdocument"
_VISIO = "application/vnd.ms-visio.drawing"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?")
_SIZE = 12.0  # of letters that do not say, in 96ths of an inch
_SAME_LINE = 0.5  # of a letter's height
_NEXT = 0.25  # of a letter's height between glyph runs, above which a blank stands there
_PARAGRAPH = 1.8  # of a letter's height between base lines, above which a paragraph begins


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in {_XPS, _VISIO} else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page each, with its words in reading order (XPS) or a block a shape (Visio).

    Problems: `damaged`, `bomb`, `too-large`, `encrypted`, `macros-not-run`, `no-text`.
    """
    draft = Draft(original, media_type, "paged 1", paged=True)
    package = Package(original.data)
    package_properties(draft, package)
    pages = _fixed_pages(package) if media_type == _XPS else _drawn_pages(package)
    for number, found in enumerate(pages, 1):
        if number > MAX_PAGES:
            draft.cut()
            break
        pieces = found
        lines = [Line(piece.text, place) for place, piece in enumerate(found)]
        if media_type == _XPS:
            roles = lay_out(lines, page=False).roles
            pieces = [Piece(line.text, role) for line, role in zip(lines, roles, strict=True)]
        draft.page(pieces)
    for code, detail in dict.fromkeys(package.problems):
        draft.problem(code, detail)
    if has_macros(original.data):
        draft.problem("macros-not-run", "the drawing holds macros; they were neither run nor read")
    if media_type == _VISIO:
        hold_parts(draft, package, "visio")
    if not draft.filled:
        draft.problem("no-text", "the pages hold no words")
    yield from draft.finish()


def _in_order(package: Package, ending: str) -> list[str]:
    """Return the parts with an ending in the order in which the document lists them, else by number."""
    names = [name for name in package.names if name.lower().endswith(ending)]
    listed: list[str] = []
    for name in package.names:
        if name.lower().endswith((".fdoc", "visio/pages/pages.xml")):
            root = package.tree(name)
            relations = package.relations(name)
            for element in root.iter() if root is not None else ():
                source = element.get("Source") if local(element.tag) == "PageContent" else None
                if source is not None:
                    listed.append(
                        posixpath.normpath(posixpath.join("/", posixpath.dirname(name), source))[1:]
                    )
                elif local(element.tag) == "Rel":
                    listed.append(relations.get(attribute(element, "id") or "", ("", "", True))[1])
    known = [name for name in dict.fromkeys(listed) if name in names]
    rest = [name for name in names if name not in known]
    return known + sorted(rest, key=lambda name: [int(part) for part in re.findall(r"\d+", name)])


def _fixed_pages(package: Package) -> Iterator[list[Piece]]:
    """Yield the words of each page: runs of glyphs on one base line joined, lines near each other too."""
    for name in _in_order(package, ".fpage"):
        root = package.tree(name)
        runs = sorted(_runs(root)) if root is not None else []
        lines: list[tuple[float, float, float, str]] = []  # base line, end, height, words
        for base, left, size, words in runs:
            if lines and abs(lines[-1][0] - base) < _SAME_LINE * size:
                before = lines[-1]
                gap = " " if left - before[1] > _NEXT * size and not before[3].endswith(" ") else ""
                lines[-1] = before[0], left + _width(words, size), size, before[3] + gap + words
            else:
                lines.append((base, left + _width(words, size), size, words))
        paragraphs: list[str] = []
        last = -1e9
        for base, _, size, words in lines:
            if base - last < _PARAGRAPH * size and paragraphs:
                paragraphs[-1] += " " + words.strip()
            else:
                paragraphs.append(words.strip())
            last = base
        yield [Piece(text, "paragraph") for text in map(clean, paragraphs) if text.strip()]


def _width(words: str, size: float) -> float:
    return sum(1.0 if char > "\u2e80" else 0.5 for char in words) * size


def _runs(root: etree._Element) -> Iterator[tuple[float, float, float, str]]:
    """Yield base line (rounded), left edge, height and words of each run of glyphs."""
    for element in root.iter():
        if local(element.tag) != "Glyphs":
            continue
        words = (element.get("UnicodeString") or "").removeprefix("{}")
        place = [_number(element.get(key)) for key in ("OriginX", "OriginY")]
        size = _number(element.get("FontRenderingEmSize")) or _SIZE
        shift = [float(one) for one in _NUMBER.findall(element.get("RenderTransform") or "")]
        if len(shift) == 6:
            place = [place[0] * shift[0] + shift[4], place[1] * shift[3] + shift[5]]
            size *= abs(shift[3]) or 1.0
        if words.strip():
            yield round(place[1], 1), place[0], size, words


def _number(text: str | None) -> float:
    match = _NUMBER.match(text or "")
    return float(match[0]) if match else 0.0


def _drawn_pages(package: Package) -> Iterator[list[Piece]]:
    for name in _in_order(package, ".xml"):
        if re.search(r"visio/pages/page\d+\.xml$", name) is None:
            continue
        root = package.tree(name)
        texts = (
            clean("".join(map(str, element.itertext()))).strip()
            for element in (root.iter() if root is not None else ())
            if local(element.tag) == "Text"
        )
        yield [Piece(text, "paragraph") for text in texts if text]


READER = Reader(name="paged", version=1, media_types=(_XPS, _VISIO), recognise=_recognise, read=read)
