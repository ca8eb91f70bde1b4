"""From scored pairs to clusters: what may merge, what forbids it, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clusters:
    """Root by member, and the merges that a veto stopped."""

    roots: dict[str, str]
    stopped: tuple[tuple[str, str], ...]


def cluster(
    members: Iterable[str],
    same: Iterable[tuple[float, str, str]],
    different: Iterable[tuple[str, str]] = (),
) -> Clusters:
    """Join members by pairs, the best first, never two sides that a `different` pair holds apart.

    Deterministic: equal scores go by name. The root of a cluster is its first member by name.
    Proposals are not passed in: they are no merges.
    """
    parent = {member: member for member in members}
    apart: dict[str, set[str]] = {}
    for one, other in different:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    stopped = []

    def root(member: str) -> str:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for _, one, other in sorted(same, key=lambda pair: (-pair[0], pair[1], pair[2])):
        a, b = sorted((root(one), root(other)))
        if a == b:
            continue
        if any(root(enemy) == b for enemy in apart.get(a, ())):
            stopped.append((one, other))
            continue
        parent[b] = a
        if b in apart:
            apart.setdefault(a, set()).update(apart[b])
    return Clusters({member: root(member) for member in parent}, tuple(stopped))
