"""Digests as web archives state them: an algorithm's name, a colon, the value in one of three alphabets."""

from __future__ import annotations

import base64
import hashlib

_NAMES = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512"}


class Check:
    """Compares a content that comes in blocks with the digest that is stated of it.

    WARC 1.1 (5.8, 5.9) leaves algorithm and alphabet open: base 32 is usual, base 16 and base 64 occur.
    """

    def __init__(self, stated: str) -> None:
        label, _, value = stated.strip().strip('"').partition(":")
        name = _NAMES.get(label.strip().lower().replace("-", ""))
        self._hash = None if name is None else hashlib.new(name, usedforsecurity=False)
        self._wanted = None if self._hash is None else _bytes(value.strip(), self._hash.digest_size)

    def update(self, block: bytes) -> None:
        """Take the next block."""
        if self._hash is not None:
            self._hash.update(block)

    def result(self) -> bool | None:
        """Tell whether the content has the digest; None when the algorithm or the value is unknown."""
        if self._hash is None or self._wanted is None:
            return None
        return self._hash.digest() == self._wanted


def agrees(stated: str, *readings: bytes) -> bool | None:
    """Tell whether one of the readings of a content has the stated digest; None when that is unknown."""
    results = []
    for data in readings:
        check = Check(stated)
        check.update(data)
        results.append(check.result())
    return None if None in results else any(results)


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
