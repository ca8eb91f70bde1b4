"""Texts, slides and drawings of OpenDocument (ODF 1.3), packed or as one file, and of OpenOffice 1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from casegraph.model import BlockRole, Original
from casegraph.read.base import Reader, Reading
from casegraph.read.bylines import is_name
from casegraph.read.dates import parse_iso
from casegraph.read.draft import Draft
from casegraph.read.embedded import OLE, hold_objects, hold_pictures
from casegraph.read.layout import lay_out
from casegraph.read.limits import HARMLESS_OUTPUT, MAX_UNPACKED
from casegraph.read.lines import Line
from casegraph.read.odfcells import formula, sheet_pieces, sheets_of
from casegraph.read.odftext import Aside, OdfReader, style_roles
from casegraph.read.package import Package, attribute, local
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type, unpacks_to

_OPEN, _SUN = "application/vnd.oasis.opendocument.", "application/vnd.sun.xml."
_TYPES = (
    *(f"{_OPEN}{kind}{more}" for kind in ("text", "presentation", "graphics") for more in ("", "-template")),
    *(f"{_OPEN}{kind}{more}" for kind in ("formula", "chart", "image") for more in ("", "-template")),
    *(f"{_OPEN}{kind}" for kind in ("text-master", "text-master-template", "text-web", "database", "base")),
    *(f"{_SUN}{kind}{more}" for kind in ("writer", "calc", "impress", "draw") for more in ("", ".template")),
    *(f"{_SUN}{kind}" for kind in ("writer.global", "writer.web", "math", "base")),
)  # fmt: skip
_FLAT = re.compile(rb"<(?:\w+:)?document\s[^>]*?mimetype=[\"'](application/[a-z.+-]{1,80})", re.DOTALL)
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,400}>")
_HEAD = 4_096
_META = {
    "title": "title", "subject": "subject", "description": "description", "keyword": "keywords",
    "initial-creator": "creator", "language": "language", "creation-date": "created",
    "creator": "last_modified_by", "date": "modified", "generator": "application",
}  # fmt: skip
_RUNNING: dict[str, BlockRole] = {
    "header": "header", "header-left": "header", "header-first": "header",
    "footer": "footer", "footer-left": "footer", "footer-first": "footer",
}  # fmt: skip
_DECLARED: dict[str, BlockRole] = {"header-decl": "header", "footer-decl": "footer"}


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    if media_type == "application/xml" and (stated := _FLAT.search(original.data[:_HEAD])) is not None:
        media_type = stated[1].decode("ascii")
        return media_type if media_type.startswith(_OPEN) else None
    return media_type if media_type in _TYPES else None


class _Parts:
    """The parts of a document: of a package, or of one file that holds them all."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data) if data.startswith(b"PK") else None
        self._flat = None if self.package else _parsed(data)
        self.broken = False

    def tree(self, name: str) -> etree._Element | None:
        """Return a part's root."""
        if self.package is None:
            return self._flat
        content = self.package.part(name)
        root = _parsed(content) if content else None
        self.broken = self.broken or (bool(content) and root is None)
        return root


