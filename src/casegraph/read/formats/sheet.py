"""Spreadsheets (XLS, XLSX, XLSM, XLSB, ODS): each sheet a page and a table. Nothing in them is ever run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Protocol

import python_calamine as calamine

from casegraph.model import Original
from casegraph.read import biff, oldsheet
from casegraph.read.base import Reader, Reading
from casegraph.read.biffcells import Salvaged
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.embedded import has_macros, hold_blips, hold_objects, hold_parts
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.limits import HARMLESS_OUTPUT, MAX_CHARACTERS
from casegraph.read.package import Package, directory_of_another
from casegraph.read.pieces import Piece
from casegraph.read.sectors import book_place, chains_end
from casegraph.read.sheetparts import BinarySheets, PackedSheets
from casegraph.read.unread import name_type, unpacks_to

_OOXML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_TEMPLATE = f"{_ODS}-template"
_XLS = "application/vnd.ms-excel"
_OLD = "application/vnd.ms-excel.biff"  # versions 2 to 4: one sheet, no compound file
_TYPES = (_OOXML, _XLS, _OLD, _ODS, _ODS_TEMPLATE)

Value = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _TYPES else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page a sheet, a long one several: its table, then what stands beside its cells.

    Problems: `encrypted`, `damaged`, `damaged-part`, `bomb`, `cut`, `macros-not-run`, `formula-payload`,
    `attachment-unread`, `no-text`.
    """
    draft = Draft(original, media_type, "sheet 2")
    if media_type not in {_XLS, _OLD} and unpacks_to(original.data) > HARMLESS_OUTPUT:
        draft.problem(
            "bomb", f"the workbook unpacks to more than {HARMLESS_OUTPUT >> 20} MiB; it was not opened"
        )
        yield from draft.finish()
        return
    packed = original.data.startswith(b"PK")
    _sheets(draft, PackedSheets(draft) if packed else BinarySheets(draft))
    if has_macros(original.data) or b"xl/macrosheets/" in original.data:
        draft.value("macros", "yes")
        draft.problem("macros-not-run", "the workbook holds macros; they were neither run nor read")
    if packed:
        hold_parts(draft, Package(original.data), "xl")
    else:
        if unread := hold_objects(draft, original.data):
            draft.problem("attachment-unread", f"{unread} embedded documents could not be taken out")
        hold_blips(draft, biff.drawings(biff.stream_of(original.data)))
    yield from draft.finish()


class _Workbook(Protocol):
    """The sheets of a workbook: their names, and rows of typed cells."""

    names: list[str]
    hidden: set[str]

    def rows(self, name: str) -> Iterable[Sequence[Raw]]:
        """Return the rows of a sheet."""


def _opened(draft: Draft) -> _Workbook | None:
    if draft.media_type == _OLD:
        return oldsheet.opened(draft)
    found: _Workbook | None
    if draft.media_type == _XLS and not chains_end(draft.original.data):
        found = oldsheet.opened(draft) or _mended(draft.original.data)
        draft.problem(
            "damaged-part" if found else "damaged",
            "the workbook's table of sectors is broken or runs in a circle",
        )
        return found
    if directory_of_another(draft.original.data):
        draft.problem("damaged", "the workbook was cut off; what could be saved was read")
        return _mended(draft.original.data)
    try:
        return _Calamine(draft.original.data)
    except calamine.PasswordError:
        draft.problem("encrypted", "the workbook is encrypted; a password is needed to open it")
        return None
    except BaseException as error:
        if not _is_damage(error):
            raise
        old = draft.media_type == _XLS
        found = (oldsheet.opened(draft) if old else None) or _mended(draft.original.data)
        if not isinstance(found, oldsheet.Workbook):
            draft.problem("damaged", f"the workbook cannot be opened ({type(error).__name__})")
        return found


def _mended(data: bytes) -> _Workbook | None:
    """Return the workbook of what could be saved of a broken package or compound file."""
    if data.startswith(b"PK"):
        mended = Package(data).mended()
        try:
            return _Calamine(mended) if mended else None
        except BaseException as error:
            if not _is_damage(error):
                raise
            return None
    place = book_place(data)
    for stream in (biff.stream_of(data), data[place:] if place > 0 else b""):
        if (found := Salvaged(stream)).filled:
            return found
    return None


def _is_damage(error: BaseException) -> bool:
    """Tell whether an error is of a broken workbook; a panic of the Rust library is no Exception."""
    known = isinstance(error, (calamine.CalamineError, *oldsheet.BROKEN))
    return known or type(error).__name__ == "PanicException"


class _Calamine:
    """A workbook that calamine opens; raises what it raises."""

    def __init__(self, data: bytes) -> None:
        self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.names = list(self._book.sheet_names)
        self.hidden = {
            one.name for one in self._book.sheets_metadata if one.visible != calamine.SheetVisibleEnum.Visible
        }

    def rows(self, name: str) -> Iterable[Sequence[Raw]]:
        """Return the rows of a sheet."""
        for row in self._book.get_sheet_by_name(name).to_python(skip_empty_area=False):
            yield list(map(_shown, row))


def _pieces(book: _Workbook, name: str) -> list[Piece] | None:
    """Return a sheet's cells as pieces, None where it is broken."""
    try:
        return list(tables(book.rows(name), name=name))
    except BaseException as error:
        if not _is_damage(error):
            raise
        return None


def _sheets(draft: Draft, parts: PackedSheets | BinarySheets) -> None:
    book = _opened(draft)
    mended: _Workbook | None = None
    size = 0
    for number, name in enumerate(book.names if book else ()):
        if size > MAX_CHARACTERS or book is None:
            draft.cut()
            break
        draft.value("sheet", name)
        if name in book.hidden:
            draft.value("hidden_sheet", name)
        pieces = _pieces(book, name)
        if pieces is None:
            draft.problem("damaged-part", "a sheet of the workbook is broken; it was read as far as it goes")
            mended = mended or _mended(draft.original.data)
            pieces = (_pieces(mended, name) if mended is not None and name in mended.names else None) or []
        other = [piece for piece in parts.beside(number, name) if piece.text]
        size += sum(len(piece.text) for piece in (*pieces, *other))
        pages = [[piece] for piece in pieces] or ([[]] if other else [])
        for piece in other:
            pages[-1].append(piece)
        for place, page in enumerate(pages):
            draft.page([Piece(clean(name), "heading"), *page] if place == 0 else page)
    parts.tell()
    if not draft.filled and book is not None:
        draft.problem("no-text", "the workbook has no words in its cells, nor beside them")


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


READER = Reader(name="sheet", version=2, media_types=_TYPES, recognise=_recognise, read=read)
