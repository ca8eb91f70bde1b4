"""`casegraph proposals`."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from casegraph.cli import hints
from casegraph.cli.decisions import PROPOSALS
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, write
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case
from casegraph.pipeline.changed import ProposalState


@click.command()
@case_argument
@click.option("--name", metavar="NAME", help="Words of any spelling of one of the two.")
@click.option(
    "--state", type=click.Choice(get_args(ProposalState)), default="proposed", show_default=True,
    help="Those that wait for a word; those merged without one; those that identifiers hold apart.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Those that you have judged, too.")
@limit_option()
@output_options()
def command(
    case: Path,
    name: str | None,
    state: ProposalState,
    *,
    everything: bool,
    limit: int | None,
    form: Form,
    output: Path | None,
) -> None:
    """List pairs of entities of CASE that may be one, with the reasons, the likeliest first.

    A pair is merged or parted with `casegraph judge CASE LEFT RIGHT same` (or `different`, `unsure`).
    """
    opened = open_case(case)
    found = opened.proposals(name=name, state=state, everything=everything, limit=limit)
    seen = write(found, PROPOSALS, form, output)
    stale = hints.about_stale(opened, case)
    if seen and form == "table" and state == "proposed":
        say(f"say which are one: {hints.command('judge', case, 'LEFT', 'RIGHT', 'same')}")
    if not seen and not stale:
        hints.about_nothing(opened, case, "proposals", filtered=bool(name))
