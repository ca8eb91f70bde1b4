"""A document as it came: its pages as pictures, its bytes to be saved."""

from __future__ import annotations

from pathlib import PurePosixPath

from casegraph.pipeline.case import Case
from casegraph.pipeline.reading import PICTURED
from casegraph.web.base import Ask, Contents, File, NotThereError, Parameter, looked_up

_WIDTHS = {"page": PICTURED, "large": 2_400}
_BYTES = "application/octet-stream"
"""Of whatever is saved: no browser shows it, as what or whom it may claim to be."""


def picture(case: Case, ask: Ask) -> Contents:
    """Return a page as its document shows it."""
    size, number = ask.text("size") or "page", ask.path["page"]
    if size not in _WIDTHS or not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise NotThereError("there is no such picture")
    with looked_up():
        document = case.document_id(ask.path["document"])
        data = case.picture(document, int(number), width=_WIDTHS[size])
    return Contents(data, "image/webp")


def original(case: Case, ask: Ask) -> Contents:
    """Return the bytes of a document."""
    with looked_up():
        document = case.document_id(ask.path["document"])
    name = case.names([document]).get(document, document)
    return Contents(case.original(document), _BYTES, saved=PurePosixPath(name).name or "original")


PICTURE = File(
    "picture", "/documents/{document}/pages/{page}/image", picture,
    "A page as its document shows it, of PDF and scans.", "image/webp",
    (Parameter("size", "How large.", {"type": "string", "enum": list(_WIDTHS)}),),
)  # fmt: skip
ORIGINAL = File("original", "/documents/{document}/original", original, "The bytes of a document.", _BYTES)
