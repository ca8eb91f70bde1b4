"""Lines of plain text that are rows of a table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence

_DELIMITERS = "\t;|"
_FEWEST_ROWS = 3
_LONGEST_CELL = 200
_MOST_SPAN = 200  # columns that one cell may go over
_REGULAR = 0.9  # of the rows are as long as the others


def delimiter_of(lines: Sequence[str]) -> str | None:
    """Return the character that cuts every line into the same number of cells, three or more, or None.

    Commas are none: prose has them. Two tabs or semicolons in each of three lines are no accident.
    """
    if len(lines) < _FEWEST_ROWS:
        return None
    for delimiter in _DELIMITERS:
        count = lines[0].count(delimiter)
        if count < 2 or any(line.count(delimiter) != count for line in lines):
            continue
        if max(len(cell) for line in lines for cell in line.split(delimiter)) <= _LONGEST_CELL:
            return delimiter
    return None


def comma_rows(text: str) -> list[list[str]] | None:
    """Return the rows of comma-separated values (RFC 4180), or None when the text is none.

    No blank follows a comma that parts cells, as one follows each in prose; nearly all rows are equally long.
    """
    lines = text.strip("\n").split("\n", _FEWEST_ROWS)
    if len(lines) < _FEWEST_ROWS or any("," not in line for line in lines[:_FEWEST_ROWS]):
        return None
    try:
        rows = [row for row in csv.reader(text.split("\n")) if row]
    except csv.Error:
        return None
    columns, count = Counter(map(len, rows)).most_common(1)[0]
    if columns < 3 or len(rows) < _FEWEST_ROWS or count < _REGULAR * len(rows):
        return None
    cells = [cell for row in rows for cell in row[1:]]
    if sum(cell[:1].isspace() for cell in cells) > (1 - _REGULAR) * len(cells):
        return None
    return rows if max(map(len, rows[0])) <= _LONGEST_CELL else None


def table_text(rows: Sequence[Sequence[str]]) -> str:
    r"""Return a table as stored text: a line a row, `\t` between cells, no line ends inside them."""
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    return "\n".join(line for line in lines if line.strip())


def spanned(rows: Iterable[Sequence[tuple[str, int, int]]]) -> list[list[str]]:
    """Return rows of cells in their columns, given words and how many columns and rows each goes over.

    A cell's words stand in its first place; the others that it covers are empty.
    """
    found: list[list[str]] = []
    covered: dict[int, int] = {}  # column: rows below that a cell from above still covers
    for row in rows:
        line: list[str] = []
        below: dict[int, int] = {}
        for words, wide, tall in row:
            while covered.get(len(line), 0) > 0:
                line.append("")
            for number in range(min(max(wide, 1), _MOST_SPAN)):
                if tall > 1:
                    below[len(line)] = tall - 1
                line.append("" if number else words)
        covered = {column: left - 1 for column, left in covered.items() if left > 1} | below
        found.append(line)
    return found
