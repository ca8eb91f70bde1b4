"""Lists in pages."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from casegraph.web.base import ROWS, Ask, Slice

T = TypeVar("T")


def sliced(rows: Iterable[T], ask: Ask) -> tuple[tuple[T, ...], Slice]:
    """Return the rows of the page of a list that is asked for."""
    page = ask.number("page", 1)
    first = (page - 1) * ROWS
    found = list(islice(rows, first, first + ROWS + 1))
    return tuple(found[:ROWS]), Slice(page=page, first=first + 1, more=len(found) > ROWS)
