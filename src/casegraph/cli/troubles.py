"""Problems of one code and one detail as one entry, worst first: a thousand lines tell nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from casegraph.cli.tables import clipped, put_line
from casegraph.model import Record
from casegraph.pipeline.reports import ProblemRow
from casegraph.text import printable

NAMED = 5
"""Files named in an entry; the others are counted."""

DETAILS = 20
"""Different details of one code that get an entry of their own; what comes later shares one."""

_STAGES = ("add", "read")

_LOST = frozenset(
    {
        "broken-link", "damaged", "dynamic-form", "empty", "encrypted", "failed", "no-text",
        "original-altered", "original-missing", "original-unreadable", "outside-folder", "reader-failed",
        "special-file", "time-limit", "unread-type", "unreadable", "worker-died",
    }
)  # fmt: skip
"""Ends of codes that mean that nothing of a file was read, or nothing found in it."""


class Trouble(Record, frozen=True, kw_only=True):
    """What so many files have in common; `names` are the first of them."""

    code: str
    detail: str
    count: int
    names: tuple[str, ...]


def troubles(problems: Iterable[ProblemRow]) -> list[Trouble]:
    """Return the problems by code and detail: files that could not be read, then the rest, the most first.

    Memory grows with the codes, not with the problems.
    """
    counts: dict[tuple[str, str], int] = {}
    names: dict[tuple[str, str], list[str]] = {}
    details: dict[str, set[str]] = {}
    for problem in problems:
        own = details.setdefault(problem.code, set())
        detail = problem.detail if problem.detail in own or len(own) < DETAILS else "other details"
        own.add(detail)
        key = problem.code, detail
        counts[key] = counts.get(key, 0) + 1
        first = names.setdefault(key, [])
        if len(first) < NAMED and problem.name not in first:
            first.append(problem.name)
    codes: dict[str, int] = {}
    for (code, _), count in counts.items():
        codes[code] = codes.get(code, 0) + count
    ordered = sorted(counts, key=lambda key: (*_rank(key[0]), -codes[key[0]], key[0], -counts[key], key[1]))
    return [
        Trouble(code=key[0], detail=key[1], count=counts[key], names=tuple(names[key])) for key in ordered
    ]


def _rank(code: str) -> tuple[int, int]:
    stage, _, word = code.partition(".")
    place = _STAGES.index(stage) if stage in _STAGES else len(_STAGES)
    return int(word not in _LOST), place


def troubles_table(console: Console, rows: Sequence[Trouble], *, head: bool) -> None:
    """Print each code with its details, and below each detail the files."""
    last = "" if head else None
    for row in rows:
        if row.code != last:
            if last:
                put_line(console, Text())
            put_line(console, Text(printable(row.code), style="warning"))
            last = row.code
        count = f"{row.count:,} \u00d7 " if row.count > 1 else ""
        for line in clipped(Text(count + printable(row.detail)), console.width - 2, console):
            put_line(console, Text("  ").append_text(line))
        more = row.count - len(row.names)
        for name in row.names:
            put_line(console, Text(f"    {printable(name)}", style="faint"))
        if more:
            put_line(console, Text(f"    \u2026 and {more:,} more", style="faint"))
