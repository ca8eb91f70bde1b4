"""Processor time of a measure, without that of making what it measures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")


class Clock:
    """Counts processor time, but not while its data are made."""

    def __init__(self) -> None:
        self._began = self._making = 0.0

    def begin(self) -> None:
        """Start from nothing."""
        self._began, self._making = time.process_time(), 0.0

    def end(self) -> float:
        """Return the seconds since then."""
        return time.process_time() - self._began - self._making

    def paused(self, made: Iterator[T]) -> Iterator[T]:
        """Yield what is made, and take its making off."""
        while True:
            start = time.process_time()
            one = next(made, None)
            self._making += time.process_time() - start
            if one is None:
                return
            yield one
