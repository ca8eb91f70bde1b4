"""Ordered tuples of plug-in parts, ours first, then those of entry points."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import Protocol, TypeVar

from casegraph.errors import SettingsError


class Named(Protocol):
    """What a registry holds: anything with a name."""

    @property
    def name(self) -> str:
        """What provenance calls the part."""
        ...


Part = TypeVar("Part", bound=Named)


def collect(group: str, own: Iterable[Part]) -> tuple[Part, ...]:
    """Return our parts, then those that installed packages offer under entry point `group`.

    Raises SettingsError when two parts have the same name: a name decides what was used in a
    case's provenance, so it is never a bidding war.
    """
    found = sorted(entry_points(group=group), key=lambda point: point.name)
    parts = [*own, *(point.load() for point in found)]
    seen: set[str] = set()
    for part in parts:
        if part.name in seen:
            raise SettingsError(f"two parts of {group} are called {part.name!r}")
        seen.add(part.name)
    return tuple(parts)
