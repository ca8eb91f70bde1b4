"""Groups of what is linked in pairs."""

from __future__ import annotations

from collections.abc import Iterable


class Unions:
    """Union-find over ids; the least id of a group stands for it."""

    def __init__(self) -> None:
        self._over: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self.refused = 0

    def join(self, pairs: Iterable[tuple[str, str]], most: int) -> None:
        """Join the two of each pair, in order; pairs that would make a group above `most` are counted."""
        for left, right in pairs:
            one, other = self.of(left), self.of(right)
            if one == other:
                continue
            size = self._sizes.get(one, 1) + self._sizes.get(other, 1)
            if size > most:
                self.refused += 1
                continue
            first, second = min(one, other), max(one, other)
            self._over[second] = first
            self._sizes[first] = size

    def of(self, one: str) -> str:
        """Return what stands for the group of an id."""
        over = self._over
        while (above := over.get(one)) is not None:
            if (higher := over.get(above)) is not None:
                over[one] = higher
            one = above
        return one

    def members(self) -> dict[str, str]:
        """Return for each id in a group of two or more what stands for that group."""
        found = {one: self.of(one) for one in self._over}
        return found | {root: root for root in set(found.values())}
