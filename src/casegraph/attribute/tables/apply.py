"""A rule and a table: a claim for each row that fits, a problem for each that does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from casegraph.attribute.tables import values
from casegraph.attribute.tables.grid import ABOVE, Grid, Row
from casegraph.model import (
    ROLES,
    Amount,
    Attribution,
    Claim,
    ClaimDate,
    Document,
    MadeBy,
    Page,
    Party,
    Place,
    Problem,
    Qualifiers,
    Quantity,
    Rule,
    Source,
    Target,
    make_id,
)
from casegraph.text.tables.headings import read_heading
from casegraph.text.tables.parties import party_in, schema_of

EXTRACTOR = "attribute.tables"
_CONTEXT = 32  # characters of prefix and suffix in evidence
_PERSONS = frozenset(["person"])
_THINGS = frozenset(["goods", "subject"])
_NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "delivery": (("supplier", "recipient"), ("goods", "quantity", "amount")),
    "payment": (("payer", "beneficiary"), ("amount",)),
    "ownership": (("owner",), ("asset",)),
    "employment": (("person",), ("organisation",)),
    "directorship": (("person",), ("organisation",)),
    "contract": (("supplier",), ("buyer",), ("subject",)),
}
"""Of each group a row must hold one."""


@dataclass(slots=True)
class Reading:
    """What one row says so far."""

    roles: dict[str, Party | None] = field(default_factory=dict)
    dates: list[ClaimDate] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    amount: Amount | None = None
    quantity: Quantity | None = None
    share: Quantity | None = None
    instrument: str | None = None
    position: str | None = None
    targets: list[Target] = field(default_factory=list)
    evidence: list[Target] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # what does not fit


@dataclass(slots=True)
class Maker:
    """Makes the claims of one document's tables; `seen` counts equal words for the ids."""

    document: Document
    pages: dict[int, Page]
    version: int
    seen: Counter[str] = field(default_factory=Counter)

    def claims(self, grid: Grid, rule: Rule, score: float) -> Iterator[Claim | Problem]:
        """Yield the claims of a table by one rule, and the rows that do not fit."""
        lost = [name for source in rule.sources.values() for name in source.columns if not _has(grid, name)]
        lost += [name for name in (*rule.filters, *rule.filters_not) if not _has(grid, name)]
        if lost:
            yield self._problem("table-column", grid, "a column that the mapping names is not in the table")
            return
        for row in grid.entries:
            if not _passes(grid, row, rule):
                continue
            if grid.is_void(row):
                yield self._problem("table-void", grid, f"row {row.number} says that it does not stand")
                continue
            reading = self._read(grid, row, rule)
            if reading is not None and reading.wrong:
                yield self._problem("table-row", grid, f"row {row.number}: {reading.wrong[0]}")
            elif reading is not None:
                yield self._claim(grid, row, rule, reading, score)

    def _problem(self, code: str, grid: Grid, detail: str) -> Problem:
        return Problem(code=f"attribute.{code}", subject=grid.table.id, detail=detail)

    # -- reading a row ------------------------------------------------------------------------

    def _read(self, grid: Grid, row: Row, rule: Rule) -> Reading | None:
        """Return what a row says, None for one of the other direction of an account."""
        reading = Reading()
        for role in ROLES[rule.kind]:
            reading.roles[role] = self._party(grid, row, rule, role, reading)
        self._figures(grid, row, rule, reading)
        self._days(grid, row, rule, reading)
        self._places(grid, row, rule, reading)
        there = {role for role, party in reading.roles.items() if party is not None}
        there |= {
            name
            for name in ("amount", "quantity", "share", "instrument")
            if getattr(reading, name) is not None
        }
        if rule.filters_not and "amount" not in there and not reading.wrong:
            return None  # the other direction of a statement of account
        for group in _NEEDS.get(rule.kind, ()):
            if not there.intersection(group):
                reading.wrong.append(f"there is no {' or '.join(group)} in it")
        return reading

    def _party(self, grid: Grid, row: Row, rule: Rule, role: str, reading: Reading) -> Party | None:
        source = rule.sources.get(role)
        if source is None:
            return None
        if source.join is not None and (whole := self._joined(grid, row, source)) is not None:
            return whole
        for name in source.columns:
            one = grid.outside(name) if name.startswith(ABOVE) else None
            if one is not None:
                page, start, words = one.page, one.start, one.words
            else:
                column = grid.column(name)
                cell = row.cells.get(column) if column is not None else None
                if cell is None or values.blank(grid.words(cell)):
                    continue
                page, start, words = grid.page, cell.start, grid.words(cell)
                if cell.start < row.start or cell.end > row.end:  # it goes for several rows
                    reading.evidence.append(values.target_of(grid, cell))
            party = _named(grid, page, start, words, rule.schemas.get(role), role)
            if party is None:
                reading.wrong.append(f"the {role} is no name")
            elif one is not None:
                reading.evidence.append(party.target)
            return party
        return self._literal(grid, source, rule.schemas.get(role), reading.wrong)

    def _joined(self, grid: Grid, row: Row, source: Source) -> Party | None:
        """Return the person whose surname and other names stand in cells beside each other."""
        places = [grid.column(name) for name in source.columns]
        cells = [row.cells[place] for place in places if place is not None and place in row.cells]
        words = [grid.words(cell) for cell in cells]
        if len(cells) < 2 or any(any(map(str.isdigit, one)) or values.blank(one) for one in words):
            return None
        start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
        if len(grid.page.text[start:end].split("\t")) != len(cells):
            return None
        mention = grid.name_at(start, end)
        return Party(
            name=(source.join or " ").join(words), target=grid.page.target(start, end), schema="Person",
            mention=mention.id if mention is not None else None,
        )  # fmt: skip

    def _literal(self, grid: Grid, source: Source, schema: str | None, wrong: list[str]) -> Party | None:
        """Return the party that a mapping file names, where its words stand on a page."""
        for words in source.literals:
            for page in (grid.page, *self.pages.values()):
                start = page.text.find(words)
                if start >= 0:
                    target = page.target(start, start + len(words))
                    return Party(name=words, target=target, schema=schema)
            wrong.append("the name that the mapping gives does not stand in the document")
        return None

    def _figures(self, grid: Grid, row: Row, rule: Rule, reading: Reading) -> None:
        sources = rule.sources
        value = values.figure(grid, row, _column(grid, sources.get("amount")), "amount", reading.wrong)
        if value is not None:
            if value.minimum is not None and value.minimum < 0:
                reading.wrong.append("the amount is below zero: a reversal or a credit")
            literal = next(iter(sources.get("currency", Source()).literals), None)
            code = values.currency(grid, row, _column(grid, sources.get("currency")), value)
            if value.minimum or value.maximum:
                reading.amount = Amount(
                    minimum=value.minimum, maximum=value.maximum, currency=code or literal
                )
                reading.targets.append(value.target)
        place = _column(grid, sources.get("quantity"))
        value = values.figure(grid, row, place, "quantity", reading.wrong)
        if value is not None and place is not None:
            if value.minimum is not None and value.minimum < 0:
                reading.wrong.append("the quantity is below zero: a return or a correction")
            heading = read_heading(grid.table.headings[place]).best() or ""
            unit = _column(grid, sources.get("unit"))
            reading.quantity = values.quantity(grid, row, value, unit, heading)
            reading.targets.append(value.target)
        place = _column(grid, sources.get("share"))
        if place is not None and (found := values.share(grid, row, place, reading.wrong)) is not None:
            reading.share = found[0]
            reading.targets.append(found[1])
        for part in ("instrument", "position"):
            place = _column(grid, sources.get(part))
            if place is not None and (cell := row.cells.get(place)) is not None:
                setattr(reading, part, grid.words(cell))
                reading.targets.append(values.target_of(grid, cell))

    def _days(self, grid: Grid, row: Row, rule: Rule, reading: Reading) -> None:
        for part in ("date", "start", "end"):
            source = rule.sources.get(part)
            for name in source.columns if source is not None else ():
                one = grid.outside(name) if name.startswith(ABOVE) else None
                if one is not None and one.day is not None:
                    target = one.page.target(one.start, one.start + len(one.words))
                    reading.dates.append(values.iso_day(one.day, target))
                    continue
                column = grid.column(name)
                found = values.day(grid, row, column, part, reading.wrong) if column is not None else None
                if found is not None:
                    start = None if part == "end" else found.start
                    end = None if part == "start" else found.end
                    reading.dates.append(
                        ClaimDate(start=start, end=end, text=found.text, target=found.target)
                    )

    def _places(self, grid: Grid, row: Row, rule: Rule, reading: Reading) -> None:
        for part in ("origin", "destination"):
            place = _column(grid, rule.sources.get(part))
            cell = row.cells.get(place) if place is not None else None
            if cell is not None and cell.kind == "text":
                words = grid.words(cell)
                reading.places.append(Place(name=words, country=None, target=values.target_of(grid, cell)))

    # -- the record -----------------------------------------------------------------------------

    def _claim(self, grid: Grid, row: Row, rule: Rule, reading: Reading, score: float) -> Claim:
        content = grid.page.target(row.start, row.end)
        evidence = grid.page.target(row.start, row.end, context=_CONTEXT)
        beside = tuple(
            dict.fromkeys(
                one for one in reading.evidence if one.start < row.start or one.page != content.page
            )
        )
        roles = dict(reading.roles)
        words = [rule.kind, evidence.exact]
        for role, party in roles.items():
            words += [role, party.target.exact if party is not None else ""]
        key = "\x1f".join([str(grid.page.number), *words])
        self.seen[key] += 1
        speaker = self.document.publisher or ", ".join(self.document.authors) or None
        return Claim(
            id=make_id("claim", self.document.id, grid.page.number, "table", *words, self.seen[key]),
            document=self.document.id,
            kind=rule.kind,
            stance="asserts",
            roles=dict(roles.items()),
            qualifiers=Qualifiers(
                dates=tuple(reading.dates), places=tuple(reading.places), amount=reading.amount,
                quantity=reading.quantity, share=reading.share, instrument=reading.instrument,
                position=reading.position, targets=tuple(dict.fromkeys(reading.targets)),
            ),
            attribution=(Attribution(role="publisher", speaker=speaker),),
            content_target=content,
            evidence=(evidence, *beside),
            made_by=MadeBy(extractor=EXTRACTOR, version=self.version, score=score),
        )  # fmt: skip


