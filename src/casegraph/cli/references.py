"""Data sets of reference data and their entries, as lists."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from casegraph.cli.output import Listing
from casegraph.cli.tables import short
from casegraph.cli.terminal import put
from casegraph.model import ReferenceEntity
from casegraph.pipeline.referenced import ReferenceHit, ReferenceRow
from casegraph.text import printable

_SOURCE = (
    "dataset", "form", "name", "original", "size", "schema", "publisher", "source", "licence", "issued",
    "retrieved", "note", "added", "pen_name",
)  # fmt: skip
SETS = (*(f"source.{name}" for name in _SOURCE), "entities", "problems")
ENTRIES = (
    "dataset", "id", "schema", "caption", "names", "weak_names", "identifiers", "countries", "births",
    "topics",
)  # fmt: skip
HITS = (
    "entity", "name", "schema", "dataset", "reference", "reference_name", "reference_schema", "by", "topics",
)  # fmt: skip
_SHOWN = 4  # identifiers or names of a row


def _table(*names: str, head: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="heading", show_header=head)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def sets_table(console: Console, rows: Sequence[ReferenceRow], *, head: bool) -> None:
    """Print the data sets: how much, from whom, of when, under which licence."""
    table = _table(
        "data set", "form", "entries", "problems", "publisher", "issued", "licence", "source", head=head
    )
    for row in rows:
        one = row.source
        counts = (f"{row.entities:,}", f"{row.problems:,}")
        told = (one.publisher, one.issued or one.retrieved, one.licence, one.source or one.name)
        table.add_row(one.dataset, one.form, *counts, *(Text(printable(words)) for words in told))
    put(console, table)


def entries_table(console: Console, rows: Sequence[ReferenceEntity], *, head: bool) -> None:
    """Print entries with their other names and their numbers."""
    table = _table("data set", "id", "name", "schema", "countries", "identifiers", "also", head=head)
    for one in rows:
        names = [name for name in (*one.names, *one.weak_names) if name != one.caption]
        cells = (one.id, one.caption, one.schema, ", ".join(one.countries))
        lists = (
            "; ".join(printable(value) for value in values[:_SHOWN]) for values in (one.identifiers, names)
        )
        table.add_row(one.dataset, *(Text(printable(cell)) for cell in cells), *map(Text, lists))
    put(console, table)


def hits_table(console: Console, rows: Sequence[ReferenceHit], *, head: bool) -> None:
    """Print entities beside the entries that share a number or a name with them."""
    table = _table("entity", "name", "data set", "entry", "its name", "by", "topics", head=head)
    for one in rows:
        cells = (one.name, one.dataset, one.reference, one.reference_name)
        lists = (", ".join(one.by), ", ".join(one.topics))
        table.add_row(short(one.entity), *(Text(printable(cell)) for cell in (*cells, *lists)))
    put(console, table)


REFERENCE_HITS: Listing[ReferenceHit] = Listing("hit", "hits", HITS, hits_table)
REFERENCES: Listing[ReferenceRow] = Listing("data set", "data sets", SETS, sets_table)
REFERENCE_ENTITIES: Listing[ReferenceEntity] = Listing("entry", "entries", ENTRIES, entries_table)
