"""Whose mailboxes stand in a document's headers: an address is one entity under whatever names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casegraph.model import Mention, Page
from casegraph.text.addresses import mailboxes


def owners(mentions: Iterable[Mention], pages: Mapping[int, Page]) -> dict[str, str]:
    """Return the address of each mention that is a mailbox's name in a header, or that is nameless itself."""
    places: dict[tuple[int, int, int], str] = {}
    for page in pages.values():
        for block in page.blocks:
            if block.role == "header":
                for box in mailboxes(page.text[block.start : block.end]):
                    start, end = box.name or box.address
                    places[page.number, block.start + start, block.start + end] = box.mail
    found = {}
    for mention in mentions:
        target = mention.target
        address = places.get((target.page, target.start, target.end))
        if address is not None and (mention.kind == "name" or mention.normal == address):
            found[mention.id] = address
    return found
