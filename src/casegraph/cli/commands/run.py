"""`casegraph run`."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from casegraph.cli import hints, listings
from casegraph.cli.options import Filters, all_option, claim_filters, limit_option, output_options
from casegraph.cli.output import Form, plural
from casegraph.cli.progress import progress
from casegraph.cli.terminal import say
from casegraph.pipeline.case import temporary_case

_STDIN = Path("-")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILES...", type=click.Path(path_type=Path))
@claim_filters
@limit_option()
@all_option
@output_options()
def command(
    paths: tuple[Path, ...],
    filters: Filters,
    limit: int | None,
    *,
    everything: bool,
    form: Form,
    output: Path | None,
) -> None:
    """Find the claims in FILES and folders for a quick look. No case is kept.

    Works in a private temporary folder that is deleted at the end. What could not be used is named on
    stderr. `-` reads one document from standard input.
    """
    with temporary_case() as case, TemporaryDirectory(prefix="casegraph-") as spool:
        with progress() as report:
            added = case.add(
                [_spooled(Path(spool)) if path == _STDIN else path for path in paths], progress=report
            )
            case.build(progress=report)
        shown = listings.write_claims(case, filters, listings.Showing(form, output, limit, everything))
        problems = list(case.problems())
        summary = [plural(shown.seen, "claim"), f"{plural(added.added, 'document')}"]
        if problems:
            summary.append(plural(len(problems), "problem"))
        say(", ".join(summary))
        hints.name_problems(problems)


def _spooled(folder: Path) -> Path:
    """Return a file that holds what comes on standard input."""
    path = folder / "stdin"
    with path.open("wb") as spool, click.open_file("-", "rb") as stdin:
        shutil.copyfileobj(stdin, spool)
    return path
