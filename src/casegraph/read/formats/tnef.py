"""Outlook's winmail.dat (TNEF): the message and what hangs on it, as if it had come by mail."""

from __future__ import annotations

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.draft import Draft
from casegraph.read.formats import eml
from casegraph.read.rebuilt import rebuild
from casegraph.read.tnefparts import message
from casegraph.read.unread import name_type

_TYPE = "application/vnd.ms-tnef"


def _recognise(original: Original) -> str | None:
    return _TYPE if name_type(original) == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the message with roles; its attachments are its children.

    Problems: `damaged-part`, `no-text`, `attachment-unread`.
    """
    draft = Draft(original, media_type, "tnef 1")
    mail, broken = message(original.data)
    if broken:
        draft.problem("damaged-part", "the file ends too soon or is broken; it was read as far as it goes")
    yield from eml.read_message(rebuild(mail), draft)


READER = Reader(name="tnef", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
