"""`casegraph claims`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints, listings
from casegraph.cli.options import (
    Filters,
    all_option,
    case_argument,
    claim_filters,
    limit_option,
    output_options,
)
from casegraph.cli.output import Form
from casegraph.pipeline.case import open_case


@click.command()
@case_argument
@claim_filters
@limit_option()
@all_option
@output_options()
def command(
    case: Path, filters: Filters, limit: int | None, *, everything: bool, form: Form, output: Path | None
) -> None:
    """List the claims of CASE: who says what about whom, in which stance, on which page.

    A name is found under every spelling that the case ties to the same entity. The table shows a sentence
    once and leaves out what documents state in their own voice (--all); the other formats have every claim.
    `casegraph show CASE ID` gives one claim with its words.
    """
    opened = open_case(case)
    shown = listings.write_claims(opened, filters, listings.Showing(form, output, limit, everything))
    stale = hints.about_stale(opened, case)
    if not shown.seen and not shown.hidden and not stale:
        hints.about_nothing(opened, case, "claims", filtered=any(filters.values()))
