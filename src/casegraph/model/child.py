"""What a container holds: files of an archive, messages of a mailbox, attachments, embedded objects."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record

ChildRole = Literal[
    "member",  # a file of an archive
    "message",  # a message of a mailbox
    "attachment",  # of a message or a PDF
    "embedded",  # an object inside an office document, an image of a book
    "record",  # a captured response of a web archive
]


DEEPEST = 16
"""Containers around a document in which no further one is opened."""


class Child(Record, frozen=True, kw_only=True):
    """One document inside another: `child` is the id that its bytes have as a document of their own."""

    document: str  # id of the container
    child: str  # id of what it holds
    number: int  # place in the container, from 1
    name: str  # path inside the container, with "/"; never absolute, never with ".."
    size: int  # bytes
    role: ChildRole  # how the container holds it
    modified: str | None = None  # the time that the container gives it, ISO 8601
    url: str | None = None  # where a web archive took it from


class Unpacked(Record, frozen=True, kw_only=True):
    """A child on its way from a reader to the store. No table keeps this record: the bytes go to a file."""

    child: Child  # what the tables keep
    data: bytes  # its bytes
