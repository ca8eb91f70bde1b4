"""`casegraph ask`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from casegraph.cli import hints
from casegraph.cli.options import case_argument, limit_option
from casegraph.cli.output import plural
from casegraph.cli.program import stop
from casegraph.cli.progress import progress
from casegraph.cli.terminal import say
from casegraph.errors import UsageError
from casegraph.pipeline.asking import ModelServer
from casegraph.pipeline.case import open_case
from casegraph.pipeline.reports import AskReport


@click.command()
@case_argument
@click.option(
    "--endpoint", metavar="URL", default="", help="The server, http://127.0.0.1:11434/v1; else case.toml's."
)
@click.option("--model", metavar="NAME", default="", help="The model's name there; else case.toml's.")
@click.option(
    "--allow", metavar="HOST", default="",
    help="Let the pages go to this host (with its port), which is not this machine.",
)  # fmt: skip
@click.option(
    "--key-variable", metavar="NAME", help="Environment variable that holds the key which the server wants."
)
@click.option("--document", metavar="DOC", help="A document: its name, id, or the beginning of its id.")
@limit_option()
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=120.0, show_default=True, metavar="SECONDS",
    help="For one answer, whole.",
)  # fmt: skip
@click.option(
    "--retries", type=click.IntRange(min=0), default=2, show_default=True, metavar="N",
    help="Further tries of a question that fails.",
)  # fmt: skip
@click.option("--again", is_flag=True, help="Ask again what the model failed to answer before.")
def command(case: Path, endpoint: str, model: str, **given: Any) -> None:  # noqa: ANN401 - what the options give
    """Ask a language model for the names and claims on the pages of CASE; the next build uses its answers.

    Off unless you name a server. The model is sent the pages, passage by passage, and nothing else. What it
    gives back is kept only where its words stand in the passage, is marked with its name, and is no source of
    its own. Answers are kept in the journal: no passage is asked twice, and a build asks nobody.
    """
    opened = open_case(case)
    variable = given["key_variable"]
    key = "" if variable is None else os.environ.get(variable, "")
    if variable is not None and not key:
        raise UsageError(f"the environment variable {variable} holds no key")
    server = ModelServer(endpoint, model, given["allow"], key, given["timeout"], given["retries"])
    try:
        with progress() as report:
            done = opened.ask(
                server,
                document=given["document"],
                limit=given["limit"],
                again=given["again"],
                progress=report,
            )
    except KeyboardInterrupt:
        stop("stopped; the answers so far are kept")
    _tell(done)
    if done.answered or done.known or done.failed:
        say(f"next: {hints.command('build', case)}")


def _tell(done: AskReport) -> None:
    if not (done.answered or done.known or done.failed or done.left):
        say("there is no prose to ask about: has the case been built?")
        return
    say(
        f"{plural(done.answered, 'passage')} answered, {done.known:,} known before: "
        f"{plural(done.names, 'name')} and {plural(done.claims, 'claim')} to be looked up in their pages"
    )
    if done.failed:
        why = ", ".join(f"{count:,} {code.removeprefix('answer-')}" for code, count in done.failed.items())
        say(f"{plural(sum(done.failed.values()), 'passage')} without an answer: {why}")
    if done.left:
        say(f"{plural(done.left, 'passage')} not asked, because of --limit")
