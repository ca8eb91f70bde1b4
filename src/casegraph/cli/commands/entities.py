"""`casegraph entities`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints, listings
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, write
from casegraph.pipeline.case import open_case


@click.command()
@case_argument
@click.option("--name", metavar="NAME", help="Words of any spelling.")
@click.option("--schema", metavar="SCHEMA", help="FollowTheMoney schema, such as Person or Company.")
@limit_option()
@output_options()
def command(
    case: Path, name: str | None, schema: str | None, limit: int | None, form: Form, output: Path | None
) -> None:
    """List the people, organisations, places and things that CASE names, most mentioned first."""
    opened = open_case(case)
    seen = write(opened.entities(name=name, schema=schema, limit=limit), listings.ENTITIES, form, output)
    stale = hints.about_stale(opened, case)
    if not seen and not stale:
        hints.about_nothing(opened, case, "entities", filtered=bool(name or schema))
