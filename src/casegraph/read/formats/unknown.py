"""Compound files that no reader reads (Project, StarOffice 5 ...): properties and what they embed."""

from __future__ import annotations

import io
import struct

import olefile

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean_value
from casegraph.read.draft import Draft
from casegraph.read.embedded import has_macros, hold_objects
from casegraph.read.magic import STREAMS
from casegraph.read.officemeta import compound_properties
from casegraph.read.sectors import chains_end
from casegraph.read.unread import ENCRYPTED, label, name_type

_READ = frozenset({
    ENCRYPTED, "application/x-hwp", "application/msword", "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint", "application/vnd.ms-outlook", "application/vnd.ms-works",
    "application/x-mspublisher", "application/vnd.visio", "application/x-quattro-pro",
})  # fmt: skip
_TYPES = ("application/x-ole-storage", *dict.fromkeys(kind for _, kind in STREAMS if kind not in _READ))


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _TYPES else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a document without pages.

    Problems: `unread-type`, `macros-not-run`, `attachment-unread`.
    """
    draft = Draft(original, media_type, "unknown 1")
    if chains_end(original.data):
        compound_properties(draft, original.data)
        if unread := hold_objects(draft, original.data):
            draft.problem("attachment-unread", f"{unread} embedded documents could not be taken out")
    if has_macros(original.data):
        draft.problem("macros-not-run", "the file holds macros; they were neither run nor read")
    program = _program(original.data)
    draft.value("program", program)
    told = f" by {program}" if program else ""
    draft.problem("unread-type", f"no reader for {label(media_type)}{told}; what it says of itself was read")
    yield from draft.finish()


def _program(data: bytes) -> str:
    """Return what the file's own program calls its kind ([MS-OLEDS] 2.3.7), "" where it does not."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            stream = whole.openstream("\x01CompObj").read()
        (size,) = struct.unpack_from("<I", stream, 28)
    except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError):
        # olefile meets broken sector chains and directories with whatever Python raises there.
        return ""
    return clean_value(decode(stream[32 : 32 + min(size, 200)].rstrip(b"\0")).text, 200)


READER = Reader(name="unknown", version=1, media_types=_TYPES, recognise=_recognise, read=read)
