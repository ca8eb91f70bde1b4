from __future__ import annotations

import struct

import pytest

from casegraph.read.biffcells import Salvaged
from tests.read.compound import compound
from tests.read.made import read
from tests.read.test_sheet import record


def cell(kind: int, row: int, column: int, body: bytes) -> bytes:
    return record(kind, struct.pack("<HHH", row, column, 0) + body)


def strings(*texts: str, cut: int = 0) -> bytes:
    """Return the shared strings of a workbook; `cut` bytes into the last one a further record begins."""
    body = struct.pack("<II", len(texts), len(texts))
    for text in texts[:-1]:
        body += struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    last = texts[-1].encode("utf-16-le")
    head = body + struct.pack("<HBH", len(texts[-1]), 9, 1)  # with a run of letters of another font
    if not cut:
        return record(0xFC, head + last + bytes(4))
    rest = texts[-1][cut:].encode("latin-1")
    return record(0xFC, head + last[: 2 * cut]) + record(0x3C, b"\0" + rest + bytes(4))


def stream(cut: int = 0, *, broken: bytes = b"") -> bytes:
    sheet = (
        cell(0xFD, 0, 0, struct.pack("<I", 0)), cell(0xFD, 0, 1, struct.pack("<I", 1)),
        cell(0x204, 1, 0, struct.pack("<HB", 5, 0) + b"crane"), broken,
        cell(0x27E, 1, 1, struct.pack("<i", 7 << 2 | 2)),
        cell(0xBD, 2, 0, struct.pack("<iHi", 1250 << 2 | 3, 0, 9 << 2 | 2) + b"\1\0"),
        cell(0x06, 3, 0, struct.pack("<d", 0.5) + bytes(8)),
        cell(0x06, 3, 1, b"\0" + bytes(5) + b"\xff\xff" + bytes(8)),
        record(0x207, struct.pack("<HB", 4, 1) + "порт".encode("utf-16-le")),
        cell(0x203, 4, 1, struct.pack("<d", float("nan"))),
    )  # fmt: skip
    return b"".join(
        (
            record(0x809, b"\0\6\5\0" + bytes(12)), record(0x85, bytes(6) + b"\5\0Cargo"),
            strings("Goods", "Pieces of cargo", cut=cut), record(10, b""),
            record(0x809, b"\0\6\x10\0" + bytes(12)), *sheet, record(10, b""),
        )
    )  # fmt: skip


def texts(book: Salvaged) -> list[list[str]]:
    return [[one.text for one in row] for row in book.rows("Cargo")]


ROWS = [["Goods", "Pieces of cargo"], ["crane", "7"], ["12.5", "9"], ["0.5", "порт"]]


@pytest.mark.parametrize("cut", [0, 6])
def test_cells_of_all_kinds(cut: int) -> None:
    book = Salvaged(stream(cut))
    assert book.names == ["Cargo"]
    assert texts(book) == ROWS


def test_a_broken_record_costs_itself() -> None:
    assert texts(Salvaged(stream(broken=b"\xfd\0\xff\x7f" + b"\xaa" * 9)))[2:] == ROWS[2:]


def test_a_stream_that_was_cut_off() -> None:
    whole = stream()
    cut = Salvaged(whole[: whole.index(struct.pack("<i", 7 << 2 | 2)) + 4])
    assert texts(cut) == ROWS[:2]
    assert not any(Salvaged(whole[:part]).filled for part in range(0, 120, 7))


def test_a_workbook_whose_table_of_sectors_is_broken() -> None:
    whole = bytearray(compound({"Workbook": stream() + bytes(5_000)}))
    whole[0x4C:0x54] = b"\x77" * 8
    result = read(bytes(whole), "x.xls")
    assert result.codes == ["damaged-part"]
    assert "crane\t7" in result.text
