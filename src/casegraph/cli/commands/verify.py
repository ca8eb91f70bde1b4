"""`casegraph verify`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.filesize import decimal

from casegraph.cli.options import case_argument, output_options
from casegraph.cli.output import Form, plural, write
from casegraph.cli.progress import progress
from casegraph.cli.terminal import say
from casegraph.cli.trust import DIFFERENCE
from casegraph.errors import CaseAlteredError
from casegraph.pipeline.case import open_case

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@case_argument
@click.option(
    "--manifest", "manifests", type=_FILE, multiple=True, metavar="FILE",
    help="A manifest that `casegraph custody` wrote: the case must still hold what it names, and the "
    "time-stamp beside it must hold.",
)  # fmt: skip
@click.option(
    "--ca-file", "authorities", type=_FILE, metavar="PEM",
    help="Certificates to which the time-stamp's own must lead.",
)  # fmt: skip
@output_options()
def command(
    case: Path, manifests: tuple[Path, ...], authorities: Path | None, form: Form, output: Path | None
) -> None:
    """Prove that nothing in CASE has changed since it was added.

    Hashes every original and every document taken out of a container again, and follows the chain over the
    journal's entries. Lists what is altered, missing or extra; the exit code is 0 only where there is
    nothing. An exported manifest shows, too, whether the journal itself was written anew.
    """
    opened = open_case(case)
    with progress() as report:
        found = opened.verify(manifests=manifests, authorities=authorities, progress=report)
    if found.differences or form != "table":
        write(found.differences, DIFFERENCE, form, output)
    say(
        f"{plural(found.originals, 'original')} ({decimal(found.bytes)}), "
        f"{plural(found.children, 'document')} inside containers and "
        f"{plural(found.entries, 'entry of the journal', 'entries of the journal')} checked"
    )
    for moment in found.stamped:
        checked = "" if authorities else "; its certificate was not checked (--ca-file)"
        say(f"the time-stamp of {moment} holds{checked}")
    say(f"head of the journal: {found.entries} {found.head}")
    if found.differences:
        raise CaseAlteredError(f"{plural(len(found.differences), 'difference')} from what was added")
    say("nothing has changed")
