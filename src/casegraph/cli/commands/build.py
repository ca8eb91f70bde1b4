"""`casegraph build`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.decisions import tell_changes
from casegraph.cli.options import case_argument
from casegraph.cli.output import plural
from casegraph.cli.program import stop
from casegraph.cli.progress import progress
from casegraph.cli.terminal import say
from casegraph.pipeline.case import open_case
from casegraph.pipeline.reports import BuildReport

_MINUTE = 60


@click.command()
@case_argument
@click.option("--retry", is_flag=True, help="Try documents again that failed before.")
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes at work, if not as case.toml says."
)
def command(case: Path, *, retry: bool, workers: int | None) -> None:
    """Read what is new in CASE and find who says what.

    Only what is missing or out of date is done. Ctrl-C stops the build; the next one goes on there.
    """
    opened = open_case(case)
    try:
        with progress() as report:
            result = opened.build(retry=retry, workers=workers, progress=report)
    except KeyboardInterrupt:
        goes_on = hints.command("build", case)
        stop(f"stopped; what is done is kept, `{goes_on}` goes on from there")
    if not opened.status().documents:
        say(f"the case has no documents yet: run `{hints.command('add', case, 'FILES')}`")
        return
    _summary(result)
    if result.problems:
        say(f"see them: {hints.command('problems', case)}")
    if result.crowded:
        which = hints.command("problems", case, "--code", "resolve.crowded")
        say(f"{plural(result.crowded, 'group')} of more than 40 names that sound alike not compared: {which}")
    if result.tied:
        say(f"{plural(result.tied, 'link')} left out when tracing: they would have tied too many together")
    if result.proposals:
        proposals = hints.command("proposals", case)
        say(f"{plural(result.proposals, 'pair')} of entities may be one; you decide: {proposals}")
    if result.documents:
        say(f"next: {hints.command('claims', case)}")


def _summary(result: BuildReport) -> None:
    if not result.documents and not result.dropped:
        if result.entities.merged or result.entities.split:
            tell_changes(result.entities)
            return
        done = "no document is new; who copied whom was traced again" if result.traced else ""
        say(done or "nothing to do: all is up to date")
        return
    rate = f" ({result.documents / result.seconds:.1f}/s)" if result.seconds else ""
    for lack in result.unconfined:
        say(f"readers are not fully confined: {lack}")
    say(f"{plural(result.documents, 'document')} built in {_duration(result.seconds)}{rate}")
    if result.dropped:
        say(f"{plural(result.dropped, 'document')} no longer in the case")
    if result.entities.merged or result.entities.split:
        tell_changes(result.entities)
    for stage in result.stages:
        if stage.documents:
            problems = f", {plural(stage.problems, 'problem')}" if stage.problems else ""
            done = f"{plural(stage.documents, 'document')}, {plural(stage.records, 'record')}{problems}"
            say(f"  {stage.stage:<10} {done}, {_duration(stage.cpu_seconds)} of work")


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), _MINUTE)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
