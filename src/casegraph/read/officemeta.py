"""What office files say of themselves: author, dates, program (OOXML core properties; [MS-OLEPS])."""

from __future__ import annotations

import io
import struct
from datetime import datetime

import olefile

from casegraph.read.bylines import is_name
from casegraph.read.charset import codec, decode
from casegraph.read.draft import Draft
from casegraph.read.package import Package, local

_CORE = {
    "title": "title", "creator": "creator", "lastModifiedBy": "last_modified_by", "created": "created",
    "modified": "modified", "subject": "subject", "keywords": "keywords", "description": "description",
    "category": "category", "revision": "revision", "Application": "application", "Company": "company",
    "Manager": "manager", "Template": "template", "lastPrinted": "printed",
}  # fmt: skip
_COMPOUND = {
    "title": "title", "author": "creator", "last_saved_by": "last_modified_by", "create_time": "created",
    "last_saved_time": "modified", "subject": "subject", "keywords": "keywords", "comments": "description",
    "category": "category", "creating_application": "application", "company": "company",
    "manager": "manager", "template": "template", "revision_number": "revision",
    "last_printed": "printed",
}  # fmt: skip
_BROKEN = (OSError, ValueError, IndexError, TypeError, KeyError, struct.error, RecursionError, AttributeError)


def package_properties(draft: Draft, package: Package) -> None:
    """Keep the properties of an OOXML package, the user's own too."""
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = package.tree(name) if name in package.names else None
        for element in root if root is not None else ():
            if (key := _CORE.get(local(element.tag))) is not None:
                draft.value(key, element.text)
    root = package.tree("docProps/custom.xml") if "docProps/custom.xml" in package.names else None
    for element in root if root is not None else ():
        draft.value(f"custom_{element.get('name')}", "".join(str(text) for text in element.itertext()))
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        draft.value("signed", "not checked")
    _state(draft)


def compound_properties(draft: Draft, data: bytes) -> None:
    """Keep the properties of a compound file; times are UTC."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            found = whole.get_metadata()
    except _BROKEN:
        return
    page = getattr(found, "codepage", None)
    encoding = codec(f"cp{page & 0xFFFF}") if isinstance(page, int) else None
    for name, key in _COMPOUND.items():
        draft.value(key, _shown(getattr(found, name, None), encoding))
    _state(draft)


def _shown(value: object, encoding: str | None) -> str | None:
    if isinstance(value, bytes):
        text = value.rstrip(b"\0")
        return decode(text, encoding).text if encoding else decode(text).text
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='seconds')}Z" if value.year > 1601 else None
    return str(value) if isinstance(value, (str, int)) and value else None


def _state(draft: Draft) -> None:
    draft.title = draft.title or next(iter(draft.metadata.get("title", ())), None)
    draft.authors = draft.authors or [name for name in draft.metadata.get("creator", ()) if is_name(name)]
