"""The mails of a case as threading sees them, and their conversations kept up to date."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import getaddresses
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.model import Document, Record, make_id
from casegraph.pipeline.folder import WORK
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.reports import ThreadMail, ThreadPlace, ThreadView
from casegraph.resolve.threads import Groups, Letter, identifiers, place, ties
from casegraph.store.atomic import pending_path
from casegraph.store.codec import codec
from casegraph.store.conversations import Conversations, Mailed
from casegraph.store.spill import SUFFIX, spilled, write_spill
from casegraph.text import fold

VERSION = 1
"""Of the way in which conversations are made: another one makes them again."""

MOST = 50_000
"""Mails whose conversations are made at a time."""

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
    work = pending_path(ground.derived / WORK)
    try:
        posts = Posts(work)
        for document in _mails(ground):
            posts.take(document)
        if posts.count or former:
            held.refresh(mark, posts.placed())
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _mails(ground: Ground) -> Iterator[Document]:
    shelf = ground.shelves[ground.chain[0].name]
    for prefix in ground.buckets():
        types = shelf.rows(Document, prefix, columns=("media_type",)).column("media_type")
        if pc.any(pc.is_in(types, value_set=pa.array(sorted(MAIL)))).as_py():
            rows = shelf.rows(Document, prefix)
            rows = rows.filter(pc.is_in(rows.column("media_type"), value_set=pa.array(sorted(MAIL))))
            yield from filter(is_mail, codec(Document).decode(rows))


class Post(Record, frozen=True, kw_only=True):
    """What is kept of a mail until its conversation is known: as threading sees it, and to be shown."""

    letter: Letter
    sent: str
    sender: str
    subject: str


class Posts:
    """The mails of a case on their way to conversations.

    Of many mails only what ties them is held; the rest goes to files, and comes back in parts, each with all
    mails of its conversations.
    """

    def __init__(self, work: Path, most: int = MOST) -> None:
        self.count = 0
        self._work, self._most = work, most
        self._groups = Groups()
        self._held: list[Post] = []
        self._chunks = 0

    def take(self, document: Document) -> None:
        """Take up a mail."""
        letter = letter_of(document)
        self._groups.tie(ties(letter))
        sent = (document.published.start or "") if document.published else ""
        sender, subject = "; ".join(document.authors), document.title or ""
        self._held.append(Post(letter=letter, sent=sent, sender=sender, subject=subject))
        self.count += 1
        if len(self._held) >= self._most:
            self._spill("all", self._held, [0] * len(self._held), self._chunks)
            self._chunks += 1
            self._held = []

    def placed(self) -> Iterator[Mailed]:
        """Yield the mails in their conversations, in no order."""
        if not self._chunks:
            yield from _mailed(self._held)
            return
        parts = -(-self.count // self._most)
        chunks = (self._read("all", None, chunk) for chunk in range(self._chunks))
        for number, chunk in enumerate((*chunks, self._held)):
            posts = list(chunk)
            own = [self._groups.group(one.letter.identifier or one.letter.document) % parts for one in posts]
            self._spill("parts", posts, own, number)
        for part in range(parts):
            yield from _mailed(
                [one for number in range(self._chunks + 1) for one in self._read("parts", part, number)]
            )

    def _spill(self, folder: str, posts: list[Post], parts: list[int], number: int) -> None:
        rows = pa.table({"post": pa.array([_POSTS.encode(one) for one in posts], pa.binary())})
        write_spill(self._work / folder / f"{number:05}{SUFFIX}", rows, parts)

    def _read(self, folder: str, part: int | None, number: int) -> Iterator[Post]:
        for table in spilled([self._work / folder / f"{number:05}{SUFFIX}"], part):
            yield from map(_POST.decode, table.column("post").to_pylist())


_POSTS = msgspec.msgpack.Encoder()
_POST: msgspec.msgpack.Decoder[Post] = msgspec.msgpack.Decoder(Post)


def _mailed(posts: list[Post]) -> Iterator[Mailed]:
    by_document = {one.letter.document: one for one in posts}
    for one in place(post.letter for post in posts):
        post = by_document[one.document]
        yield Mailed(
            document=one.document,
            thread=make_id("thread", one.root),
            answers=one.parent,
            tie=one.by,
            sent=post.sent,
            moment=post.letter.moment or 0.0,
            sender=post.sender,
            subject=post.subject,
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
