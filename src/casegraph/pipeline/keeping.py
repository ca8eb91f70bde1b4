"""What is made of the tables for readers and kept in memory, until they are others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, TypeVar

V = TypeVar("V")

CASES = 2
"""Of how many cases the last ones are kept."""


class Kept(Generic[V]):
    """One thing of each case, with a mark that tells of which state of the tables it is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[Path, tuple[Hashable, V]] = {}

    def get(self, folder: Path, mark: Hashable, make: Callable[[V | None], V]) -> V:
        """Return what is kept of a case under this mark; else make it, from what was kept before if any.

        Others who ask meanwhile wait: it is made once.
        """
        with self._lock:
            found = self._found.pop(folder, None)
            if found is None or found[0] != mark:
                found = mark, make(None if found is None else found[1])
            self._found[folder] = found
            while len(self._found) > CASES:
                self._found.pop(next(iter(self._found)))
            return found[1]
