"""OpenDocument drawings, charts, formulas and flat files; documents of OpenOffice.org 1 and StarOffice 6."""

from __future__ import annotations

import re

from lxml import etree

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.bylines import is_name
from casegraph.read.charset import decode, is_text
from casegraph.read.draft import Draft
from casegraph.read.embedded import hold_pictures
from casegraph.read.limits import MAX_MARKUP
from casegraph.read.opendocument import bodies, body_pieces, properties
from casegraph.read.package import Package, local
from casegraph.read.unread import name_type
from casegraph.read.webpage import declared_charset
from casegraph.read.xmltrees import without_doctype

_OPEN = "application/vnd.oasis.opendocument."
_SUN = "application/vnd.sun.xml."
_FLAT = {
    "text": f"{_OPEN}text-flat-xml",
    "spreadsheet": f"{_OPEN}spreadsheet-flat-xml",
    "presentation": f"{_OPEN}presentation-flat-xml",
    "graphics": f"{_OPEN}graphics-flat-xml",
}
_PACKED = (
    *(f"{_OPEN}{kind}" for kind in (
        "graphics", "graphics-template", "chart", "chart-template", "formula", "formula-template", "image",
        "image-template", "text-web", "text-master-template", "database",
    )),
    "application/vnd.oasis.opendocument.base",
    *(f"{_SUN}{kind}" for kind in (
        "writer", "writer.template", "writer.global", "writer.web", "calc", "calc.template", "impress",
        "impress.template", "draw", "draw.template", "math", "base",
    )),
)  # fmt: skip
_ROOT = re.compile(r"<(?:office:)?document\b[^>]{0,20000}?\boffice:mimetype=[\"']([\w./+-]{1,100})[\"']")

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]{0,400}\?>")


def _recognise(original: Original) -> str | None:
    data = original.data
    if data.startswith(b"PK"):
        media_type = name_type(original)
        return media_type if media_type in _PACKED else None
    if b"office:mimetype" not in data[:32_768] or not is_text(data):
        return None
    match = _ROOT.search(decode(data[:32_768]).text)
    if match is None:
        return None
    kind = match[1].removeprefix(_OPEN).removeprefix(_SUN).split("-")[0]
    return _FLAT.get({"writer": "text", "calc": "spreadsheet", "impress": "presentation"}.get(kind, kind))


def read(original: Original, media_type: str) -> Reading:
    """Yield slides, drawing pages and sheets as pages, all else as one.

    Problems: `damaged`, `bomb`, `too-large`, `encrypted`, `macros-not-run`, `no-text`.
    """
    draft = Draft(original, media_type, "opendoc 1")
    if original.data.startswith(b"PK"):
        _packed(draft, Package(original.data))
    elif (root := _flat(draft)) is not None:
        properties(draft, root)
        _pages(draft, root)
    draft.authors = [name for name in draft.authors if is_name(name)]
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the document has no text")
    yield from draft.finish()


def _packed(draft: Draft, package: Package) -> None:
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        draft.problem("encrypted", "the document is encrypted; a password is needed to open it")
        return
    for name in (name for name in package.names if re.fullmatch(r"(?:[\w ./-]+/)?content\.xml", name)):
        root = _tree(draft, package.part(name) or b"")
        if root is not None:
            _pages(draft, root)
    meta = _tree(draft, package.part("meta.xml") or b"")
    if meta is not None:
        properties(draft, meta)
    for code, detail in dict.fromkeys(package.problems):
        draft.problem(code, detail)
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in package.names):
        draft.problem("macros-not-run", "the document holds macros; they were neither run nor read")
    hold_pictures(draft, package)


def _flat(draft: Draft) -> etree._Element | None:
    decoded = decode(draft.original.data, declared_charset(draft.original.data), MAX_MARKUP)
    draft.decoding(decoded)
    text = _DECLARATION.sub("", without_doctype(draft, decoded.text.lstrip("\ufeff")))
    return _tree(draft, text.encode("utf-8", "replace"))


def _tree(draft: Draft, content: bytes) -> etree._Element | None:
    """Return an XML part as a tree; OpenOffice.org 1 names a document type, which is taken off."""
    if not content:
        return None
    if b"<!DOCTYPE" in content[:4096]:
        content = without_doctype(draft, content.decode("utf-8", "replace")).encode()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or len(parser.error_log.filter_from_fatals()):
        draft.problem("damaged", "a part is not well-formed XML; it was read as far as it goes")
    return root


def _pages(draft: Draft, root: etree._Element) -> None:
    if local(root.tag) == "math":
        wrapper = etree.Element("body")
        wrapper.append(root)
        root = wrapper
    for body in bodies(root):
        draft.page(body_pieces(body))


READER = Reader(
    name="opendoc",
    version=1,
    media_types=(*_FLAT.values(), *_PACKED),
    recognise=_recognise,
    read=read,
)
