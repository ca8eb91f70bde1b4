"""Access databases, written here page by page as their format has it (Jet 4)."""

from __future__ import annotations

import struct
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegraph.read.jetfile import Database, Table, _rc4
from tests.read.made import read
from tests.read.test_delimited import words

PAGE = 4096
BOOLEAN, LONG, MONEY, DOUBLE, DATE, TEXT, MEMO = 1, 4, 5, 7, 8, 10, 12
SIZES = {BOOLEAN: 1, LONG: 4, MONEY: 8, DOUBLE: 8, DATE: 8}


def data_page(owner: int, rows: list[bytes], flags: tuple[int, ...] = ()) -> bytes:
    """Return a page with rows, which are laid down from its end."""
    page = bytearray(PAGE)
    page[:2] = b"\1\1"
    struct.pack_into("<I", page, 4, owner)
    struct.pack_into("<H", page, 12, len(rows))
    end = PAGE
    for number, row in enumerate(rows):
        end -= len(row)
        page[end : end + len(row)] = row
        struct.pack_into("<H", page, 14 + 2 * number, end | (flags[number] if flags else 0))
    return bytes(page)


def definition(columns: list[tuple[str, int]], usage: int, rows: int) -> bytes:
    """Return the page that defines a table without indices."""
    page = bytearray(63)
    page[:2] = b"\2\1"
    struct.pack_into("<I", page, 16, rows)
    variable = sum(kind not in SIZES for _, kind in columns)
    struct.pack_into("<HHIII", page, 43, variable, len(columns), 0, 0, usage)
    place = wide = 0
    for number, (_, kind) in enumerate(columns):
        column = bytearray(25)
        column[0] = kind
        struct.pack_into("<HH", column, 5, number, wide)
        column[15] = 3 if kind in SIZES else 2
        struct.pack_into("<HH", column, 21, place, SIZES.get(kind, 100))
        place += SIZES.get(kind, 0) if kind != BOOLEAN else 0
        wide += kind not in SIZES
        page += column
    for name, _ in columns:
        raw = name.encode("utf-16-le")
        page += struct.pack("<H", len(raw)) + raw
    return bytes(page).ljust(PAGE, b"\0")


