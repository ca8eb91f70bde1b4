"""Where words go: data to stdout, everything else to stderr, and both safe to print."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from rich.console import Console, RenderableType
from rich.theme import Theme

PIPE_WIDTH = 100
"""Columns of a table that no terminal shows."""

NARROWEST = 64
"""Columns below which a table is not made narrower: the terminal may wrap it."""

_THEME = Theme(
    {
        "speaker": "bold cyan",
        "cue": "bold yellow",
        "content": "green",
        "role": "underline",
        "found": "bold yellow",
        "negative": "bold red",
        "faint": "dim",
        "heading": "bold",
        "warning": "yellow",
        "failure": "bold red",
    }
)


def console(stream: TextIO | None = None) -> Console:
    """Return a console for the stream (stdout): plain and PIPE_WIDTH wide unless it is a terminal.

    NO_COLOR, FORCE_COLOR and COLUMNS are honoured. Markup, emoji codes and guessing at what to highlight are
    off: the words come from documents.
    """
    stream = sys.stdout if stream is None else stream
    forced = bool(os.environ.get("FORCE_COLOR")) and stream in {sys.stdout, sys.stderr}
    terminal = stream.isatty() or forced
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) > 0 else None
    if width is None and not terminal:
        width = PIPE_WIDTH
    shown = Console(
        file=stream,
        width=width,
        force_terminal=terminal,
        no_color=True if os.environ.get("NO_COLOR") else None,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        theme=_THEME,
    )
    shown.width = max(shown.width, NARROWEST)
    return shown


def put(shown: Console, what: RenderableType) -> None:
    """Print a table or a text; what no terminal shows has no blanks at the ends of its lines."""
    if shown.is_terminal:
        shown.print(what)
        return
    with shown.capture() as captured:
        shown.print(what)
    shown.file.writelines(line.rstrip() + "\n" for line in captured.get().splitlines())


def say(words: str, style: str | None = None) -> None:
    """Print words for the person to stderr."""
    console(sys.stderr).print(words, style=style, soft_wrap=True)
