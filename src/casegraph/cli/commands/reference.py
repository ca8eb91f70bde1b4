"""`casegraph reference`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, plural, write
from casegraph.cli.progress import progress
from casegraph.cli.references import REFERENCE_ENTITIES, REFERENCE_HITS, REFERENCES
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case
from casegraph.reference import FORMS

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FORMS = "; ".join(f"{one.name}: {one.summary}" for one in FORMS)
_DATE = "As 2024-05-31, 2024-05 or 2024."


@click.group()
def command() -> None:
    """Add registers, lists and aliases of others; they are kept apart from what documents claim."""


@command.command("add")
@case_argument
@click.argument("file", type=_FILE)
@click.option("--dataset", default="", metavar="NAME", help="Its name; that of the file where not given.")
@click.option(
    "--form", type=click.Choice([one.name for one in FORMS]),
    help=f"What the file is, where it does not show. {_FORMS}.",
)  # fmt: skip
@click.option("--mapping", type=_FILE, metavar="FILE", help="FollowTheMoney mapping (YAML) of a table.")
@click.option(
    "--schema",
    default="",
    metavar="SCHEMA",
    help="FollowTheMoney schema of aliases that tell none: LegalEntity.",
)
@click.option("--publisher", default="", metavar="WORDS", help="Who published it.")
@click.option(
    "--source", default="", metavar="WORDS", help="Where it is from: an address, or words. Not fetched."
)
@click.option("--licence", default="", metavar="WORDS", help="Under which it may be used.")
@click.option("--issued", default="", metavar="DATE", help=f"When it was published. {_DATE}")
@click.option("--retrieved", default="", metavar="DATE", help=f"When it was fetched. {_DATE}")
@click.option("--note", default="", metavar="WORDS", help="Whatever should be known of it.")
def add(case: Path, file: Path, form: str | None, mapping: Path | None, **said: str) -> None:
    """Add FILE to CASE: FollowTheMoney, a table with a mapping, BODS, or a list of aliases.

    The bytes are kept as an original, with who published them, the licence and the dates. A data set of the
    same name is replaced; the journal keeps the older one. Lines that cannot be used are problems.
    """
    opened = open_case(case)
    with progress() as report:
        done = opened.add_reference(file, form=form or "", mapping=mapping, progress=report, **said)
    verb = "replaced" if done.replaced else "added"
    count = plural(done.entities, "entry", "entries")
    older = f"; it had {done.before:,}" if done.replaced and done.before is not None else ""
    say(f"data set {done.source.dataset} ({done.source.form}) {verb}: {count}{older}")
    if done.problems:
        say(f"{plural(done.problems, 'problem')}: {hints.command('problems', case)}", style="warning")
    if not (done.source.licence and done.source.source):
        say("no source or licence is known (--source, --licence): find out before you share what uses it")


@command.command("list")
@case_argument
@output_options()
def list_(case: Path, form: Form, output: Path | None) -> None:
    """List the data sets of CASE, with where they are from."""
    if not write(open_case(case).references(), REFERENCES, form, output):
        say("no reference data yet")


@command.command("entities")
@case_argument
@click.option("--dataset", metavar="NAME", help="Only of this data set.")
@click.option("--name", metavar="NAME", help="Words of any name or alias.")
@click.option("--schema", metavar="SCHEMA", help="FollowTheMoney schema, such as Person or Company.")
@limit_option()
@output_options()
def entities(
    case: Path,
    dataset: str | None,
    name: str | None,
    schema: str | None,
    limit: int | None,
    form: Form,
    output: Path | None,
) -> None:
    """List the entries of the data sets of CASE."""
    found = open_case(case).reference_entities(dataset=dataset, name=name, schema=schema)
    if not write(islice(found, limit), REFERENCE_ENTITIES, form, output):
        say("no such entry")


@command.command("hits")
@case_argument
@click.option("--dataset", metavar="NAME", help="Only of this data set.")
@limit_option()
@output_options()
def hits(case: Path, dataset: str | None, limit: int | None, form: Form, output: Path | None) -> None:
    """List entities of CASE with the number or the full name of an entry: leads, not matches.

    Other spellings and scripts are not looked for. `casegraph judge CASE ENTITY ENTRY same` takes down that
    the two are one.
    """
    found = open_case(case).reference_hits(dataset=dataset)
    if not write(islice(found, limit), REFERENCE_HITS, form, output):
        say("no entity has the number or the full name of an entry")


@command.command("remove")
@case_argument
@click.argument("dataset")
def remove(case: Path, dataset: str) -> None:
    """Take DATASET out of CASE; the journal and the originals keep it."""
    gone = open_case(case).remove_reference(dataset)
    say(f"data set {gone.dataset} no longer counts; its file is still among the originals")
