"""Pictures of pages for who reads them: drawn by a confined process, kept in memory for a while."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path

import msgspec

from casegraph.pipeline import sandbox
from casegraph.pipeline.guard import ENVIRONMENT
from casegraph.pipeline.painter import Order

KEPT = 48 << 20
"""Bytes of pictures that are held in memory."""

SECONDS = 30
"""That the drawing of a page may take."""

_AT_ONCE = threading.Semaphore(2)


class Kept:
    """The pictures that were asked for last. A page is known by its bytes' digest, so any case may ask."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[str, int, int]) -> bytes | None:
        """Return a picture that is held."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def put(self, key: tuple[str, int, int], data: bytes) -> None:
        """Hold a picture, and let go of those that nobody asked for longest."""
        with self._lock:
            self._size += len(data) - len(self._held.pop(key, b""))
            self._held[key] = data
            while self._size > self._most and len(self._held) > 1:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone)


KEEP = Kept()


def paint(order: Order) -> bytes:
    """Return the picture of a page as WebP, b"" where it cannot be drawn within the limits."""
    root = str(Path(__file__).parents[2])
    with _AT_ONCE, tempfile.TemporaryDirectory(prefix="casegraph-") as own:
        (Path(own) / sandbox.SCRATCH).mkdir(mode=0o700)
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "casegraph.pipeline.painter"],
                input=msgspec.msgpack.encode(msgspec.structs.replace(order, own=own)),
                capture_output=True,
                timeout=SECONDS,
                check=False,
                env={
                    **sandbox.environment(Path(own)),
                    **ENVIRONMENT,
                    "PYTHONPATH": os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])]),
                },
                cwd=own,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return b""
    return done.stdout if done.returncode == 0 else b""
