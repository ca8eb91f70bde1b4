"""Web pages that a browser saved in one file (MHTML, RFC 2557)."""

from __future__ import annotations

import re
from email.message import EmailMessage

from casegraph.model import Original
from casegraph.read import dates, mailparts
from casegraph.read.base import Reader, Reading, suffixes
from casegraph.read.draft import Draft
from casegraph.read.limits import MAX_PARTS
from casegraph.read.mailparts import field_names
from casegraph.read.webpage import read_page

_HEAD = 4_096
_SAVED = re.compile(rb"^(?:snapshot-content-location:|from:\s*<?\"?saved by )", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^content-type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_NAMES = frozenset({"mht", "mhtml"})


def _recognise(original: Original) -> str | None:
    head = original.data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n")
    if _RELATED.search(head) is None or not field_names(original.data):
        return None
    if _SAVED.search(head) is not None or suffixes(original) & _NAMES:
        return "multipart/related"
    return None


def read(original: Original, media_type: str) -> Reading:
    """Yield the saved page; its header gives the address, and the day of saving as `captured`."""
    draft = Draft(original, media_type, "mhtml 1")
    message, nested = mailparts.parse(original.data.lstrip(b"\xef\xbb\xbf\r\n"))
    part = (
        None
        if nested
        else next((part for part in _leaves(message) if mailparts.media_type(part) == "text/html"), None)
    )
    if part is None:
        draft.problem("no-text", "the file holds no page")
    else:
        read_page(draft, mailparts.content(part), mailparts.charset(part))
    for name, value in mailparts.headers(message):
        if name in {"snapshot-content-location", "content-location"} and draft.url is None:
            draft.url = value if value.lower().startswith(("http://", "https://")) else None
        elif name == "date" and draft.captured is None:
            draft.captured = dates.parse_mail(value)
        elif name == "subject" and draft.title is None:
            draft.title = value
        elif name in {"from", "date"}:
            draft.value(f"saved_{name}", value)
    yield from draft.finish()


def _leaves(message: EmailMessage) -> list[EmailMessage]:
    """Return the leaf parts in order, frames and pictures too."""
    leaves: list[EmailMessage] = []
    stack = [message]
    while stack and len(leaves) < MAX_PARTS:
        part = stack.pop()
        children = mailparts.children_of(part)
        stack.extend(reversed(children))
        if not children:
            leaves.append(part)
    return leaves


READER = Reader(name="mhtml", version=1, media_types=("multipart/related",), recognise=_recognise, read=read)
