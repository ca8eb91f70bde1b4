"""A tree in the terminal, or as SVG where it is written to a file of that name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from casegraph.cli.output import Form, Listing, write, write_lines
from casegraph.cli.terminal import put
from casegraph.model import Record
from casegraph.publish.trees import Branch, svg
from casegraph.text import printable

SVG = ".svg"

_STYLES = {"": "", "asked": "heading", "good": "content", "doubt": "warning", "bad": "failure"}


def write_tree(tree: Branch, record: Record, title: str, form: Form, output: Path | None) -> None:
    """Write a tree to the terminal, as SVG to a file `*.svg`, or the record behind it as JSON Lines."""
    if output is not None and output.suffix == SVG and form == "table":
        write_lines(svg(tree, title), output)
        return

    def draw(console: Console, rows: Sequence[Record], /, *, head: bool) -> None:
        del rows, head
        put(console, drawn(tree))

    write([record], Listing("record", "records", (), draw), form, output)


def drawn(branch: Branch) -> Tree:
    """Return a branch as rich draws it."""
    tree = Tree(Text("\n").join(_words(branch)), guide_style="faint")
    for one in branch.branches:
        tree.children.append(drawn(one))
    return tree


def _words(branch: Branch) -> Iterator[Text]:
    yield Text(printable(branch.label), style=_STYLES[branch.tone])
    for note in branch.notes:
        yield Text(printable(note), style="faint")
