"""Names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casegraph.extract.base import Extractor, Found, Reading


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    yield from ()


NAMES = Extractor(name="names", version=1, find=_find)
