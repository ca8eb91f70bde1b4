"""A table with its page: columns by name, what stands beside it, and which of its rows are entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from casegraph.model import Cell, Mention, Page, Table, lines_beside
from casegraph.text import fold
from casegraph.text.tables.days import find_days, read_days
from casegraph.text.tables.facts import read_facts
from casegraph.text.tables.figures import currency_of
from casegraph.text.tables.headings import (
    NO_MEASURE,
    Measure,
    is_total,
    is_void,
    kinds_of_title,
    measure_within,
    read_heading,
    sides_of_title,
)
from casegraph.text.tables.parties import organisation_in

ABOVE = "above: "
"""Beginning of the names of columns that stand beside the table."""

_LONGEST_LABEL = 40
_BANK = re.compile(r"\bbank|банк|银行|銀行|\bbanque|\bbanco", re.IGNORECASE)
_SAMPLE = 200  # entries that tell what a column holds
_FIGURED = frozenset(["number", "money", "percent"])
_FEWEST_SUMMED = 3  # rows, the sum among them
_PENNY = 0.005
_DITTO = frozenset(
    ['"', "''", "〃", "″", "”", "-//-", '-"-', "ditto", "do.", "то же", "тот же", "он же", "同上", "同前"]
)
_TOLERANCE = 0.02  # by which parts may miss their whole


@dataclass(frozen=True, slots=True)
class Beside:
    """A value that stands beside a table and goes for all its rows; offsets are those of its page."""

    column: str  # `above: Seller`
    concepts: tuple[str, ...]
    page: Page
    start: int
    words: str
    day: str | None = None  # ISO 8601


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its number in the source, its place on the page, its cells by column."""

    number: int
    start: int
    end: int
    cells: dict[int, Cell]


@dataclass(frozen=True)
class Grid:
    """A table to be read: `columns` are its headings made distinct, `beside` what stands above it."""

    table: Table
    page: Page
    columns: tuple[str, ...]
    beside: tuple[Beside, ...]
    kinds: frozenset[str]  # that its title names
    measure: Measure = NO_MEASURE  # that a title or a line above states for the sums
    names: dict[int, Mention] = field(default_factory=dict)  # mentions of names on the page, by their start

    def words(self, cell: Cell) -> str:
        """Return the words of a cell."""
        return self.page.text[cell.start : cell.end]

    def column(self, name: str) -> int | None:
        """Return the place of a column by its heading, as written or folded."""
        if name in self.columns:
            return self.columns.index(name)
        folded = [fold(one) for one in self.columns]
        return folded.index(fold(name)) if fold(name) in folded else None

    def outside(self, name: str) -> Beside | None:
        """Return what stands beside the table under a label."""
        return next((one for one in self.beside if fold(one.column) == fold(name)), None)

    @cached_property
    def _sample(self) -> dict[int, list[Cell]]:
        found: dict[int, list[Cell]] = {}
        for row in islice(self.entries, _SAMPLE):
            for column, cell in row.cells.items():
                found.setdefault(column, []).append(cell)
        return found

    def cells_of(self, column: int) -> list[Cell]:
        """Return the cells of a column in the first entries."""
        return self._sample.get(column, [])

    @cached_property
    def of_one(self) -> frozenset[int]:
        """The columns whose figures are parts of one, not per cent: none above 1, and they make a whole."""
        found = set()
        for column in range(self.table.columns):
            cells = [row.cells[column] for row in self.entries if column in row.cells]
            values = [float(cell.value) for cell in cells if cell.kind == "number" and cell.value is not None]
            if len(values) < len(cells) or not values or max(values) > 1.0 or min(values) <= 0.0:
                continue
            whole = abs(sum(values) - 1.0) <= _TOLERANCE
            if whole or not heading_measure(self, column)[3]:
                found.add(column)
        return frozenset(found)

    @cached_property
    def entries(self) -> tuple[Row, ...]:
        """The rows that are entries: no headings, sums, sections, notes or numbers of columns."""
        found = tuple(self._entries())
        return found[:-1] if self._is_sum(found) else found

    def _is_sum(self, rows: tuple[Row, ...]) -> bool:
        """Tell whether the last row adds up the others, whatever it is called."""
        if len(rows) < _FEWEST_SUMMED:
            return False
        *others, last = rows
        figures = {column: cell for column, cell in last.cells.items() if cell.kind in _FIGURED}
        texts = sum(cell.kind == "text" for cell in last.cells.values())
        usual = max(sum(cell.kind == "text" for cell in row.cells.values()) for row in others)
        added = [
            abs(_value(cell) - sum(_value(row.cells.get(column)) for row in others)) <= _PENNY
            for column, cell in figures.items()
        ]
        return bool(added) and all(added) and any(map(_value, figures.values())) and texts < usual

    def _entries(self) -> Iterator[Row]:
        by_row: dict[int, dict[int, Cell]] = {}
        for cell in self.table.cells:
            by_row.setdefault(cell.row, {})[cell.column] = cell
        first = max(self.table.header, default=-1)
        above: dict[int, Cell] = {}
        for place, own in sorted(by_row.items()):
            if place > first and self._is_entry(own):
                ordered = sorted(own.values(), key=lambda cell: cell.start)
                above = self._filled(own, above)
                yield Row(self.table.first_row + place, ordered[0].start, ordered[-1].end, above)
            else:
                above = {}

    def _filled(self, cells: dict[int, Cell], above: dict[int, Cell]) -> dict[int, Cell]:
        """Return a row with what goes for it from the row above: ditto marks, and cells over several rows.

        Such cells lead the row: what stands left of the first words that are its own is empty, and a figure
        or a day follows. An empty cell further right says nothing.
        """
        kept = {
            place: cell for place, cell in cells.items() if self.words(cell).strip().lower() not in _DITTO
        }
        found = {place: above[place] for place in cells.keys() - kept.keys() if place in above} | kept
        lead = min(kept, default=0)
        counted = any(cell.kind in _FIGURED or cell.kind == "date" for cell in kept.values())
        if any(is_total(self.words(cell)) for cell in kept.values() if cell.kind == "text"):
            return found
        if lead and counted and len(kept) >= 2 and len(kept) >= len(above) - lead - 1:
            found |= {place: cell for place, cell in above.items() if place < lead}
        return found

    def _is_entry(self, cells: dict[int, Cell]) -> bool:
        words = {column: self.words(cell) for column, cell in cells.items()}
        if len(cells) < 2:  # a section, a note, a blank row
            return False
        texts = [text for column, text in sorted(words.items()) if cells[column].kind == "text"]
        sums = any(is_total(text) for text in texts[:2])
        if sums:
            return False
        headed = sum(fold(text) == fold(self.columns[column]) for column, text in words.items())
        numbered = len(cells) > 2 and [text for text in words.values() if text.isdecimal()] == [
            str(number) for number in range(1, len(words) + 1)
        ]
        return headed < 0.6 * len(words) and not numbered

    def is_void(self, row: Row) -> bool:
        """Tell whether a row says of itself that it does not stand."""
        return any(cell.kind == "text" and is_void(self.words(cell)) for cell in row.cells.values())

    def name_at(self, start: int, end: int) -> Mention | None:
        """Return the mention of a name that stands at the beginning of a place, or within it."""
        return next((self.names[place] for place in range(start, end) if place in self.names), None)


