"""Whose words a quoted block is: the older mail under an answer, a block quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casegraph.attribute.spans import Span
from casegraph.model import Page
from casegraph.text import fold_blanks

# "On Thu, Feb 22, 2024 at 6:12 AM Ana Kern <ana@port.example> wrote:", also over two lines.
_WROTE = re.compile(r"^(?P<lead>.{3,160}?)\s*(?:<[^>\n]*>)?\s+wrote:\s*$", re.DOTALL)
_TIME = re.compile(r"(?:\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?: [+-]\d{4})?|\b\d{4}),?\s+")
_FROM = re.compile(
    r"^From:\s*\"?(?P<name>[^<>\n\"\[]{2,60}?)\"?\s*(?:[<\[][^>\]\n]*[>\]])?\s*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Quoter:
    """Who wrote a quoted block; both None where the page does not say."""

    name: str | None
    span: Span | None
    lead: int | None = None  # the block that names the writer


def find_quoters(page: Page) -> dict[int, Quoter]:
    """Return by block number who wrote each quoted block of the page."""
    found: dict[int, Quoter] = {}
    current = Quoter(None, None)
    before = ""
    for number, block in enumerate(page.blocks):
        text = page.text[block.start : block.end]
        span = _writer(text, quoted=block.role == "quote")
        if span is not None:
            place = (block.start + span[0], block.start + span[1])
            current = Quoter(fold_blanks(page.text[slice(*place)]), place, number)
        elif block.role != "quote" and before == "quote":
            current = Quoter(None, None)
        if block.role == "quote":
            found[number] = current
        before = block.role
    return found


def _writer(text: str, *, quoted: bool) -> Span | None:
    """Return the characters of the writer's name in "On ... X wrote:" or "From: X"."""
    wrote = _WROTE.match(text.strip("\n"))
    if wrote is not None and text.lstrip().startswith(("On ", "on ")):
        start = max((match.end() for match in _TIME.finditer(text, 0, wrote.end("lead"))), default=0)
        return (start, wrote.end("lead")) if start else None
    found = _FROM.search(text) if quoted else None
    return found.span("name") if found is not None else None
