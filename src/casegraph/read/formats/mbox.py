"""Mailboxes in one file (mbox of RFC 4155 and older, DBX of Outlook Express): each message is a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read import outlookexpress
from casegraph.read.base import Reader, Reading
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.limits import MAX_CHILD, MAX_CHILDREN
from casegraph.read.mailparts import KNOWN, field_names, headers, parse
from casegraph.read.pieces import Piece

_MBOX, _EXPRESS = "application/mbox", "application/x-outlook-express"
_EXPRESS_MARK = b"\xcf\xad\x12\xfe"
_HEAD = 1 << 16
# "From " at the beginning of a line, an address or "-" or "???", and something like a date.
_FROM = re.compile(rb"^From [^\r\n]{0,200}\d{1,2}:\d{2}[^\r\n]{0,60}\r?\n", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_UNSAFE = re.compile(r"[^\w .,()+-]+")
_LONGEST_SUBJECT = 60


def _recognise(original: Original) -> str | None:
    if original.data.startswith(_EXPRESS_MARK):
        return _EXPRESS
    head = original.data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n")
    found = _FROM.match(head)
    if found is None or not field_names(head[found.end() :]) & KNOWN:
        return None
    return _MBOX if len(_separators(original.data[: 1 << 22])) > 1 else None


def read(original: Original, media_type: str) -> Reading:
    """Yield each message, then a page that lists number, date, sender and subject of each.

    Problems: `too-many-children`, `too-large`, `no-text`.
    """
    draft = Draft(original, media_type, "mbox 1")
    lines: list[str] = []
    split = outlookexpress.messages if media_type == _EXPRESS else _messages
    for number, message in enumerate(split(original.data), 1):
        if number > MAX_CHILDREN:
            draft.problem("too-many-children", f"only the first {MAX_CHILDREN} messages were taken out")
            break
        if len(message) > MAX_CHILD:
            draft.problem("too-large", f"a message is larger than {MAX_CHILD >> 20} MiB; it was left")
            continue
        fields = _fields(message)
        subject = " ".join(_UNSAFE.sub(" ", fields.get("subject", "")).split())[:_LONGEST_SUBJECT].strip()
        lines.append("\t".join((str(number), *(fields.get(key, "") for key in ("date", "from", "subject")))))
        yield draft.child(f"{number:06} {subject}".strip() + ".eml", message, "message")
    if not lines and not draft.troubled:
        draft.problem("no-text", "the mail folder holds no messages")
    draft.page([Piece("\n".join(" ".join(line.split(" ")) for line in lines), "table")] if lines else [])
    yield from draft.finish()


def _separators(data: bytes) -> list[re.Match[bytes]]:
    """Return the lines that begin a message: the first one, and those after a blank line.

    A line of prose that begins with "From " and names an hour is none.
    """
    return [
        found
        for found in _FROM.finditer(data)
        if found.start() == 0 or data[max(0, found.start() - 2) : found.start()] in {b"\n\n", b"\r\n"}
    ]


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages, without the separator lines and with the quoting of "From " undone."""
    starts = _separators(data)
    for place, found in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(data)
        message = data[found.end() : end].rstrip(b"\r\n")
        if message.strip():
            yield _QUOTED.sub(rb"\1", message) + b"\n"


def _fields(message: bytes) -> dict[str, str]:
    """Return the header fields of a message that a list shows."""
    head = re.split(rb"\r?\n\r?\n", message[: 1 << 18], maxsplit=1)[0] + b"\n\n"
    found: dict[str, str] = {}
    for name, value in headers(parse(head)[0]):
        found.setdefault(name, " ".join(clean(value).split())[:300])
    return found


READER = Reader(name="mbox", version=1, media_types=(_MBOX, _EXPRESS), recognise=_recognise, read=read)
