"""`casegraph documents`."""

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
@limit_option()
@output_options()
def command(case: Path, limit: int | None, form: Form, output: Path | None) -> None:
    """List the documents of CASE, read or not, with what was found in each."""
    opened = open_case(case)
    seen = write(islice(opened.documents(), limit), listings.DOCUMENTS, form, output)
    if not seen:
        hints.about_nothing(opened, case, "documents", filtered=False)
    hints.about_stale(opened, case)
