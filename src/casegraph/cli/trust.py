"""Custody records and what `verify` found, as lists."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from casegraph.cli.columns import CUSTODY, DIFFERENCES
from casegraph.cli.output import Listing
from casegraph.cli.tables import short
from casegraph.cli.terminal import put
from casegraph.pipeline.reports import CustodyRecord, Difference, Embedded
from casegraph.text import printable

_SHOWN = (
    ("author", "by"), ("last_modified_by", "saved by"), ("created", "made"), ("modified", "changed"),
    ("printed", "printed"), ("printer", "printer"), ("creator_tool", "with"), ("producer", "producer"),
    ("camera", "camera"), ("gps", "at"), ("mail_client", "mail client"),
)  # fmt: skip


def custody_table(console: Console, records: Sequence[CustodyRecord], *, head: bool) -> None:
    """Print each document with its places, its file's times and what the file tells of its making."""
    del head
    for record in records:
        line = Text(short(record.document), style="faint")
        line.append(f"  {record.size:,} bytes  ", style="")
        line.append(printable("; ".join(record.paths)), style="heading")
        put(console, line)
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=True)
        table.add_column(style="faint", no_wrap=True)
        table.add_column(overflow="fold")
        for one in record.additions:
            by = f" by {printable(one.pen_name)}" if one.pen_name else ""
            zone = f" (zone {one.zone})" if one.zone else ""
            file = f"; file of {one.modified}{zone}" if one.modified else ""
            table.add_row("added", f"{one.added}{by} as {printable(one.path)}{file}")
        for place in record.inside:
            table.add_row("inside", f"{short(place.container)}  {printable(place.name)}")
        made = _made(record.embedded)
        if made.plain:
            table.add_row("tells", made)
        put(console, table)


def _made(embedded: Embedded) -> Text:
    parts = [
        f"{words} {printable('; '.join(getattr(embedded, field)))}"
        for field, words in _SHOWN
        if getattr(embedded, field)
    ]
    return Text(", ".join(parts))


def differences_table(console: Console, found: Sequence[Difference], *, head: bool) -> None:
    """Print what is not as it was, one below the other."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="heading", show_header=head)
    table.add_column("code", no_wrap=True, style="warning")
    table.add_column("what", overflow="fold")
    table.add_column("what is wrong", overflow="fold")
    for one in found:
        known = one.name if one.name == one.subject else f"{one.name}  {short(one.subject)}"
        table.add_row(one.code, printable(known), printable(one.detail))
    put(console, table)


RECORDS: Listing[CustodyRecord] = Listing("record", "records", CUSTODY, custody_table)
DIFFERENCE: Listing[Difference] = Listing("difference", "differences", DIFFERENCES, differences_table)
