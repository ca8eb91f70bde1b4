"""What a stage takes: all that one document has come to so far."""

from __future__ import annotations

from casegraph.model.answer import Answer
from casegraph.model.base import Record
from casegraph.model.local import LocalModel
from casegraph.model.mapping import Mapping
from casegraph.model.mention import Mention
from casegraph.model.parse import Parse
from casegraph.model.table import Table
from casegraph.model.text import Document, Page


class Pages(Record, frozen=True, kw_only=True):
    """A document and its pages in order: the input of `extract`."""

    document: Document  # as read
    pages: tuple[Page, ...]  # in order
    tables: tuple[Table, ...] = ()  # in order
    answers: tuple[Answer, ...] = ()  # of language models, by page and place
    model: LocalModel | None = None  # that reads beside the rules


class Parsed(Record, frozen=True, kw_only=True):
    """A document with what was found on its pages: the input of `attribute` and `resolve`."""

    document: Document  # as read
    pages: tuple[Page, ...]  # in order
    parses: tuple[Parse, ...]  # one a page in a language with a parser
    mentions: tuple[Mention, ...]  # in order
    tables: tuple[Table, ...] = ()  # in order
    mappings: tuple[Mapping, ...] = ()  # what a person says of tables like these
    answers: tuple[Answer, ...] = ()  # of language models, by page and place
