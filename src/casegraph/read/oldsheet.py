"""Workbooks of Excel 2 to 4, and binary ones that the usual parser does not open, through xlrd."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence

import xlrd
import xlrd.compdoc

from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw

BROKEN = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, OSError,
    ValueError, IndexError, TypeError, KeyError, AssertionError, AttributeError,
    struct.error, UnicodeError, OverflowError, RecursionError, NotImplementedError, ZeroDivisionError,
)  # fmt: skip
"""What xlrd raises on a broken workbook."""


class Workbook:
    """A workbook that xlrd opens; raises BROKEN."""

    def __init__(self, data: bytes) -> None:
        self._book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)
        self.names = [sheet.name or f"Sheet{number}" for number, sheet in enumerate(self._book.sheets(), 1)]
        self.hidden = {
            name
            for name, sheet in zip(self.names, self._book.sheets(), strict=True)
            if getattr(sheet, "visibility", 0)
        }

    def rows(self, name: str) -> Iterable[Sequence[Raw]]:
        """Return the rows of a sheet."""
        sheet = self._book.sheet_by_index(self.names.index(name))
        for number in range(sheet.nrows):
            yield [self._shown(cell) for cell in sheet.row(number)]

    def _shown(self, cell: xlrd.sheet.Cell) -> Raw:
        value = cell.value
        if cell.ctype == xlrd.XL_CELL_NUMBER:
            text = repr(int(value)) if value == int(value) and abs(value) < 1 << 53 else repr(value)
            return Raw(text, "number", text)
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                moment = xlrd.xldate_as_datetime(value, self._book.datemode)
            except BROKEN:
                return Raw(repr(value), "number", repr(value))
            text = moment.date().isoformat() if value == int(value) else moment.isoformat(sep=" ")
            return Raw(text, "date", text.replace(" ", "T"))
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return Raw(str(bool(value)).upper(), "boolean", str(bool(value)).lower())
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return Raw(xlrd.error_text_from_code.get(value, "#"), "error")
        return raw(str(value))


def opened(draft: Draft) -> Workbook | None:
    """Return the workbook, None where it cannot be opened; the draft holds the problem of an old one."""
    try:
        return Workbook(draft.original.data)
    except BROKEN as error:
        if "encrypt" in str(error).lower():
            draft.problem("encrypted", "the workbook is encrypted; a password is needed to open it")
        elif draft.media_type.endswith("biff"):
            draft.problem("damaged", f"the workbook cannot be opened ({type(error).__name__})")
        return None
