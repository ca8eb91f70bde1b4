"""Outlook messages in files of their own (MSG)."""

from __future__ import annotations

import io
import struct

import olefile

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.draft import Draft
from casegraph.read.formats import eml
from casegraph.read.mapi import message
from casegraph.read.unread import name_type

_TYPE = "application/vnd.ms-outlook"


def _recognise(original: Original) -> str | None:
    return _TYPE if name_type(original) == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the message as one that came by mail: header, text, and its attachments as children."""
    try:
        with olefile.OleFileIO(io.BytesIO(original.data)) as whole:
            rebuilt = message(whole)
    except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError):
        # olefile meets broken sector chains and directories with whatever Python raises there.
        draft = Draft(original, media_type, "msg 2")
        draft.problem("damaged", "the message is broken: its properties cannot be read")
        yield from draft.finish()
        return
    yield from eml.read_message(rebuilt, Draft(original, media_type, "msg 2"))


READER = Reader(name="msg", version=2, media_types=(_TYPE,), recognise=_recognise, read=read)
