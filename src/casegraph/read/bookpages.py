"""The pages of books and manuals that are written in HTML, as pieces."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from casegraph.read.celltypes import table_pieces
from casegraph.read.dom import parse, walk
from casegraph.read.limits import MAX_BLOCKS, MAX_MARKUP
from casegraph.read.pieces import Piece
from casegraph.read.webroles import base_role


def book_pieces(markup: str) -> Iterator[Piece]:
    """Yield the blocks of a chapter: a book has no site around it, hence nothing is taken for furniture."""
    root, _ = parse(markup[:MAX_MARKUP])
    for chunk in itertools.islice(walk(root), MAX_BLOCKS) if root is not None else ():
        role = base_role(chunk) or "paragraph"
        if chunk.tag == "table":
            yield from table_pieces(chunk.text, "table")
        else:
            yield Piece(chunk.text, role)
