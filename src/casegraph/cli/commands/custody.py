"""`casegraph custody`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.options import case_argument, output_options
from casegraph.cli.output import Form, write
from casegraph.cli.progress import progress
from casegraph.cli.terminal import say
from casegraph.cli.trust import RECORDS
from casegraph.errors import UsageError
from casegraph.pipeline.case import open_case
from casegraph.pipeline.reports import CustodyRecord


@click.command()
@case_argument
@click.option(
    "--timestamp", metavar="URL",
    help="Get a time-stamp (RFC 3161) of the manifest from this service; needs --output. The service is sent "
    "the manifest's SHA-256 and nothing else.",
)  # fmt: skip
@click.option(
    "--ca-file", "authorities", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="PEM",
    help="Certificates to which the service's own must lead.",
)  # fmt: skip
@output_options()
def command(
    case: Path, timestamp: str | None, authorities: Path | None, form: Form, output: Path | None
) -> None:
    """Export for each document of CASE where it came from: hash, paths, times, pen names, embedded metadata.

    With --output a manifest is written beside the file. It names the file's SHA-256, the list of originals
    and the head of the journal; its own SHA-256 is printed. Write that down elsewhere: `casegraph verify
    --manifest` then shows any later change, of the journal too.
    """
    opened = open_case(case)
    to_file = output is not None and str(output) != "-"
    if timestamp and not to_file:
        raise UsageError(
            "--timestamp needs --output: a manifest to stamp, and a place for the stamp beside it"
        )
    with progress() as report:
        if output is None or not to_file:
            write(opened.custody(progress=report), RECORDS, form, output)
            return

        def records(found: Iterator[CustodyRecord]) -> int:
            return write(found, RECORDS, form, output)

        made = opened.export_custody(
            records, output, timestamp=timestamp, authorities=authorities, progress=report
        )
    say(f"manifest: {made.manifest}")
    click.echo(f"{made.sha256}  {made.manifest}")
    if made.stamped:
        checked = "" if made.chain_checked else "; the service's certificate was not checked (--ca-file)"
        say(f"time-stamp of {made.stamped}: {made.token}{checked}")
    hints.about_stale(opened, case)
