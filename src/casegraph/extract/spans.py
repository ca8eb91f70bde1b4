"""Which characters of which page are taken by a find."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from casegraph.extract.base import Found


class Taken:
    """Non-overlapping spans by page."""

    def __init__(self, found: Iterable[Found] = ()) -> None:
        """Start with the spans of what was found before; those that overlap others are left out."""
        self._starts: dict[int, list[int]] = {}
        self._ends: dict[int, list[int]] = {}
        for one in found:
            self.claim(one.page, one.start, one.end)

    def free(self, page: int, start: int, end: int) -> bool:
        """Tell whether nothing was found in [start, end)."""
        starts, ends = self._starts.get(page, []), self._ends.get(page, [])
        place = bisect.bisect_left(starts, end)
        return start < end and (place == 0 or ends[place - 1] <= start)

    def claim(self, page: int, start: int, end: int) -> bool:
        """Take [start, end) if it is free; tell whether it was."""
        if not self.free(page, start, end):
            return False
        starts, ends = self._starts.setdefault(page, []), self._ends.setdefault(page, [])
        place = bisect.bisect_left(starts, start)
        starts.insert(place, start)
        ends.insert(place, end)
        return True
