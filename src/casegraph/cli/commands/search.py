"""`casegraph search`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints, listings
from casegraph.cli.options import case_argument, limit_option, output_options
from casegraph.cli.output import Form, plural, write
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case


@click.command()
@case_argument
@click.argument("words", nargs=-1, required=True)
@limit_option(default=10)
@output_options()
def command(case: Path, words: tuple[str, ...], limit: int, form: Form, output: Path | None) -> None:
    """Search the pages of CASE for WORDS, best first.

    All words must be there; "words in quotation marks" stand together, `A OR B` finds either, `-word` must
    not be there: put `--` before a search that starts with a minus. `word~` finds words that differ by one
    letter, `word~2` by two. Pages that have the words only in menus,
    notices and the like come last.
    """
    opened = open_case(case)
    result = opened.search(" ".join(words), limit=limit)
    seen = write(result.hits, listings.HITS, form, output)
    if result.total > seen:
        say(f"{plural(seen, 'page')} of {result.total:,} shown; --limit gives more")
    stale = hints.about_stale(opened, case)
    if not seen and not stale:
        hints.about_nothing(opened, case, "pages", filtered=True)
