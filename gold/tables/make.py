"""Make the gold tables: spreadsheets, data files, web pages and PDF, and what is true of them.

`python gold/tables/make.py` writes `files/` and `tables.jsonl` out of `sources/`. Everything is invented.
A paragraph of a source is one table: `== name format kind`, then lines. `above` and `below` are lines around
the table, `head` rows of headings, `cols` the property of each column (`-` none, `amount:USD` a currency that
the heading gives), `outside` what stands above the table, `row` a row that is a claim, `skip` one that is none
(totals, blanks), `bad` one that must become a problem. A cell is its words; `#` begins a number and `@` a date
of a spreadsheet; after `~` stands what it means, where that is not the words themselves; `^` is the lower part
of the cell above. `fact` is a line of several cells above the table, `layout: transposed` a table whose headings
stand in its first column, `next: kind` begins a second table of the same file.

The PDF files of Cyrillic letters need a font of the machine; the rest is the same bytes on every run.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

HERE = Path(__file__).parent
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
EPOCH = (1980, 1, 1, 0, 0, 0)
NUMERIC = {"quantity", "amount", "share", "shares", "debit", "credit"}


@dataclass(frozen=True)
class Cell:
    """A cell: its words, what it means, and whether a spreadsheet holds it as a number or a date."""

    words: str
    meaning: str
    sort: str = "text"


@dataclass
class Spec:
    """One table of a source."""

    name: str
    format: str
    kind: str
    held_out: bool
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    head: list[list[str]] = field(default_factory=list)
    cols: list[str] = field(default_factory=list)
    outside: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    facts: list[list[str]] = field(default_factory=list)
    transposed: bool = False
    after: Spec | None = None

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max([*map(len, self.head), *(len(cells) for _, cells in self.rows)])


def cell(text: str) -> Cell:
    """Return a cell of a source."""
    words, _, meaning = text.partition("~")
    words = words.strip()
    sort = {"#": "number", "@": "date"}.get(words[:1], "text")
    words = words[1:] if sort != "text" else words
    return Cell(words, meaning.strip() or words, sort)


def specs(path: Path, *, held_out: bool) -> Iterator[Spec]:  # noqa: C901 - one branch a key
    """Yield the tables of a source."""
    for part in path.read_text("utf-8").split("\n== ")[1:]:
        first, *lines = part.splitlines()
        name, form, kind = first.split()
        spec = Spec(name, form, kind, held_out)
        first_table = spec
        for line in lines:
            key, _, rest = line.partition(":")
            cells = [one.strip() for one in rest.split("|")]
            if key == "next":
                spec.after = Spec(name, form, rest.strip(), held_out)
                spec = spec.after
            elif key == "layout":
                spec.transposed = rest.strip() == "transposed"
            elif key == "fact":
                spec.facts.append([one.partition("~")[0] for one in cells])
            if key in {"above", "below"}:
                getattr(spec, key).append(rest.strip())
            elif key == "head":
                spec.head.append(cells)
            elif key == "cols":
                spec.cols = cells
            elif key == "outside":
                spec.outside = {a.strip(): b.strip() for a, b in (one.split("=", 1) for one in cells)}
            elif key in {"row", "skip", "bad"}:
                spec.rows.append((key, [cell(one) for one in cells]))
        yield first_table


# -- what is true ------------------------------------------------------------------------------------------


def claim(spec: Spec, cells: list[Cell]) -> dict[str, Any]:
    """Return the claim of a row."""
    got: dict[str, Any] = {**spec.outside}
    for column, one in zip(spec.cols, cells, strict=False):
        name, _, currency = column.partition(":")
        if one.words:
            got[name] = one.meaning
            if currency:
                got["currency"] = currency
    if "given" in got:
        got["person"] = f"{got['person']} {got['given']}"
    roles = {
        "delivery": ("supplier", "recipient", "goods"), "payment": ("payer", "beneficiary"),
        "ownership": ("owner", "asset"), "contract": ("buyer", "supplier", "subject"),
    }.get(spec.kind, ("person", "organisation"))  # fmt: skip
    if "holder" in got:
        out = "debit" in got
        got["payer"], got["beneficiary"] = (
            (got["holder"], got["counterparty"]) if out else (got["counterparty"], got["holder"])
        )
        got["amount"] = got["debit"] if out else got["credit"]
    elif "counterparty" in got:
        out = "debit" in got
        got["beneficiary" if out else "payer"] = got["counterparty"]
        got["amount"] = got["debit"] if out else got["credit"]
    found: dict[str, Any] = {"kind": spec.kind, "roles": {role: got.get(role) for role in roles}}
    for name in ("amount", "quantity", "share"):
        found[name] = float(got[name]) if name in got else None
    currency = str(got.get("currency", "")).replace("RUR", "RUB")
    found["currency"] = currency if currency and found["amount"] is not None else None
    found["date"] = got.get("date") or got.get("start") or got.get("end")
    found["position"] = got.get("position")
    return found


def claims(spec: Spec) -> list[dict[str, Any]]:
    """Return the claims of a file's tables."""
    found = []
    above: list[Cell] = []
    for key, cells in spec.rows:
        above = [above[place] if one.words == "^" else one for place, one in enumerate(cells)]
        if key == "row" and spec.kind != "none":
            found.append(claim(spec, above))
    return found + (claims(spec.after) if spec.after is not None else [])


