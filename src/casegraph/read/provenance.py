"""What office files and pictures tell of their own making, for formats whose readers look at the text alone.

Properties of OOXML packages (ECMA-376 Part 2, 11), of OpenDocument (ODF 1.3, 4.3), of OLE compound files
([MS-OLEPS]), XMP packets (ISO 16684-1), and the printer for which Excel, Word and OpenDocument laid it out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from casegraph.model import Document
from casegraph.read.cleaning import clean_value
from casegraph.read.limits import MAX_VALUE
from casegraph.read.package import Package, local
from casegraph.read.propertysets import compound_values

_PACKED: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKETS, _PACKET = 8, 1 << 16  # XMP packets looked at, and bytes of each
_LARGEST: Final = 256 << 20  # bytes of a file that is opened once more for its properties

_OOXML: Final = {
    "creator": "creator", "lastModifiedBy": "last_modified_by", "created": "created", "modified": "modified",
    "lastPrinted": "printed", "revision": "revision", "Application": "application",
    "AppVersion": "application_version", "Company": "company", "Manager": "manager", "Template": "template",
}  # fmt: skip
_ODF: Final = {
    "initial-creator": "initial_creator", "creator": "last_modified_by", "creation-date": "created",
    "date": "modified", "generator": "application", "printed-by": "printed_by", "print-date": "printed",
    "editing-cycles": "revision",
}  # fmt: skip
_XMP_NAMES: Final = rb"xmp:CreatorTool|xmp:CreateDate|xmp:ModifyDate|pdf:Producer|xmpMM:DocumentID"
_XMP: Final = re.compile(rb"<(" + _XMP_NAMES + rb")>([^<]{1,400})<|(" + _XMP_NAMES + rb")=\"([^\"]{1,400})\"")
_XMP_KEYS: Final = {
    b"xmp:CreatorTool": "creator_tool", b"xmp:CreateDate": "xmp_created", b"xmp:ModifyDate": "xmp_modified",
    b"pdf:Producer": "xmp_producer", b"xmpMM:DocumentID": "xmp_document_id",
}  # fmt: skip
_PRINTER_PART: Final = re.compile(
    r"(?:xl|word|ppt|visio)/(?:[\w-]+/)?printerSettings/?\w*\.bin", re.IGNORECASE
)
_DEVICE: Final = 32  # characters of a printer's name in a DEVMODE ([MS-RPRN] 2.2.2.1)


def completed(document: Document, data: bytes) -> Document:
    """Return the document with what its file's own properties say and its reader did not."""
    if len(data) > _LARGEST:
        return document
    metadata = dict(document.metadata)
    try:
        told = list(_properties(document.media_type, data))
    except Exception:  # noqa: BLE001 - properties of a hostile file must not cost its text, which is read already
        return document
    for key, value in told:
        kept = clean_value(value, MAX_VALUE)
        if kept and key not in document.metadata:
            metadata[key] = tuple(dict.fromkeys((*metadata.get(key, ()), kept)))
    if metadata == document.metadata:
        return document
    return msgspec.structs.replace(document, metadata=dict(sorted(metadata.items())))


def _properties(media_type: str, data: bytes) -> Iterator[tuple[str, str]]:
    office = any(part in media_type for part in ("officedocument", "opendocument", "ms-"))
    if data.startswith(_PACKED) and office:
        yield from _packed(data)
    elif data.startswith(_OLE):
        yield from compound_values(data)
    elif media_type == "application/pdf" or media_type.startswith("image/"):
        yield from _xmp(data)


def _xmp(data: bytes) -> Iterator[tuple[str, str]]:
    place = 0
    for _ in range(_PACKETS):
        place = data.find(b"<x:xmpmeta", place)
        if place < 0:
            return
        end = data.find(b"</x:xmpmeta>", place)
        end = min(end, place + _PACKET) if end > 0 else place + _PACKET
        for found in _XMP.finditer(data, place, end):
            name, value = (found[1], found[2]) if found[1] else (found[3], found[4])
            yield _XMP_KEYS[name], html.unescape(value.decode("utf-8", "replace"))
        place = end


def _packed(data: bytes) -> Iterator[tuple[str, str]]:
    package = Package(data)
    parts = (("docProps/core.xml", _OOXML), ("docProps/app.xml", _OOXML), ("meta.xml", _ODF))
    for name, fields in parts:
        root = package.tree(name) if name in package.names else None
        for element in root.iter() if root is not None else ():
            key = fields.get(local(element.tag))
            if key is not None and element.text:
                yield key, element.text
    if "settings.xml" in package.names and (root := package.tree("settings.xml")) is not None:
        for element in root.iter():
            named = any(str(value) == "PrinterName" for value in element.attrib.values())
            if named and element.text:
                yield "printer", element.text
    for name in package.names:
        if _PRINTER_PART.fullmatch(name) and (device := _device(package.part(name) or b"")):
            yield "printer", device


def _device(settings: bytes) -> str:
    """Return the printer's name that a DEVMODE begins with; names of one letter are none."""
    try:
        name = settings[: 2 * _DEVICE].decode("utf-16-le").split("\0", 1)[0].strip()
    except UnicodeDecodeError:
        return ""
    return name if len(name) > 1 and name.isprintable() else ""
