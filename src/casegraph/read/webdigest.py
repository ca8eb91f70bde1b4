"""Digests as web archives state them: an algorithm's name, a colon, the value in one of three alphabets."""

from __future__ import annotations

import base64
import hashlib

_NAMES = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512"}


def agrees(stated: str, *readings: bytes) -> bool | None:
    """Tell whether one of the readings of a content has the stated digest; None when that cannot be checked.

    WARC 1.1 (5.8, 5.9) leaves algorithm and alphabet open: base 32 is usual, base 16 and base 64 occur.
    """
    label, _, value = stated.strip().strip('"').partition(":")
    name = _NAMES.get(label.strip().lower().replace("-", ""))
    if name is None:
        return None
    wanted = _bytes(value.strip(), hashlib.new(name, usedforsecurity=False).digest_size)
    if wanted is None:
        return None
    return any(hashlib.new(name, data, usedforsecurity=False).digest() == wanted for data in readings)


def _bytes(value: str, size: int) -> bytes | None:
    """Return the bytes of a digest of `size` bytes, None when it is none."""
    bare = value.rstrip("=")
    try:
        if len(bare) == 2 * size:
            found = bytes.fromhex(bare)
        elif len(bare) == (size * 8 + 4) // 5:
            found = base64.b32decode(bare.upper() + "=" * (-len(bare) % 8))
        else:
            found = base64.b64decode(
                bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4), validate=True
            )
    except ValueError:  # binascii.Error is one
        return None
    return found if len(found) == size else None
