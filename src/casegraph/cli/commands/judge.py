"""`casegraph judge`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.decisions import tell_changes
from casegraph.cli.options import case_argument
from casegraph.cli.progress import progress
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case
from casegraph.pipeline.judging import WORDS


@click.command()
@case_argument
@click.argument("left")
@click.argument("right")
@click.argument("judgement", type=click.Choice(tuple(WORDS)))
@click.option("--note", metavar="WORDS", default="", help="Why: kept with the judgement.")
@click.option("--later", is_flag=True, help="Leave the entities as they are until the next build.")
def command(case: Path, left: str, right: str, judgement: str, note: str, *, later: bool) -> None:
    """Say whether two entities of CASE are one, and let the entities follow.

    LEFT and RIGHT are ids, their beginnings, or names that no other entity has; a merge is taken apart by the
    ids that `casegraph show` lists as merged. The word goes to the journal; `undo` takes it back, by another
    entry. What is the same as the same is the same; no rule joins what you hold to be different.
    """
    opened = open_case(case)
    said = opened.judge(left, right, WORDS[judgement], note=note)
    click.echo(f"{said.left}  {said.right}  {said.judgement}")
    if later:
        say(f"the entities follow with the next build: {hints.command('build', case)}")
        return
    with progress() as report:
        changes = opened.update_entities(progress=report)
    tell_changes(changes)