def row(columns: list[tuple[str, int]], values: list[object]) -> bytes:
    """Return a row: values of fixed size, the others, where those begin from the last on, a bit for each."""
    fixed, variable, mask = b"", [], 0
    for number, ((_, kind), value) in enumerate(zip(columns, values, strict=True)):
        mask |= (value is not None and value is not False) << number
        if kind == BOOLEAN:
            continue
        if kind in SIZES:
            fixed += value if isinstance(value, bytes) else bytes(SIZES[kind])
        else:
            variable.append(value if isinstance(value, bytes) else b"")
    made = struct.pack("<H", len(columns)) + fixed
    places = []
    for part in variable:
        places.append(len(made))
        made += part
    end = len(made)
    made += b"".join(struct.pack("<H", place) for place in reversed([*places, end]))
    return made + struct.pack("<H", len(variable)) + mask.to_bytes((len(columns) + 7) // 8, "little")


def usage(*pages: int) -> bytes:
    bits = bytearray(8)
    for page in pages:
        bits[page // 8] |= 1 << page % 8
    return struct.pack("<BI", 0, 0) + bytes(bits)


def packed(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("latin-1")


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


OBJECTS = [("Id", LONG), ("Name", TEXT), ("Type", LONG), ("Flags", LONG)]
SHIPS = [("Ship", TEXT), ("Crates", LONG), ("Paid", BOOLEAN), ("Sum", MONEY), ("Day", DATE), ("Note", MEMO)]
DAY = struct.pack("<d", (datetime(2024, 3, 5) - datetime(1899, 12, 30)).days)  # noqa: DTZ001 - dates of Access have no zone
LONG_NOTE = "Seven cranes for the port of Veld. " * 200


def number(value: int) -> bytes:
    return struct.pack("<i", value)


def database(*, key: bytes = bytes(4), version: int = 1) -> bytes:
    """Return a database with a table of ships and a system table."""
    head = bytearray(PAGE)
    head[:20] = b"\0\1\0\0Standard " + (b"Jet DB\0" if version == 1 else b"ACE DB\0")
    head[0x14] = version
    plain = bytearray(128)
    plain[0x3E - 0x18 : 0x42 - 0x18] = key
    head[0x18 : 0x18 + 128] = _rc4(b"\xc7\xda\x39\x6b", bytes(plain))
    text = packed(LONG_NOTE[:3_000]) + LONG_NOTE[3_000:].encode("latin-1")
    chain = [struct.pack("<I", 8 << 8) + text[:4_000], bytes(4) + text[4_000:]]
    inline = packed("by broker")
    notes = (
        struct.pack("<III", len(inline) | 0x80000000, 0, 0) + inline,
        struct.pack("<III", len(text), 7 << 8, 0),
        struct.pack("<III", 8 | 0x40000000, 7 << 8 | 1, 0),
    )
    system = -0x80000000
    listed = [
        row(OBJECTS, [number(5), wide("Ships"), number(1), number(0)]),
        row(OBJECTS, [number(2), wide("MSysObjects"), number(1), number(system)]),
        row(OBJECTS, [number(9), wide("Query1"), number(5), number(0)]),
    ]
    money = struct.pack("<q", 12_345_000)
    ships = [
        row(SHIPS, [packed("Harrow"), number(7), True, money, DAY, notes[0]]),
        row(SHIPS, [packed("gone"), number(1), True, money, DAY, None]),
        row(SHIPS, [wide("Орлан"), number(-2), False, None, DAY, notes[1]]),
        row(SHIPS, [b"\xff\xfeA\0" + wide("Я") + b"\0b", None, False, None, None, notes[2]]),
    ]
    pages = [
        bytes(head),
        bytes(PAGE),
        definition(OBJECTS, 4 << 8, 3),
        data_page(2, listed),
        data_page(0, [usage(3), usage(6)]),
        definition(SHIPS, 4 << 8 | 1, 3),
        data_page(5, ships, (0, 0x4000, 0, 0)),
        data_page(0x4C41564C, [chain[0], wide("late")]),
        data_page(0x4C41564C, [chain[1]]),
    ]
    if any(key):
        for place in range(1, len(pages)):
            own = bytes(a ^ b for a, b in zip(key, struct.pack("<I", place), strict=True))
            pages[place] = _rc4(own, pages[place])
    return b"".join(pages)


@pytest.mark.parametrize("key", [bytes(4), b"\x11\x22\x33\x44"])
@pytest.mark.parametrize("name", ["x.mdb", "x.accdb"])
def test_tables_of_a_database(key: bytes, name: str) -> None:
    made = database(key=key) if name == "x.mdb" else database(version=2)
    result = read(made, name)
    assert result.codes == []
    assert result.document.metadata["table"] == ("Ships",)
    assert words(result) == [
        ["Ship", "Crates", "Paid", "Sum", "Day", "Note"],
        ["Harrow", "7", "true", "1234.5000", "2024-03-05", "by broker"],
        ["Орлан", "-2", "false", "2024-03-05", LONG_NOTE.strip()],
        ["AЯb", "false", "late"],
    ]
    (table,) = result.tables
    assert table.name == "Ships"
    assert [cell.value for cell in table.cells if cell.kind == "number"] == ["7", "1234.5000", "-2"]


def test_a_broken_usage_map_costs_nothing() -> None:
    made = bytearray(database())
    struct.pack_into("<I", made, 5 * PAGE + 55, 0)
    assert "Harrow" in read(bytes(made), "x.mdb").text


def test_databases_that_are_encrypted_or_broken() -> None:
    made = database(version=2)
    sealed = made[: 2 * PAGE] + b"\xaa" * PAGE + made[3 * PAGE :]
    assert read(sealed, "x.accdb").codes == ["encrypted"]
    assert read(database()[:300], "x.mdb").codes == ["damaged"]
    assert read(database()[: 5 * PAGE], "x.mdb").codes == ["damaged-part"]


@given(st.lists(st.tuples(st.integers(0, 9 * PAGE - 1), st.integers(0, 255)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_wrong_bytes_are_no_crash(edits: list[tuple[int, int]]) -> None:
    made = bytearray(database())
    for place, value in edits:
        made[place] = value
    try:
        base = Database(bytes(made))
        for _, page in list(base.tables())[:20]:
            list(Table(base, page).rows())
    except (ValueError, struct.error):
        pass
