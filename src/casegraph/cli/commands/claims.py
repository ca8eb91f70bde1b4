"""`casegraph claims`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints, listings
from casegraph.cli.options import Filters, case_argument, claim_filters, limit_option, output_options
from casegraph.cli.output import Form, write
from casegraph.pipeline.case import open_case


@click.command()
@case_argument
@claim_filters
@limit_option()
@output_options()
def command(case: Path, filters: Filters, limit: int | None, form: Form, output: Path | None) -> None:
    """List the claims of CASE: who says what about whom, in which stance, on which page.

    A name is found under every spelling that the case ties to the same entity. `casegraph show CASE ID`
    gives one claim with its words.
    """
    opened = open_case(case)
    found = opened.claims(**filters, limit=limit)
    names = listings.names(opened) if form == "table" else {}
    seen = write(found, listings.claims(names, filters["kind"]), form, output)
    stale = hints.about_stale(opened, case)
    if not seen and not stale:
        hints.about_nothing(opened, case, "claims", filtered=any(filters.values()))
