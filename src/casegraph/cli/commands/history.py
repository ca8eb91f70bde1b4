"""`casegraph history`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casegraph.cli import hints
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, Listing, write
from casegraph.cli.tables import short
from casegraph.cli.terminal import put, say
from casegraph.pipeline.case import open_case
from casegraph.pipeline.reviewing import Decided
from casegraph.publish import reviews
from casegraph.text import printable

COLUMNS = (
    "number", "judgement.left", "judgement.right", "judgement.judgement", "grade.axis", "grade.subject",
    "grade.value", "review.claim", "review.aspect", "review.value", "stands",
)  # fmt: skip


def _table(console: Console, rows: Sequence[Decided], /, *, head: bool) -> None:
    table = Table(box=None, show_header=head, padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("no.", "of", "said", "by", "why"):
        table.add_column(name, overflow="fold", header_style="faint")
    for one in rows:
        said = one.judgement or one.grade or one.review
        if said is not None:
            cells = (*_words(one), f"{said.pen_name or '?'}, {said.made[:10]}", said.note)
            style = "" if one.stands else "faint"
            table.add_row(Text(str(one.number)), *(Text(printable(cell), style=style) for cell in cells))
    put(console, table)


def _words(one: Decided) -> tuple[str, str]:
    """Return what a decision is on, and what it says."""
    if one.judgement is not None:
        said = one.judgement
        return f"{short(said.left)} {short(said.right)}", said.judgement.replace("_", " ")
    if one.grade is not None:
        return one.grade.subject, f"{one.grade.axis} {one.grade.value or 'undone'}"
    if one.review is not None:
        return one.review.claim, reviews.said(one.review)
    return "", ""


HISTORY: Listing[Decided] = Listing("decision", "decisions", COLUMNS, _table)


@click.command()
@case_argument
@click.option("--undo", type=int, metavar="NUMBER", help="Say again what held before this decision.")
@limit_option()
@output_options()
def command(case: Path, undo: int | None, limit: int | None, form: Form, output: Path | None) -> None:
    """List all that people decided in CASE, the latest first: judgements, grades, reviews of claims.

    What a later word has replaced is faint, and has `"stands": false` in JSON.
    """
    opened = open_case(case)
    if undo is not None:
        opened.undo(undo)
        say(f"what rests on it follows with the next build: {hints.command('build', case)}")
    if not write(islice(opened.history(), limit), HISTORY, form, output):
        say("nothing was decided yet")
