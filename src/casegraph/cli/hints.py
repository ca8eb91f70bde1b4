"""What to do next: the words on stderr after a command."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from casegraph.cli.output import plural
from casegraph.cli.terminal import say
from casegraph.model import Problem
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import ProblemRow

SHOWN = 10
"""Problems named below a summary; the rest are counted."""


def command(name: str, folder: Path, *rest: str) -> str:
    """Return `casegraph build my-case` as a shell takes it."""
    return " ".join(["casegraph", name, shlex.quote(str(folder)), *rest])


def about_stale(case: Case, folder: Path) -> int:
    """Say how many documents are not in the list because they are not built; return their number."""
    stale = case.stale()
    if stale:
        verb = "is" if stale == 1 else "are"
        say(
            f"{plural(stale, 'document')} {verb} new or out of date and not in this list: "
            f"run `{command('build', folder)}`",
            style="warning",
        )
    return stale


def about_nothing(case: Case, folder: Path, what: str, *, filtered: bool) -> None:
    """Say why a list is empty, and what to do."""
    status = case.status()
    if not status.documents:
        say(f"the case has no documents yet: run `{command('add', folder, 'FILES')}`")
    elif status.stale == status.documents:
        say(f"nothing is built yet: run `{command('build', folder)}`")
    elif filtered:
        say(f"no {what} match")
    else:
        say(f"no {what}")


def name_problems(problems: Sequence[Problem | ProblemRow]) -> None:
    """Say the first problems, one a line, and count the rest."""
    for problem in problems[:SHOWN]:
        subject = problem.name if isinstance(problem, ProblemRow) else problem.subject
        say(f"  {problem.code}  {subject}: {problem.detail}", style="warning")
    if len(problems) > SHOWN:
        say(f"  \u2026 and {plural(len(problems) - SHOWN, 'more problem')}", style="warning")
