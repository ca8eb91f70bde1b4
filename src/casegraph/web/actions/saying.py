"""What every decision is said with, and where it leads."""

from __future__ import annotations

from casegraph.errors import UsageError
from casegraph.web.base import Ask

LONGEST = 2_000
"""Characters of a reason."""

_AFTERWARDS = ("/review", "/proposals", "/claims", "/history", "/sources", "/entities")


def why(ask: Ask) -> str:
    """Return the reason that a form gives, "" for none."""
    note = ask.text("note") or ""
    if len(note) > LONGEST:
        raise UsageError(f"a reason has up to {LONGEST:,} characters")
    return note


def afterwards(ask: Ask, usual: str) -> str:
    """Return where to go then: where the form says, if that is a list of ours."""
    given = ask.text("next") or ""
    ours = given.partition("?")[0] in _AFTERWARDS and given.isascii() and given.isprintable()
    return given if ours else usual
