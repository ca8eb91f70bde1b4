"""The mails of a case as threading sees them, and their conversations kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import getaddresses

import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Document, make_id
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.reports import ThreadMail, ThreadPlace, ThreadView
from casegraph.resolve.threads import Letter, identifiers, place
from casegraph.store.codec import codec
from casegraph.store.conversations import Conversations, Mailed
from casegraph.text import fold

VERSION = 1
"""Of the way in which conversations are made: another one makes them again."""

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


def update(ground: Ground) -> None:
    """Make the list of conversations again where mails have come, gone or been read anew."""
    first = ground.chain[0]
    if Document not in first.stage.gives:
        return
    held = Conversations(ground.derived)
    segments = ground.shelves[first.name].manifest().segments
    mark = make_id("threads", VERSION, *(part for one in segments for part in (one.name, *one.dropped)))
    former = held.mark()
    if mark == former:
        return
    mails = {one.id: one for one in _mails(ground)}
    if mails or former:
        held.refresh(mark, _mailed(mails))


def _mails(ground: Ground) -> Iterator[Document]:
    shelf = ground.shelves[ground.chain[0].name]
    for prefix in ground.buckets():
        types = shelf.rows(Document, prefix, columns=("media_type",)).column("media_type")
        if pc.any(pc.is_in(types, value_set=pa.array(sorted(MAIL)))).as_py():
            rows = shelf.rows(Document, prefix)
            rows = rows.filter(pc.is_in(rows.column("media_type"), value_set=pa.array(sorted(MAIL))))
            yield from filter(is_mail, codec(Document).decode(rows))


def _mailed(mails: dict[str, Document]) -> Iterator[Mailed]:
    letters = [letter_of(one) for one in mails.values()]
    moments = {one.document: one.moment or 0.0 for one in letters}
    for one in place(letters):
        read = mails[one.document]
        yield Mailed(
            document=one.document,
            thread=make_id("thread", one.root),
            answers=one.parent,
            tie=one.by,
            sent=(read.published.start or "") if read.published else "",
            moment=moments[one.document],
            sender="; ".join(read.authors),
            subject=read.title or "",
        )


def thread_view(ground: Ground, thread: str) -> ThreadView:
    """Return a conversation with its mails as a tree, each before those that answer it."""
    found = Conversations(ground.derived).mails(thread)
    here = {one.document for one in found}
    answers: dict[str | None, list[Mailed]] = {}
    for one in found:
        answers.setdefault(one.answers if one.answers in here else None, []).append(one)
    ordered: list[ThreadMail] = []
    stack = [(one, 0) for one in reversed(answers.get(None, []))]
    while stack:
        one, depth = stack.pop()
        held = next(ground.holdings.held(one.document, one.document + "\0"), None)
        ordered.append(
            ThreadMail(
                document=one.document,
                name=held.names[0] if held is not None and held.names else one.document,
                sender=one.sender,
                sent=one.sent,
                subject=one.subject,
                depth=depth,
                answers=one.answers,
                tie=one.tie or None,
            )
        )
        stack += [(answer, depth + 1) for answer in reversed(answers.get(one.document, []))]
    subject = next((one.subject for one in ordered if one.subject), "")
    return ThreadView(id=thread, subject=subject, mails=tuple(ordered))


def thread_place(found: tuple[Mailed, int] | None) -> ThreadPlace | None:
    """Return what a list of documents says of a mail's conversation."""
    return ThreadPlace(id=found[0].thread, mails=found[1], answers=found[0].answers) if found else None
