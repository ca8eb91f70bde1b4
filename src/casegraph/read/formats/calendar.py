"""Calendars (ICS): a block an event with its time and zone, place, organiser and attendees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode, is_text
from casegraph.read.cleaning import clean
from casegraph.read.contentlines import Component, Content, binary, components
from casegraph.read.dates import parse_iso
from casegraph.read.draft import Draft
from casegraph.read.pieces import Piece

_TYPE = "text/calendar"
_BEGINS = re.compile(r"\s*BEGIN:(?:VCALENDAR|VEVENT|VTODO)\s", re.IGNORECASE)
_EVENTS = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"})
_TIMES = {
    "DTSTART": "start", "DTEND": "end", "DUE": "due", "DURATION": "duration", "RRULE": "repeats",
    "RECURRENCE-ID": "instance of", "EXDATE": "not on", "COMPLETED": "completed", "CREATED": "created",
    "LAST-MODIFIED": "modified", "DTSTAMP": "stamped",
}  # fmt: skip
_PEOPLE = {"ORGANIZER": "organiser", "ATTENDEE": "attendee"}
_WORDS = {
    "LOCATION": "place", "STATUS": "status", "CATEGORIES": "categories", "CLASS": "class",
    "UID": "identifier", "URL": "web", "CONTACT": "contact", "PRIORITY": "priority", "COMMENT": "comment",
    "GEO": "position", "RESOURCES": "resources", "X-WR-CALNAME": "calendar",
}  # fmt: skip
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?")


def _recognise(original: Original) -> str | None:
    if b"begin:v" not in original.data[:400].replace(b"\0", b"").lower() or not is_text(original.data):
        return None
    return _TYPE if _BEGINS.match(decode(original.data[:400]).text.lstrip("\ufeff")) else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the entries in order; their descriptions are paragraphs.

    Problems: `undecodable`, `cut`, `truncated`, `no-text`.
    """
    draft = Draft(original, media_type, "calendar 1")
    decoded = decode(original.data)
    draft.decoding(decoded)
    outer = components(clean(decoded.text))
    events = [one for calendar in outer for one in (calendar, *calendar.inside) if one.name in _EVENTS]
    for calendar in outer:
        draft.value("method", calendar.first("METHOD"))
        draft.value("made_with", calendar.first("PRODID"))
        draft.value("calendar", calendar.first("X-WR-CALNAME"))
    draft.value("entries", str(len(events)))
    draft.title = next(iter(draft.metadata.get("calendar", ())), None)
    if len(events) == 1:
        draft.title = " ".join(events[0].first("SUMMARY").split()) or draft.title
        draft.published = parse_iso(_moment(events[0].first("CREATED", "DTSTAMP")))
    if any(not one.closed for one in (*outer, *events)):
        draft.problem("truncated", "an entry has no end: the file was probably cut off")
    draft.page(piece for event in events for piece in _pieces(draft, event))
    if not draft.filled:
        draft.problem("no-text", "the calendar holds no entries")
    yield from draft.finish()


def _pieces(draft: Draft, event: Component) -> Iterator[Piece]:
    summary = " ".join(event.first("SUMMARY").split())
    yield Piece(summary, "heading")
    yield Piece("\n".join(_lines(event)), "table")
    for content in event.all("DESCRIPTION"):
        for part in clean(content.text).split("\n\n"):
            yield Piece(part.strip(), "paragraph")
    for number, content in enumerate(event.all("ATTACH"), 1):
        draft.link(content.value)
        if data := binary(content):
            name = next(iter(content.parameters.get("FILENAME", [])), f"attachment-{number}")
            draft.hold(draft.child(name, data, "attachment"))


def _lines(event: Component) -> Iterator[str]:
    for content in event.contents:
        if (label := _TIMES.get(content.name)) is not None:
            zone = next(iter(content.parameters.get("TZID", [])), "")
            yield f"{label}: {_moment(content.value)} {zone}".strip()
        elif (label := _PEOPLE.get(content.name)) is not None:
            yield f"{label}: {_person(content)}"
        elif (label := _WORDS.get(content.name)) is not None and content.text.strip():
            yield f"{label}: {' '.join(content.text.split())}"


def _moment(value: str) -> str:
    """Return a time of RFC 5545 (`20240912T102000Z`) as ISO 8601, anything else as it is."""

    def written(match: re.Match[str]) -> str:
        day = f"{match[1]}-{match[2]}-{match[3]}"
        return f"{day}T{match[4]}:{match[5]}:{match[6]}{match[7] or ''}" if match[4] else day

    return _MOMENT.sub(written, value.strip())


def _person(content: Content) -> str:
    """Return name, address, and how an attendee takes part."""
    name = next(iter(content.parameters.get("CN", [])), "")
    address = re.sub(r"(?i)^mailto:", "", content.value.strip())
    state = [
        one.lower().replace("-", " ")
        for key in ("ROLE", "PARTSTAT")
        for one in content.parameters.get(key, [])
    ]
    shown = f"{name} <{address}>" if name and address != name else address
    return f"{shown} ({', '.join(state)})" if state else shown


READER = Reader(name="calendar", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
