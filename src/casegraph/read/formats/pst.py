"""Outlook's mail stores (PST, OST) by libpff: each message is a document of its own, named by its folder."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import pypff

from casegraph.model import DEEPEST, Original, Unpacked
from casegraph.read.base import Reader, Reading
from casegraph.read.draft import Draft
from casegraph.read.limits import MAX_CHILD, MAX_CHILDREN, MAX_PARTS
from casegraph.read.pieces import Piece
from casegraph.read.rebuilt import Attached, Mail, rebuild
from casegraph.read.rtfpacked import unpacked
from casegraph.read.unread import name_type

_TYPE: Final = "application/vnd.ms-outlook-pst"
_KINDS: Final = {1: "To", 2: "Cc", 3: "Bcc"}
_DEEPEST_FOLDER: Final = 50
_UNSAFE: Final = re.compile(r"[^\w .,()+-]+")
_LONGEST_SUBJECT: Final = 60

Item = Any  # pypff has no types


def _recognise(original: Original) -> str | None:
    return _TYPE if name_type(original) == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield each message, rebuilt as RFC 5322, then a page that lists them.

    What was deleted but still lies in the file comes below `recovered/`. Problems: `damaged`, `damaged-part`,
    `too-deep`, `too-many-children`.
    """
    draft = Draft(original, media_type, "pst 1")
    lines: list[str] = []
    if original.depth >= DEEPEST:
        draft.problem("too-deep", f"{DEEPEST} containers lie around this one; it was not opened")
    else:
        try:
            yield from _messages(draft, lines)
        except OSError:  # libpff says so of whatever it cannot follow
            draft.problem("damaged", "the mail store is broken; what could be reached was taken out")
    draft.page([Piece("\n".join(lines), "table")] if lines else [])
    yield from draft.finish()


def _messages(draft: Draft, lines: list[str]) -> Iterator[Unpacked]:
    store = pypff.file()
    store.open_file_object(io.BytesIO(draft.original.data))
    failed = number = 0
    try:
        for folder, item in _items(store):
            number += 1
            if number > MAX_CHILDREN:
                draft.problem("too-many-children", f"only the first {MAX_CHILDREN} messages were taken out")
                break
            try:
                mail = _mail(item)
                data = rebuild(mail)
            except (OSError, ValueError, OverflowError):
                failed += 1
                continue
            subject = " ".join(_UNSAFE.sub(" ", mail.subject).split())[:_LONGEST_SUBJECT].strip()
            date = mail.date.isoformat() if mail.date else ""
            row = (folder, date, mail.sender[0] or mail.sender[1], mail.subject)
            lines.append("\t".join(" ".join(cell.split()) for cell in row))
            yield draft.child(f"{folder}/{number:06} {subject}".rstrip() + ".eml", data, "message")
    finally:
        store.close()
    if failed:
        draft.problem("damaged-part", f"{failed} messages are broken and could not be taken out")


def _items(store: Item) -> Iterator[tuple[str, Item]]:
    """Yield folder path and message: those of the folders, then what was deleted and can be recovered."""
    yield from _below(store.root_folder, "", 0)
    for index in range(store.number_of_orphan_items):
        try:
            item = store.get_orphan_item(index)
        except OSError:
            continue
        if hasattr(item, "transport_headers"):
            yield "recovered", item


def _below(folder: Item, path: str, depth: int) -> Iterator[tuple[str, Item]]:
    for index in range(folder.number_of_sub_messages):
        try:
            yield path or "store", folder.get_sub_message(index)
        except OSError:
            continue
    for index in range(folder.number_of_sub_folders if depth < _DEEPEST_FOLDER else 0):
        try:
            inner = folder.get_sub_folder(index)
            name = _UNSAFE.sub(" ", inner.name or "").strip() or f"folder {index + 1}"
        except OSError:
            continue
        yield from _below(inner, f"{path}/{name}".lstrip("/"), depth + 1)


class _Properties:
    """The MAPI properties of an item, by their numbers ([MS-OXPROPS])."""

    def __init__(self, record_set: Item) -> None:
        self._entries: dict[int, Item] = {}
        for index in range(record_set.number_of_entries):
            entry = record_set.get_entry(index)
            self._entries.setdefault(entry.entry_type, entry)

    def text(self, *tags: int) -> str:
        for tag in tags:
            entry = self._entries.get(tag)
            try:
                text = entry.data_as_string if entry is not None else None
            except (OSError, ValueError):
                continue
            if text and text.strip("\0 "):
                return str(text).rstrip("\0")
        return ""

    def number(self, tag: int) -> int:
        try:
            return int(self._entries[tag].data_as_integer)
        except (KeyError, OSError, ValueError, TypeError):
            return 0


def _properties(item: Item) -> _Properties:
    return _Properties(item.get_record_set(0)) if item.number_of_record_sets else _Properties(_Nothing())


class _Nothing:
    """A record set without entries."""

    number_of_entries = 0


def _mail(item: Item) -> Mail:
    own = _properties(item)
    html = item.html_body or b""
    plain = item.plain_text_body or b""
    mail = Mail(
        header=item.transport_headers,
        subject=own.text(0x0037) or item.subject or "",
        sender=(item.sender_name or "", own.text(0x5D02, 0x5D01, 0x0065, 0x0C1F)),
        recipients=list(_recipients(item)),
        date=_moment(item.client_submit_time) or _moment(item.delivery_time),
        identifier=own.text(0x1035),
        answers=own.text(0x1042),
        references=own.text(0x1039),
        text=plain.decode("utf-8", "replace") if isinstance(plain, bytes) else plain,
        html=html if isinstance(html, bytes) else html.encode("utf-8"),
        attached=list(_attached(item)),
    )
    rich = item.rtf_body or b""
    if rich and not mail.text.strip() and not mail.html.strip():
        body = rich if rich.startswith(b"{\\rtf") else unpacked(rich)
        mail.attached.insert(0, Attached("body.rtf", body, "application/rtf"))
    return mail


def _moment(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value is not None and value.year > 1601 else None


def _recipients(item: Item) -> Iterator[tuple[str, str, str]]:
    found = item.recipients
    for index in range(found.number_of_record_sets if found is not None else 0):
        own = _Properties(found.get_record_set(index))
        yield _KINDS.get(own.number(0x0C15) & 0xF, "To"), own.text(0x3001), own.text(0x39FE, 0x3003)


def _attached(item: Item) -> Iterator[Attached]:
    for index in range(min(item.number_of_attachments, MAX_PARTS)):
        try:
            one = item.get_attachment(index)
            own = _properties(one)
            name = own.text(0x3707, 0x3704, 0x3001) or f"attachment {index + 1}"
            inner = one.get_sub_item(0) if one.number_of_sub_items else None
            if inner is not None and hasattr(inner, "transport_headers"):
                yield Attached(f"{name}.eml", rebuild(_mail(inner)), "message/rfc822")
            elif 0 < one.size <= MAX_CHILD:
                yield Attached(
                    name, one.read_buffer(one.size), own.text(0x370E) or "application/octet-stream"
                )
        except (OSError, ValueError):
            yield Attached(f"attachment {index + 1}", b"")


READER = Reader(name="pst", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
