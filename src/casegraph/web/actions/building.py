"""Files that a person sends, and builds that a person starts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casegraph.errors import UsageError
from casegraph.pipeline.case import Case
from casegraph.web import sending
from casegraph.web.base import Action, Ask


def build(_: Case, ask: Ask) -> str:
    """Start a build, if none is running; lead to where it shows its progress."""
    ask.work.build(retry=ask.text("retry") is not None)
    return "/build"


def add(case: Case, ask: Ask, files: Sequence[Path]) -> str:
    """Take files into the case, and start a build."""
    if not files:
        raise UsageError("choose a file first")
    case.add(files)
    ask.work.build()
    return "/build"


BUILD = Action("/build", build)
ADD = Action("/add", largest=sending.LARGEST, take=add)
