"""MIME messages to header values and the parts that hold their text (RFC 5322, 2045 to 2047)."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import default
from email.utils import getaddresses

from casegraph.read.charset import codec, decode
from casegraph.read.limits import MAX_PARTS

_FOLDED = re.compile(r"\r?\n[ \t]+|[\r\n]+")
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?[^?]*\?=")
_LONGEST_HEADER = 100_000  # characters looked at of one header
_SURROGATE = re.compile("[\udc80-\udcff]")


_HEAD_SIZE = 65_536  # bytes in which the header must end or go on
_FIELD = re.compile(rb"([!-9;-~]{2,60})[ \t]?:")
_COUNT = re.compile(rb"\d{1,12}\s*\n")
MACHINE = frozenset((
    b"message-id", b"received", b"return-path", b"delivered-to", b"mime-version", b"x-mailer", b"references",
    b"in-reply-to", b"dkim-signature", b"newsgroups", b"x-originating-ip",
))  # fmt: skip
KNOWN = MACHINE | {
    b"from", b"to", b"cc", b"bcc", b"subject", b"date", b"sent", b"content-type", b"reply-to", b"sender",
    b"user-agent",
}  # fmt: skip


def field_names(data: bytes) -> frozenset[bytes]:
    """Return the lower-case names of the header fields that the data begins with; none if it is no header."""
    names: set[bytes] = set()
    for line in data[:_HEAD_SIZE].lstrip(b"\xef\xbb\xbf\r\n").split(b"\n"):
        if not line.rstrip(b"\r"):
            return frozenset(names)
        if line[:1] in b" \t" and names:
            continue
        if (match := _FIELD.match(line)) is None:
            return frozenset(names) if len(names & KNOWN) >= 4 else frozenset()
        names.add(match[1].lower())
    return frozenset(names)


def message_bytes(data: bytes) -> bytes:
    """Return the message without what mail programs put before it: an mbox line, Apple Mail's length."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n")
    if data.startswith(b"From ") and b"\n" in data:
        return data.split(b"\n", 1)[1]
    match = _COUNT.match(data)
    if match is not None and field_names(data[match.end() :]) & KNOWN:
        return data[match.end() : match.end() + int(match.group())]
    return data


@dataclass(slots=True)
class Parts:
    """The text parts of a message in reading order, and what else it carries."""

    bodies: list[EmailMessage] = field(default_factory=list)  # chosen: plain or HTML, one an alternative
    others: list[EmailMessage] = field(default_factory=list)  # attachments, inline images, attached messages
    seen: list[EmailMessage] = field(default_factory=list)
    cut: bool = False

    @property
    def defects(self) -> int:
        """Places that break the format; some are known only once a part has been decoded."""
        return sum(len(part.defects) for part in self.seen)


def parse(data: bytes) -> tuple[EmailMessage, bool]:
    """Return the message, and whether its parts nest too deep to be told apart."""
    try:
        message = BytesParser(policy=default).parsebytes(data)
    except RecursionError:
        message = BytesHeaderParser(policy=default).parsebytes(data)
        return _as_message(message), True
    return _as_message(message), False


def _as_message(message: Message) -> EmailMessage:
    if not isinstance(message, EmailMessage):  # pragma: no cover - the policy makes only these
        raise TypeError("not an EmailMessage")
    return message


def _words(text: str) -> str:
    """Return a header's text with its encoded words decoded (RFC 2047)."""
    if not _ENCODED.search(text):
        return text
    try:
        pieces = decode_header(text)
    except (ValueError, email.errors.MessageError):
        return text
    parts: list[str] = []
    for value, charset in pieces:
        if isinstance(value, str):
            parts.append(value)
        elif charset is None:
            parts.append(value.decode("ascii", "replace"))
        else:
            name = codec(charset)
            parts.append(value.decode(name, "replace") if name else decode(value).text)
    return "".join(parts)


def _unfolded(raw: str) -> str:
    raw = raw[:_LONGEST_HEADER]
    if _SURROGATE.search(raw):  # bytes over 127 that the standard forbids and Russian mailers send
        raw = decode(raw.encode("ascii", "surrogateescape")).text
    return _FOLDED.sub(" ", raw).strip()


