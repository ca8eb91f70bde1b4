"""XML of any vocabulary: feeds as entries, Office's XML of 2003 as document or sheet, all else as a tree.

Entities are neither expanded nor fetched: the document type is taken off before anything is parsed.
"""

from __future__ import annotations

import re

from lxml import etree

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode, is_text
from casegraph.read.draft import Draft
from casegraph.read.limits import MAX_MARKUP
from casegraph.read.package import local
from casegraph.read.webpage import declared_charset
from casegraph.read.xmltrees import without_doctype, xml_pieces

_HEAD = 16_384  # bytes looked at
_ROOT = re.compile(
    r"\s*(<\?xml\b[^>]{0,400}\?>)?(?:\s|<!--.*?-->|<\?[^>]*\?>|<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>)*"
    r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)",
    re.DOTALL | re.IGNORECASE,
)
_NAMESPACE = re.compile(r"[^<>]{0,4000}?\bxmlns(?::[\w.-]{1,40})?\s*=")
_HTML = frozenset({"html", "head", "body"})
_KNOWN = {
    "rss": "application/rss+xml", "feed": "application/atom+xml", "RDF": "application/rdf+xml",
    "svg": "image/svg+xml", "kml": "application/vnd.google-earth.kml+xml", "gpx": "application/gpx+xml",
    "wordDocument": "application/vnd.ms-wordml",
    "tmx": "application/x-tmx", "xliff": "application/x-xliff+xml", "TEI": "application/tei+xml",
    "dita": "application/dita+xml", "opml": "text/x-opml", "smil": "application/smil+xml",
    "math": "application/mathml+xml", "stylesheet": "application/xslt+xml",
    "score-partwise": "application/vnd.recordare.musicxml+xml", "xdp": "application/vnd.adobe.xdp+xml",
    "XFDL": "application/vnd.xfdl", "COLLADA": "model/vnd.collada+xml", "mets": "application/mets+xml",
    "mods": "application/mods+xml", "abiword": "application/x-abiword", "akomaNtoso": "application/akn+xml",
}  # fmt: skip
_SHEET = "application/vnd.ms-spreadsheetml"
_XML = "application/xml"


def _recognise(original: Original) -> str | None:
    start = original.data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if start[:1] != b"<" or not is_text(original.data):
        return None
    head = decode(original.data[:_HEAD]).text.lstrip("\ufeff")
    match = _ROOT.match(head)
    if match is None:  # a document type may be longer than what is looked at
        return _XML if head.startswith("<?xml") else None
    return _named(match, head)


def _named(match: re.Match[str], head: str) -> str | None:
    """Return the type that the root element tells."""
    if match[2].lower() in _HTML or "<FictionBook" in head[:4096]:
        return None
    if match[2] == "Workbook" and "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return _SHEET
    if match[2] in _KNOWN and (match[1] or "xmlns" in head or match[2] == "rss"):
        return _KNOWN[match[2]]
    if match[1] or (_NAMESPACE.match(head, match.end()) and "w3.org/1999/xhtml" not in head):
        return _XML
    return None


def read(original: Original, media_type: str) -> Reading:
    """Yield the text by element.

    Problems: `undecodable`, `cut`, `damaged`, `nested-too-deep`, `bomb`, `external-entity`, `entity-unread`,
    `no-text`.
    """
    draft = Draft(original, media_type, "xmltext 1")
    decoded = decode(original.data, declared_charset(original.data), MAX_MARKUP)
    draft.decoding(decoded)
    text = without_doctype(draft, decoded.text.lstrip("\ufeff"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True,
        remove_comments=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    fatal = list(parser.error_log.filter_from_fatals())
    deep = any("depth" in error.message.lower() for error in fatal)
    if deep:
        draft.problem(
            "nested-too-deep", "elements nest more than 256 deep; the words stand without structure"
        )
    elif fatal and not decoded.cut:
        draft.problem("damaged", "the file is not well-formed XML; it was read as far as it goes")
    draft.value("root", local(root.tag) if root is not None else None)
    draft.page(xml_pieces(draft, root, text if deep or root is None else None))
    if not draft.filled:
        draft.problem("no-text", "the file holds no words")
    yield from draft.finish()


READER = Reader(
    name="xmltext",
    version=1,
    media_types=(_XML, _SHEET, *_KNOWN.values()),
    recognise=_recognise,
    read=read,
)
