"""`casegraph status`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from casegraph.cli import hints
from casegraph.cli.options import case_argument, output_options
from casegraph.cli.output import Form, Listing, plural, write
from casegraph.cli.terminal import put, say
from casegraph.pipeline.case import open_case
from casegraph.pipeline.reports import Reason, Status
from casegraph.text import printable

_WHY: dict[Reason, str] = {
    "new": "never done",
    "stage-version": "done by another version of the stage",
    "settings": "done with other settings",
    "upstream": "what it builds on has changed or is to be done first",
    "names": "came under a further name",
    "damaged": "its table is missing or damaged",
    "retry": "failed before, to be tried again",
}


@click.command()
@case_argument
@output_options(("table", "jsonl"))
def command(case: Path, form: Form, output: Path | None) -> None:
    """Say what is in CASE, what is out of date, and why."""
    status = open_case(case).status()
    write([status], LISTING, form, output)
    for lack in status.unconfined:
        say(f"readers are not fully confined: {lack}")
    if status.locked:
        at = status.underway
        say("a build is running" + (f": {at.stage}, {at.done:,} of {at.total:,}" if at else ""))
    elif not status.documents:
        say(f"next: {hints.command('add', case, 'FILES')}")
    elif status.stale:
        say(f"next: {hints.command('build', case)}")


def status_table(console: Console, rows: Sequence[Status], *, head: bool) -> None:
    """Print what is there, then a line for each stage with what is out of date and why."""
    del head
    for status in rows:
        console.print(Text(printable(status.name), style="heading"))
        there = [
            f"{plural(status.documents, 'document')}, {decimal(status.bytes)}",
            plural(status.entities, "entity", "entities"),
            plural(status.problems, "problem"),
        ]
        if status.derivations or status.corroborations:
            there[2:2] = [
                plural(status.derivations, "derivation"),
                plural(status.corroborations, "group of claims that say the same", "groups of such claims"),
            ]
        console.print(Text(", ".join(there)))
        stale = f"{plural(status.stale, 'document')} to be built" if status.stale else "all is up to date"
        console.print(Text(stale, style="warning" if status.stale else ""))
        console.print()
        put(console, _stages(status))


def _stages(status: Status) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="heading")
    table.add_column("stage", no_wrap=True)
    table.add_column("done", justify="right", no_wrap=True)
    table.add_column("failed", justify="right", no_wrap=True)
    table.add_column("to do", overflow="fold")
    table.add_column("records", overflow="fold")
    for stage in status.stages:
        why = "; ".join(f"{count:,} {_WHY[reason]}" for reason, count in stage.stale.items() if count)
        records = ", ".join(f"{name} {count:,}" for name, count in stage.records.items() if count)
        failed = Text(f"{stage.failed:,}" if stage.failed else "", style="warning")
        head = f"{stage.stage} {stage.version}"
        table.add_row(head, f"{stage.done:,}", failed, Text(why, style="warning"), Text(records))
    return table


LISTING: Listing[Status] = Listing("status", "statuses", (), status_table)
