"""Spreadsheets (XLS, XLSX, XLSB, ODS): each sheet a page and a table. Formulas are never run."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import python_calamine as calamine

from casegraph.model import Cell, CellKind, Original, Table
from casegraph.read.base import Reader, Reading
from casegraph.read.cleaning import clean, fold_spaces
from casegraph.read.draft import Draft
from casegraph.read.limits import HARMLESS_OUTPUT, MAX_CHARACTERS, MAX_PAGE
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type

_OOXML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_XLS = "application/vnd.ms-excel"
_HEAD = 200
_LONGEST_CELL = 10_000  # characters kept of one cell
_WIDEST = 2_000  # columns kept of one sheet

Value = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


def _recognise(original: Original) -> str | None:
    if b"mimetype" + _ODS.encode() in original.data[:_HEAD]:
        return _ODS
    media_type = name_type(original)
    return media_type if media_type in {_OOXML, _XLS} else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page a sheet (a long one goes on to further pages) with its tables."""
    draft = Draft(original, media_type, "sheet 1")
    if media_type != _XLS and _unpacks_to(original.data) > HARMLESS_OUTPUT:
        draft.problem(
            "bomb", f"the workbook unpacks to more than {HARMLESS_OUTPUT >> 20} MiB; it was not opened"
        )
        yield from draft.finish()
        return
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(original.data))
        names = list(workbook.sheet_names)
        hidden = {
            one.name for one in workbook.sheets_metadata if one.visible != calamine.SheetVisibleEnum.Visible
        }
    except calamine.PasswordError:
        draft.problem("encrypted", "the workbook is encrypted; a password is needed to open it")
        names, hidden, workbook = [], set(), None
    except (calamine.CalamineError, OSError, ValueError) as error:
        draft.problem("damaged", f"the workbook cannot be opened ({type(error).__name__})")
        names, hidden, workbook = [], set(), None
    size = 0
    for name in names:
        if size > MAX_CHARACTERS:
            draft.cut()
            break
        try:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) if workbook else []
        except (calamine.CalamineError, OSError, ValueError) as error:
            draft.problem("damaged-part", f"a sheet of the workbook cannot be read ({type(error).__name__})")
            continue
        draft.value("sheet", name)
        if name in hidden:
            draft.value("hidden_sheet", name)
        pieces = list(_parts(name, rows))
        size += sum(len(piece.text) for piece in pieces)
        for number, piece in enumerate(pieces):
            draft.page([Piece(clean(name), "heading"), piece] if number == 0 else [piece])
    yield from draft.finish()


def _unpacks_to(data: bytes) -> int:
    try:
        return sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0


@dataclass(slots=True)
class _Part:
    """Rows of one sheet that go on one page."""

    first: int  # number of the first row in the sheet, from 1
    lines: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    size: int = 0
    width: int = 0

    def add(self, row: Sequence[Value]) -> None:
        """Add a row: its cells' words divided by tabs."""
        words: list[str] = []
        place = self.size + (1 if self.lines else 0)
        for column, value in enumerate(row):
            text, kind, typed = _shown(value)
            words.append(text)
            if text:
                self.cells.append(
                    Cell(
                        row=len(self.lines), column=column, start=place, end=place + len(text),
                        kind=kind, value=typed,
                    )
                )  # fmt: skip
            place += len(text) + 1
        self.lines.append("\t".join(words))
        self.size = place - 1 if row else self.size + 1
        self.width = max(self.width, len(row))

    def piece(self, name: str) -> Piece:
        """Return the rows as a piece; trailing blanks stay, for offsets count them."""
        text = "\n".join(self.lines)
        table = Table(
            id="", document="", page=1, number=1, start=0, end=len(text), rows=len(self.lines),
            columns=self.width, name=name, first_row=self.first, cells=tuple(self.cells),
        )  # fmt: skip
        return Piece(text, "table", table)


def _parts(name: str, rows: Sequence[Sequence[Value]]) -> Iterator[Piece]:
    """Yield the rows that hold anything, as many on a page as fit."""
    part: _Part | None = None
    for number, row in enumerate(rows, 1):
        kept = _trimmed(row)
        if not kept and part is None:
            continue  # blank rows above
        long = sum(min(len(str(value)), _LONGEST_CELL) + 1 for value in kept)
        if part is not None and part.size + long > MAX_PAGE - _LONGEST_CELL:
            yield part.piece(name)
            part = None
        part = part or _Part(number)
        part.add(kept)
    if part is not None and part.cells:
        yield part.piece(name)


def _trimmed(row: Sequence[Value]) -> Sequence[Value]:
    last = max((place for place, value in enumerate(row[:_WIDEST], 1) if value not in ("", None)), default=0)
    return row[:last]


def _shown(  # noqa: PLR0911 - one line a type
    value: Value,
) -> tuple[str, CellKind, str | None]:
    """Return a cell's words, its kind and its typed value: ISO 8601, or a number with a point."""
    match value:
        case None | "":
            return "", "text", None
        case bool():
            return str(value).upper(), "boolean", str(value).lower()
        case int() | float():
            number = repr(int(value)) if float(value).is_integer() and abs(value) < 1 << 53 else repr(value)
            return number, "number", number
        case dt.datetime():
            midnight = value.time() == dt.time()
            text = value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
            return text, "date", text.replace(" ", "T")
        case dt.date():
            return value.isoformat(), "date", value.isoformat()
        case dt.time() | dt.timedelta():
            return str(value), "text", None
    text = fold_spaces(clean(str(value)).replace("\t", " "))[:_LONGEST_CELL]
    return (
        (text, "error", None)
        if text.startswith("#") and text.endswith(("!", "?", "A"))
        else (text, "text", None)
    )


READER = Reader(name="sheet", version=1, media_types=(_OOXML, _XLS, _ODS), recognise=_recognise, read=read)
