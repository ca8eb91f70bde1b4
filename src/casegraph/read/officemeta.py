"""What office files say of themselves: author, dates, program (OOXML core properties; [MS-OLEPS])."""

from __future__ import annotations

from casegraph.read.bylines import is_name
from casegraph.read.draft import Draft
from casegraph.read.package import Package, local
from casegraph.read.propertysets import compound_values

_CORE = {
    "title": "title", "creator": "creator", "lastModifiedBy": "last_modified_by", "created": "created",
    "modified": "modified", "subject": "subject", "keywords": "keywords", "description": "description",
    "category": "category", "revision": "revision", "Application": "application", "Company": "company",
    "Manager": "manager", "Template": "template", "lastPrinted": "printed",
}  # fmt: skip


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
    """Keep the properties of a compound file, the user's own too; times are UTC."""
    for key, value in compound_values(data):
        draft.value(key, value)
    _state(draft)


def _state(draft: Draft) -> None:
    draft.title = draft.title or next(iter(draft.metadata.get("title", ())), None)
    draft.authors = draft.authors or [name for name in draft.metadata.get("creator", ()) if is_name(name)]
