"""Whose outlets are, by what all documents of the case say."""

from __future__ import annotations

from casegraph.model import Imprint
from casegraph.pipeline.entities import columns_of
from casegraph.store.shelf import Shelf
from casegraph.trace import House, Houses

HOUSES = "houses.msgpack"
"""What documents say of outlets, for the workers."""


def houses_in(shelf: Shelf | None) -> Houses:
    """Return what the documents of a case say, from the table of `trace`; none without that stage."""
    if shelf is None:
        return Houses(())
    rows = shelf.rows(Imprint, "", columns=("part", "whole", "words"))
    return Houses(map(House, *columns_of(rows, "part", "whole", "words")))
