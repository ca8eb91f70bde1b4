"""Judgements as a list, and what they changed in words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from casegraph.cli.output import Listing, plural
from casegraph.cli.tables import put_line, short
from casegraph.cli.terminal import put, say
from casegraph.pipeline.changed import EntityChanges, JudgementRow, Proposal
from casegraph.text import printable

COLUMNS = (
    "judgement.left", "left_name", "judgement.right", "right_name", "judgement.judgement", "judgement.score",
    "judgement.note", "judgement.made", "judgement.pen_name", "stands",
)  # fmt: skip
_TOLD = 10
_WORDS = {
    "positive": "the same", "negative": "different", "unsure": "unsure", "no_judgement": "undone",
}  # fmt: skip


def judgements_table(console: Console, rows: Sequence[JudgementRow], *, head: bool) -> None:
    """Print who said what of which two entities."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="heading", show_header=head)
    for name in ("left", "right", "judgement", "made", "by", "note"):
        table.add_column(name, overflow="fold")
    for row in rows:
        said = row.judgement
        sides = [
            Text(f"{short(given)} ", style="faint").append(printable(name) or "(not in the case)", style="")
            for given, name in ((said.left, row.left_name), (said.right, row.right_name))
        ]
        words = Text(_WORDS[said.judgement], style="" if row.stands else "faint")
        rest = (said.made[:10], printable(said.pen_name or ""), printable(said.note))
        table.add_row(*sides, words, *map(Text, rest))
    put(console, table)


JUDGEMENTS: Listing[JudgementRow] = Listing("judgement", "judgements", COLUMNS, judgements_table)


_PROPOSED = (
    "left", "left_name", "right", "right_name", "score", "state", "reasons.words", "judgement",
)  # fmt: skip


def proposals_table(console: Console, rows: Sequence[Proposal], *, head: bool) -> None:
    """Print each pair on a line, and below it what speaks for and against."""
    for number, row in enumerate(rows):
        if number or not head:
            put_line(console, Text())
        pair = Text(f"{row.score:.2f}  ", style="heading")
        for given, name, after in ((row.left, row.left_name, "  ~  "), (row.right, row.right_name, "")):
            pair.append(f"{short(given)} ", style="faint").append(printable(name) + after, style="")
        if row.judgement is not None:
            pair.append(f"  ({_WORDS[row.judgement]})", style="warning")
        put_line(console, pair)
        for reason in row.reasons:
            sign = "+" if reason.weight > 0 else "\u2212" if reason.weight < 0 else "!"
            put_line(console, Text(f"      {sign} {printable(reason.words)}", style="faint"))


PROPOSALS: Listing[Proposal] = Listing("proposal", "proposals", _PROPOSED, proposals_table)


def tell_changes(changes: EntityChanges) -> None:
    """Say which entities became one or came apart, and how many claims moved."""
    if not changes.merged and not changes.split:
        say("no entity has changed")
        return
    merged, split = (plural(n, "entity", "entities") for n in (changes.merged, changes.split))
    say(f"{merged} merged into others, names of {split} parted; {plural(changes.claims, 'claim')} moved")
    for one in changes.changes[:_TOLD]:
        what = "is now part of" if one.what == "merged" else "has lost names to"
        names = printable(one.left_name), printable(one.right_name)
        ids = short(one.left), short(one.right)
        claims = plural(one.claims, "claim")
        say(f"  {ids[0]} {names[0]} {what} {ids[1]} {names[1]} ({claims})")
    left = changes.merged + changes.split - min(_TOLD, len(changes.changes))
    if left:
        say(f"  \u2026 and {left:,} more")
