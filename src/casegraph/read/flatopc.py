"""Office packages written as one XML file (flat OPC) as the packages that they stand for."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile

from lxml import etree

from casegraph.read.limits import MAX_UNPACKED
from casegraph.read.package import attribute, local

MARK = b"schemas.microsoft.com/office/2006/xmlPackage"
_HEAD = 4_096
_MOST_PARTS = 10_000


def is_flat(data: bytes) -> bool:
    """Tell whether a file is a package in one file."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and MARK in data[:_HEAD]


def packed(data: bytes) -> tuple[bytes, bool]:
    """Return the file as a package, b"" where it is too large or holds no part, and whether it is whole."""
    if len(data) > MAX_UNPACKED or b"<!DOCTYPE" in data[:_HEAD] or b"<!ENTITY" in data[:_HEAD]:
        return b"", False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return b"", False
    parts = [one for one in root if local(one.tag) == "part"][:_MOST_PARTS] if root is not None else []
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        names: set[str] = set()
        for part in parts:
            name = (attribute(part, "name") or "").lstrip("/")
            if name and name not in names and len(name) < 1_000:
                names.add(name)
                package.writestr(name, _content(part))
    return made.getvalue() if parts else b"", not len(parser.error_log.filter_from_fatals())


def _content(part: etree._Element) -> bytes:
    for one in part:
        if local(one.tag) == "xmlData" and len(one):
            return etree.tostring(one[0], encoding="UTF-8", xml_declaration=True)
        if local(one.tag) == "binaryData":
            try:
                return base64.b64decode(one.text or "")
            except (binascii.Error, ValueError):
                return b""
    return b""
