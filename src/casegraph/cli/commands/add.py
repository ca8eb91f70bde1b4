"""`casegraph add`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.filesize import decimal

from casegraph.cli import hints
from casegraph.cli.options import case_argument
from casegraph.cli.output import plural
from casegraph.cli.progress import progress
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case


@click.command()
@case_argument
@click.argument("paths", nargs=-1, required=True, metavar="FILES...", type=click.Path(path_type=Path))
def command(case: Path, paths: tuple[Path, ...]) -> None:
    """Copy FILES and folders into CASE.

    A file that is already there is not copied again. Nothing is read yet: that is `casegraph build`.
    """
    opened = open_case(case)
    with progress() as report:
        result = opened.add(paths, progress=report)
    size = f" ({decimal(result.bytes)})" if result.added else ""
    parts = [f"{plural(result.added, 'document')} added{size}"]
    if result.renamed:
        parts.append(f"{result.renamed:,} already there, now under another name too")
    if result.already:
        parts.append(f"{result.already:,} already there")
    if result.problems:
        parts.append(plural(len(result.problems), "problem"))
    say(", ".join(parts))
    hints.name_problems(result.problems)
    if result.added or result.renamed:
        say(f"next: {hints.command('build', case)}")
