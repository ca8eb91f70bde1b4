"""SQLite and dBase: tables, types, code pages, and what must not run."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.endless import ends
from tests.read.made import read
from tests.read.test_delimited import cells, words

SCHEMA = """
CREATE TABLE "ship ""A"" x" (name TEXT, crates INTEGER, weight REAL, photo BLOB, note TEXT);
CREATE TABLE empty (a, b);
CREATE TABLE log (line TEXT);
CREATE TRIGGER t AFTER INSERT ON log BEGIN INSERT INTO log VALUES ('trigger'); END;
CREATE VIEW heavy AS SELECT name, upper(name) AS big FROM "ship ""A"" x" WHERE crates > 5;
"""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(90)


def database(path: Path, more: str = "") -> bytes:
    base = sqlite3.connect(path / "x.db")
    base.executescript(SCHEMA)
    rows = [("Harrow", 7, 1.5, PNG, None), ("Орлан", 3, None, b"\0\1", "港口")]
    base.executemany('INSERT INTO "ship ""A"" x" VALUES (?, ?, ?, ?, ?)', rows)
    base.executescript(more)
    base.commit()
    base.close()
    return (path / "x.db").read_bytes()


def test_each_table_is_a_table(tmp_path: Path) -> None:
    result = read(database(tmp_path), "x.db")
    assert result.codes == []
    assert [table.name for table in result.tables] == ["empty", "log", 'ship "A" x', "heavy"]
    assert words(result)[2:5] == [
        ["name", "crates", "weight", "photo", "note"],
        ["Harrow", "7", "1.5", "(98 bytes)"],
        ["Орлан", "3", "(2 bytes)", "港口"],
    ]
    assert cells(result)[3][1] == ("7", "number", "7")
    assert words(result)[-1] == ["Harrow", "HARROW"]
    assert [one.data for one in result.held] == [PNG]
    assert result.document.metadata["view"] == ("heavy",)


def test_a_view_that_never_ends_or_reaches_out_is_left(tmp_path: Path) -> None:
    endless = (
        "CREATE VIEW aa AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
        "SELECT sum(x) FROM c;"
        "CREATE VIEW bb AS SELECT load_extension('x') AS y;"
        "CREATE VIEW cc AS SELECT zeroblob(1000000000) AS z;"
    )
    with ends():
        result = read(database(tmp_path, endless), "x.db")
    assert set(result.codes) == {"rows-cut", "damaged-part"}
    assert "Harrow" in result.text


@pytest.mark.parametrize("size", [20, 100, 5_000, 9_000])
def test_a_database_cut_short(tmp_path: Path, size: int) -> None:
    codes = read(database(tmp_path)[:size], "x.db").codes
    assert codes
    assert set(codes) <= {"damaged", "damaged-part", "no-text"}


def dbf(
    rows: Sequence[tuple[bytes, ...]], *, page: int = 0x65, memo: bool = False, version: int = 3
) -> bytes:
    """Return a table of a name, a number, a day, a truth and perhaps a memo."""
    fields = [(b"NAME", b"C", 12), (b"CRATES", b"N", 6), (b"DAY", b"D", 8), (b"PAID", b"L", 1)]
    fields += [(b"NOTE", b"M", 10)] if memo else []
    size = 1 + sum(length for _, _, length in fields)
    head = struct.pack("<4BIHH", version, 124, 3, 5, len(rows), 33 + 32 * len(fields), size)
    data = head + bytes(17) + bytes([page]) + bytes(2)
    for name, kind, length in fields:
        data += name.ljust(11, b"\0") + kind + bytes(4) + bytes([length, 0]) + bytes(14)
    data += b"\r"
    for row in rows:
        flag, *values = row
        data += flag + b"".join(one.ljust(length) for one, (_, _, length) in zip(values, fields, strict=True))
    return data + b"\x1a"


ROWS = [
    (b" ", "Орлан".encode("cp866"), b"    12", b"20240305", b"T"),
    (b"*", b"Harrow", b"  7.50", b"", b"?"),
]


def test_a_table_in_the_code_page_that_it_names() -> None:
    result = read(dbf(ROWS), "x.dbf")
    assert result.codes == ["deleted-rows"]
    assert result.document.media_type == "application/x-dbf"
    assert cells(result) == [
        [(name, "text", None) for name in ("NAME", "CRATES", "DAY", "PAID")],
        [
            ("Орлан", "text", None),
            ("12", "number", "12"),
            ("2024-03-05", "date", "2024-03-05"),
            ("T", "boolean", "true"),
        ],
        [("Harrow", "text", None), ("7.50", "number", "7.50")],
    ]


def test_a_table_that_names_no_code_page() -> None:
    rows = [(b" ", "Порт Вельд".encode("cp1251"), b"1", b"", b"")] * 3
    assert "Порт Вельд" in read(dbf(rows, page=0), "x.dbf").text


def test_a_memo_that_is_elsewhere() -> None:
    rows = [(b" ", b"Harrow", b"1", b"", b"", b"         1")]
    assert read(dbf(rows, memo=True, version=0x83), "x.dbf").codes == ["memo-absent"]


def test_a_table_cut_short_or_no_table() -> None:
    assert read(dbf(ROWS * 9)[:-200], "x.dbf").codes == ["truncated", "deleted-rows"]
    assert read(dbf([]), "x.dbf").codes == []
    assert read(dbf(ROWS)[:40], "x.dbf").codes == ["unread-type"]
    assert read(b"\x03" + bytes(200), "x.dbf").codes == ["unread-type"]
