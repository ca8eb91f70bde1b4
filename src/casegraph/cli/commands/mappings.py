"""`casegraph mappings`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from casegraph.cli import hints, listings
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, plural, write
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case


@click.command()
@case_argument
@click.option(
    "--document", metavar="DOCUMENT", help="Only of this document: its name, or the beginning of its id."
)
@click.option("--all", "every", is_flag=True, help="Tables that are taken for nothing, too.")
@click.option("--no-files", is_flag=True, help="Write no mapping files.")
@limit_option()
@output_options()
def command(
    case: Path,
    document: str | None,
    *,
    every: bool,
    no_files: bool,
    limit: int | None,
    form: Form,
    output: Path | None,
) -> None:
    """List what the tables of CASE are taken for, and write each guess to a file in CASE/mappings.

    A file is a FollowTheMoney mapping. Change it, and it is yours: it wins over the guess, and the next build
    makes the claims of its tables again. Delete it, and the guess holds. A guess that is not sure gives no
    claims.
    """
    opened = open_case(case)
    found = [row for row in opened.mappings(document) if every or row.state != "none" or row.file]
    seen = write(islice(found, limit), listings.MAPPINGS, form, output)
    if not seen:
        hints.about_nothing(opened, case, "tables that give claims", filtered=not every)
    elif not no_files:
        written = opened.write_mappings(document, every=every)
        if written:
            files = plural(len(written), "mapping file")
            say(f"{files} in {written[0].parent}: change what is wrong, and build again")
    unsure = sum(row.state == "unsure" for row in found)
    if unsure:
        say(f"{plural(unsure, 'guess', 'guesses')} not sure, without claims until you say so in the file")
    hints.about_stale(opened, case)
