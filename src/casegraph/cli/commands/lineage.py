"""`casegraph lineage`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.branches import write_tree
from casegraph.cli.options import case_argument, output_options
from casegraph.cli.output import Form
from casegraph.pipeline.case import open_case
from casegraph.publish.trees import lineage


@click.command()
@case_argument
@click.argument("document", metavar="DOCUMENT")
@click.option("--full", is_flag=True, help="Show every step, not the first and strongest alone.")
@output_options(("table", "jsonl"))
def command(case: Path, document: str, form: Form, output: Path | None, *, full: bool) -> None:
    """Explain what DOCUMENT of CASE was made from, and what was made from it, as a tree with its evidence.

    DOCUMENT is a name, an id, or a beginning of one. With `--output FILE.svg` the tree is drawn.
    """
    opened = open_case(case)
    view = opened.lineage(document)
    documents = {one.id: one for one in view.documents}
    tree = lineage(view.document, view.derivations, documents, view.names, full=full)
    write_tree(tree, view, f"Lineage of {view.names.get(view.document, document)}", form, output)
    hints.about_stale(opened, case)
