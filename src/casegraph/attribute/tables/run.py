"""The tables of a document: what each is taken for, its claims, and the rows that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from casegraph.attribute.tables.apply import Maker
from casegraph.attribute.tables.grid import Grid, Surroundings, surroundings
from casegraph.attribute.tables.guess import MAPPED, Guess, guess
from casegraph.model import (
    Claim,
    Mapping,
    Page,
    Parsed,
    Problem,
    Table,
    TableMapping,
    column_names,
    layout_of,
    make_id,
    upright,
)

VERSION = 2
"""Of the claims that are made of tables."""


def find_table_claims(unit: Parsed) -> Iterator[Claim | TableMapping | Problem]:
    """Yield what each table with headings is taken for, its claims, and its problems.

    A person's mapping of its layout wins over the guess. A guess below `MAPPED` gives no claims.
    """
    pages = {page.number: page for page in unit.pages}
    files = {layout_of(one.headings): one for one in unit.mappings}
    maker = Maker(unit.document, pages, VERSION)
    above = Surroundings()
    before: Table | None = None
    for table in unit.tables:
        if not table.headings or table.page not in pages:
            continue
        page = pages[table.page]
        goes_on = before is not None and before.headings == table.headings and before.page == table.page - 1
        if table.header or table.turned:
            own = [one for one in unit.tables if one.page == table.page]
            found = surroundings(table, own, page)
            above = above if goes_on and not found.values else found
        before = table
        names = {
            mention.target.start: mention
            for mention in unit.mentions
            if mention.kind == "name" and mention.target.page == table.page
        }
        shown = upright(table)
        columns = column_names(shown.headings)
        grid = Grid(shown, page, columns, above.values, above.kinds, above.measure, names)
        yield from _table(grid, shown, page, files.get(layout_of(shown.headings)), maker)


def _table(
    grid: Grid, table: Table, page: Page, file: Mapping | None, maker: Maker
) -> Iterator[Claim | TableMapping | Problem]:
    guessed = guess(grid)
    rules = guessed.rules if file is None else file.rules
    score = guessed.score if file is None else 1.0
    made: list[Claim] = []
    if file is not None or guessed.score >= MAPPED:
        for rule in rules:
            for record in maker.claims(grid, rule, score):
                if isinstance(record, Claim):
                    made.append(record)
                yield record
    yield _mapping(grid, table, page, guessed, file, made)


def _mapping(
    grid: Grid, table: Table, page: Page, guessed: Guess, file: Mapping | None, made: list[Claim]
) -> TableMapping:
    mapped = guessed.score >= MAPPED and bool(guessed.rules)
    own = TableMapping(
        id=make_id("mapping", table.document, page.number, table.number),
        document=table.document, table=table.id, page=page.number, number=table.number,
        layout=layout_of(table.headings), name=table.name, headings=grid.columns,
        state="mapped" if mapped else "unsure" if guessed.kind is not None else "none",
        source="guess", kind=guessed.kind, score=guessed.score, columns=guessed.columns, rules=guessed.rules,
        entries=len(grid.entries), claims=len(made),
    )  # fmt: skip
    if file is None:
        return own
    return msgspec.structs.replace(
        own, state="mapped" if file.rules else "none", source="file", score=1.0,
        kind=file.rules[0].kind if file.rules else None, columns=(), rules=file.rules,
    )  # fmt: skip
