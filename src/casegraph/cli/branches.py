"""A tree in the terminal, or as SVG where it is written to a file of that name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from casegraph.cli.output import Form, Listing, write, write_lines
from casegraph.cli.terminal import put
from casegraph.model import Record
from casegraph.publish.trees import MARKS, Beside, Branch, isolated, svg
from casegraph.text import printable

SVG = ".svg"

_STYLES = {"": "", "asked": "heading", "good": "role", "doubt": "warning", "bad": "failure"}
_GUIDE, _NARROWEST = 4, 24  # columns of the guide before a branch; of a side of a contradiction


def write_tree(tree: Branch, record: Record, title: str, form: Form, output: Path | None) -> None:
    """Write a tree to the terminal, as SVG to a file `*.svg`, or the record behind it as JSON Lines."""
    if output is not None and output.suffix == SVG and form == "table":
        write_lines(svg(tree, title), output)
        return

    def draw(console: Console, rows: Sequence[Record], /, *, head: bool) -> None:
        del rows, head
        put(console, drawn(tree, console.width))

    write([record], Listing("record", "records", (), draw), form, output)


def drawn(branch: Branch, width: int) -> Tree:
    """Return a branch as rich draws it; `width` is what there is for it and all below it."""
    tree = Tree(_shown(branch, width), guide_style="faint")
    for one in () if isinstance(branch, Beside) else branch.branches:
        tree.children.append(drawn(one, width - _GUIDE))
    return tree


def _shown(branch: Branch, width: int) -> RenderableType:
    words = Text("\n").join(_words(branch))
    if not isinstance(branch, Beside):
        return words
    sides = Table.grid(padding=(0, 2, 0, 0), expand=False)
    wide = max(_NARROWEST, (width - 2 * len(branch.branches)) // max(1, len(branch.branches)))
    for _ in branch.branches:
        sides.add_column(width=wide, overflow="fold")
    sides.add_row(*(_column(one) for one in branch.branches))
    return Group(words, sides)


def _column(side: Branch) -> Text:
    """Return one side of a contradiction: who says so, the words, where."""
    lines = [Text(printable(side.label), style="role")]
    for place, one in enumerate(side.branches):
        lines += [Text("")] if place else []
        lines += _words(one)
    return Text("\n").join(lines)


def _words(branch: Branch) -> Iterator[Text]:
    yield Text(MARKS[branch.tone] + _safe(branch.label), style=_STYLES[branch.tone])
    for note in branch.notes:
        yield Text(_safe(note), style="faint")


def _safe(words: str) -> str:
    return isolated(printable(words))
