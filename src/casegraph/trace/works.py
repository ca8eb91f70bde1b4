"""Works that documents name as their source and the case does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casegraph.model import Credit
from casegraph.trace.blocks import address
from casegraph.trace.credits import host
from casegraph.trace.direction import abroad
from casegraph.trace.edges import Edge
from casegraph.trace.families import Families
from casegraph.trace.held import Held

_MOST = 5  # of one document


@dataclass(frozen=True, slots=True)
class Work:
    """A document, and what it names that is not in the case."""

    held: Held
    name: str  # outlet
    url: str | None
    whole: bool  # the whole text is from there
    credits: tuple[Credit, ...]


def works(held: Sequence[Held], kept: Sequence[Edge], families: Families) -> Iterator[Work]:
    """Yield what each document names and no document of the group is.

    What a source of the document names already is not named again: the road leads there through the source.
    Where a translation names one outlet, in its own script, it is taken for the outlet of what it translates.
    """
    sources: dict[str, list[Held]] = {}
    for edge in kept:
        if not edge.directed:
            continue
        sources.setdefault(edge.derived.id, []).append(edge.source)
    for one in held:
        above = _above(one, sources)
        outlets = {families.of(other.document) for other in (one, *above)}
        addresses = {address(other.document.url) for other in (one, *above) if other.document.url}
        inherited = {_key(credit, families) for other in above for credit in other.article.credits}
        found: dict[str, list[Credit]] = {}
        for credit in one.article.credits:
            key = _key(credit, families)
            if key is None or key in outlets or key in inherited:
                continue
            if credit.url is not None and address(credit.url) in addresses:
                continue
            found.setdefault(key, []).append(credit)
        translated = [edge for edge in kept if edge.derived is one and edge.strength == "translation"]
        if translated and len(found) == 1:
            found = {key: given for key, given in found.items() if not abroad(given, translated[0].source)}
        yield from _best(one, found)


def _best(one: Held, found: dict[str, list[Credit]]) -> Iterator[Work]:
    made = [
        Work(
            held=one,
            name=next((credit.name for credit in given if credit.name), key),
            url=next((credit.url for credit in given if credit.url), None),
            whole=any(credit.whole for credit in given),
            credits=tuple(given),
        )
        for key, given in found.items()
        if any(credit.kind != "footer" for credit in given)
    ]
    yield from sorted(made, key=lambda work: (not work.whole, -len(work.credits), work.name))[:_MOST]


def _key(credit: Credit, families: Families) -> str | None:
    return families.outlet(credit.name) or families.outlet(host(credit.url) or None)


def _above(held: Held, sources: dict[str, list[Held]]) -> list[Held]:
    found: dict[str, Held] = {}
    stack = list(sources.get(held.id, ()))
    while stack:
        one = stack.pop()
        if one.id not in found and one.id != held.id:
            found[one.id] = one
            stack += sources.get(one.id, ())
    return list(found.values())
