"""Spreadsheets (XLS, XLSX, XLSB, ODS): each sheet a page and a table. Formulas are never run."""

from __future__ import annotations

import datetime as dt
import io

import python_calamine as calamine

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.limits import HARMLESS_OUTPUT, MAX_CHARACTERS
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type, unpacks_to

_OOXML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_XLS = "application/vnd.ms-excel"

Value = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in {_OOXML, _XLS, _ODS} else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page a sheet (a long one goes on to further pages) with its tables."""
    draft = Draft(original, media_type, "sheet 1")
    if media_type != _XLS and unpacks_to(original.data) > HARMLESS_OUTPUT:
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
        pieces = list(tables((list(map(_shown, row)) for row in rows), name=name))
        size += sum(len(piece.text) for piece in pieces)
        for number, piece in enumerate(pieces):
            draft.page([Piece(clean(name), "heading"), piece] if number == 0 else [piece])
    yield from draft.finish()


def _shown(  # noqa: PLR0911 - one line a type
    value: Value,
) -> Raw:
    """Return a cell with its typed value: ISO 8601, or a number with a point."""
    match value:
        case None | "":
            return Raw()
        case bool():
            return Raw(str(value).upper(), "boolean", str(value).lower())
        case int() | float():
            number = repr(int(value)) if float(value).is_integer() and abs(value) < 1 << 53 else repr(value)
            return Raw(number, "number", number)
        case dt.datetime():
            midnight = value.time() == dt.time()
            text = value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
            return Raw(text, "date", text.replace(" ", "T"))
        case dt.date():
            return Raw(value.isoformat(), "date", value.isoformat())
        case dt.time() | dt.timedelta():
            return Raw(str(value))
    cell = raw(str(value))
    error = cell.text.startswith("#") and cell.text.endswith(("!", "?", "A"))
    return Raw(cell.text, "error") if error else cell


READER = Reader(name="sheet", version=1, media_types=(_OOXML, _XLS, _ODS), recognise=_recognise, read=read)
