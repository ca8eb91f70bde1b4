"""Mail messages (RFC 5322 and MIME)."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses

from casegraph.model import Original
from casegraph.read import dates, mailparts
from casegraph.read.base import Reader, Reading, suffixes
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.dom import parse, walk
from casegraph.read.draft import Draft
from casegraph.read.limits import MAX_MARKUP
from casegraph.read.mailparts import KNOWN, MACHINE, Parts, field_names, message_bytes
from casegraph.read.pieces import Piece
from casegraph.read.quoting import body_pieces, mark_quotations, markup_pieces, unflow
from casegraph.read.webpage import declared_charset

_NAMES = frozenset({"eml", "emlx"})
_SHOWN = (("from", "From"), ("sent", "Sent"), ("to", "To"), ("cc", "Cc"), ("bcc", "Bcc"), ("date", "Date"))


def _recognise(original: Original) -> str | None:
    data = original.data
    names = field_names(message_bytes(data)) & KNOWN
    if b"content-type" in names and _is_part(data):
        return "message/rfc822"
    if len(names) >= 3 or (len(names) >= 2 and names & MACHINE):
        return "message/rfc822"
    return "message/rfc822" if names and suffixes(original) & _NAMES else None


def _is_part(data: bytes) -> bool:
    """Tell whether data begin as a part of a message does, as what was signed inside S/MIME."""
    names = field_names(data)
    return len(names) > 1 and all(name.startswith(b"content-") or name == b"mime-version" for name in names)


def read(original: Original, media_type: str) -> Reading:
    """Yield the message with roles; its attachments are its children."""
    yield from read_message(message_bytes(original.data), Draft(original, media_type, "eml 4"))


def read_message(data: bytes, draft: Draft) -> Reading:
    """Yield what a message holds, as the document that the draft is of."""
    message, nested = mailparts.parse(data)
    if nested:
        draft.problem("nested-too-deep", "the message's parts nest too deep; only its header was read")
    parts = Parts() if nested else mailparts.collect(message)
    pieces = list(_header(draft, message))
    text = [piece for part in parts.bodies for piece in _body(draft, part)]
    note_parts(draft, parts)
    if not text and not nested:
        draft.problem("no-text", "the message has no text part with text in it")
    draft.page(pieces + text)
    yield from draft.finish()


def note_parts(draft: Draft, parts: Parts) -> None:
    """Record what a message carries besides its text, and what is wrong with it."""
    for part in parts.others:
        kind, name, data = (
            mailparts.media_type(part),
            mailparts.file_name(part),
            mailparts.attached_bytes(part),
        )
        draft.value("attachment", name)
        draft.value("attachment_type", kind)
        if data:
            draft.hold(draft.child(name, data, "attachment"))
        else:
            draft.problem("attachment-unread", f"an attachment of type {kind} is empty or damaged")
    if parts.defects:
        draft.problem("damaged-part", f"the message breaks the mail format in {parts.defects} places")
    if parts.cut:
        draft.problem("cut", "the message has too many parts; the first were read")


def _header(draft: Draft, message: EmailMessage) -> Iterator[Piece]:
    """Fill the draft from the header; yield the header block and the subject as title."""
    fields: dict[str, list[str]] = {}
    for name, value in mailparts.headers(message):
        fields.setdefault(name, []).append(value)
        draft.value(name, value)
    for name in ("from", "to", "cc", "bcc"):
        if (named := mailparts.display_names(fields, name)) is not None:
            fields[name] = [named]
    lines = [f"{shown}: {'; '.join(fields[name])}" for name, shown in _SHOWN if any(fields.get(name, ()))]
    draft.authors = [shown or address for shown, address in mailparts.addresses(message, "from")]
    if fields.get("x-from") and fields.get("from"):
        draft.authors = [shown or address for shown, address in getaddresses(fields["from"])]
    for value in fields.get("date", []) + fields.get("sent", []):
        found = dates.find(value)
        draft.published = draft.published or dates.parse_mail(value) or (found.date if found else None)
    draft.title = clean(next(iter(fields.get("subject", ())), ""))
    if lines:
        yield Piece(clean("\n".join(" ".join(line.split()) for line in lines)), "header")
    if draft.title:
        yield Piece(" ".join(draft.title.split()), "title")


def _body(draft: Draft, part: EmailMessage) -> Iterator[Piece]:
    data = mailparts.content(part)
    if mailparts.media_type(part) == "text/html":
        decoded = decode(data, mailparts.charset(part) or declared_charset(data), MAX_MARKUP)
        draft.decoding(decoded)
        root, _ = parse(decoded.text)
        if root is not None:
            for link in root.iter("a"):
                draft.link(link.get("href") or "", link.text_content())
            mark_quotations(root)
            yield from markup_pieces(list(walk(root)))
        return
    decoded = decode(data, mailparts.charset(part))
    draft.decoding(decoded)
    text = clean(decoded.text)
    if str(part.get_param("format") or "").lower() == "flowed":
        text = unflow(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    yield from body_pieces(text)


READER = Reader(name="eml", version=4, media_types=("message/rfc822",), recognise=_recognise, read=read)
