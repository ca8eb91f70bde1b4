"""Mails and conversations, readable at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from casegraph.cli.output import plural
from casegraph.cli.tables import short
from casegraph.cli.terminal import put
from casegraph.pipeline.reports import ThreadMail, ThreadView
from casegraph.text import printable

MAILS = 60
"""Mails of a conversation that are shown."""

_STEP, _DEEPEST = 2, 10  # columns by which an answer stands further right; levels that do so

HEADERS = (
    ("from", "from"), ("to", "to"), ("cc", "cc"), ("bcc", "bcc"), ("date", "sent"),
    ("message-id", "identifier"),
    ("in-reply-to", "answers"), ("x-mailer", "program"), ("user-agent", "program"),
)  # fmt: skip


def header_rows(metadata: Mapping[str, Sequence[str]]) -> list[tuple[str, Text]]:
    """Return what a mail's header says, for the card of its document."""
    return [(head, Text(printable("; ".join(metadata[key])))) for key, head in HEADERS if metadata.get(key)]


def show_thread(view: ThreadView, console: Console) -> None:
    """Print a conversation as a tree."""
    console.print(Text(view.id, style="faint"))
    console.print(Text(printable(view.subject or "(no subject)"), style="heading"))
    console.print(Text(plural(len(view.mails), "mail"), style="faint"))
    console.print()
    put(console, mails_table(view.mails, None))


def mails_table(mails: Sequence[ThreadMail], own: str | None) -> Table:
    """Return the mails of a conversation, answers further right; `own` is the one that stands out."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for mail in mails[:MAILS]:
        style = "heading" if mail.document == own else ""
        indent = " " * _STEP * min(mail.depth, _DEEPEST)
        who = Text(f"{indent}{printable(mail.sender) or '?'}", style=style)
        how = " (by its subject)" if mail.tie == "subject" else ""
        what = Text(printable(mail.subject), style=style)
        what.append(how, style="faint")
        when = Text(mail.sent[:16].replace("T", " "), style="faint")
        table.add_row(Text(short(mail.document), style="faint"), when, who, what)
    if len(mails) > MAILS:
        table.add_row("", "", "", Text(f"\u2026 and {len(mails) - MAILS:,} more", style="faint"))
    return table
