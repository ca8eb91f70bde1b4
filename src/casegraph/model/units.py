"""What a stage takes: all that one document has come to so far."""

from __future__ import annotations

from casegraph.model.base import Record
from casegraph.model.mention import Mention
from casegraph.model.parse import Parse
from casegraph.model.text import Document, Page


class Pages(Record, frozen=True, kw_only=True):
    """A document and its pages in order: the input of `extract`."""

    document: Document
    pages: tuple[Page, ...]


class Parsed(Record, frozen=True, kw_only=True):
    """A document with what was found on its pages: the input of `attribute` and `resolve`."""

    document: Document
    pages: tuple[Page, ...]
    parses: tuple[Parse, ...]
    mentions: tuple[Mention, ...]
