"""Lines of plain text that are rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

_DELIMITERS = "\t;|"
_FEWEST_ROWS = 3
_LONGEST_CELL = 200


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


def table_text(rows: Sequence[Sequence[str]]) -> str:
    r"""Return a table as stored text: a line a row, `\t` between cells, no line ends inside them."""
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    return "\n".join(line for line in lines if line.strip())
