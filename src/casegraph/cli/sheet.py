"""One table, readable at a glance."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from casegraph.cli.output import plural
from casegraph.cli.terminal import put
from casegraph.pipeline.reports import TableView
from casegraph.text import printable

ROWS = 60
"""Rows that are shown of a table."""

COLUMNS = 12
"""Columns that are shown of a table."""


def show_table(view: TableView, console: Console) -> None:
    """Print where a table stands, and its first rows with the numbers that their source gives them."""
    table = view.table
    console.print(Text(table.id, style="faint"))
    console.print(Text(printable(table.name or view.name), style="heading"))
    size = f"{plural(table.rows, 'row')}, {plural(table.columns, 'column')}"
    console.print(Text(f"{printable(view.name)}, page {table.page}: {size}", style="faint"))
    console.print()
    grid = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(style="faint", justify="right", no_wrap=True)
    width = min(table.columns, COLUMNS)
    for column in range(width):
        numbers = [cell.kind in _NUMERIC for cell in table.cells if cell.column == column]
        grid.add_column(overflow="fold", justify="right" if sum(numbers) * 2 > len(numbers) else "left")
    for number, row in enumerate(view.rows[:ROWS]):
        style = "heading" if number in table.header else ""
        cells = (Text(printable(words), style=style) for words in row[:width])
        grid.add_row(str(table.first_row + number), *cells)
    put(console, grid)
    left = [
        plural(count, what) for count, what in ((table.rows - ROWS, "row"), (table.columns - width, "column"))
        if count > 0
    ]  # fmt: skip
    if left:
        console.print(Text(f"\u2026 and {' and '.join(left)} more (--format jsonl has all)", style="faint"))


_NUMERIC = frozenset({"number", "money", "percent"})
