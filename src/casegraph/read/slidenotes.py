"""All words on the pages of notes of a slide show: boxes, tables, WordArt (ECMA-376 Part 1, 19)."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.read.package import Package
from casegraph.read.sheetparts import shapes

_MAIN = "ppt/presentation.xml"
_SLIDES = 5_000


def notes_of_slides(package: Package) -> Iterator[list[str]]:
    """Yield the texts on each slide's page of notes, in the order in which slides are shown."""
    root = package.tree(_MAIN) if _MAIN in package.names else None
    relations = package.relations(_MAIN) if root is not None else {}
    listed = list(root.iter("{*}sldId")) if root is not None else []
    for one in listed[:_SLIDES]:
        identifier = next((str(value) for key, value in one.attrib.items() if str(key).endswith("}id")), "")
        part = relations.get(identifier, ("", "", True))
        yield [] if part[2] else list(_texts(package, part[1]))


def _texts(package: Package, slide: str) -> Iterator[str]:
    for kind, target, outside in sorted(package.relations(slide).values()):
        if kind == "notesSlide" and not outside:
            yield from (piece.text for piece in shapes(package, target) if not piece.text.isdecimal())
