"""Who the sides of a paper are: "X, hereinafter the Supplier", "Поставщик: ООО X", 甲方：X."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from casegraph.attribute.base import Filler
from casegraph.attribute.papers.forms import same_term
from casegraph.attribute.papers.sheet import Line, Sheet
from casegraph.text import fold

_REACH = 400  # characters before a defined term in which its party is named
_NEXT = 3  # lines below a heading in which its party stands


@dataclass(slots=True)
class Parties:
    """The parties of a document so far: by their term in it, and by side."""

    terms: dict[str, Filler] = field(default_factory=dict)
    sides: dict[str, Filler] = field(default_factory=dict)

    def named(self, words: str) -> Filler | None:
        """Return the party that a term stands for, in any case of the word."""
        found = {party.name: party for term, party in self.terms.items() if same_term(words, term)}
        return next(iter(found.values())) if len(found) == 1 else None

    def other(self, party: Filler) -> Filler | None:
        """Return the other of two parties."""
        names = {one.name: one for one in self.sides.values() if one.name != party.name}
        return next(iter(names.values())) if len(names) == 1 else None

    def add(self, term: str, party: Filler, side: str | None) -> None:
        """Remember a party; the first that bears a term keeps it."""
        self.terms.setdefault(fold(term), party)
        if side is not None:
            self.sides.setdefault(side, party)


def read_definitions(sheet: Sheet, parties: Parties) -> None:
    """Add the parties that prose gives a term: the first body since the last such, else the last person."""
    matches = [match for pattern in sheet.forms.terms for match in pattern.finditer(sheet.text)]
    since = 0
    for match in sorted(matches, key=lambda one: one.start()):
        low = max(since, match.start() - _REACH)
        party = sheet.body(low, match.start())
        if party is None:
            people = sheet.people_in(low, match.start())
            party = people[-1] if people else None
        since = match.end()
        if party is not None:
            parties.add(match["term"], party, sheet.forms.side(match["term"]))


def read_headings(sheet: Sheet, parties: Parties) -> Iterator[tuple[Line, Filler]]:
    """Yield the lines that name a side before a colon, with the party behind or below it."""
    for number, line in enumerate(sheet.lines):
        side = sheet.forms.side(line.bracket) or sheet.forms.side(line.label) if line.label else None
        if side is None or len(line.label.split()) > 2:
            continue
        party = sheet.body(line.value, line.end) or sheet.person(line.value, line.end)
        for below in sheet.lines[number + 1 : number + 1 + _NEXT]:
            if party is not None or (below.label and sheet.body(below.start, below.end) is None):
                break
            party = sheet.body(below.start, below.end)
        if party is not None:
            parties.add(line.label, party, side)
            yield line, party
