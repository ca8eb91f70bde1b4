"""Mail folders of Outlook Express (DBX): the messages, by the chains of segments in which they are kept.

The folder's own index is not followed: each segment begins with its own place in the file and is found by it.
What was deleted and not yet written over is found, too.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

import numpy as np

from casegraph.read.mailparts import KNOWN, field_names

_BODY: Final = 0x200  # bytes of a segment
_HEAD: Final = 16
_FIRST: Final = 0x24BC  # where the head of a folder ends


def messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages in the order of the file."""
    segments = dict(_segments(data))
    later = {following for _, following in segments.values()}
    for start in segments:
        if start not in later:
            message = b"".join(_chain(data, segments, start))
            if field_names(message) & KNOWN:
                yield message


def _segments(data: bytes) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield place, length and place of the next segment, 0 for none."""
    words = np.frombuffer(data, "<u4", len(data) // 4)
    marked = (words[:-1] == np.arange(0, 4 * (len(words) - 1), 4)) & (words[1:] == _BODY)
    for number in np.flatnonzero(marked).tolist():
        place = 4 * number
        if place >= _FIRST and place + _HEAD <= len(data):
            length, following = struct.unpack_from("<II", data, place + 8)
            if 0 < length <= _BODY and following < len(data):
                yield place, (length, following)


def _chain(data: bytes, segments: dict[int, tuple[int, int]], place: int) -> Iterator[bytes]:
    seen: set[int] = set()
    while place in segments and place not in seen:
        seen.add(place)
        length, following = segments[place]
        yield data[place + _HEAD : place + _HEAD + length]
        place = following
