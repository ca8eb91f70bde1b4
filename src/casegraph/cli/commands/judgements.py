"""`casegraph judgements`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.decisions import JUDGEMENTS
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, plural, write
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@case_argument
@click.option("--all", "everything", is_flag=True, help="Those that a later word replaced, too.")
@click.option(
    "--import", "taken", type=_FILE, metavar="FILE", help="Take over a resolver file of nomenklatura's first."
)
@click.option(
    "--export", "given", type=_FILE, metavar="FILE", help="Write those that hold as a resolver file."
)
@limit_option()
@output_options()
def command(
    case: Path,
    taken: Path | None,
    given: Path | None,
    *,
    everything: bool,
    limit: int | None,
    form: Form,
    output: Path | None,
) -> None:
    """List what people said of pairs of entities of CASE, oldest first.

    A resolver file is JSON Lines, `[target, source, judgement, score, user, time]`; its ids are entity ids.
    """
    opened = open_case(case)
    if taken is not None:
        new, already, against = opened.import_judgements(taken)
        say(f"{plural(new, 'judgement')} taken over, {already:,} known already")
        if against:
            say(f"{plural(against, 'judgement')} left out: they contradict earlier ones", style="warning")
        if new:
            say(f"the entities follow with the next build: {hints.command('build', case)}")
    if given is not None:
        say(f"{plural(opened.export_judgements(given), 'judgement')} written to {given}")
        return
    rows = (row for row in opened.judgements() if everything or row.stands)
    if not write(islice(rows, limit), JUDGEMENTS, form, output):
        say("no judgements yet")
