"""Shortcuts, marks of open files, certificates, fonts, BitTorrent lists, subtitles, old workbooks."""

from __future__ import annotations

import struct

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given, settings
from hypothesis import strategies as st

from casegraph.read.bencode import decoded
from casegraph.read.lotuscells import dif_cells, lotus_cells, sylk_cells
from tests.read.made import read
from tests.read.test_delimited import words
from tests.read.test_outlook import TICKS
from tests.read.test_wrapped import identity


def shortcut(*, wide: bool = True, path: bytes = b"C:\\Orlan\\list.xlsx") -> bytes:
    flags = 0x1 | 0x2 | 0x8 | 0x20 | (0x80 if wide else 0)
    head = b"L\0\0\0\1\x14\2\0\0\0\0\0\xc0\0\0\0\0\0\0F" + struct.pack("<II", flags, 0x20)
    head += struct.pack("<QQQI", TICKS, TICKS, TICKS, 7_000) + bytes(20)
    volume = struct.pack("<IIII", 21, 3, 0x1234ABCD, 16) + b"DATA\0"
    local = 28 + len(volume)
    info = struct.pack("<7I", local + len(path) + 2, 28, 1, 28, local, 0, local + len(path) + 1)
    info += volume + path + b"\0\0"
    strings = b""
    for text in ("..\\list.xlsx", "/open Краны" if wide else "/open"):
        strings += struct.pack("<H", len(text)) + text.encode("utf-16-le" if wide else "cp1251")
    tracker = struct.pack("<IIII", 0x60, 0xA0000003, 0x58, 0) + b"veld-desk7".ljust(16, b"\0") + bytes(58)
    tracker += bytes.fromhex("0011223344ff")
    return head + struct.pack("<H", 4) + bytes(4) + info + strings + tracker + bytes(4)


@pytest.mark.parametrize("wide", [True, False])
def test_a_shortcut(*, wide: bool) -> None:
    result = read(shortcut(wide=wide), "x.lnk")
    assert result.codes == []
    told = result.document.metadata
    assert told["target"] == ("C:\\Orlan\\list.xlsx",)
    assert told["computer"] == ("veld-desk7",)
    assert told["network_card"] == ("00:11:22:33:44:FF",)
    assert (told["disk"], told["disk_serial"], told["disk_label"]) == (("fixed",), ("1234-ABCD",), ("DATA",))
    assert told["target_created"] == ("2023-10-04T09:30:00Z",)
    assert told["arguments"] == ("/open Краны" if wide else "/open",)
    assert "target: C:\\Orlan\\list.xlsx" in result.text
    assert result.prose == []
    assert read(shortcut()[:60], "x.lnk").codes == ["damaged"]


def test_the_mark_of_an_open_file() -> None:
    for size, place in ((162, 54), (165, 55)):
        data = bytes([9]) + b"Anna Kern" + b" " * (place - 10)
        data += struct.pack("<H", 9) + "Anna Kern".encode("utf-16-le")
        result = read(data.ljust(size, b"\0"), "~$list.docx")
        assert result.document.media_type == "application/x-ms-owner"
        assert result.text == "opened_by: Anna Kern"


def test_a_certificate() -> None:
    certificate, _ = identity()
    for coding in (serialization.Encoding.DER, serialization.Encoding.PEM):
        result = read(certificate.public_bytes(coding), "x.crt")
        assert result.codes == []
        assert result.document.metadata["subject"] == ("CN=Anna Kern",)
        assert result.document.metadata["valid_from"] == ("2024-01-01T00:00:00+00:00",)
    assert read(certificate.public_bytes(serialization.Encoding.DER)[:-30], "x.crt").codes == ["damaged"]


def font(names: dict[int, str]) -> bytes:
    rows, body = b"", b""
    for name, text in names.items():
        data = text.encode("utf-16-be")
        rows += struct.pack(">6H", 3, 1, 0x409, name, len(data), len(body))
        body += data
    table = struct.pack(">HHH", 0, len(names), 6 + len(rows)) + rows + body
    head = b"\0\1\0\0" + struct.pack(">HHHH", 1, 16, 0, 0)
    return head + struct.pack(">4sIII", b"name", 0, 28, len(table)) + table


