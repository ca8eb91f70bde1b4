r"""Text of binary Word documents without the marks of fields, and what the fields say ([MS-DOC] 2.8.25)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from casegraph.model import BlockRole
from casegraph.read.cleaning import clean
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.pieces import Piece

_BEGIN, _SEPARATOR, _END = "\x13", "\x14", "\x15"
_MARKS: Final = re.compile("[\x13\x14\x15]")
_DROPPED: Final = str.maketrans(
    {
        "\x01": None, "\x02": None, "\x03": None, "\x04": None, "\x05": None, "\x08": None, "\x1f": None,
        "\x1e": "-", "\x0b": "\n", "\x0e": "\n",
    }
)  # fmt: skip
_LINK: Final = re.compile(r"HYPERLINK\s+(?:\\[a-z]\s+)*\"([^\"]+)\"", re.IGNORECASE)
_EQUATION: Final = re.compile(r"\s*EQ\s", re.IGNORECASE)
_SWITCHES: Final = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\S+)")
_RUBY: Final = re.compile(r"\\o\\a\w?\(\\s\\up\s*\d*\s*\(([^()]*)\)\s*[,;](.*)\)", re.IGNORECASE | re.DOTALL)
_COMMANDS: Final = re.compile(r"\\[a-zA-Z]+\d*|[()]")
_CELL: Final = "\x07"
_PARAGRAPH: Final = re.compile("([^\r\x0c\x07]*)([\r\x0c\x07]|$)")


def shown(text: str) -> str:
    """Return the text as it is shown: results of fields without their instructions; equations in words."""
    parts: list[list[str]] = [[]]  # of each open field
    modes: list[bool] = []  # whether an open field's result has begun
    place = 0
    for mark in _MARKS.finditer(text):
        parts[-1].append(text[place : mark.start()])
        place = mark.end()
        if mark.group() == _BEGIN:
            parts.append([])
            modes.append(False)
        elif mark.group() == _SEPARATOR and modes and not modes[-1]:
            modes[-1] = True
            parts[-1] = []
        elif mark.group() == _END and modes:
            own, result = "".join(parts.pop()), modes.pop()
            parts[-1].append(own if result else equation(own))
    parts[-1].append(text[place:])
    kept = [part for part, result in zip(parts, [True, *modes], strict=True) if result]
    return "".join(one for part in kept for one in part).translate(_DROPPED)


def links(text: str) -> Iterator[str]:
    """Yield the addresses to which the fields of a text lead."""
    yield from (match[1] for match in _LINK.finditer(text))


def equations(text: str) -> Iterator[str]:
    """Yield in words what the equation fields of a text show: they have no result."""
    for one in re.findall("\x13([^\x13\x14\x15]*)\x15", text):
        if words := equation(one):
            yield words


def equation(instruction: str) -> str:
    """Return an EQ field's words; what Word sets above others (ruby) behind them in brackets."""
    if not _EQUATION.match(instruction):
        return ""
    words = _SWITCHES.sub("", _EQUATION.sub("", instruction, count=1)).strip()
    if (ruby := _RUBY.search(words)) is not None:
        return f"{ruby[2].strip()}({ruby[1].strip()})"
    return " ".join(_COMMANDS.sub(" ", words).split())


def pieces(text: str, role: BlockRole = "paragraph") -> Iterator[Piece]:
    """Yield a story's paragraphs and tables: a cell ends with a mark, a row with one more."""
    rows: list[list[Raw]] = []
    cells: list[Raw] = []
    for part, mark in _PARAGRAPH.findall(shown(text)):
        words = part.strip()
        if mark == _CELL:
            if words or not cells:
                cells.append(raw(words))
            else:
                rows.append(cells)
                cells = []
            continue
        if rows or cells:
            yield from tables([*rows, cells] if cells else rows)
            rows, cells = [], []
        if words := clean(words):
            yield Piece(words, role)
    if rows or cells:
        yield from tables([*rows, cells] if cells else rows)
