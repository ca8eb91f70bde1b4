"""Whose words a quoted block is: the older mail under an answer, a block quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casegraph.attribute.base import Span
from casegraph.model import Block, Page
from casegraph.text import fold_blanks
from casegraph.text.mailquotes import sender, wrote


@dataclass(frozen=True, slots=True)
class Quoter:
    """Who wrote a quoted block; both None where the page does not say."""

    name: str | None
    span: Span | None
    lead: int | None = None  # the block that names the writer


NOBODY = Quoter(None, None)


def find_quoters(page: Page) -> dict[int, Quoter]:
    """Return by block number who wrote each quoted block of the page.

    A header names the writer of its own depth, "Anna Kern wrote:" that of what follows. Depths go up with
    each message that is quoted in another, so that the outer one's writer has the word again when the inner
    one ends. In pages that are no mails all depths are 0, and a writer has the word up to the end of the
    quotation.
    """
    found: dict[int, Quoter] = {}
    writers: dict[int, Quoter] = {}
    before = ""
    for number, block in enumerate(page.blocks):
        text = page.text[block.start : block.end]
        if block.role == "header" and block.depth:
            span = sender(text)
            if before != "header" or span is not None:  # a header in HTML is a block a line
                writers = {depth: one for depth, one in writers.items() if depth < block.depth}
            if span is not None:
                writers[block.depth] = _quoter(page, block, span, number)
        elif (line := wrote(" ".join(text.split()))) is not None and (
            block.role == "quote" or not block.depth
        ):
            level = max(block.depth, _next_depth(page.blocks, number))
            writers = {depth: one for depth, one in writers.items() if depth < level}
            span = wrote_span(text) if line.name else None
            writers[level] = _quoter(page, block, span, number) if span else Quoter(None, None, number)
            if block.role == "quote":
                found[number] = writers[level]
        elif block.role == "quote":
            found[number] = writers.get(block.depth, NOBODY)
        elif before == "quote" and not block.depth:
            writers.pop(0, None)
        before = block.role
    return found


def wrote_span(text: str) -> Span | None:
    """Return where the writer's name stands in an attribution that may go over several lines."""
    flat = "".join(" " if char.isspace() else char for char in text)
    line = wrote(flat)
    return line.name if line is not None else None


def _next_depth(blocks: Sequence[Block], number: int) -> int:
    return next((block.depth for block in blocks[number + 1 :] if block.role == "quote"), 0)


def _quoter(page: Page, block: Block, span: Span, number: int) -> Quoter:
    place = (block.start + span[0], block.start + span[1])
    return Quoter(fold_blanks(page.text[slice(*place)]), place, number)
