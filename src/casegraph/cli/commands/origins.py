"""`casegraph origins`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.branches import write_tree
from casegraph.cli.options import case_argument, output_options
from casegraph.cli.output import Form
from casegraph.pipeline.case import open_case
from casegraph.publish.trees import origins


@click.command()
@case_argument
@click.argument("claim", metavar="CLAIM")
@click.option("--full", is_flag=True, help="Show every step, not the first and strongest alone.")
@output_options(("table", "jsonl"))
def command(case: Path, claim: str, form: Form, output: Path | None, *, full: bool) -> None:
    """Explain on whose word CLAIM of CASE rests: its origins, whether they are independent, what contradicts.

    CLAIM is an id or a beginning of one, as `casegraph claims` lists them. With `--output FILE.svg` the tree
    is drawn.
    """
    opened = open_case(case)
    view = opened.origins(claim)
    documents = {one.id: one for one in view.documents}
    tree = origins(
        view.corroboration, view.claims, documents, view.names, view.claim.id, view.grades, full=full
    )
    write_tree(tree, view, f"On whose word: {tree.label}", form, output)
    hints.about_stale(opened, case)
