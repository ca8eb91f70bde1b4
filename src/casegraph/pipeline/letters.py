"""Mails as threading sees them, from what their header told."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import getaddresses

from casegraph.model import Document
from casegraph.resolve.threads import Letter, identifiers
from casegraph.text import fold

MAIL = frozenset({"message/rfc822", "application/vnd.ms-outlook"})


def is_mail(document: Document) -> bool:
    """Say whether a document is a message that was sent or received."""
    return document.media_type in MAIL and bool(document.metadata.keys() & {"from", "to", "message-id"})


def letter_of(document: Document) -> Letter:
    """Return what threading needs of a mail."""
    told = document.metadata
    own = identifiers(*told.get("message-id", ())[:1])
    sender = _addresses(told.get("from", ()))
    people = sender + [one for key in ("to", "cc", "bcc") for one in _addresses(told.get(key, ()))]
    return Letter(
        document=document.id,
        identifier=own[0] if own else "",
        references=identifiers(*told.get("references", ()), *told.get("in-reply-to", ())),
        subject=document.title or "",
        people=frozenset(people),
        moment=_moment(document),
        sender=sender[0] if sender else "",
    )


def _addresses(values: tuple[str, ...]) -> list[str]:
    return [fold(address or name) for name, address in getaddresses(list(values)) if address or name]


def _moment(document: Document) -> float | None:
    start = document.published.start if document.published else None
    try:
        found = datetime.fromisoformat(start) if start else None
    except ValueError:
        return None
    if found is None:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
