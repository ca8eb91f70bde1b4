"""Whose the numbers in tables are: the name of the same row, or of the same column above.

A number that may be two names' is nobody's: a wrong one joins two firms or parts one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from casegraph.model import Mention, Page, Table, upright
from casegraph.text.tables.headings import read_heading

MayBear = Callable[[Mention, Mention], bool]
"""Whether a name can have an identifier."""

Place = tuple[str, int, int]
"""A cell: table, row, column."""

_PARTIES = frozenset(
    "supplier recipient payer beneficiary counterparty owner asset person director organisation holder buyer"
    " transport from_ to".split()
)
_PEOPLE = frozenset({"person", "director"})
_WHOEVER = frozenset({"organisation", "asset", ""})  # whom a register is of
_UNTOLD = frozenset({"", "name", "goods", "subject"})  # "Наименование" may be anything's
_MOST_ARE = 0.6  # of the cells of a column that no heading explains, and of a cell's characters
_ABOVE = 12  # rows between a name and its number in a sheet
BANK = re.compile(r"\bbank|банк|银行|銀行|开户", re.IGNORECASE)
_BRACKET = re.compile(r"\s{0,3}[(（]")


@dataclass
class Placed:
    """A table with the names and the numbers of its cells."""

    table: Table
    page: Page
    held: dict[tuple[int, int], list[Mention]] = field(default_factory=dict)

    @cached_property
    def words(self) -> dict[tuple[int, int], str]:
        """The words of the cells by row and column."""
        return {(one.row, one.column): self.page.text[one.start : one.end] for one in self.table.cells}

    def heading(self, column: int) -> str:
        """Return the heading of a column, "" where it has none."""
        return self.table.headings[column] if column < len(self.table.headings) else ""

    def names(self, row: int, column: int) -> list[Mention]:
        """Return the names of a cell, one within another left out, and without those in brackets."""
        found: list[Mention] = []
        for one in self.held.get((row, column), ()):
            if one.kind != "name" or one.schema == "Address":
                continue
            if found and one.target.start < found[-1].target.end:
                continue
            if found and _BRACKET.fullmatch(self.page.text[found[-1].target.end : one.target.start]):
                continue
            found.append(one)
        return found

    @cached_property
    def bearers(self) -> dict[int, str]:
        """The columns of names with what the heading says of them, "" where it says nothing."""
        found = {}
        for column in range(self.table.columns):
            concept = read_heading(self.heading(column)).best() or ""
            if BANK.search(self.heading(column)):
                continue
            if concept in _PARTIES:
                found[column] = concept
            elif concept in _UNTOLD and self._holds_names(column):
                found[column] = ""
        return found

    def _holds_names(self, column: int) -> bool:
        """Say whether most cells of a column are names and little else."""
        first = max(self.table.header, default=-1)
        own = [place for place in self.words if place[1] == column and place[0] > first]
        named = sum(
            any(len(one.name) >= _MOST_ARE * len(self.words[place]) for one in self.names(*place))
            for place in own
        )
        return bool(named) and named >= _MOST_ARE * len(own)


def cells_of(
    tables: Iterable[Table], pages: Mapping[int, Page], mentions: Iterable[Mention]
) -> tuple[list[Placed], dict[str, Place]]:
    """Return the tables with what stands in their cells, and the cell of each mention that is in one."""
    by_page: dict[int, list[Mention]] = {}
    for one in mentions:
        by_page.setdefault(one.target.page, []).append(one)
    placed, places = [], {}
    for raw in tables:
        page, own = pages.get(raw.page), by_page.get(raw.page, [])
        if page is None or not own:
            continue
        table = upright(raw)
        found = Placed(table, page)
        cells = sorted(table.cells, key=lambda cell: cell.start)
        starts = [cell.start for cell in cells]
        for one in own:
            at = bisect_right(starts, one.target.start) - 1
            if at >= 0 and one.target.end <= cells[at].end:
                cell = cells[at]
                found.held.setdefault((cell.row, cell.column), []).append(one)
                places[one.id] = (table.id, cell.row, cell.column)
        placed.append(found)
    return placed, places


def by_row(placed: Placed, wanted: Mapping[str, str], may_bear: MayBear) -> Iterator[tuple[Mention, Mention]]:
    """Yield (name, number) for the numbers of a table; `wanted` has their kinds by mention.

    Those that stand behind a name in their own cell are not asked for here.
    """
    columns: dict[str, set[int]] = {}
    for (_, column), held in placed.held.items():
        for one in held:
            if one.id in wanted:
                columns.setdefault(wanted[one.id], set()).add(column)
    for (row, column), held in sorted(placed.held.items()):
        for one in held:
            kind = wanted.get(one.id)
            if kind is None or placed.names(row, column):
                continue
            bearer = _of_row(placed, one, row, column, sorted(columns[kind]))
            if bearer is None and not any(placed.names(row, other) for other in placed.bearers):
                bearer = _above(placed, one, row, column, may_bear)
            if bearer is not None and may_bear(bearer, one):
                yield bearer, one


def _of_row(placed: Placed, number: Mention, row: int, column: int, alike: Sequence[int]) -> Mention | None:
    """Return the name of the row whose number it is; `alike` are all columns of such numbers."""
    heading = placed.heading(column)
    if BANK.search(heading):
        return None
    concept = read_heading(heading).best() or ""
    party, dot, _ = concept.partition(".")
    mine = {place: said for place, said in placed.bearers.items() if place != column}
    if dot:
        same = [place for place, said in mine.items() if said == party]
        if not same and party in _WHOEVER:
            same = [place for place, said in mine.items() if said in _WHOEVER]
        return _lone(placed, row, same[0]) if len(same) == 1 else None
    if not _of_person(number):
        mine = {place: said for place, said in mine.items() if said not in _PEOPLE} or mine
    bearer = _beside(sorted(mine), column, alike)
    return _lone(placed, row, bearer) if bearer is not None else None


def _of_person(number: Mention) -> bool:
    """Say whether it may be a person's: numbers of organisations are shorter or have letters."""
    figures = number.normal or number.name
    return len(figures) in {12, 15} or number.detector.endswith(":resident")


