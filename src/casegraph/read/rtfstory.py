"""The stories of a rich text: the body, running heads, notes and boxes, each with paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casegraph.model import BlockRole
from casegraph.read.cleaning import clean
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.pieces import Piece

_BLANK = re.compile(r"\n[ \t\u00a0]*\n")  # two line breaks part paragraphs


@dataclass(slots=True)
class Story:
    """Text in order. Cells collect into rows, rows into a table that the next paragraph outside ends."""

    kind: str = "body"  # or "header", "footer", "note", "comment", "box"
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Piece] = field(default_factory=list)  # that hang on the open paragraph
    _text: list[str] = field(default_factory=list)
    _cells: list[Raw] = field(default_factory=list)
    _rows: list[list[Raw]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add characters to the open paragraph."""
        self._text.append(text)

    def paragraph(self, role: BlockRole, *, in_table: bool) -> None:
        """End a paragraph; inside a table it is a line of its cell."""
        if in_table:
            self._text.append("\n")
            return
        self._end_table()
        text = clean("".join(self._text))
        self._text.clear()
        self.pieces.extend(Piece(part.strip(), role) for part in _BLANK.split(text) if part.strip())
        self.pieces.extend(self.boxes)
        self.boxes.clear()

    def cell(self) -> None:
        """End a cell."""
        self._cells.append(raw("".join(self._text)))
        self._text.clear()

    def row(self) -> None:
        """End a row; words after its last cell are one more."""
        if "".join(self._text).strip():
            self.cell()
        self._text.clear()
        if self._cells:
            self._rows.append(self._cells)
            self._cells = []

    def finish(self) -> list[Piece]:
        """End what is open and return the pieces."""
        if self._cells:
            self.row()
        self.paragraph("paragraph", in_table=False)
        return self.pieces

    def _end_table(self) -> None:
        if self._cells:
            self._rows.append(self._cells)
            self._cells = []
        if self._rows:
            self.pieces.extend(tables(self._rows))
            self._rows = []


@dataclass(slots=True)
class Rich:
    """What a rich text holds."""

    body: list[Piece] = field(default_factory=list)
    heads: dict[str, None] = field(default_factory=dict)
    feet: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # address, text
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)  # metadata
    objects: list[bytes] = field(default_factory=list)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)  # ending, bytes
    whole: bool = False  # the outermost group is closed

    def pages(self) -> Iterator[Piece]:
        """Yield all in reading order: heads first, then notes and feet, then what is not on the page."""
        yield from (Piece(text, "header") for text in self.heads)
        yield from self.body
        yield from (Piece(text, "note") for text in self.notes)
        yield from (Piece(text, "footer") for text in self.feet)

    def close(self, story: Story, author: str) -> None:
        """Put a story that has ended where it belongs."""
        pieces = story.finish()
        text = "\n".join(piece.text for piece in pieces if piece.text)
        if not text:
            return
        if story.kind == "header":
            self.heads[text] = None
        elif story.kind == "footer":
            self.feet[text] = None
        elif story.kind == "note":
            self.notes.append(text)
        elif story.kind == "comment":
            self.notes.append(f"{author}: {text}" if author else text)