def _named(grid: Grid, page: Page, start: int, words: str, schema: str | None, role: str) -> Party | None:
    """Return the party of a cell: what its mention says, or its own form."""
    if role in _THINGS:
        return Party(name=words, target=page.target(start, start + len(words)))
    name = party_in(words, person=role in _PERSONS)
    if name is None:
        return None
    begin, end = start + name.start, start + name.end
    mention = grid.name_at(begin, end) if page is grid.page else None
    shown = page.text[begin:end]
    own = mention.schema if mention is not None else None
    return Party(
        name=shown,
        target=page.target(begin, end),
        schema=own or schema_of(shown) or schema,
        mention=mention.id if mention is not None else None,
    )


def _column(grid: Grid, source: Source | None) -> int | None:
    """Return the first column of a source that stands in the table."""
    for name in source.columns if source is not None else ():
        column = grid.column(name)
        if column is not None:
            return column
    return None


def _has(grid: Grid, name: str) -> bool:
    return name.startswith(ABOVE) or grid.column(name) is not None


def _passes(grid: Grid, row: Row, rule: Rule) -> bool:
    """Tell whether a row is one of those that a rule's filters name."""

    def shown(name: str) -> str:
        column = grid.column(name)
        cell = row.cells.get(column) if column is not None else None
        return grid.words(cell) if cell is not None else ""

    return all(shown(name) == value for name, value in rule.filters.items()) and not any(
        shown(name) == value for name, value in rule.filters_not.items()
    )