def _value(cell: Cell | None) -> float:
    return float(cell.value) if cell is not None and cell.kind in _FIGURED and cell.value else 0.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands beside a table: labelled values, the kinds that its title names, the unit of its sums."""

    values: tuple[Beside, ...] = ()
    kinds: frozenset[str] = frozenset()
    measure: Measure = NO_MEASURE


def surroundings(table: Table, tables: Sequence[Table], page: Page) -> Surroundings:
    """Return what stands beside a table."""
    lines = list(lines_beside(table, tables, page))
    facts, titles = read_facts(lines)
    measures = [one for line in lines for _, words in line if (one := measure_within(words)) is not None]
    found = []
    for fact in facts:
        day = None
        if "date" in fact.concepts:
            place = find_days(fact.value)
            days = read_days(fact.value) or (place[2] if place is not None else None)
            day = days.start if days is not None else None
            if day is None and len(fact.concepts) == 1:
                continue
        label = ABOVE + re.sub(r"\s+", " ", fact.label)[:_LONGEST_LABEL]
        found.append(Beside(label, fact.concepts, page, fact.start, fact.value, day))
    kinds: set[str] = set()
    for start, words in titles:
        own = kinds_of_title(words)
        kinds |= own
        found.extend(_of_title(start, words, page, own))
    kinds |= kinds_of_title(table.name or "")
    return Surroundings(tuple(found), frozenset(kinds), measures[-1] if measures else NO_MEASURE)


def _of_title(start: int, words: str, page: Page, kinds: set[str]) -> Iterator[Beside]:
    """Yield the organisation and the date that a title names: "Members of X", "Invoice of 5 May"."""
    named = organisation_in(words)
    if named is not None:
        concepts: tuple[str, ...] = ("organisation",)
        if kinds - {"nothing"} or named.schema:
            concepts = ("asset", "organisation")
        sides = sides_of_title(words[: named.start] + " " + words[named.end :])
        if len(sides) == 1:
            concepts = (*sides, "organisation")
        elif "payment" in kinds and not _BANK.search(words[named.start : named.end]):
            concepts = ("holder", *concepts)
        yield Beside(ABOVE + "title", concepts, page, start + named.start, words[named.start : named.end])
    place = find_days(words)
    if place is not None and "delivery" in kinds:
        yield Beside(
            ABOVE + "date", ("date",), page, start + place[0], words[place[0] : place[1]], place[2].start
        )


def currency_beside(grid: Grid) -> str | None:
    """Return the currency that the lines beside a table or its title state."""
    for one in grid.beside:
        if "currency" in one.concepts and (code := currency_of(one.words.split()[0] if one.words else "")):
            return code
    return grid.measure.currency


def heading_measure(grid: Grid, column: int) -> tuple[int, str | None, str | None, bool]:
    """Return factor, currency, unit and whether per cent, as a column's heading says."""
    heading = grid.table.headings[column] if column < len(grid.table.headings) else ""
    measure = read_heading(heading).measure
    return measure.factor, measure.currency, measure.unit, measure.percent
