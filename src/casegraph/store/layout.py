"""Which bucket a document lies in: the leading bits of its SHA-256.

The number of bits depends on the number of documents alone, so that the same documents always lie in the same
files, and adding one rewrites one bucket.
"""

from __future__ import annotations

BUCKET = 256
"""Documents a bucket holds at most on average. Measured: merging 250 news pages' tables takes about 0.2 s."""

_DIGITS = 8  # hex digits of an id that a boundary spells out: room for 2**32 buckets


def bits_for(documents: int) -> int:
    """Return the number of leading bits for so many documents: 0 up to BUCKET, 1 up to twice that."""
    return (-(-documents // BUCKET) - 1).bit_length() if documents > BUCKET else 0


def prefixes(bits: int) -> list[str]:
    """Return the bit strings of all buckets in order; one empty string for 0 bits."""
    return [format(number, f"0{bits}b") for number in range(1 << bits)] if bits else [""]


def prefix_of(document: str, bits: int) -> str:
    """Return the bit string of the bucket that a document (`sha256:<hex>`) lies in."""
    leading = document.removeprefix("sha256:")[:_DIGITS]
    return format(int(leading, 16), f"0{4 * len(leading)}b")[:bits]


def bounds(prefix: str) -> tuple[str, str]:
    """Return (low, high): the ids of the bucket are those with low <= id < high, as strings."""
    width = 4 * _DIGITS
    low = int(prefix or "0", 2) << (width - len(prefix))
    high = low + (1 << (width - len(prefix)))
    last = f"sha256:{high:0{_DIGITS}x}" if high < 1 << width else "sha256:g"
    return f"sha256:{low:0{_DIGITS}x}", last


def nested(one: str, other: str) -> bool:
    """Say whether two buckets share documents: one lies in the other."""
    return one.startswith(other) or other.startswith(one)
