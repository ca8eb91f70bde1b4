"""Signed and encrypted data: CMS (RFC 5652) and time-stamped data (RFC 5544). Signatures are not checked."""

from __future__ import annotations

import binascii
from dataclasses import dataclass, field
from typing import Final

from cryptography import x509

from casegraph.read.asn1 import CONTEXT, IA5, IDENTIFIER, OCTETS, SEQUENCE, Value, identifier, value_at

_DATA: Final = "1.2.840.113549.1.7.1"
_SIGNED: Final = "1.2.840.113549.1.7.2"
_STAMPED: Final = "1.2.840.113549.1.9.16.1.31"
_COMPRESSED: Final = "1.2.840.113549.1.9.16.1.9"
_ENCRYPTED: Final = frozenset({
    "1.2.840.113549.1.7.3", "1.2.840.113549.1.7.4", "1.2.840.113549.1.7.6", "1.2.840.113549.1.9.16.1.23",
})  # fmt: skip
_MOST_CERTIFICATES: Final = 50
_DEEPEST: Final = 5


@dataclass(slots=True)
class Signed:
    """What signed data hold: the content, None where it is kept elsewhere, and who signed."""

    content: bytes | None = None
    encrypted: bool = False
    compressed: bool = False
    signers: list[str] = field(default_factory=list)
    source: str = ""  # the name or address that time-stamped data state for their content


def der(data: bytes) -> bytes:
    """Return the bytes of PEM (RFC 7468), or the data as they are."""
    if b"-----BEGIN" not in data[:200]:
        return data
    body = data.split(b"-----BEGIN", 1)[1].split(b"-----", 1)[-1].split(b"-----END", 1)[0]
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        return b""


def unwrapped(data: bytes, depth: int = 0) -> Signed:
    """Return what is inside. Raises ValueError where the structure is broken."""
    outer = list(value_at(data).parts())
    if len(outer) < 2 or outer[0].tag != IDENTIFIER or outer[1].tag != CONTEXT:
        raise ValueError("no content")
    kind = identifier(outer[0].content)
    inner = next(outer[1].parts())
    if kind in _ENCRYPTED:
        return Signed(encrypted=True)
    if kind == _DATA:
        return Signed(inner.octets())
    parts = list(inner.parts())
    if kind == _STAMPED:
        return _stamped(parts)
    if kind not in {_SIGNED, _COMPRESSED}:
        raise ValueError("content of an unknown kind")
    found = Signed(compressed=kind == _COMPRESSED)
    held = next((part for part in parts if part.tag == SEQUENCE and _holds(part)), None)
    if held is not None:
        wrapped = list(held.parts())
        if len(wrapped) > 1 and wrapped[1].tag == CONTEXT:
            value = next(wrapped[1].parts())
            found.content = value.octets() if value.tag & 0x1F == OCTETS else value.encoded
    found.signers = _signers(parts)
    if found.content is not None and identifier(wrapped[0].content) == _SIGNED and depth < _DEEPEST:
        deeper = unwrapped(found.content, depth + 1)
        deeper.signers = list(dict.fromkeys(found.signers + deeper.signers))
        return deeper
    return found


def _holds(part: Value) -> bool:
    first = next(part.parts(), None)
    return (
        first is not None
        and first.tag == IDENTIFIER
        and identifier(first.content).startswith("1.2.840.113549.1.")
    )


def _stamped(parts: list[Value]) -> Signed:
    found = Signed()
    for part in parts:
        if part.tag == IA5:
            found.source = part.content.decode("ascii", "replace")
        elif part.tag & 0x1F == OCTETS and part.tag < 0x80:
            found.content = part.octets()
    return found


def _signers(parts: list[Value]) -> list[str]:
    """Return the subjects of the certificates that are sent along."""
    names: list[str] = []
    for part in (part for part in parts if part.tag == CONTEXT):
        for number, one in enumerate(part.parts()):
            if number >= _MOST_CERTIFICATES or one.tag != SEQUENCE:
                break
            try:
                names.append(x509.load_der_x509_certificate(one.encoded).subject.rfc4514_string())
            except ValueError:  # cryptography says so of certificates that break their standard
                continue
    return names
