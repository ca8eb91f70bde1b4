"""Names and addresses in the header fields of mails (RFC 5322, 3.4), where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Span = tuple[int, int]

_ADDRESS = r"[^\s<>\[\]()\"',;:@]{1,64}@[^\s<>\[\]()\"',;:@/]{1,190}\.[^\W\d_][\w-]{0,30}\w"
_MAILBOX = re.compile(
    r"(?:(?P<name>\"[^\"\n]{1,120}\"|[^<>\[\]\"@\n,;:：]{1,120}?(?:,\s?[^<>\[\]\"@\n,;:：]{1,60}?)?)\s*"
    rf"[<\[](?:mailto:|smtp:)?\s*(?P<address>{_ADDRESS})\s*[>\]])|(?P<bare>{_ADDRESS})",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:from|to|cc|bcc|reply-to|sender|от|от кого|кому|копия|"
    r"发件人|發件人|寄件者|寄件人|收件人|收件者|抄送|副本)\s?[:：]",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(r"[^\W\d_][\w -]{1,30}[:：]")
_SHOWN = re.compile(r"['\"]?[ \t]*[<\[]")
_AROUND = " \t\u00a0'\"“”«»,;"


class Mailbox(NamedTuple):
    """One mailbox: where its display name stands, where its address, both as they are meant."""

    name: Span | None
    address: Span
    shown: str  # display name in the order of speech ("Kern, Anna" is Anna Kern), "" without one
    mail: str  # the address in small letters


def mailboxes(header: str) -> Iterator[Mailbox]:
    """Yield the mailboxes of a header's fields that name people; other fields are passed over."""
    place = 0
    named = False
    for line in header.split("\n"):
        if _FIELD.match(line.lstrip(" *")):
            named = True
        elif _OTHER_FIELD.match(line.lstrip(" *")):
            named = False
        if named:
            start = field.end() if (field := re.match(r"[ *]*[^:：@<\"]{1,30}[:：]", line)) else 0
            yield from _line(header, place + start, place + len(line))
        place += len(line) + 1


def _line(header: str, start: int, end: int) -> Iterator[Mailbox]:
    for found in _MAILBOX.finditer(header, start, end):
        if found["bare"] and _SHOWN.match(header, found.end()):
            continue  # an address as the name that is shown with an address
        address = found.span("address") if found["address"] else found.span("bare")
        mail = header[slice(*address)].casefold()
        span = _trimmed(header, *found.span("name")) if found["name"] else None
        shown = _turned(header[slice(*span)]) if span else ""
        if "@" in shown or shown.casefold() == mail:
            span, shown = None, ""
        yield Mailbox(span, address, shown, mail)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return (start, end) if any(char.isalpha() for char in text[start:end]) else None


def _turned(name: str) -> str:
    """Return "Anna Kern" for "Kern, Anna"; what has more commas or long parts is left as it is."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2 and all(0 < len(part.split()) <= 3 for part in parts):
        return f"{parts[1]} {parts[0]}"
    return " ".join(name.split())
