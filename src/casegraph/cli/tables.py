"""Lists as tables that fit their width."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.console import Console, OverflowMethod
from rich.text import Text

from casegraph.cli.terminal import put
from casegraph.model import Claim, Entity, Record
from casegraph.pipeline.found import Hit
from casegraph.pipeline.reports import DocumentRow, LayoutRow, ProblemRow, TableView
from casegraph.publish import phrases
from casegraph.publish.measures import period
from casegraph.text import printable

LINES = 3
"""Lines that one cell may take; what is longer ends in an ellipsis."""

_GAP = 2
_NARROW = 80
_WIDE = 120
"""Columns from which stance and kind stand side by side instead of one above the other."""

_MOST_SAYS = 44
"""Cells that speakers get at most: chains are short, claims are not."""

_STANCES = {
    "denies": "bold red",
    "alleges": "yellow",
    "declines-comment": "magenta",
    "predicts": "blue",
    "asks": "cyan",
    "orders": "cyan",
}

# Words of these scripts have no blanks between them: lines may break anywhere in them.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

Row_contra = TypeVar("Row_contra", bound=Record, contravariant=True)


class Printer(Protocol[Row_contra]):
    """Prints rows of one type; `head` tells whether the column heads come first."""

    def __call__(self, console: Console, rows: Sequence[Row_contra], /, *, head: bool) -> None:
        """Print the rows."""
        ...


Column = tuple[str, int, bool]
"""Head, width in cells, and whether it holds numbers."""


def short(identifier: str) -> str:
    """Return the beginning of an id's hexadecimal part, which `show` understands."""
    return re.split("[-:]", identifier)[-1][:8]


class Source(Record, frozen=True, kw_only=True):
    """What a list says of a document: its name, what it says of itself, how many pages it has."""

    name: str
    origin: str = ""  # publisher and date
    title: str = ""
    pages: int = 1


def claims_table(sources: Mapping[str, Source]) -> Printer[Claim]:
    """Return the printer of claims, each below the line of its document.

    `sources` describes each document by its id; one alone needs no line. Pages are numbered only where some
    document has more than one.
    """
    numbered = any(source.pages > 1 for source in sources.values())
    last: list[str] = []  # the document whose line was printed last: a list goes on over several calls

    def show(console: Console, claims: Sequence[Claim], *, head: bool) -> None:
        wide = console.width >= _WIDE
        columns = _claim_columns(console.width, numbered=numbered)
        if head:
            last.clear()
            _print(console, columns, [], head=True)
        for claim in claims:
            if len(sources) > 1 and last != [claim.document]:
                if last:
                    put_line(console, Text())
                last[:] = [claim.document]
                unknown = Source(name=short(claim.document))
                put_line(console, _source_line(sources.get(claim.document, unknown), console.width))
            cells = _claim_row(claim, wide=wide)
            if numbered:
                many = claim.document in sources and sources[claim.document].pages > 1
                cells.append(Text(f"p.\u00a0{claim.content_target.page}" if many else "", style="faint"))
            _print_row(console, columns, cells)

    return show