def test_the_names_of_a_font() -> None:
    result = read(font({1: "Veld", 4: "Veld Bold", 9: "Anna Kern"}), "x.ttf")
    assert result.document.title == "Veld Bold"
    assert result.document.metadata["creator"] == ("Anna Kern",)
    assert read(font({1: "Veld"})[:40], "x.ttf").codes == ["damaged"]


TORRENT = (
    b"d8:announce20:udp://veld.example/a10:created by4:Kern13:creation datei1700000000e"
    b"4:infod5:filesld6:lengthi7e4:pathl3:log5:a.txteee4:name6:cranes6:pieces4:\x80\x81\0\1ee"
)


def test_a_list_for_file_exchange() -> None:
    result = read(TORRENT, "x.torrent")
    assert result.codes == []
    assert result.document.title == "cranes"
    assert result.document.metadata["file"] == ("log/a.txt",)
    assert result.document.metadata["created"] == ("2023-11-14T22:13:20Z",)
    assert read(TORRENT[:-60], "x.torrent").codes == ["damaged"]
    with pytest.raises(ValueError, match="nested"):
        decoded(b"l" * 200)


def test_what_programs_say_of_themselves() -> None:
    head = (
        b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<HHI", 0x8664, 1, 1_700_000_000)
    )
    block = "StringFileInfo\0\1\0CompanyName\0\0Orlan Works\0\0\0FileVersion\0001.2\0".encode("utf-16-le")
    result = read(head + bytes(200) + block, "x.exe")
    assert result.codes == ["unread-type"]
    assert "program for Windows" in result.problems[0].detail
    told = result.document.metadata
    assert (told["machine"], told["linked"]) == (("x86-64",), ("2023-11-14T22:13:20Z",))
    assert (told["company"], told["version"]) == (("Orlan Works",), ("1.2",))
    result = read(b"\x7fELF\2\1\1\3" + bytes(8) + struct.pack("<HH", 2, 62) + bytes(99), "x")
    assert result.document.metadata["machine"] == ("x86-64",)
    assert read(b"MZ\x90\0" + bytes(20), "x.exe").codes == ["unread-type"]


def test_what_postscript_says_of_itself() -> None:
    made = b"%!PS-Adobe-3.0 EPSF-3.0\n%%Title: (Quay of Veld)\n%%Creator: Veld Draw\n%%For: Anna Kern\nshow\n"
    for data in (made, b"\xc5\xd0\xd3\xc6" + struct.pack("<II", 32, len(made)) + bytes(20) + made):
        result = read(data, "x.eps")
        assert result.codes == ["unread-type"]
        assert result.document.title == "Quay of Veld"
        assert result.document.metadata["creator"] == ("Anna Kern",)


# -- subtitles --------------------------------------------------------------------------------------------


def test_subtitles() -> None:
    made = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Seven cranes</i>\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:04,000\r\nwent to the port.\r\n\r\n"
        "3\r\n00:01:00,000 --> 00:01:02,000\r\nAll paid.\r\n"
    )
    result = read(made, "x.srt")
    assert result.document.media_type == "application/x-subrip"
    assert result.blocks == [
        ("furniture", "00:00:01"), ("paragraph", "Seven cranes went to the port."),
        ("furniture", "00:01:00"), ("paragraph", "All paid."),
    ]  # fmt: skip


def test_subtitles_with_speakers() -> None:
    made = (
        "WEBVTT\n\nNOTE made\n\nc1\n00:01.000 --> 00:02.000 align:start\n<v Anna>Seven &amp; more\n\n"
        "00:03.000 --> 00:04.000\n<v Otto>Paid?</v>\n"
    )
    result = read(made, "x.vtt")
    assert result.blocks == [
        ("furniture", "00:00:01 Anna"), ("paragraph", "Seven & more"),
        ("furniture", "00:00:03 Otto"), ("paragraph", "Paid?"),
    ]  # fmt: skip
    line = "Dialogue: 0,0:00:05.10,0:00:06.00,Default,Anna,0,0,0,,{\\i1}Seven,\\Nall of them.\n"
    made = f"[Script Info]\nTitle: x\n[Events]\n{line}"
    assert read(made, "x.ass").prose == ["Seven, all of them."]
    assert read("WEBVTT\n\n", "x.vtt").codes == ["no-text"]