def truth(spec: Spec, name: str) -> dict[str, Any]:
    """Return what is true of a table."""
    return {
        "id": spec.name,
        "file": name,
        "held_out": spec.held_out,
        "kind": None if spec.kind == "none" else spec.kind,
        "header": [] if spec.transposed else spec.head,
        "columns": [None if one == "-" else one.partition(":")[0] for one in spec.cols],
        "claims": claims(spec),
        "problems": sum(key == "bad" for key, _ in spec.rows),
    }


# -- files -------------------------------------------------------------------------------------------------


def xlsx(spec: Spec) -> bytes:  # noqa: C901, PLR0912 - one branch a part of the sheet
    """Return a workbook with the lines and the table on one sheet."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime(2020, 1, 1)  # noqa: DTZ001 - the format has no zone
    sheet: Any = book.active
    sheet.title = "Sheet1"
    for line in spec.above:
        sheet.append([line])
    for row in spec.facts:
        sheet.append(row)
    if spec.above and len(spec.name) % 2:
        sheet.append([])
    if spec.transposed:
        for heading, *cells in zip(spec.head[0], *(cells for _, cells in spec.rows), strict=True):
            sheet.append([heading, *map(value, cells)])
    for number, row in enumerate([] if spec.transposed else spec.head):
        sheet.append([one or None for one in row])
        if number + 1 < len(spec.head):
            merge(sheet, row)
    for _, cells in [] if spec.transposed else spec.rows:
        sheet.append([value(one) for one in cells])
        for place, one in enumerate(cells, 1):
            if one.words == "^":
                first = next(at for at in range(sheet.max_row - 1, 0, -1) if sheet.cell(at, place).value)
                for area in list(sheet.merged_cells.ranges):
                    if area.min_row == first and area.min_col == place:
                        sheet.unmerge_cells(str(area))
                sheet.merge_cells(
                    start_row=first, end_row=sheet.max_row, start_column=place, end_column=place
                )
    for line in spec.below:
        sheet.append([line])
    raw = io.BytesIO()
    book.save(raw)
    return repacked(raw)


def merge(sheet: Any, row: list[str]) -> None:
    """Merge a heading with the empty cells after it, as a heading over several columns is."""
    start = 0
    for place in range(1, len(row) + 1):
        if place == len(row) or row[place]:
            if row[start] and place - start > 1:
                sheet.merge_cells(
                    start_row=sheet.max_row, end_row=sheet.max_row, start_column=start + 1, end_column=place
                )
            start = place


def value(one: Cell) -> object:
    """Return what a workbook holds in a cell."""
    if one.sort == "number":
        number = float(one.words)
        return int(number) if number.is_integer() else number
    if one.sort == "date":
        return date.fromisoformat(one.words)
    return None if one.words == "^" else one.words or None


def docx_file(spec: Spec) -> bytes:
    """Return a Word document with the lines as paragraphs."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = datetime(2020, 1, 1)  # noqa: DTZ001 - as above
    for line in spec.above:
        document.add_paragraph(line)
    grid = document.add_table(rows=0, cols=spec.width)
    for row in [*spec.head, *([one.words for one in cells] for _, cells in spec.rows)]:
        for place, words in zip(grid.add_row().cells, row, strict=False):
            place.text = words
    for line in spec.below:
        document.add_paragraph(line)
    raw = io.BytesIO()
    document.save(raw)
    return repacked(raw)


