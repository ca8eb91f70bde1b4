"""Contacts, appointments and tasks of Outlook as vCard and iCalendar (RFC 6350, RFC 5545).

[MS-OXOCNTC], [MS-OXOCAL] and [MS-OXOTASK] name the properties in which Outlook keeps them.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from casegraph.read.rebuilt import Attached

Text = Callable[..., str]
Moment = Callable[[int], datetime | None]

_SETS: Final = {
    uuid.UUID("00062004-0000-0000-c000-000000000046"): "address",
    uuid.UUID("00062002-0000-0000-c000-000000000046"): "appointment",
    uuid.UUID("00062003-0000-0000-c000-000000000046"): "task",
}
_MAPI_SETS: Final = 3  # numbers of sets that no list gives: none, PS_MAPI, PS_PUBLIC_STRINGS
_PHONES: Final = {
    0x3A08: "work,voice", 0x3A1B: "work,voice", 0x3A09: "home,voice", 0x3A2F: "home,voice", 0x3A1C: "cell",
    0x3A24: "work,fax", 0x3A25: "home,fax", 0x3A1A: "voice", 0x3A1F: "voice", 0x3A21: "pager",
}  # fmt: skip
_PLACES: Final = {
    "work": (0x3A29, 0x3A27, 0x3A28, 0x3A2A, 0x3A26), "home": (0x3A5D, 0x3A59, 0x3A5C, 0x3A5B, 0x3A5A),
    "other": (0x3A63, 0x3A5F, 0x3A62, 0x3A61, 0x3A60),
}  # fmt: skip
"""Tags of street, town, region, code and country."""
_MAILS: Final = (0x8083, 0x8093, 0x80A3)
_WORDS: Final = {
    "TITLE": 0x3A17, "ROLE": 0x3A46, "NICKNAME": 0x3A4F, "URL": 0x3A51, "X-MANAGER": 0x3A4E,
    "X-ASSISTANT": 0x3A30, "X-SPOUSE": 0x3A48,
}  # fmt: skip
_LOCATION, _START, _END = 0x8208, 0x820D, 0x820E
_ATTENDEES, _RECURS = 0x8238, 0x8232
_TASK_START, _TASK_DUE, _TASK_DONE, _TASK_OWNER = 0x8104, 0x8105, 0x810F, 0x811F
_BIRTHDAY: Final = 0x3A42


def named(sets: bytes, entries: bytes) -> dict[tuple[str, int], int]:
    """Return the tags that a file gave to numbered properties of Outlook's own sets ([MS-OXMSG] 2.2.3)."""
    tags: dict[tuple[str, int], int] = {}
    for place in range(0, len(entries) - 7, 8):
        number, kind, index = struct.unpack_from("<IHH", entries, place)
        start = ((kind >> 1) - _MAPI_SETS) * 16
        if kind & 1 or not 0 <= start <= len(sets) - 16:
            continue
        own = _SETS.get(uuid.UUID(bytes_le=sets[start : start + 16]))
        if own is not None:
            tags[own, number] = 0x8000 + index
    return tags


def items(kind: str, text: Text, moment: Moment, tags: dict[tuple[str, int], int]) -> Iterator[Attached]:
    """Yield what a message of a class says in properties, as a file of the form that others use."""
    kind = kind.lower()
    if kind.startswith("ipm.contact"):
        yield _file("contact.vcf", "text/vcard", ("VCARD", *_card(text, moment, tags)))
    elif kind.startswith(("ipm.appointment", "ipm.schedule.meeting")):
        lines = list(_event(text, moment, tags))
        if lines:
            yield _calendar("appointment.ics", "VEVENT", text(0x0037), lines)
    elif kind.startswith("ipm.task"):
        lines = list(_task(text, moment, tags))
        if lines:
            yield _calendar("task.ics", "VTODO", text(0x0037), lines)


def _calendar(name: str, kind: str, subject: str, lines: list[str]) -> Attached:
    inner = [f"BEGIN:{kind}", f"SUMMARY:{_written(subject)}", *lines, f"END:{kind}"]
    return _file(name, "text/calendar", ("VCALENDAR", "VERSION:2.0", *inner))


def _file(name: str, media_type: str, lines: tuple[str, ...]) -> Attached:
    kind, *rest = lines
    written = "\r\n".join([f"BEGIN:{kind}", *rest, f"END:{kind}", ""])
    return Attached(name, written.encode("utf-8", "replace"), media_type)


def _written(text: str) -> str:
    """Return a value as both forms write it."""
    text = text.strip().replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return text.replace(";", "\\;").replace(",", "\\,")


def _card(text: Text, moment: Moment, tags: dict[tuple[str, int], int]) -> Iterator[str]:
    yield "VERSION:4.0"
    yield f"FN:{_written(text(0x3001, 0x0037))}"
    names = (text(0x3A11), text(0x3A06), text(0x3A44), text(0x3A45), text(0x3A05))
    if any(names):
        yield "N:" + ";".join(map(_written, names))
    if company := text(0x3A16):
        yield f"ORG:{_written(company)};{_written(text(0x3A18))}"
    for key, tag in _WORDS.items():
        if value := text(tag):
            yield f"{key}:{_written(value)}"
    yield from _ways(text, tags)
    if (born := moment(_BIRTHDAY)) is not None:
        yield f"BDAY:{born:%Y%m%d}"


def _ways(text: Text, tags: dict[tuple[str, int], int]) -> Iterator[str]:
    """Yield the ways to reach somebody."""
    for number in _MAILS:
        own = tags.get(("address", number))
        if own is not None and (value := text(own)):
            yield f"EMAIL:{_written(value)}"
    for tag, kind in _PHONES.items():
        if value := text(tag):
            yield f'TEL;TYPE="{kind}":{_written(value)}'
    for kind, parts in _PLACES.items():
        values = [text(tag) for tag in parts]
        if any(values):
            yield f"ADR;TYPE={kind}:;;{';'.join(map(_written, values))}"


def _event(text: Text, moment: Moment, tags: dict[tuple[str, int], int]) -> Iterator[str]:
    yield from _times("appointment", {"DTSTART": _START, "DTEND": _END}, moment, tags)
    keys = {"LOCATION": _LOCATION, "COMMENT": _RECURS, "CONTACT": _ATTENDEES}
    yield from _texts("appointment", keys, text, tags)


def _task(text: Text, moment: Moment, tags: dict[tuple[str, int], int]) -> Iterator[str]:
    keys = {"DTSTART": _TASK_START, "DUE": _TASK_DUE, "COMPLETED": _TASK_DONE}
    yield from _times("task", keys, moment, tags)
    yield from _texts("task", {"CONTACT": _TASK_OWNER}, text, tags)


def _times(own: str, keys: dict[str, int], moment: Moment, tags: dict[tuple[str, int], int]) -> Iterator[str]:
    for key, number in keys.items():
        tag = tags.get((own, number))
        if tag is not None and (time := moment(tag)) is not None and time.year < 4500:  # that year is none
            yield f"{key}:{time:%Y%m%dT%H%M%SZ}"


def _texts(own: str, keys: dict[str, int], text: Text, tags: dict[tuple[str, int], int]) -> Iterator[str]:
    for key, number in keys.items():
        if (tag := tags.get((own, number))) is not None and (value := text(tag)):
            yield f"{key}:{_written(value)}"