# -- old workbooks ----------------------------------------------------------------------------------------


def cell(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


WORKBOOK = (
    b"\0\0\2\0\x06\x04"
    + cell(0x0F, b"\xff" + struct.pack("<HH", 0, 0) + "'Корабль\0".encode("cp866"))
    + cell(0x0F, b"\xff" + struct.pack("<HH", 1, 0) + "^Краны, ящики и другой груз\0".encode("cp866"))
    + cell(0x0F, b"\xff" + struct.pack("<HH", 0, 1) + b"'Harrow\0")
    + cell(0x0D, b"\0" + struct.pack("<HHh", 1, 1, 7))
    + cell(0x0E, b"\0" + struct.pack("<HHd", 1, 2, 2.5))
    + cell(0x10, b"\0" + struct.pack("<HHd", 0, 2, float("nan")) + bytes(4))
    + cell(0x33, b"\0" + struct.pack("<HH", 0, 2) + b"'Orlan\0")
    + cell(1, b"")
)


def test_a_workbook_of_lotus() -> None:
    result = read(WORKBOOK, "x.wk1")
    assert result.document.media_type == "application/vnd.lotus-1-2-3"
    assert words(result)[1:] == [["Harrow", "7"], ["Orlan", "2.5"]]
    assert words(result)[0][0] == "Корабль"
    assert [one.value for one in result.tables[0].cells if one.kind == "number"] == ["7", "2.5"]


def test_a_workbook_of_lotus_3() -> None:
    made = (
        b"\0\0\x1a\0\0\x10\4\0" + bytes(22)
        + cell(0x16, struct.pack("<HBB", 0, 0, 0) + b"'Harrow\0")
        + cell(0x17, struct.pack("<HBB", 0, 0, 1) + struct.pack("<QH", 7 << 61, 16_383 + 2))
        + cell(0x18, struct.pack("<HBBh", 1, 0, 0, 14))
        + cell(0x18, struct.pack("<HBBh", 1, 0, 1, 5 << 4 | 2 << 1 | 1))
        + cell(0x16, struct.pack("<HBB", 0, 1, 0) + b"'Second\0")
    )  # fmt: skip
    result = read(made, "x.wk3")
    assert [page.text for page in result.pages] == ["Harrow\t7\n7\t0.25", "Second"]


def test_tables_for_exchange() -> None:
    sylk = 'ID;PVELD\nB;Y2;X2\nC;Y1;X1;K"Ship"\nC;X2;K"A;;B"\nC;Y2;X1;K"Harrow"\nC;X2;K7.5;EC1\nE\n'
    assert words(read(sylk, "x.slk")) == [["Ship", "A;B"], ["Harrow", "7.5"]]
    dif = (
        'TABLE\n0,1\n"CRANES"\nVECTORS\n0,2\n""\nDATA\n0,0\n""\n-1,0\nBOT\n1,0\n"Ship"\n1,0\n"Crates"\n'
        '-1,0\nBOT\n1,0\n"Harrow"\n0,7\nV\n-1,0\nEOD\n'
    )
    assert words(read(dif, "x.dif")) == [["Ship", "Crates"], ["Harrow", "7"]]


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_a_workbook(data: bytes) -> None:
    list(lotus_cells(WORKBOOK[:40] + data))
    list(lotus_cells(b"\0\0\x1a\0\0\x10\4\0" + data))
    list(sylk_cells("ID;P\n" + data.decode("latin-1")))
    list(dif_cells("DATA\n0,0\n" + data.decode("latin-1")))


def test_cells_in_impossible_places() -> None:
    made = WORKBOOK[:-4] + cell(0x0D, b"\0" + struct.pack("<HHh", 60_000, 1, 7))
    assert read(made, "x.wk1").codes == ["rows-cut"]
