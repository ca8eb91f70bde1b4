"""`casegraph problems`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from casegraph.cli import hints, listings
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, write
from casegraph.cli.troubles import troubles
from casegraph.pipeline.case import open_case


@click.command()
@case_argument
@click.option("--document", metavar="DOC", help="A document: its name, id or the beginning of one.")
@click.option("--code", metavar="CODE", help="A code, such as read.encoding.")
@limit_option()
@output_options()
def command(
    case: Path, document: str | None, code: str | None, limit: int | None, form: Form, output: Path | None
) -> None:
    """List what in CASE could not be used, and why: files, pages and values.

    Whatever is not here has been read. The table puts equal problems together, files that could not be read
    first; --code and --document name each.
    """
    opened = open_case(case)
    found = islice(opened.problems(document=document, code=code), limit)
    if form == "table" and not code and not document:
        seen = write(troubles(found), listings.TROUBLES, form, output)
    else:
        seen = write(found, listings.PROBLEMS, form, output)
    stale = hints.about_stale(opened, case)
    if not seen and not stale:
        hints.about_nothing(opened, case, "problems", filtered=bool(document or code))
