"""Lines of plain text that are rows of a table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

_DELIMITERS = "\t;|"
_FEWEST_ROWS = 3
_LONGEST_CELL = 200
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
