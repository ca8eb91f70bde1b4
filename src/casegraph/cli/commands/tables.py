"""`casegraph tables`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from casegraph.cli import hints, listings
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, write
from casegraph.pipeline.case import open_case


@click.command()
@case_argument
@click.option(
    "--document", metavar="DOCUMENT", help="Only of this document: its name, or the beginning of its id."
)
@limit_option()
@output_options()
def command(case: Path, document: str | None, limit: int | None, form: Form, output: Path | None) -> None:
    """List the tables of CASE: sheets, tables of pages and of data files. JSON Lines has all their cells."""
    opened = open_case(case)
    seen = write(islice(opened.tables(document), limit), listings.TABLES, form, output)
    if not seen:
        hints.about_nothing(opened, case, "tables", filtered=document is not None)
    hints.about_stale(opened, case)
