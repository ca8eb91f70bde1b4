"""Trees of data (JSON, XML) as text: lists of records as tables, all else as lines of "path: value"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casegraph.read.celltypes import typed
from casegraph.read.cleaning import clean
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.limits import MAX_PAGE
from casegraph.read.pieces import Piece

Tree = Mapping[str, "Tree"] | Sequence["Tree"] | str | bool | None
"""Values are words; numbers come as they are written."""

_PROSE_WORDS = 12  # from which a value can be a sentence, and stands in a block of its own
_PROSE_HAN = 25  # characters, in scripts without blanks
_LONGEST_CELL = 400  # characters; records with longer values are no rows
_FLATTEST = 3  # levels of records inside records that become columns
_WIDEST = 300  # columns
_DEEPEST = 200
_LINES = 200  # of one block


class Number(str):
    """A number as it was written."""

    __slots__ = ()


def pieces(tree: Tree) -> Iterator[Piece]:
    """Yield a tree's blocks in order; those that no claim may rest on have the role `table`."""
    lines: list[str] = []
    size = 0
    for part in _parts(tree, "", 0):
        if isinstance(part, str):
            lines.append(part)
            size += len(part)
            if len(lines) < _LINES and size < MAX_PAGE // 4:
                continue
        if lines:
            yield Piece("\n".join(lines), "table")
            lines, size = [], 0
        if isinstance(part, Piece):
            yield part
    if lines:
        yield Piece("\n".join(lines), "table")


def _parts(tree: Tree, path: str, depth: int) -> Iterator[str | Piece]:
    """Yield lines, and pieces for tables and prose."""
    if depth > _DEEPEST:
        return
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            name = words(key) or "?"
            yield from _parts(value, f"{path}.{name}" if path else name, depth + 1)
        return
    if tree is None or isinstance(tree, (str, bool)):
        yield from _leaf(tree, path)
        return
    rows = records(tree)
    if rows is not None:
        yield from tables(rows, name=path or None)
        return
    for number, value in enumerate(tree, 1):
        yield from _parts(value, f"{path}[{number}]", depth + 1)


def _leaf(value: Tree, path: str) -> Iterator[str | Piece]:
    text = words(value)
    if not text:
        return
    if not is_prose(text):
        yield f"{path}: {text}" if path else text
        return
    if path:
        yield f"{path}:"
    for paragraph in clean(str(value)).split("\n\n"):
        if paragraph.strip():
            yield Piece(paragraph.strip(), "paragraph")


def is_prose(text: str) -> bool:
    """Tell whether a value may hold sentences."""
    return len(text.split()) >= _PROSE_WORDS or (
        len(text) >= _PROSE_HAN and " " not in text and not text.isascii()
    )


def words(value: Tree) -> str:
    """Return a value's words on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(clean(value).split()) if isinstance(value, str) else ""


def records(items: Sequence[Tree]) -> list[list[Raw]] | None:
    """Return a list of records as rows under their keys, None where it is none, or one with long texts."""
    if len(items) < 2 or not all(isinstance(item, Mapping) for item in items):
        return _lists(items)
    flat: list[dict[str, Raw]] = []
    columns: dict[str, None] = {}
    for item in items:
        row: dict[str, Raw] = {}
        if not isinstance(item, Mapping) or not _flatten(item, "", row, 1):
            return None
        flat.append(row)
        columns.update(dict.fromkeys(row))
        if len(columns) > _WIDEST:
            return None
    if not columns:
        return None
    head = [raw(name) for name in columns]
    return [head, *([row.get(name, Raw()) for name in columns] for row in flat)]


def _lists(items: Sequence[Tree]) -> list[list[Raw]] | None:
    """Return a list of lists of words as rows."""
    rows: list[list[Raw]] = []
    for item in items:
        if isinstance(item, (str, Mapping)) or not isinstance(item, Sequence):
            return None
        if not all(value is None or isinstance(value, (str, bool)) for value in item):
            return None
        rows.append([_cell(value) for value in item])
    return rows if len(rows) > 1 else None


def _flatten(item: Mapping[str, Tree], path: str, row: dict[str, Raw], depth: int) -> bool:
    """Put a record's values into a row by their path; False where one does not fit into a cell."""
    for key, value in item.items():
        name = f"{path}.{words(key)}" if path else words(key)
        if isinstance(value, Mapping):
            if depth >= _FLATTEST or not _flatten(value, name, row, depth + 1):
                return False
        elif value is None or isinstance(value, (str, bool)):
            if isinstance(value, str) and len(value) > _LONGEST_CELL:
                return False
            row[name] = _cell(value)
        else:
            parts = [words(part) for part in value if part is None or isinstance(part, (str, bool))]
            joined = "; ".join(filter(None, parts))
            if len(parts) != len(value) or len(joined) > _LONGEST_CELL:
                return False
            row[name] = raw(joined)
    return True


def _cell(value: Tree) -> Raw:
    if isinstance(value, bool):
        return Raw(str(value).lower(), "boolean", str(value).lower())
    if isinstance(value, Number):
        return Raw(str(value), "number", str(value))
    return typed(value) if isinstance(value, str) else Raw()
