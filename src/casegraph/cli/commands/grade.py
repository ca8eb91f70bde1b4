"""`casegraph grade`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.options import case_argument
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case
from casegraph.pipeline.grading import CREDIBILITIES
from casegraph.settings import GRADES

UNDO = "undo"


@click.command()
@case_argument
@click.argument("subject", metavar="SUBJECT")
@click.argument("value", type=click.Choice((*GRADES, *CREDIBILITIES, UNDO)))
@click.option("--claim", "of_claim", is_flag=True, help="With undo: SUBJECT is a claim, not a source.")
@click.option("--note", metavar="WORDS", default="", help="Why: kept with the grade.")
def command(case: Path, subject: str, value: str, note: str, *, of_claim: bool) -> None:
    """Grade a source or a claim of CASE by the Admiralty code.

    A source, by the name of an outlet or a speaker: A reliable, B usually, C fairly, D not usually, E not
    reliable, F cannot be judged. A claim, by its id: 1 confirmed, 2 probably true, 3 possibly true,
    4 doubtful, 5 improbable, 6 cannot be judged. The word goes to the journal; `undo` takes it back, by
    another entry.
    """
    opened = open_case(case)
    given = "" if value == UNDO else value
    if of_claim or value in CREDIBILITIES:
        said = opened.grade_claim(subject, given, note=note)
    else:
        said = opened.grade_source(subject, given, note=note)
        say(f"claims follow with the next build: {hints.command('build', case)}")
    click.echo(f"{said.subject}  {said.axis}  {said.value or UNDO}")
