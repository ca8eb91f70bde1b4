"""`casegraph export`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.options import Filters, case_argument, claim_filters
from casegraph.cli.output import write_lines
from casegraph.pipeline.case import open_case
from casegraph.publish import EXPORTERS, FACTS, Facts

_FORMS = tuple(one.name for one in EXPORTERS)


@click.command()
@case_argument
@claim_filters
@click.option(
    "--format", "-f", "form", type=click.Choice(_FORMS), default=_FORMS[0], show_default=True,
    help="; ".join(f"{one.name}: {one.summary}" for one in EXPORTERS) + ".",
)  # fmt: skip
@click.option(
    "--facts", type=click.Choice(FACTS), default="none", show_default=True,
    help="Which claims become plain facts. none: each stays a link or note with who says so; stated: those "
    "that documents state in their own voice; asserted: also those that named speakers assert. What anybody "
    "denies, doubts or only alleges never does.",
)  # fmt: skip
@click.option("--dataset", metavar="NAME", help="Name of the data set; the case's where not given.")
@click.option(
    "--output", "-o", "output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write to this file instead of the terminal.",
)  # fmt: skip
def command(
    case: Path, filters: Filters, form: str, facts: Facts, dataset: str | None, output: Path | None
) -> None:
    """Write CASE for other programs: documents, entities, where they are named, and who says what of them.

    With filters only the claims that they ask for, with their entities and documents.
    """
    opened = open_case(case)
    write_lines(opened.export(form, dataset=dataset, facts=facts, **filters), output)
    hints.about_stale(opened, case)
