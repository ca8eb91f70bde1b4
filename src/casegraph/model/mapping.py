"""What a table is taken for: which columns say who delivered, paid, owns or works for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from casegraph.model.base import Record
from casegraph.model.claim import Kind
from casegraph.model.ids import make_id
from casegraph.text import fold


class Source(Record, frozen=True, kw_only=True):
    """Where a value comes from: columns by their headings (`above: Seller` is beside the table), or words."""

    columns: tuple[str, ...] = ()  # the first that holds something counts
    literals: tuple[str, ...] = ()  # the same for every row
    join: str | None = (
        None  # put between the words of all columns, where they are one name: surname, given name
    )


class Rule(Record, frozen=True, kw_only=True):
    """How a row becomes a claim of one kind: a query of a FollowTheMoney mapping."""

    kind: Kind  # of the claims
    sources: dict[str, Source]  # role or qualifier: where it comes from
    schemas: dict[str, str] = {}  # role: FollowTheMoney schema
    filters: dict[str, str] = {}  # rows whose columns hold this
    filters_not: dict[str, str] = {}  # rows whose columns hold anything else


class Mapping(Record, frozen=True, kw_only=True):
    """What a person says that tables of one layout are: a mapping file. No rules: they give nothing."""

    name: str  # of the file
    headings: tuple[str, ...]  # of the tables that it is for
    rules: tuple[Rule, ...]  # in the order of the file


class ColumnUse(Record, frozen=True, kw_only=True):
    """One column and what it is taken for."""

    heading: str  # `above: Seller` for what stands beside the table
    property: str  # role or qualifier: `supplier`, `amount`, `payer.id`
    score: float  # 0 to 1


class TableMapping(Record, frozen=True, kw_only=True):
    """One table (or part of one) and what it was taken for."""

    id: str  # made from document, page and number
    document: str  # its id
    table: str  # its id
    page: int  # that it stands on
    number: int  # among the page's tables
    layout: str  # id of its headings: the same for tables that one mapping file is for
    name: str | None  # of the sheet, or caption
    headings: tuple[str, ...]  # one for each column
    state: Literal["mapped", "unsure", "none"]  # an unsure one gives no claims until a person says so
    source: Literal["guess", "file"]  # who says so
    kind: Kind | None  # of the claims
    score: float  # 0 to 1: how sure it is
    columns: tuple[ColumnUse, ...] = ()  # what the columns are taken for
    rules: tuple[Rule, ...] = ()  # what makes the claims
    entries: int = 0  # rows that hold something and are no heading or sum
    claims: int = 0  # made of them


def column_names(headings: Sequence[str]) -> tuple[str, ...]:
    """Return headings as names of columns: a blank one by its number, a second of the same with ` 2`."""
    seen: Counter[str] = Counter()
    found = []
    for number, heading in enumerate(headings, 1):
        name = heading or f"column {number}"
        seen[name] += 1
        found.append(f"{name} {seen[name]}" if seen[name] > 1 else name)
    return tuple(found)


def layout_of(headings: Sequence[str]) -> str:
    """Return the id of a table's headings: one mapping file is for all tables of one id."""
    return make_id("layout", *map(fold, column_names(headings)))
