"""Which rows of a table hold its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casegraph.text.tables.days import read_days
from casegraph.text.tables.figures import read_figure
from casegraph.text.tables.headings import is_total, read_heading

Rows = Sequence[Sequence[str]]

_DEEPEST = 40  # rows from the top in which headings are looked for
_SAMPLE = 60  # rows below them that tell what a column holds
_LONGEST = 100  # characters of a heading
_LONGEST_GROUP = 50  # characters of a heading over several columns; a title is longer
_MOST_ROWS = 3  # of headings
_KNOWN = 0.45  # of a heading's words that the lexicon must know for it to count
_TYPED = 0.6  # of a column's cells that are figures or dates for it to be such a column
_SNAKE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_ ][A-Za-z0-9]+)*")
_SURE = 0.6  # of a field's words that the lexicon must know
_FEWEST_FIELDS, _MOST_FIELDS = 4, 60  # of a form
_MOST_RECORDS = 13  # columns of a form, its headings among them
_FULL = 0.6  # of the widest row's cells that a row of headings fills


def header_rows(rows: Rows) -> tuple[int, ...]:
    """Return the rows of headings, none where the table has none.

    A row of headings holds words, no figures, in most columns. It is known by words that head columns in
    trade, bank, company and staff papers, or by columns of figures or dates that begin below it, or by being
    written as programs write names of fields.
    """
    width = max((sum(map(bool, row)) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return ()
    best: tuple[float, int] | None = None
    for place, row in enumerate(rows[: min(_DEEPEST, len(rows) - 1)]):
        if _could_be(row, width):
            score = _score(rows, place)
            if score > 0 and (best is None or score > best[0]):
                best = score, place
    if best is None:
        return ()
    first = best[1]
    found = [*_groups_above(rows, first), first]
    while len(found) < _MOST_ROWS and _goes_on(rows, found[-1]):
        found.append(found[-1] + 1)
    after = found[-1] + 1
    if after < len(rows) - 1 and _is_numbering(rows[after]):
        found.append(after)
    return tuple(found)


def headings(rows: Rows, header: Sequence[int], columns: int) -> tuple[str, ...]:
    """Return one heading a column, those of several rows put together; a group's goes for its columns."""
    parts: list[list[str]] = [[] for _ in range(columns)]
    kept = [row for row in header if not _is_numbering(rows[row])]
    for number, row in enumerate(kept):
        group = ""
        for column in range(columns):
            words = _cell(rows[row], column)
            group = words or group
            below = any(_cell(rows[lower], column) for lower in kept[number + 1 :])
            shown = words or (group if below else "")
            if shown and shown not in parts[column]:
                parts[column].append(shown)
    return tuple(" ".join(words) for words in parts)


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _is_words(cell: str) -> bool:
    return (
        any(map(str.isalpha, cell)) or cell in {"№", "#", "%"}
    ) and not _is_typed(cell)  # fmt: skip


def _is_typed(cell: str) -> bool:
    return read_figure(cell) is not None or read_figure(cell, comma=True) is not None or _is_date(cell)