def repacked(raw: io.BytesIO) -> bytes:
    """Return a zip file without the times of its making."""
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kept:
        for item in sorted(given.namelist()):
            data = given.read(item)
            if item == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2020-01-01T00:00:00Z", data)
            kept.writestr(zipfile.ZipInfo(item, EPOCH), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def data_file(spec: Spec, delimiter: str) -> bytes:
    """Return delimiter-separated values."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([*spec.head, *([one.words for one in cells] for _, cells in spec.rows)])
    return out.getvalue().encode()


def page(spec: Spec) -> bytes:
    """Return a web page."""
    tag = "th" if len(spec.name) % 2 else "td"
    lines = ["<!DOCTYPE html>", '<html><head><meta charset="utf-8"><title></title></head><body>']
    lines += web_table(spec, tag)
    if spec.after is not None:
        lines += web_table(spec.after, tag)
    return "\n".join([*lines, "</body></html>", ""]).encode()


def web_table(spec: Spec, tag: str) -> Iterator[str]:
    """Yield the lines of a table and of what stands around it."""
    yield from (f"<p>{escape(line)}</p>" for line in spec.above)
    if spec.facts:
        yield "<table>"
        yield from (
            "<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>" for row in spec.facts
        )
        yield "</table>"
    yield "<table border=1>"
    if spec.transposed:
        for heading, *cells in zip(spec.head[0], *(cells for _, cells in spec.rows), strict=True):
            shown = "".join(f"<td>{escape(one.words)}</td>" for one in cells)
            yield f"<tr><th>{escape(heading)}</th>{shown}</tr>"
    else:
        for row in spec.head:
            shown = "".join(f"<{tag}{wide}>{escape(one)}</{tag}>" for one, wide in spread(row))
            yield f"<tr>{shown}</tr>"
        for number, (_, cells) in enumerate(spec.rows):
            shown = "".join(
                f"<td{tall(spec, number, place)}>{escape(one.words)}</td>"
                for place, one in enumerate(cells)
                if one.words != "^"
            )
            yield f"<tr>{shown}</tr>"
    yield "</table>"
    yield from (f"<p>{escape(line)}</p>" for line in spec.below)


def tall(spec: Spec, number: int, place: int) -> str:
    """Return the attribute of a cell that goes over the rows below it."""
    end = number + 1
    while end < len(spec.rows) and spec.rows[end][1][place].words == "^":
        end += 1
    return f' rowspan="{end - number}"' if end - number > 1 else ""


def spread(row: list[str]) -> Iterator[tuple[str, str]]:
    """Yield headings, those with empty ones after them spanning several columns."""
    place = 0
    while place < len(row):
        end = place + 1
        while row[place] and end < len(row) and not row[end]:
            end += 1
        yield row[place], f' colspan="{end - place}"' if end - place > 1 else ""
        place = end


def pdf(spec: Spec, size: tuple[float, float] = A4) -> bytes:
    """Return a page with a ruled table, or several where it is too long; each has the headings."""
    latin = all(ord(char) < 256 for char in json.dumps([*spec.head, [*spec.above]], ensure_ascii=False))
    name = "Helvetica"
    if not latin:
        name = "DejaVu"
        pdfmetrics.registerFont(TTFont(name, str(FONT)))
    style = ParagraphStyle("lines", fontName=name, fontSize=10, leading=14)
    rows = [*spec.head, *([one.words for one in cells] for _, cells in spec.rows)]
    grid = Table(
        rows,
        repeatRows=len(spec.head),
        style=TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), name, 8)]
        ),
    )
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=size, pageCompression=0, invariant=1)
    document.build(
        [
            *(Paragraph(escape(line), style) for line in spec.above),
            grid,
            *(Paragraph(escape(line), style) for line in spec.below),
        ]
    )
    return out.getvalue()


PARTS = (
    ("dev.txt", False), ("second.txt", False), ("heldout.txt", True), ("fresh.txt", False), ("fresh-heldout.txt", True),
)  # fmt: skip
SHORT = (A4[0], 320)  # a page that a dozen rows do not fit on
MAKERS = {
    "xlsx": ("xlsx", xlsx), "csv": ("csv", lambda spec: data_file(spec, ",")),
    "csv-semicolon": ("csv", lambda spec: data_file(spec, ";")), "html": ("html", page), "docx": ("docx", docx_file), "pdf": ("pdf", pdf),
    "pdf-pages": ("pdf", lambda spec: pdf(spec, SHORT)),
}  # fmt: skip


def main() -> None:
    """Write the files and what is true of them."""
    (HERE / "files").mkdir(exist_ok=True)
    lines = []
    for source, held_out in PARTS:
        for spec in specs(HERE / "sources" / source, held_out=held_out):
            suffix, maker = MAKERS[spec.format]
            name = f"{spec.name}.{suffix}"
            (HERE / "files" / name).write_bytes(maker(spec))
            lines.append(json.dumps(truth(spec, name), ensure_ascii=False))
    (HERE / "tables.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
