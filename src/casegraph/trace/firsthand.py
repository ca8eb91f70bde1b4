"""Documents that are a source themselves: mail, contracts, extracts, ledgers; and who issued them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses
from typing import Literal

from casegraph.model import Document
from casegraph.text import fold_blanks, fold_letters
from casegraph.trace import alike, terms
from casegraph.trace.base import Reported

_MAIL = frozenset({"message/rfc822", "application/vnd.ms-outlook"})
_FORWARDED = re.compile(
    r"(?:re|aw|ответ|回复|答复)?[:：]?\s*(?:fwd?|wg|tr|пересл\w*|转发)\s*[:：]", re.IGNORECASE
)
_MOST = 0.5
_DONE = frozenset({"payment", "delivery", "production", "event"})
WHOLE = frozenset({"same-text", "reprint", "rewrite", "translation", "revision"})
"""How much was taken where a document as a whole was made from another."""
_WEB = frozenset({"text/html", "application/xhtml+xml", "multipart/related", "application/warc"})


@dataclass(frozen=True, slots=True)
class Paper:
    """A document at first hand. `issuers` are entities and folded names of who made it; empty: not told."""

    sort: Literal["mail", "table", "paper", "register"]
    issuers: frozenset[str]
    promise: bool = False  # it says what is to be done
    readers: frozenset[str] = frozenset()  # folded names of who got it


def paper(one: Reported) -> Paper | None:
    """Return what makes a document a source for what a claim reports in its own voice; None for a story.

    What has an outlet, an address on the web or a web page's format is a story, but for rows of a table
    that a register publishes. A page without signs of either is a story as well.
    """
    document, table = one.document, one.claim.made_by.extractor == alike.TABLES
    if table and _register(document):
        return Paper("register", frozenset({f"n:{fold_letters(document.publisher or document.title or '')}"}))
    if document.publisher or document.url or document.media_type in _WEB or _handed_on(one):
        return None
    if document.media_type in _MAIL:
        return Paper("mail", _names(document.authors), readers=_readers(document))
    if table:
        return Paper("table", frozenset())  # whose program it was is not who keeps the books
    if terms.is_paper(document.title):
        promise = one.claim.kind in _DONE and terms.speaks_of("promises", document.title)
        return Paper("paper", _names(document.authors) | _sides(one), promise=promise)
    return None


def _handed_on(one: Reported) -> bool:
    """Say whether a document passes on what others wrote: forwarded, copied or made from something else."""
    if speaks_of_forwarding(one.document.title):
        return True
    return any(
        step.strength in WHOLE or (step.source is None and step.share >= _MOST)
        for step in (*one.road, *(step for step in one.later if step.direction == "unknown"))
        if one.document.id == step.document or step.direction == "unknown"
    )


def speaks_of_forwarding(title: str | None) -> bool:
    """Say whether a subject is that of a mail passed on."""
    return _FORWARDED.match(fold_blanks(title or "")) is not None


def _register(document: Document) -> bool:
    return any(terms.speaks_of("registers", name) for name in (document.publisher, document.title))


def _names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"n:{fold_letters(name)}" for name in names if name.strip())


def _readers(document: Document) -> frozenset[str]:
    """Return by name and address who got a mail."""
    written = [line for name in ("to", "cc", "bcc") for line in document.metadata.get(name, ())]
    return _names(tuple(part for pair in getaddresses(written) for part in pair))


def _sides(one: Reported) -> frozenset[str]:
    """Return the sides of a contract: both made it."""
    if one.claim.kind != "contract":
        return frozenset()
    parties = [
        alike.term(party, "contract")
        for role in ("buyer", "supplier")
        for party in alike.parties_of(one.claim, role)
    ]
    return frozenset(key for party in parties for key in party.keys)
