"""Works that documents name as their source and the case does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casegraph.model import Credit
from casegraph.text import fold
from casegraph.trace.alike import script
from casegraph.trace.blocks import address
from casegraph.trace.credits import host
from casegraph.trace.direction import abroad
from casegraph.trace.edges import Edge
from casegraph.trace.families import Families
from casegraph.trace.held import Held
from casegraph.trace.moments import impossible
from casegraph.trace.outlets import agency, nouns

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
    Where a translation names outlets, in its own script, they are taken for those of what it translates.
    """
    sources: dict[str, list[Held]] = {}
    for edge in kept:
        if not edge.directed:
            continue
        sources.setdefault(edge.derived.id, []).append(edge.source)
    outlets = _Outlets(held, families)
    for one in held:
        above = _above(one, sources)
        found = outlets.elsewhere(one, above)
        if any(edge.derived is one and edge.strength == "translation" for edge in kept):
            foreign = [key for key, given in found.items() if any(abroad(given, other) for other in above)]
            if len(foreign) <= outlets.count(above):
                found = {key: given for key, given in found.items() if key not in foreign}
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


class _Outlets:
    """The outlets of a group: what a document names in short, and whether the case holds a text of it."""

    def __init__(self, held: Sequence[Held], families: Families) -> None:
        self._held, self._families = held, families
        self._names = {one.document.publisher for one in held if one.document.publisher}

    def elsewhere(self, one: Held, above: Sequence[Held]) -> dict[str, list[Credit]]:
        """Return by outlet the credits of a document to what the case does not hold."""
        known = {self._families.of(other.document) for other in (one, *above)} | self._named(above)
        addresses = {address(other.document.url) for other in (one, *above) if other.document.url}
        found: dict[str, list[Credit]] = {}
        for credit in one.article.credits:
            key = self.key(credit, one)
            if key is None or key in known or (not credit.whole and self._there(key, one)):
                continue
            if credit.url is None or address(credit.url) not in addresses:
                found.setdefault(key, []).append(credit)
        return found

    def count(self, above: Sequence[Held]) -> int:
        """Return how many outlets documents are of, and name."""
        return len({self._families.of(other.document) for other in above} | self._named(above))

    def _named(self, above: Sequence[Held]) -> set[str | None]:
        return {self.key(credit, other) for other in above for credit in other.article.credits}

    def key(self, credit: Credit, of: Held) -> str | None:
        """Return the outlet of a credit: "the Ledger" is the Calder Ledger that the text names or is of."""
        if credit.name is None or credit.url is not None:
            return self._families.outlet(credit.name) or self._families.outlet(host(credit.url) or None)
        own = of.document.publisher
        named = [one.name for one in of.article.credits if one.name]
        for name in (*([own] if own else []), *named, *sorted(self._names)):
            if _shortened(credit.name, name) or (name == own and _itself(credit.name, name)):
                return self._families.outlet(name)
        return self._families.outlet(credit.name)

    def _there(self, key: str, one: Held) -> bool:
        """Tell whether a text of an outlet lies there that a document may speak of."""
        return any(
            self._families.of(other.document) == key and not impossible(other.document, one.document)
            for other in self._held
        )


def _shortened(name: str, whole: str) -> bool:
    """Tell whether a name is the end of a longer one, and no agency's."""
    words, every = fold(name).split(), fold(whole).split()
    return len(words) < len(every) and every[-len(words) :] == words and agency(name) is None


def _itself(name: str, own: str) -> bool:
    """Tell whether a name is an outlet's own in short: its beginning, its initials, or the same declined."""
    words, every = (re.findall(r"\w+", fold(one)) for one in (name, own))
    if words and words[0] in nouns() and len(words) == 1:
        return False  # "Times" is the beginning of many
    if len(words) < len(every) and every[: len(words)] == words:
        return True
    initials = "".join(one[0] for one in every)
    return fold(name) == initials or _declined(name, own) or (len(words) == 1 and _declined(name, every[0]))


def _declined(name: str, whole: str) -> bool:
    """Tell whether a Russian name is another one declined: the same but for vowels and an ending."""
    if script(name) != "cyrillic":
        return False
    first, second = (re.sub(r"[аеёийоуыьэюя]", "", fold(one)) for one in (name, whole))
    return len(second) > 2 and first.startswith(second) and len(first) - len(second) <= 1


def _above(held: Held, sources: dict[str, list[Held]]) -> list[Held]:
    found: dict[str, Held] = {}
    stack = list(sources.get(held.id, ()))
    while stack:
        one = stack.pop()
        if one.id not in found and one.id != held.id:
            found[one.id] = one
            stack += sources.get(one.id, ())
    return list(found.values())
