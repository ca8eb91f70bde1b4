"""Who has a role in a claim."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Claim, Party


def in_role(claim: Claim, role: str) -> Iterator[Party]:
    """Yield who fills a role."""
    filled = claim.roles.get(role)
    if isinstance(filled, Party):
        yield filled
    elif filled is not None:
        yield from filled


def entities_in(claim: Claim, *roles: str) -> tuple[str, ...]:
    """Return the entities in some roles, or in all, sorted."""
    wanted = roles or tuple(claim.roles)
    return tuple(sorted({one.entity for role in wanted for one in in_role(claim, role) if one.entity}))
