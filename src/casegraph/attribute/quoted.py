"""Whose words a quoted block is: the older mail under an answer, a block quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casegraph.attribute.spans import Span
from casegraph.model import Page
from casegraph.text import fold_blanks

# "On Thu, Feb 22, 2024 at 6:12 AM Ana Kern <ana@port.example> wrote:", also over two lines.
_WROTE = re.compile(
    r"(?:On\b.{6,80}?(?:\d{4}|\d{1,2}:\d{2}(?:\s?[AP]M)?),?\s+)?(?P<name>[^<>\n\d][^<>\n]{1,60}?)\s*(?:<[^>\n]*>)?\s+wrote:\s*$",
    re.DOTALL,
)
_FROM = re.compile(
    r"^From:\s*\"?(?P<name>[^<>\n\"\[]{2,60}?)\"?\s*(?:[<\[][^>\]\n]*[>\]])?\s*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Quoter:
    """Who wrote a quoted block; both None where the page does not say."""

    name: str | None
    span: Span | None


def find_quoters(page: Page) -> dict[int, Quoter]:
    """Return by block number who wrote each quoted block of the page."""
    found: dict[int, Quoter] = {}
    current = Quoter(None, None)
    before = ""
    for number, block in enumerate(page.blocks):
        text = page.text[block.start : block.end]
        lead = _WROTE.search(text) or (_FROM.search(text) if block.role == "quote" else None)
        if lead is not None:
            start, end = lead.span("name")
            current = Quoter(fold_blanks(lead["name"]), (block.start + start, block.start + end))
        elif block.role != "quote" and before == "quote":
            current = Quoter(None, None)
        if block.role == "quote":
            found[number] = current
        before = block.role
    return found
