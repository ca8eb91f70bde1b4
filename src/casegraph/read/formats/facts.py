"""Small files of facts: shortcuts, marks of open Office files, certificates, fonts, BitTorrent, programs."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.bencode import decoded
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.fontnames import names
from casegraph.read.pieces import Piece
from casegraph.read.programfacts import postscript, unix_program, windows_program
from casegraph.read.shortcuts import facts
from casegraph.read.signed import der
from casegraph.read.unread import label, name_type

Facts = Iterator[tuple[str, str]]

_PEM = "application/x-pem-file"
_MOST_FILES = 10_000
_MOST_CERTIFICATES = 100


def _certificates(data: bytes) -> Facts:
    """Yield who a certificate is for, who gave it, how long it is good, and its print."""
    parts = data.split(b"-----BEGIN CERTIFICATE-----")[1:] if b"-----BEGIN" in data[:200] else []
    for part in [b"-----BEGIN CERTIFICATE-----" + one for one in parts][:_MOST_CERTIFICATES] or [data]:
        found = x509.load_der_x509_certificate(der(part))
        yield "subject", found.subject.rfc4514_string()
        yield "issuer", found.issuer.rfc4514_string()
        yield "serial", f"{found.serial_number:X}"
        yield "valid_from", found.not_valid_before_utc.isoformat()
        yield "valid_until", found.not_valid_after_utc.isoformat()
        yield "sha256", found.fingerprint(hashes.SHA256()).hex()
        try:
            other = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except (x509.ExtensionNotFound, ValueError):
            continue
        for kind in (x509.DNSName, x509.RFC822Name, x509.UniformResourceIdentifier):
            for name in other.get_values_for_type(kind):
                yield "also", str(name)


def _owner(data: bytes) -> Facts:
    """Yield who had a document open: the mark begins with the name's length and letters, then in UTF-16."""
    place = 54 if len(data) == 162 else 55
    (count,) = struct.unpack_from("<H", data, place)
    wide = data[place + 2 : place + 2 + 2 * count].decode("utf-16-le", "replace").strip("\0 ")
    yield "opened_by", wide or decode(data[1 : 1 + data[0]]).text


def _torrent(data: bytes) -> Facts:
    """Yield what is exchanged, by whom it was listed, and the files."""
    whole = decoded(data)
    if not isinstance(whole, dict):
        raise TypeError("no dictionary")
    for key, name in ((b"comment", "description"), (b"created by", "application"), (b"announce", "tracker")):
        yield name, _word(whole.get(key))
    made = whole.get(b"creation date")
    if isinstance(made, int) and 0 < made < 1 << 33:
        yield "created", datetime.fromtimestamp(made, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    info = whole.get(b"info")
    if isinstance(info, dict):
        yield "title", _word(info.get(b"name.utf-8") or info.get(b"name"))
        files = info.get(b"files")
        for one in files[:_MOST_FILES] if isinstance(files, list) else ():
            path = one.get(b"path.utf-8") or one.get(b"path") if isinstance(one, dict) else None
            if isinstance(path, list):
                yield "file", "/".join(map(_word, path))


def _word(value: object) -> str:
    return decode(value).text if isinstance(value, bytes) else ""


_READ: dict[str, Callable[[bytes], Facts]] = {
    "application/x-ms-shortcut": facts,
    "application/x-ms-owner": _owner,
    "application/pkix-cert": _certificates,
    _PEM: _certificates,
    "font/ttf": names,
    "font/otf": names,
    "font/collection": names,
    "application/x-bittorrent": _torrent,
    "application/vnd.microsoft.portable-executable": windows_program,
    "application/x-elf": unix_program,
    "application/postscript": postscript,
    "image/x-eps": postscript,
}
_UNREAD = frozenset({
    "application/vnd.microsoft.portable-executable", "application/x-elf", "application/postscript",
    "image/x-eps",
})  # fmt: skip
"""Types of which this is not what they are for."""
_BROKEN = (struct.error, ValueError, IndexError, OverflowError, TypeError, UnicodeError)


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    if media_type == _PEM and b"BEGIN CERTIFICATE-----" not in original.data[:400]:
        return None  # a key: named, and left alone
    return media_type if media_type in _READ else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the facts as lines of "name: value", which no claim rests on, and as metadata.

    Problems: `damaged`, `unread-type`, `no-text`.
    """
    draft = Draft(original, media_type, "facts 1")
    lines: dict[str, None] = {}
    try:
        for name, value in _READ[media_type](original.data):
            kept = " ".join(clean(value.replace("\0", " ")).split())
            if kept:
                draft.value(name, kept)
                lines[f"{name}: {kept}"] = None
    except _BROKEN:
        if media_type not in _UNREAD:
            draft.problem("damaged", "the file is broken; it was read as far as it goes")
    if media_type in _UNREAD:
        draft.problem("unread-type", f"no reader for {label(media_type)}; what it says of itself was read")
    draft.title = next(iter(draft.metadata.get("title", ())), None)
    draft.page([Piece("\n".join(lines), "table")] if lines else [])
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the file says nothing of itself")
    yield from draft.finish()


READER = Reader(name="facts", version=1, media_types=tuple(_READ), recognise=_recognise, read=read)
