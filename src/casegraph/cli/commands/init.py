"""`casegraph init`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.options import case_argument
from casegraph.cli.terminal import say
from casegraph.pipeline.case import init_case


@click.command()
@case_argument
@click.option("--name", help="What the case is called; the folder's name unless given.")
@click.option(
    "--pen-name",
    help="Under which name decisions are kept. Choose one: a case may travel. Never your login by itself.",
)
def command(case: Path, name: str | None, pen_name: str | None) -> None:
    """Make the folder CASE with an explained case.toml.

    Everything about the case stays in that folder: the originals, the journal of what was done, and
    derived/, which may be deleted and built again.
    """
    init_case(case, name=name, pen_name=pen_name)
    say(f"made {case}; its settings are explained in {case / 'case.toml'}")
    say(f"next: {hints.command('add', case, 'FILES')}")
