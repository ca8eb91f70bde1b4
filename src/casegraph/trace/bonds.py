"""What ties those who speak: claims that one works for, owns or is kin to the other; who quotes whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from casegraph.model import Claim
from casegraph.trace import alike
from casegraph.trace.base import Reported

_BONDS = frozenset(
    {
        "ownership", "control", "directorship", "employment", "membership", "representation", "family",
        "associate", "identity",
    }
)  # fmt: skip


def bonds(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield pairs of parties, by entity and by folded name, that a claim ties: neither confirms the other.

    Denied ones count as well: who is said to belong together is not shown to be independent.
    """
    if claim.kind not in _BONDS:
        return
    parties = [alike.term(party, "link") for _, party in alike.filled(claim)]
    for one, other in combinations([party for party in parties if party.named], 2):
        for left in one.keys:
            for right in other.keys:
                if left != right:
                    yield (min(left, right), max(left, right))


def names(claim: Claim) -> Iterator[str]:
    """Yield the keys, as in `bonds`, of those who speak in a claim or are parties to it."""
    for link in claim.attribution:
        if link.speaker:
            yield from _keys(link.entity, link.speaker)
    for _, party in alike.filled(claim):
        yield from alike.term(party, "link").keys


def neighbours(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return to each party those that it is tied to."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in pairs:
        found[left].add(right)
        found[right].add(left)
    return {key: frozenset(others) for key, others in found.items()}


def quotations(block: Iterable[Reported]) -> frozenset[tuple[str, str]]:
    """Return which speakers pass on the words of which others, by entity and folded name."""
    found: set[tuple[str, str]] = set()
    for one in block:
        links = [link for link in one.claim.attribution if link.speaker and link.role != "publisher"]
        for inner, outer in combinations(links, 2):
            found |= {
                (a, b) for a in _keys(outer.entity, outer.speaker) for b in _keys(inner.entity, inner.speaker)
            }
    return frozenset(found)


def _keys(entity: str | None, name: str | None) -> tuple[str, ...]:
    return alike.Term(entity, alike.folded(name or ""), named=True).keys
