"""Documents, their pages, and spans in them."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record

BlockRole = Literal[
    "title",  # the headline or the document's title
    "deck",  # standfirst under the headline
    "byline",
    "dateline",  # publication line: date, time, place
    "paragraph",
    "heading",
    "list",
    "quote",  # block quotation
    "caption",
    "table",
    "header",  # running head, letter head, mail header
    "footer",
    "note",  # footnote, endnote, comment
    "furniture",  # menus, weather, advertisements, "more articles": kept, but no claim may rest on it
]

CLAIM_ROLES: frozenset[str] = frozenset(
    {"title", "deck", "paragraph", "heading", "list", "quote", "caption", "note"}
)
"""Roles of blocks whose prose can carry claims. Tables get claims by mapping, not by grammar."""


class Target(Record, frozen=True, kw_only=True):
    """A place in a page: W3C Web Annotation TextPositionSelector with TextQuoteSelector.

    `start` and `end` count code points of the page's stored text, `end` excluded;
    `page.text[start:end] == exact` always holds. `page` counts from 1.
    """

    document: str  # its id
    page: int  # counts from 1
    start: int  # first code point
    end: int  # behind the last code point
    exact: str  # the words
    prefix: str = ""  # words before, for finding the passage again
    suffix: str = ""  # words after


class Block(Record, frozen=True, kw_only=True):
    """A run of a page's text with one role; blocks are in order and never overlap."""

    start: int  # first code point
    end: int  # behind the last code point
    role: BlockRole  # what the block is on the page
    language: str | None = None  # ISO 639-1
    depth: int = 0  # of quotation in a mail: 1 is quoted, 2 quoted in what is quoted


class Date(Record, frozen=True, kw_only=True):
    """A moment or period as an interval of ISO 8601 dates, `end` excluded, with its precision.

    `start` may carry a time and zone (`2024-09-25T17:20:00+03:00`) when the source gives one.
    """

    start: str | None  # ISO 8601, included
    end: str | None  # ISO 8601, excluded
    text: str  # the words
    precision: Literal["time", "day", "month", "quarter", "year", "range"] = "day"  # as the words say it


class Link(Record, frozen=True, kw_only=True):
    """An outgoing hyperlink of a page."""

    url: str  # http or https
    text: str  # the words of the link


class Document(Record, frozen=True, kw_only=True):
    """One original as read; `id` is `sha256:<hex>` of its bytes (FollowTheMoney Document)."""

    id: str  # `sha256:` and 64 hex digits
    media_type: str  # found from the content
    size: int  # bytes
    title: str | None = None  # headline or title
    authors: tuple[str, ...] = ()  # byline
    publisher: str | None = None  # site or outlet as the document names it
    published: Date | None = None  # when it says that it was published
    captured: Date | None = None  # date that the page shows for itself, not for the story
    language: str | None = None  # ISO 639-1
    url: str | None = None  # canonical URL
    links: tuple[Link, ...] = ()  # outgoing, http and https
    metadata: dict[str, tuple[str, ...]] = {}  # what else the format tells
    pages: int = 0  # how many
    children: int = 0  # documents inside it
    reader: str = ""  # which reader, and its version


class Page(Record, frozen=True, kw_only=True):
    """A page's text and its blocks. `number` counts from 1."""

    id: str  # made from document and number
    document: str  # its id
    number: int  # counts from 1
    text: str  # Unicode text, blocks separated by blank lines
    blocks: tuple[Block, ...] = ()  # in order, never overlapping
    language: str | None = None  # ISO 639-1
    source: Literal["text", "ocr"] = "text"  # whether the text stood in the file or was read off an image
    confidence: float | None = None  # 0 to 1, of OCR

    def target(self, start: int, end: int, context: int = 0) -> Target:
        """Return the target of [start, end), with `context` characters on either side."""
        return Target(
            document=self.document,
            page=self.number,
            start=start,
            end=end,
            exact=self.text[start:end],
            prefix=self.text[max(0, start - context) : start] if context else "",
            suffix=self.text[end : end + context] if context else "",
        )


class Original(Record, frozen=True, kw_only=True):
    """The bytes of one document with the names under which they were added."""

    document: str  # its id
    data: bytes  # its bytes
    names: tuple[str, ...] = ()  # paths relative to what the user named, or inside its container
    depth: int = 0  # containers around it
    url: str | None = None  # where a web archive says that it was captured
    captured: str | None = None  # and when, ISO 8601
    size: int | None = None  # of the document, where `data` is what it was decrypted to
    passwords: tuple[str, ...] = ()  # to be tried on what is encrypted
