"""What every decision is said with."""

from __future__ import annotations

from casegraph.errors import UsageError
from casegraph.web.base import Ask

LONGEST = 2_000
"""Characters of a reason."""


def why(ask: Ask) -> str:
    """Return the reason that a form gives, "" for none."""
    note = ask.text("note") or ""
    if len(note) > LONGEST:
        raise UsageError(f"a reason has up to {LONGEST:,} characters")
    return note