def _claim_columns(width: int, *, numbered: bool) -> list[Column]:
    page: list[Column] = [("page", 6, False)] if numbered else []
    middle: list[Column] = [("stance, kind", 14 if width < _NARROW else 16, False)]
    if width >= _WIDE:
        middle = [("stance", 16, False), ("kind", 14, False)]
    fixed = sum(column[1] + _GAP for column in (*middle, *page))
    free = width - 8 - _GAP * 2 - fixed
    says = min(free * 2 // 5, _MOST_SAYS)
    return [("id", 8, False), ("who says", says, False), *middle, ("what", free - says, False), *page]


def _source_line(source: Source, width: int) -> Text:
    """Return `leak/mail.eml  Northport Courier, 25 Sep 2024: Harbour deal`, cut to the width."""
    line = Text(_middle_cut(printable(source.name), width), style="")
    line.stylize("heading")
    words = ": ".join(printable(part) for part in (source.origin, source.title) if part)
    if words:
        line.append(f"  {words}", style="faint")
    line.truncate(width, overflow="ellipsis")
    return line


def _claim_row(claim: Claim, *, wide: bool) -> list[Text]:
    stance, kind = Text(claim.stance, style=_STANCES.get(claim.stance, "")), Text(claim.kind, style="faint")
    hedges = Text(", ".join(printable(hedge) for hedge in claim.hedges), style="italic")
    below = [] if claim.kind == "statement" else [kind]  # what is only words shows itself
    parts = ([stance, hedges], [kind]) if wide else ([stance, *below, hedges],)
    middle = [Text("\n").join(part for part in cell if part.plain) for cell in parts]
    says = Text(phrases.chain(claim), style="faint" if phrases.own_voice(claim) else "")
    return [Text(short(claim.id), style="faint"), says, *middle, _what(claim)]


def _what(claim: Claim) -> Text:
    """Return the phrase with its `denies:` or `not` standing out."""
    text = Text(phrases.what(claim))
    text.stylize(_STANCES.get(claim.stance, ""), 0, len(phrases.lead(claim)))
    if claim.polarity == "negative":
        text.highlight_regex(r"\bnot\b", "negative")
    return text


def _middle_cut(text: str, width: int) -> str:
    """Return the text in at most `width` cells with its beginning and its end."""
    if cell_len(text) <= width:
        return text
    room = max(2, width - 1)
    front = set_cell_size(text, room // 2).rstrip()
    back = text
    while cell_len(back) > room - room // 2:
        back = back[1:]
    return f"{front}\u2026{back}"


def _name(name: str, width: int) -> Text:
    """Return a file's name on as many lines of `width` cells as it takes up to LINES, cut in its middle."""
    left = _middle_cut(printable(name), width * LINES)
    lines = []
    while cell_len(left) > width:
        line = set_cell_size(left, width).rstrip()
        joint = max(line.rfind(sign) for sign in "/-_. ") + 1
        line = line[:joint] if joint > len(line) // 2 else line
        lines.append(line)
        left = left[len(line) :].lstrip()
    return Text("\n".join([*lines, left]))


def entities_table(console: Console, entities: Sequence[Entity], *, head: bool) -> None:
    """Print entities with their other spellings."""
    free = console.width - _GAP * 6 - 8 - 12 - 9 - 8 - 9
    name = max(12, free // 2)
    columns: list[Column] = [
        ("id", 8, False), ("name", name, False), ("schema", 12, False), ("countries", 9, False),
        ("mentions", 8, True), ("documents", 9, True), ("also", free - name, False),
    ]  # fmt: skip
    rows = []
    for entity in entities:
        others = (*(one for one in entity.emails if one != entity.name), *entity.names)
        also = "; ".join(printable(other) for other in others if other != entity.name)
        cells = [entity.schema, ", ".join(entity.countries), str(entity.mentions), str(len(entity.documents))]
        rows.append(
            [
                Text(short(entity.id), style="faint"),
                Text(printable(entity.name)),
                *map(Text, cells),
                Text(also),
            ]
        )
    _print(console, columns, rows, head=head)


def documents_table(console: Console, documents: Sequence[DocumentRow], *, head: bool) -> None:
    """Print documents; one that has not been read has a name and a size only."""
    free = console.width - _GAP * 7 - 8 - 11 - 4 - 5 - 6 - 8
    longest = max((cell_len(printable(one)) for row in documents for one in row.names), default=0)
    name = max(12, min(longest, free // 2))
    columns: list[Column] = [
        ("id", 8, False), ("name", name, False), ("title", free - name, False), ("published", 11, False),
        ("lang", 4, False), ("pages", 5, True), ("claims", 6, True), ("problems", 8, True),
    ]  # fmt: skip
    rows = []
    for row in documents:
        read = row.document
        title = Text(printable(read.title or "")) if read else Text("not read yet", style="warning")
        published = period(read.published) if read and read.published else ""
        cells = [
            printable(published),
            (read.language or "") if read else "",
            str(read.pages) if read else "",
            str(row.claims) if read else "",
            str(row.problems) if row.problems else "",
        ]
        names = _name("; ".join(row.names), name)
        rows.append([Text(short(row.id), style="faint"), names, title, *map(Text, cells)])
    _print(console, columns, rows, head=head)


def tables_table(console: Console, tables: Sequence[TableView], *, head: bool) -> None:
    """Print tables with their headings, or their first row where none were found."""
    free = console.width - _GAP * 6 - 14 - 5 - 6 - 4
    name = max(12, free // 3)
    columns: list[Column] = [
        ("id", 14, False), ("document", name, False), ("page", 5, True), ("name", max(8, free // 6), False),
        ("rows", 6, True), ("cols", 4, True), ("headings", free - name - max(8, free // 6), False),
    ]  # fmt: skip
    rows = []
    for view in tables:
        table = view.table
        words = [printable(one) for one in table.headings if one]
        first = next((row for row in view.rows if any(row)), ())
        shown = Text(" | ".join(words)) if words else Text(" | ".join(map(printable, first)), style="faint")
        numbers = (f"{table.page}", f"{table.rows:,}", f"{table.columns}")
        page, height, width = map(Text, numbers)
        sheet = Text(printable(table.name or ""))
        identifier = Text(table.id[:14], style="faint")
        rows.append([identifier, _name(view.name, name), page, sheet, height, width, shown])
    _print(console, columns, rows, head=head)


def mappings_table(console: Console, rows: Sequence[LayoutRow], *, head: bool) -> None:
    """Print what tables of each layout are taken for, its columns below each other."""
    free = console.width - _GAP * 5 - 9 - 13 - 6 - 6
    where = max(12, free // 3)
    columns: list[Column] = [
        ("id", 9, False), ("taken for", 13, False), ("rows", 6, True), ("claims", 6, True),
        ("documents", where, False), ("columns", free - where, False),
    ]  # fmt: skip
    shown = []
    for row in rows:
        sure = "by your file" if row.source == "file" else f"sure {row.score:.2f}"
        state = {"mapped": sure, "unsure": f"not {sure}", "none": "nothing"}[row.state]
        kind = Text(row.kind or "", style="" if row.state == "mapped" else "faint")
        taken = Text("\n").join(part for part in (kind, Text(state, style="faint")) if part.plain)
        if row.outdated:
            taken.append("\nfile not built", style="warning")
        uses = [f"{printable(use.heading)} \u2192 {use.property}" for use in row.columns]
        words = Text(
            "; ".join(uses or [printable(one) for one in row.headings]), style="" if uses else "faint"
        )
        names = "; ".join(row.documents) + ("; \u2026" if row.tables > len(row.documents) > 1 else "")
        identifier = Text(short(row.layout), style="faint")
        numbers = Text(f"{row.entries:,}"), Text(f"{row.claims:,}")
        shown.append([identifier, taken, *numbers, _name(names, where), words])
    _print(console, columns, shown, head=head)


def problems_table(console: Console, problems: Sequence[ProblemRow], *, head: bool) -> None:
    """Print problems with the file that each concerns."""
    code = 32 if console.width >= _WIDE - 20 else 26
    free = console.width - _GAP * 2 - code
    where = max(12, free * 2 // 5)
    columns: list[Column] = [
        ("code", code, False),
        ("where", where, False),
        ("what is wrong", free - where, False),
    ]
    rows = [
        [
            Text(printable(row.code), style="warning"),
            _name(row.name, where),
            Text(printable(row.detail)),
        ]
        for row in problems
    ]
    _print(console, columns, rows, head=head)


def hits_table(console: Console, hits: Sequence[Hit], *, head: bool) -> None:
    """Print hits as a line for the page and one or more for the snippet."""
    for number, hit in enumerate(hits):
        where = Text(f"{printable(hit.name)}:{hit.page}", style="heading")
        if hit.furniture:
            where.append("  only in a menu, a notice or the like", style="warning")
        if hit.title:
            where.append(f"  {printable(hit.title)}", style="faint")
        where.truncate(console.width, overflow="ellipsis")
        if number or not head:
            console.print()
        put(console, where)
        put(console, snippet(hit))


def snippet(hit: Hit) -> Text:
    """Return the snippet on one run of lines with what was found standing out."""
    # Offsets count code points of the snippet as it is: blanks fold only after styling.
    text = Text("\u2026" if hit.start else "")
    place = 0
    for start, end in sorted(hit.highlights):
        text.append(printable(hit.snippet[place:start]))
        text.append(printable(hit.snippet[max(place, start) : end]), style="found")
        place = max(place, end)
    text.append(printable(hit.snippet[place:]))
    text.rstrip()
    if not text.plain.endswith((".", "!", "?", "\u3002")):
        text.append("\u2026")
    return text


def clipped(text: Text, width: int, console: Console, lines: int = LINES) -> list[Text]:
    """Return the text as at most `lines` lines of at most `width` cells, cut with an ellipsis."""
    if "\n" not in text.plain and cell_len(text.plain) <= width:
        return [text]
    overflow: OverflowMethod = "fold" if _UNSPACED.search(text.plain) else "ellipsis"
    wrapped = text.wrap(console, width, overflow=overflow)
    kept = list(wrapped[:lines])
    for line in kept:
        line.rstrip()
    if len(wrapped) > lines:
        last = kept[-1]
        last.truncate(width - 1)
        last.rstrip()
        last.append("\u2026")
    return kept


def _print(
    console: Console, columns: Sequence[Column], rows: Sequence[Sequence[Text]], *, head: bool
) -> None:
    """Print the rows below each other. The widths are known, which rich's own tables cannot make use of."""
    if head:
        _print_row(console, columns, [Text(column[0], style="heading") for column in columns])
    for row in rows:
        _print_row(console, columns, row)


def _print_row(console: Console, columns: Sequence[Column], row: Sequence[Text]) -> None:
    cells = [clipped(cell, column[1], console) for cell, column in zip(row, columns, strict=True)]
    for number in range(max(map(len, cells))):
        line = Text()
        for parts, (_, width, numeric) in zip(cells, columns, strict=True):
            part = parts[number] if number < len(parts) else Text()
            blanks = " " * (width - cell_len(part.plain))
            line.append(blanks if numeric else "")
            line.append_text(part)
            line.append(" " * _GAP if numeric else blanks + " " * _GAP)
        line.rstrip()
        put_line(console, line)


def put_line(console: Console, line: Text) -> None:
    """Print one line of a table, cut at the terminal's edge."""
    if console.is_terminal:
        console.print(line, no_wrap=True, overflow="crop")
    else:
        console.file.write(line.plain + "\n")
