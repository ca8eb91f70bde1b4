"""`casegraph show`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from casegraph.cli import card, listings
from casegraph.cli.letters import show_thread
from casegraph.cli.options import case_argument, output_options
from casegraph.cli.output import Form, Listing, write
from casegraph.cli.sheet import show_table
from casegraph.model import Record
from casegraph.pipeline.case import Case, open_case
from casegraph.pipeline.reports import ClaimView, EntityView, TableView, ThreadView, View


@click.command()
@case_argument
@click.argument("id_", metavar="ID")
@output_options(("table", "jsonl"))
def command(case: Path, id_: str, form: Form, output: Path | None) -> None:
    """Show what ID stands for in CASE: a claim with its words, an entity, a document, table or conversation.

    ID is an id, a beginning of one that nothing else has, or a document's name. As JSON Lines it is the
    record alone, a claim with the places of its words on the page where the format has them.
    """
    opened = open_case(case)
    view = opened.show(id_)
    record: Record
    if isinstance(view, ClaimView):
        record = view.placed()
    elif isinstance(view, EntityView):
        record = view.entity
    elif isinstance(view, TableView | ThreadView):
        record = view
    else:
        record = view.row
    write([record], Listing("record", "records", (), _Card(opened, view)), form, output)


class _Card:
    """Prints the view instead of its record."""

    def __init__(self, case: Case, view: View) -> None:
        self._case = case
        self._view = view

    def __call__(self, console: Console, rows: Sequence[Record], /, *, head: bool) -> None:
        del rows, head
        if isinstance(self._view, ClaimView):
            card.show_claim(self._view, console)
        elif isinstance(self._view, EntityView):
            card.show_entity(self._view, listings.sources(self._case), console)
        elif isinstance(self._view, TableView):
            show_table(self._view, console)
        elif isinstance(self._view, ThreadView):
            show_thread(self._view, console)
        else:
            card.show_document(self._view, console)