def headers(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """Yield the names, lower case, and decoded values of the header fields in order.

    Goes by the raw items: the default policy's own parser raises on some malformed values and
    takes minutes for a megabyte of them.
    """
    for name, raw in message.raw_items():
        yield name.lower(), _words(_unfolded(str(raw)))


def addresses(message: EmailMessage, name: str) -> list[tuple[str, str]]:
    """Return display name and address of each mailbox in a header field."""
    raw = [_unfolded(str(value)) for key, value in message.raw_items() if key.lower() == name]
    return [
        (_words(shown).strip("'\" "), address) for shown, address in getaddresses(raw) if shown or address
    ]


_DIRECTORY = re.compile(r"\s*<[^<>]*>|\s*[(\[][^()\[\]]*@[^()\[\]]*[)\]]")


def display_names(fields: dict[str, list[str]], name: str) -> str | None:
    """Return an address field with the names that an archive kept beside it (`X-From`, `X-To`), else None.

    Archives of Exchange write bare addresses and the names in fields of their own, with paths in a directory
    behind them. Names go with addresses only where there are as many.
    """
    bare = getaddresses(fields.get(name, []))
    kept = "; ".join(fields.get(f"x-{name}", ()))
    if not kept or not bare or any(shown for shown, _ in bare):
        return None
    shown = _DIRECTORY.sub(";" if "<" in kept else "", kept)
    names = [one.strip(" \t'\",") for one in re.split(r";+[\s,]*" if ";" in shown else r"\n", shown)]
    names = [one for one in names if one]
    if len(names) != len(bare) or any("@" in one or not any(map(str.isalpha, one)) for one in names):
        return None
    return "; ".join(f'"{shown}" <{address}>' for shown, (_, address) in zip(names, bare, strict=True))


def file_name(part: EmailMessage) -> str:
    """Return the name that a part gives for its file, "" if none or malformed."""
    try:
        return _words(part.get_filename() or "")
    except (ValueError, TypeError, LookupError, AttributeError, IndexError):
        return ""  # malformed parameters


def children_of(part: EmailMessage) -> list[EmailMessage]:
    """Return the parts of a part, none for a leaf."""
    payload = part.get_payload()
    return (
        [child for child in payload if isinstance(child, EmailMessage)] if isinstance(payload, list) else []
    )


def media_type(part: EmailMessage) -> str:
    """Return a part's media type; malformed ones are text/plain (RFC 2045, 5.2)."""
    try:
        return part.get_content_type()
    except (ValueError, IndexError, AttributeError):
        return "text/plain"


def charset(part: EmailMessage) -> str | None:
    """Return the encoding that a part declares, or None."""
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def content(part: EmailMessage) -> bytes:
    """Return a leaf part's bytes with its transfer encoding undone."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def attached_bytes(part: EmailMessage) -> bytes:
    """Return what an attachment holds: a leaf's bytes, or an attached message put together again.

    The standard library keeps no bytes of a nested message; what it writes anew may differ in line ends.
    """
    inner = children_of(part)
    if media_type(part) == "message/rfc822" and inner:
        part = inner[0]
    elif not inner:
        return content(part)
    try:
        return part.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        return b""


def collect(message: EmailMessage) -> Parts:
    """Return the parts that hold the text, without recursion. Of alternatives the plain one is taken."""
    parts = Parts()
    stack = [message]
    seen = 0
    while stack:
        part = stack.pop()
        seen += 1
        if seen > MAX_PARTS:
            parts.cut = True
            break
        parts.seen.append(part)
        kind = media_type(part)
        children = children_of(part)
        if kind == "multipart/alternative" and children:
            chosen, left = _alternative(children)
            stack.append(chosen)
            parts.others.extend(left)
        elif kind == "message/rfc822" or (kind.startswith("message/") and children):
            parts.others.append(part)
        elif children:
            stack.extend(reversed(children))
        elif kind in {"text/plain", "text/html"} and not _attached(part):
            parts.bodies.append(part)
        elif not kind.startswith("multipart/"):
            parts.others.append(part)
        elif content(part).strip():
            parts.bodies.append(part)  # says multipart and has no boundary: its text all the same
    return parts


def _attached(part: EmailMessage) -> bool:
    try:
        disposition = (part.get_content_disposition() or "").lower()
    except (ValueError, AttributeError, IndexError):
        disposition = ""
    return disposition == "attachment" or bool(file_name(part))


def _alternative(children: list[EmailMessage]) -> tuple[EmailMessage, list[EmailMessage]]:
    """Return the child to read, and those that are no version of the text (calendar entries)."""
    plain = next(
        (child for child in children if media_type(child) == "text/plain" and not _attached(child)), None
    )
    marked = next(
        (
            child
            for child in children
            if media_type(child) in {"text/html", "multipart/related", "multipart/mixed"}
        ),
        None,
    )
    chosen = plain
    if plain is None or (marked is not None and _stub(plain, marked)):
        chosen = marked if marked is not None else children[-1]
    versions = {
        "text/plain",
        "text/html",
        "multipart/related",
        "multipart/mixed",
        "text/enriched",
        "text/x-amp-html",
        "text/watch-html",
    }
    assert chosen is not None  # noqa: S101 - for the type checker: one of two branches has set it
    return chosen, [child for child in children if child is not chosen and media_type(child) not in versions]


def _stub(plain: EmailMessage, marked: EmailMessage) -> bool:
    """Tell whether a plain version only says "view this message in a browser that shows HTML"."""
    short = len(content(plain).split()) < 20
    leaves = [marked, *children_of(marked)]
    return short and sum(len(content(leaf)) for leaf in leaves if media_type(leaf) == "text/html") > 2_000
