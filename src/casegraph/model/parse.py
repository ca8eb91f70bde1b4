"""A page's tokens and dependency tree, so that claims can be made again without parsing again."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from casegraph.model.base import Record

BYTES = 4  # of one packed integer


def pack(values: Iterable[int]) -> bytes:
    """Return the values as little-endian 32-bit integers."""
    packed = array("i", values)
    if packed.itemsize != BYTES:  # pragma: no cover - no supported platform
        raise AssertionError("a C int is not 32 bits here")
    return packed.tobytes()


def unpack(data: bytes) -> list[int]:
    """Return the integers of `pack`."""
    packed = array("i")
    packed.frombytes(data)
    return packed.tolist()


class Parse(Record, frozen=True, kw_only=True):
    """Universal-Dependencies-like analysis of one page by one parser.

    Parallel columns, one value a token: `start`/`end` are packed code-point offsets into the
    page's text, `head` packed token indices (a root points at itself), `sentence` packed sentence
    numbers. `tag`, `dep`, `lemma`, `pos` are newline-joined words (a lemma never holds a newline).
    """

    document: str  # its id
    page: int  # its number
    parser: str  # name and version
    language: str  # ISO 639-1
    start: bytes  # offsets of first characters
    end: bytes  # offsets behind last characters
    head: bytes  # index of each token's head
    sentence: bytes  # number of each token's sentence
    pos: str  # universal part of speech
    tag: str  # the parser's own tag
    dep: str  # relation to the head
    lemma: str  # base form
    entity: str  # newline-joined NER labels of the parser, "" where none
