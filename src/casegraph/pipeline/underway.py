"""How far a running build is, for whoever looks at the case meanwhile: it stands in the file that it locks.

What a build that died has left there is not read, as nobody holds the lock then.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from casegraph.pipeline.reports import Progress, Underway
from casegraph.store.atomic import is_locked

_EVERY = 0.5  # seconds between two lines
_ROOM = 256  # bytes of a line, padded: one write of few bytes is seen whole or not at all


@contextlib.contextmanager
def telling(lock: Path, progress: Progress | None) -> Iterator[Progress]:
    """Give what takes down how far a build is, and tells it to who started it; the lock must be held."""
    _write(lock, b"")
    last = -_EVERY
    before = ""

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal last, before
        moment = time.monotonic()
        if stage != before or moment - last >= _EVERY:
            last, before = moment, stage
            _write(lock, msgspec.json.encode(Underway(stage=stage, done=done, total=total)))
        if progress is not None:
            progress(stage, done, total)

    try:
        yield tell
    finally:
        with contextlib.suppress(OSError):
            os.truncate(lock, 0)


def under_way(lock: Path) -> Underway | None:
    """Return how far the build is that holds the lock, None where none does or nothing is told yet."""
    if not is_locked(lock):
        return None
    try:
        line = lock.read_bytes()[:_ROOM].strip()
        return msgspec.json.decode(line, type=Underway)
    except (OSError, msgspec.DecodeError):
        return None


def _write(lock: Path, line: bytes) -> None:
    with contextlib.suppress(OSError):  # a full disk is the build's to tell
        handle = os.open(lock, os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.pwrite(handle, line[:_ROOM].ljust(_ROOM), 0)
        finally:
            os.close(handle)
