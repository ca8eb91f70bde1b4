"""`casegraph grades`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casegraph.cli.options import case_argument, output_options
from casegraph.cli.output import Form, Listing, write
from casegraph.cli.terminal import put, say
from casegraph.model import Grade
from casegraph.pipeline.case import open_case
from casegraph.text import printable

COLUMNS = ("axis", "subject", "value", "proposed", "note", "made", "pen_name")


def _table(console: Console, rows: Sequence[Grade], /, *, head: bool) -> None:
    table = Table(box=None, show_header=head, padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("of", "grade", "proposed", "by", "why"):
        table.add_column(name, overflow="fold", header_style="faint")
    for one in rows:
        who = f"{one.pen_name or '?'}, {one.made[:10]}"
        cells = (one.subject, one.value, one.proposed, who, one.note)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    put(console, table)


GRADES: Listing[Grade] = Listing("grade", "grades", COLUMNS, _table)


@click.command()
@case_argument
@output_options()
def command(case: Path, form: Form, output: Path | None) -> None:
    """List the grades that hold in CASE, those of sources first, with what the program had proposed."""
    if not write(open_case(case).grades(), GRADES, form, output):
        say("no grades yet; those of case.toml are not listed")
