"""What a reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casegraph.model import Document, Layout, Original, Page, Problem, Table, Unpacked

Reading = Iterator[Document | Page | Table | Layout | Unpacked | Problem]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: how to know it and how to read it.

    `recognise` returns the media type of an original that is of this format, or None. It goes by
    content; the names under which the original came may only decide between text formats. Readers
    are asked in order and the first that recognises an original reads it.

    `read` yields exactly one Document, its Pages with their Tables and Layouts, what it holds (Unpacked) and
    any Problems, in any order; `Draft` makes them. What a container holds is best yielded as it comes: the
    caller puts each away at once.
    It is a function of the original alone: no clock, disk, network or randomness.
    """

    name: str
    version: int  # bump when the same bytes may give different text
    media_types: tuple[str, ...]
    recognise: Callable[[Original], str | None]
    read: Callable[[Original, str], Reading]


def suffixes(original: Original) -> frozenset[str]:
    """Return the endings of the original's names, lower case, without the dot."""
    return frozenset(name.rsplit(".", 1)[1].lower() for name in original.names if "." in name)
