"""Identifiers that stay the same on every rebuild."""

from __future__ import annotations

import hashlib


def make_id(kind: str, *parts: str | int | None) -> str:
    """Return `kind-<40 hex digits>`, the SHA-256 of the length-prefixed parts.

    Lengths go in first, so that ("a", "b.c") and ("a.b", "c") differ. Pass raw source
    values: a cleaned value changes whenever the cleaning does, and decisions would be orphaned.
    """
    digest = hashlib.sha256()
    for part in (kind, *parts):
        data = b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return f"{kind}-{digest.hexdigest()[:40]}"


def content_id(data: bytes) -> str:
    """Return a document's identifier, `sha256:<64 hex digits>` of its bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