def _beside(names: Sequence[int], column: int, alike: Sequence[int]) -> int | None:
    """Return the column of the names that the numbers of a column are of, None where two could be meant.

    Numbers stand behind their names, or before them where the table begins with numbers.
    """
    if len(names) < 2:
        return names[0] if names else None
    if min(alike) > names[0]:
        own = [place for place in names if place < column][::-1]
    else:
        own = [place for place in names if place > column]
    if not own:
        return None
    between = own[1:2] and any(min(own[:2]) < place < max(own[:2]) for place in alike)
    return own[0] if len(own) == 1 or between else None


def _lone(placed: Placed, row: int, column: int) -> Mention | None:
    found = placed.names(row, column)
    return found[0] if len(found) == 1 else None


def _above(placed: Placed, number: Mention, row: int, column: int, may_bear: MayBear) -> Mention | None:
    """Return the nearest name above in the column, of a sheet in which each line has its label.

    The label stands in the cell itself or left of it; a bank's name in between is one too many.
    """
    label = placed.words.get((row, column - 1), "")
    inside = re.sub(re.escape(number.name), "", placed.words.get((row, column), ""))
    labelled = (read_heading(label).best() or "").rpartition(".")[2] == "id"
    if not labelled and not re.search(r"[^\W\d_]", inside):
        return None
    for above in range(row - 1, max(-1, row - 1 - _ABOVE), -1):
        found = [one for one in placed.names(above, column) if may_bear(one, number)]
        if found:
            named = f"{placed.words.get((above, column - 1), '')} {placed.words.get((above, column), '')}"
            return found[0] if len(found) == 1 and not BANK.search(named) else None
    return None