def _parsed(data: bytes) -> etree._Element | None:
    """Return a tree: no entities, no network. OpenOffice 1 names a document type, which is passed over."""
    head = _DOCTYPE.sub(b"", data[:_HEAD], count=1)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or len(data) > MAX_UNPACKED:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        return etree.fromstring(head + data[_HEAD:], parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def read(original: Original, media_type: str) -> Reading:
    """Yield the document: a page a slide, or the text with its running heads, notes, comments and tables.

    Problems: `encrypted`, `damaged`, `bomb`, `hidden-text`, `deleted-text`, `nested-too-deep`,
    `attachment-unread`, `no-text`.
    """
    draft = Draft(original, media_type, "opendocument 1")
    if original.data.startswith(b"PK") and unpacks_to(original.data) > HARMLESS_OUTPUT:
        draft.problem("bomb", f"the file unpacks to more than {HARMLESS_OUTPUT >> 20} MiB; it was not opened")
        yield from draft.finish()
        return
    parts = _Parts(original.data)
    package = parts.package
    manifest = package.part("META-INF/manifest.xml") or b"" if package else b""
    if b"encryption-data" in manifest or (package and "encrypted-package" in package.names):
        draft.problem("encrypted", "the document is encrypted; a password is needed to open it")
    else:
        _read(draft, parts)
    if package is not None:
        for code, detail in dict.fromkeys(package.problems):
            draft.problem(code, detail)
        hold_pictures(draft, package)
    yield from draft.finish()


def _read(draft: Draft, parts: _Parts) -> None:
    content, styles = parts.tree("content.xml"), parts.tree("styles.xml")
    _properties(draft, parts.tree("meta.xml"))
    if content is None:
        draft.problem("damaged", "the document is broken: its content cannot be read")
        return
    reader = OdfReader(style_roles(styles, content))
    body = next(content.iter("{*}body"), content)
    slides = [page for page in body.iter("{*}page") if "drawing" in str(page.tag)]
    sheets = sheets_of(body)
    if slides:
        draft.paged = True
        for page in _slides(draft, reader, parts, slides):
            draft.page(page)
    elif sheets:
        for sheet in sheets:
            draft.page(sheet_pieces(sheet))
    elif local(body.tag) == "math":
        draft.page([Piece(formula(body), "paragraph")])
    else:
        draft.page(_text(draft, reader, body, styles, parts))
    for address, text in reader.aside.links:
        draft.link(address, text)
    if reader.aside.cut:
        draft.problem("nested-too-deep", "elements lie too deep in one another; the deepest were not read")
    if not draft.filled:
        draft.problem("no-text", "the document has no text")


def _text(
    draft: Draft, reader: OdfReader, body: etree._Element, styles: etree._Element | None, parts: _Parts
) -> list[Piece]:
    pieces = reader.blocks(body)
    pieces += _objects(draft, reader, parts)
    heads = list(_running(reader, styles))
    laid = list(_laid_out(draft, pieces))
    notes = [Piece(text, "note") for text in reader.aside.notes if text]
    return [
        *(piece for piece in heads if piece.role == "header"), *laid, *notes,
        *(piece for piece in heads if piece.role == "footer"), *_unseen(draft, reader.aside),
    ]  # fmt: skip


def _running(reader: OdfReader, styles: etree._Element | None) -> Iterator[Piece]:
    """Yield the distinct texts of running heads and feet."""
    seen: set[tuple[str, str]] = set()
    for page in styles.iter("{*}master-page") if styles is not None else ():
        for part in page:
            role = _RUNNING.get(local(part.tag))
            if role is not None:
                text = "\n".join(piece.text for piece in reader.blocks(part) if piece.text)
                if text and (role, text) not in seen:
                    seen.add((role, text))
                    yield Piece(text, role)


def _slides(
    draft: Draft, reader: OdfReader, parts: _Parts, slides: Sequence[etree._Element]
) -> Iterator[list[Piece]]:
    """Yield the pieces of each slide, with its notes and comments, and the head and foot that it names."""
    tree = slides[0].getroottree()
    declared = {
        (local(one.tag), attribute(one, "name")): one.text or ""
        for one in tree.iter("{*}header-decl", "{*}footer-decl")
    }
    for slide in slides:
        reader.aside = Aside(links=reader.aside.links)
        page = reader.blocks(slide)
        page += _objects(draft, reader, parts)
        page += [Piece(text, "note") for text in reader.aside.notes if text]
        for name, role in _DECLARED.items():
            used = attribute(slide, f"use-{name.removesuffix('-decl')}-name")
            page.append(Piece(declared.get((name, used), "").strip(), role))
        page += _unseen(draft, reader.aside)
        yield page


def _objects(draft: Draft, reader: OdfReader, parts: _Parts) -> Iterator[Piece]:
    """Yield the words of charts, tables and formulas that the text shows; OLE objects are held."""
    unread = 0
    for name in dict.fromkeys(reader.aside.objects):
        root = parts.tree(f"{name}/content.xml") if parts.package is not None else None
        if root is not None:
            yield from OdfReader({}).blocks([next(root.iter("{*}body"), root)])
        elif parts.package is not None and (content := parts.package.part(name) or b"").startswith(OLE):
            unread += hold_objects(draft, content, whole=f"embedded/{name}")
    if unread:
        draft.problem("attachment-unread", f"{unread} embedded documents could not be taken out")


def _unseen(draft: Draft, aside: Aside) -> Iterator[Piece]:
    """Yield the words that the program does not show."""
    for texts, code, what in (
        (aside.hidden, "hidden-text", "hidden words"),
        (aside.deleted, "deleted-text", "words deleted with changes tracked"),
    ):
        text = "\n".join(text.strip() for text in texts if text.strip())
        if text:
            draft.problem(code, f"{what} stand at the end of the page, where no claim rests on them")
            yield Piece(text, "furniture")


def _laid_out(draft: Draft, pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces with the roles that the text itself tells where no style does."""
    lines = [
        Line(piece.text, group, fixed=None if piece.role == "paragraph" else piece.role)
        for group, piece in enumerate(pieces)
    ]
    layout = lay_out(lines, page=False)
    styled = next((piece.text for piece in pieces if piece.role == "title"), None)
    draft.title = styled or draft.title or layout.title
    draft.authors = layout.authors or draft.authors
    draft.published = layout.published or draft.published
    for piece, role in zip(pieces, layout.roles, strict=True):
        yield piece if piece.table is not None else Piece(piece.text, role)


def _properties(draft: Draft, meta: etree._Element | None) -> None:
    """Keep what the document says of itself; the rest is taken with all files' properties."""
    found = next(meta.iter("{*}meta"), None) if meta is not None else None
    for element in found if found is not None else ():
        if (key := _META.get(local(element.tag))) is not None:
            draft.value(key, element.text)
        elif local(element.tag) == "user-defined":
            draft.value(f"custom_{attribute(element, 'name')}", element.text)
    draft.title = next(iter(draft.metadata.get("title", ())), None)
    draft.authors = [name for name in draft.metadata.get("creator", ()) if is_name(name)]
    draft.stated_language = (next(iter(draft.metadata.get("language", ())), "") or "")[:2] or None
    created = next(iter(draft.metadata.get("created", ())), None)
    draft.published = None if created is None or "text" in draft.media_type else parse_iso(created)


READER = Reader(name="opendocument", version=1, media_types=_TYPES, recognise=_recognise, read=read)
