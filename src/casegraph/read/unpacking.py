"""What a container may unpack to: counted while it is read, so that a bomb ends before it goes off."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable

from casegraph.read.draft import Draft
from casegraph.read.limits import HARMLESS_OUTPUT, MAX_CHILD, MAX_CHILDREN, MAX_OUTPUT_RATIO

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    IndexError,
)
"""What the standard library raises on a broken ZIP."""


class Budget:
    """Counts the members and bytes of one container."""

    class SpentError(Exception):
        """Nothing more of the container may be unpacked; the draft holds the problem."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        packed = len(draft.original.data)
        self._most = max(HARMLESS_OUTPUT, MAX_OUTPUT_RATIO * packed)
        self._bytes = self._members = 0

    def member(self) -> None:
        """Count a member; raises SpentError beyond MAX_CHILDREN."""
        self._members += 1
        if self._members > MAX_CHILDREN:
            self._draft.problem(
                "too-many-children", f"only the first {MAX_CHILDREN} files of the container were taken out"
            )
            raise self.SpentError

    def collect(self, blocks: Iterable[bytes]) -> bytes | None:
        """Return a member's bytes put together, None when it is too large.

        Raises SpentError when the container as a whole unpacks to more than it may.
        """
        parts: list[bytes] = []
        size = 0
        for block in blocks:
            size += len(block)
            self._count(len(block))
            if size > MAX_CHILD:
                detail = f"a file in the container is larger than {MAX_CHILD >> 20} MiB; it was left packed"
                self._draft.problem("too-large", detail)
                return None
            parts.append(block)
        return b"".join(parts)

    def skip(self, blocks: Iterable[bytes]) -> None:
        """Go through what is not taken out; raises SpentError as `collect`."""
        for block in blocks:
            self._count(len(block))

    def _count(self, size: int) -> None:
        self._bytes += size
        if self._bytes > self._most:
            detail = f"the container unpacks to more than {self._most >> 20} MiB; the rest was left packed"
            self._draft.problem("bomb", detail)
            raise self.SpentError
