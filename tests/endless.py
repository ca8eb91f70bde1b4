"""A guard against what runs away: no measure of speed, which is `make bench`'s."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

ENDLESS = 240
"""Seconds after which something is taken to have run away. What is guarded takes a few on a busy machine."""


@contextlib.contextmanager
def ends() -> Iterator[None]:
    """Fail where what is done inside has not ended after `ENDLESS` seconds."""

    def endless(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"no end after {ENDLESS} seconds")

    before = signal.signal(signal.SIGALRM, endless)
    signal.alarm(ENDLESS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
