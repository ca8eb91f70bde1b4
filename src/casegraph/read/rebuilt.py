"""Messages that a mail program kept in pieces, put together as RFC 5322 and MIME say."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

_DROPPED: Final = re.compile(r"(?i)(?:content-[\w-]+|mime-version)\s*:")
_FIELD: Final = re.compile(r"[!-9;-~]+\s*:")
_LONGEST: Final = 60  # bytes of words in one encoded word of RFC 2047, which may have 75 characters
_UNSAFE: Final = re.compile(r"[\r\n\0]+")


@dataclass(slots=True)
class Attached:
    """A file that hangs on a message."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"


@dataclass(slots=True)
class Mail:
    """A message as a mail program keeps it. `header` is what it came with, None where it never travelled."""

    header: str | None = None
    subject: str = ""
    sender: tuple[str, str] = ("", "")  # name, address
    recipients: list[tuple[str, str, str]] = field(default_factory=list)  # "To", "Cc" or "Bcc", name, address
    date: datetime | None = None
    identifier: str = ""
    answers: str = ""
    references: str = ""
    text: str = ""
    html: bytes = b""
    html_charset: str = "utf-8"
    attached: list[Attached] = field(default_factory=list)


def rebuild(mail: Mail) -> bytes:
    """Return the message in the form in which it would have been sent."""
    header = list(_kept(mail.header)) if mail.header else []
    have = {line.split(":", 1)[0].strip().lower() for line in header if not line[:1].isspace()}
    header += [line for name, line in _made(mail) if name.lower() not in have]
    bodies = [part for part in (_text(mail), _html(mail)) if part]
    body = (
        _multipart("alternative", "casegraph-2", bodies) if len(bodies) > 1 else (bodies or [_plain("")])[0]
    )
    if mail.attached:
        body = _multipart("mixed", "casegraph-1", [body, *map(_attachment, mail.attached)])
    return "\r\n".join([*header, "MIME-Version: 1.0"]).encode("utf-8", "replace") + b"\r\n" + body


def _kept(header: str) -> Iterator[str]:
    """Yield the lines of a header, without the fields that tell how the body was written then."""
    keep = False
    for line in header.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            continue
        if not line[:1].isspace():
            keep = bool(_FIELD.match(line)) and not _DROPPED.match(line)
        if keep:
            yield _UNSAFE.sub(" ", line)


def _made(mail: Mail) -> Iterator[tuple[str, str]]:
    """Yield names and lines of the fields that the message's properties tell."""
    if any(mail.sender):
        yield "From", f"From: {_address(*mail.sender)}"
    for kind in ("To", "Cc", "Bcc"):
        people = [_address(name, address) for own, name, address in mail.recipients if own == kind]
        if people:
            yield kind, f"{kind}: " + ",\r\n ".join(people)
    if mail.subject:
        yield "Subject", f"Subject: {_words(mail.subject)}"
    if mail.date is not None:
        yield "Date", f"Date: {format_datetime(mail.date)}"
    for name, value in (
        ("Message-ID", mail.identifier), ("In-Reply-To", mail.answers), ("References", mail.references),
    ):  # fmt: skip
        if value.strip():
            yield name, f"{name}: {' '.join(value.split())}"


def _address(name: str, address: str) -> str:
    if not address or name == address:
        return _words(name) if "@" not in (name or address) else f"<{name or address}>"
    if "@" not in address:  # of Exchange's own directory: no address that the net knows
        return f"{_words(name or address)} <{quote(address, safe='/=._-')}>"
    return f"{_words(name)} <{_UNSAFE.sub('', address)}>" if name else f"<{_UNSAFE.sub('', address)}>"


def _words(text: str) -> str:
    """Return a phrase as a header field may hold it (RFC 2047)."""
    text = _UNSAFE.sub(" ", text).strip()
    if re.fullmatch(r"[\w .'!#$%&*+/=?^`{|}~-]*", text, re.ASCII):
        return text
    parts: list[str] = [""]
    for letter in text:
        if len((parts[-1] + letter).encode("utf-8", "replace")) > _LONGEST * 3 // 4:
            parts.append("")
        parts[-1] += letter
    coded = (base64.b64encode(part.encode("utf-8", "replace")).decode("ascii") for part in parts)
    return "\r\n ".join(f"=?utf-8?B?{part}?=" for part in coded)


def _text(mail: Mail) -> bytes | None:
    return _plain(mail.text) if mail.text.strip() else None


def _plain(text: str) -> bytes:
    return _part("text/plain; charset=utf-8", text.encode("utf-8", "replace"))


def _html(mail: Mail) -> bytes | None:
    if not mail.html.strip():
        return None
    return _part(f"text/html; charset={mail.html_charset}", mail.html)


def _attachment(one: Attached) -> bytes:
    name = quote(_UNSAFE.sub(" ", one.name), safe="")
    kind = (
        one.media_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", one.media_type) else "application/octet-stream"
    )
    return _part(kind, one.data, f"Content-Disposition: attachment; filename*=UTF-8''{name}\r\n")


def _part(kind: str, data: bytes, more: str = "") -> bytes:
    if kind == "message/rfc822":  # RFC 2046, 5.2.1: may not be encoded
        return f"Content-Type: {kind}\r\n{more}\r\n".encode() + data
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{more}\r\n"
    return head.encode("utf-8", "replace") + base64.encodebytes(data).replace(b"\n", b"\r\n")


def _multipart(kind: str, boundary: str, parts: list[bytes]) -> bytes:
    mark = _free(boundary, parts)
    head = f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n'.encode()
    line = f"--{mark}\r\n".encode()
    return head + b"".join(line + part + b"\r\n" for part in parts) + f"--{mark}--\r\n".encode()


def _free(boundary: str, parts: list[bytes]) -> str:
    """Return a boundary that stands in none of the parts: messages hang on messages."""
    number = 0
    while any(f"--{boundary}-{number}".encode() in part for part in parts):
        number += 1
    return f"{boundary}-{number}"
