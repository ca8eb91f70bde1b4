"""Workbooks of Lotus 1-2-3 and Quattro Pro for DOS, and tables in DIF and SYLK."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode, is_text
from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.lotuscells import Cell, dif_cells, lotus_cells, sylk_cells
from casegraph.read.unread import name_type

_LOTUS = frozenset({"application/vnd.lotus-1-2-3", "application/x-quattro-pro"})
_TEXTS = {"application/x-dif": dif_cells, "application/x-sylk": sylk_cells}
_MOST_CELLS = 2_000_000
_TALLEST, _WIDEST = 100_000, 2_000  # rows and columns, beyond which no cell is believed


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    if media_type in _TEXTS:
        return media_type if is_text(original.data) else None
    return media_type if media_type in _LOTUS and original.data[:2] == b"\0\0" else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page and a table for each sheet; formulas by their stored values.

    Problems: `undecodable`, `rows-cut`, `no-text`.
    """
    draft = Draft(original, media_type, "lotus 1")
    if media_type in _LOTUS:
        found = list(islice(lotus_cells(original.data), _MOST_CELLS))
        words = [value for *_, value in found if isinstance(value, bytes)]
        decoded = decode(b"\n".join(words))
        draft.decoding(decoded)
        lines = iter(decoded.text.split("\n"))
        cells: list[Cell] = [
            (sheet, row, column, next(lines, "") if isinstance(value, bytes) else value)
            for sheet, row, column, value in found
        ]
    else:
        decoded = decode(original.data)
        draft.decoding(decoded)
        cells = list(islice(_TEXTS[media_type](decoded.text), _MOST_CELLS))
    _sheets(draft, cells)
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the workbook holds no cells that could be read")
    yield from draft.finish()


def _sheets(draft: Draft, cells: Iterable[Cell]) -> None:
    sheets: dict[int, dict[tuple[int, int], Raw]] = {}
    left_out = False
    for sheet, row, column, value in cells:
        if not (0 <= row < _TALLEST and 0 <= column < _WIDEST):
            left_out = True
            continue
        shown = raw(value) if isinstance(value, str) else _number(value)
        sheets.setdefault(sheet, {})[row, column] = shown
    for sheet in sorted(sheets):
        held = sheets[sheet]
        rows: list[list[Raw]] = [[] for _ in range(max(row for row, _ in held) + 1)]
        for (row, column), shown in sorted(held.items()):
            rows[row] += [Raw()] * (column - len(rows[row]))
            rows[row].append(shown)
        draft.page(tables(rows, name=f"Sheet {sheet + 1}" if len(sheets) > 1 else None))
    if left_out:
        draft.problem("rows-cut", "cells in impossible places were left out")


def _number(value: float) -> Raw:
    shown = f"{value:.15g}"
    return Raw(shown, "number", shown)


READER = Reader(
    name="lotus", version=1, media_types=(*sorted(_LOTUS), *_TEXTS), recognise=_recognise, read=read
)