def _is_date(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and read_days(cell, month_first=False) is not None


def _could_be(row: Sequence[str], width: int) -> bool:
    filled = [cell for cell in row if cell]
    if len(filled) < max(2, _FULL * width) or max(map(len, filled)) > _LONGEST:
        return False
    odd = [cell for cell in filled if not _is_words(cell)]
    units = [cell for cell in filled if any(map(str.isalpha, cell))]
    distinct = len(set(filled)) >= len(filled) - 1 or _repeats(filled)
    return (
        len(units) >= 2
        and distinct
        and not [cell for cell in odd if not _bare_unit(cell)]
        and not is_total(filled[0])
    )


def _repeats(filled: Sequence[str]) -> bool:
    """Tell whether headings are those of like halves side by side, as in a statement of two ledgers."""
    sizes = [size for size in range(2, len(filled) // 2 + 1) if len(filled) % size == 0]
    return any(list(filled) == list(filled[:size]) * (len(filled) // size) for size in sizes)


def turned_rows(rows: Rows) -> tuple[int, ...]:
    """Return the rows whose first cell is a heading and whose others are its values; none for other tables.

    Such is a form: "Exporter | X Ltd", "Date | 3 May", one field a line, in one column for each entry.
    """
    wide = [place for place, row in enumerate(rows) if sum(map(bool, row)) >= 2]
    if not _FEWEST_FIELDS <= len(wide) <= _MOST_FIELDS:
        return ()
    heads = {place: read_heading(rows[place][0]).concepts for place in wide if rows[place][0]}
    known = {
        place: max(one, key=lambda key: one[key])
        for place, one in heads.items()
        if max(one.values(), default=0) >= _SURE
    }
    aside = sum(
        max(read_heading(cell).concepts.values(), default=0.0) >= _SURE for cell in rows[wide[0]][1:] if cell
    )
    enough = len(known) >= _TYPED * len(wide) and len(set(known.values())) >= _FEWEST_FIELDS - 1
    spread = max(sum(map(bool, row)) for row in rows) <= _MOST_RECORDS
    return tuple(heads) if enough and spread and not aside else ()


def _bare_unit(cell: str) -> bool:
    """Tell whether a cell without words may head a column all the same: "%", "№", "2021" over figures."""
    return re.fullmatch(r"(?:19|20)\d\d|[%№#*-]", cell) is not None


def _score(rows: Rows, place: int) -> float:
    """Return how much speaks for a row to be the headings: above 0 if enough does."""
    row = rows[place]
    filled = [cell for cell in row if cell]
    known = sum(max(read_heading(cell).concepts.values(), default=0.0) >= _KNOWN for cell in filled)
    begun = sum(
        _typed_below(rows, place, column) for column, cell in enumerate(row) if cell and _is_words(cell)
    )
    written = all(_SNAKE.fullmatch(cell) and cell == cell.lower() for cell in filled) and any(
        "_" in cell for cell in filled
    )
    share = known / len(filled)
    first = not any(sum(map(bool, above)) >= 2 for above in rows[:place])
    enough = (known >= 2 and share >= 0.3) or (begun and (known or first)) or (written and first)
    return share + 0.25 * min(begun, 3) + 0.3 * first + 0.3 * written - 0.02 * place if enough else 0.0


def _typed_below(rows: Rows, place: int, column: int) -> bool:
    """Tell whether figures or dates stand below a heading in most rows."""
    cells = [_cell(row, column) for row in rows[place + 1 : place + 1 + _SAMPLE]]
    cells = [cell for cell in cells if cell]
    return bool(cells) and sum(map(_is_typed, cells)) >= _TYPED * len(cells)


def _groups_above(rows: Rows, first: int) -> list[int]:
    """Return the row above when it heads groups of the columns: fewer cells, spread over the width."""
    if first == 0:
        return []
    above = rows[first - 1]
    filled = [column for column, cell in enumerate(above) if cell]
    below = [column for column, cell in enumerate(rows[first]) if cell]
    if not filled or max(len(above[column]) for column in filled) > _LONGEST_GROUP:
        return []
    spread = len(filled) >= 2 and all(_is_words(above[column]) for column in filled)
    label = any(above[column].rstrip().endswith((":", "：")) for column in filled)
    lower = [cell for cell in rows[first] if cell]
    known = any(read_heading(above[column]).concepts for column in filled) or _repeats(lower)
    apart = sum(column not in below for column in filled) >= len(filled) / 2  # the lower row fills its gaps
    heads = spread and known and not label and (apart or len(filled) <= len(below))
    return [first - 1] if heads else []


def _goes_on(rows: Rows, last: int) -> bool:
    """Tell whether the next row holds the lower part of headings: words where figures stand below."""
    if last + 2 >= len(rows):
        return False
    row, after = rows[last], rows[last + 1]
    filled = [column for column, cell in enumerate(after) if cell]
    if not filled or is_total(after[filled[0]]) or not all(_is_words(after[column]) for column in filled):
        return False
    gap = any(
        not _cell(row, column) and any(row[:column]) for column in filled
    )  # under a heading that spans columns
    typed = [column for column in filled if _typed_below(rows, last + 1, column)]
    return gap and bool(typed)


def _is_numbering(row: Sequence[str]) -> bool:
    """Tell whether a row numbers the columns, as forms do: 1, 2, 3 or А, Б, 1, 2."""
    filled = [cell for cell in row if cell]
    numbers = [int(cell) for cell in filled if cell.isdecimal() and len(cell) <= 2]
    letters = [cell for cell in filled if len(cell) <= 2 and cell.isalpha()]
    return (
        len(numbers) >= 3
        and len(numbers) + len(letters) == len(filled)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 2
    )
