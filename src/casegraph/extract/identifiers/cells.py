"""Cells of tables with the words that say what stands in them: the heading, the cell to their left."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.extract.base import Reading
from casegraph.model import Table, upright

_LONGEST = 60  # characters of a label; more is prose
_FIGURES = 4  # fewer in a cell are no identifier


def beside_headings(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """Yield page index, start, words and label of each cell that holds figures: once for each label."""
    numbers = {page.number: index for index, page in enumerate(reading.pages)}
    for table in reading.tables:
        index = numbers.get(table.page)
        if index is None:
            continue
        text = reading.pages[index].text
        for start, end, label in _labelled(upright(table), text):
            words = text[start:end]
            if sum(char.isdigit() for char in words) >= _FIGURES:
                yield index, start, words, label


def _labelled(table: Table, text: str) -> Iterator[tuple[int, int, str]]:
    left: dict[int, str] = {}
    for cell in table.cells:
        if cell.row in table.header:
            continue
        heading = table.headings[cell.column] if cell.column < len(table.headings) else ""
        for label in (heading, left.get(cell.row, "")):
            if 0 < len(label) <= _LONGEST:
                yield cell.start, cell.end, " ".join(label.split())
        left[cell.row] = text[cell.start : cell.end]
