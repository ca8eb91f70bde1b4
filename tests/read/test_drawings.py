from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from casegraph.read.blips import blips
from tests.read.compound import compound
from tests.read.made import STORY, pdf, read
from tests.read.test_office import doc, slides
from tests.read.test_sheet import biff, record, workbook

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 60


def shape(kind: int, body: bytes, *, version: int = 0, instance: int = 0) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(body)) + body


def entry(blip: bytes, name: str = "") -> bytes:
    written = name.encode("utf-16-le")
    head = bytearray(36)
    head[33] = len(written)
    return shape(0xF007, bytes(head) + written + blip, version=2)


def metafile(content: bytes, *, twice: bool = False) -> bytes:
    head = bytes(16) * (1 + twice) + bytes(32) + b"\0\xfe"
    return shape(0xF01C, head + zlib.compress(content), instance=0x543 if twice else 0x542)


def store(*entries: bytes) -> bytes:
    return shape(0xF000, shape(0xF001, b"".join(entries), version=15), version=15)


def test_pictures_of_all_kinds() -> None:
    png = entry(shape(0xF01E, bytes(17) + PNG, instance=0x6E0), "crane")
    jpeg = entry(shape(0xF01D, bytes(33) + b"\xff\xd8\xff", instance=0x46B))
    drawn = entry(metafile(b"\0" * 600 + pdf("Seven cranes"), twice=True))
    broken = entry(shape(0xF01B, bytes(16) + bytes(33) + b"\xfe" + b"no zlib"))
    found = list(blips(store(png, jpeg, drawn, broken)))
    assert [ending for ending, _ in found] == ["png", "jpeg", "pdf"]
    assert found[0][1] == PNG
    assert found[2][1].startswith(b"%PDF-")


@pytest.mark.parametrize("cut", range(0, 700, 37))
def test_broken_drawings_end(cut: int) -> None:
    data = store(entry(metafile(pdf("Seven cranes"))), entry(shape(0xF01E, bytes(17) + PNG)))
    list(blips(data[:cut]))
    list(blips(data[cut:]))


def test_pictures_in_a_workbook_are_documents_of_the_case() -> None:
    drawings = store(entry(shape(0xF01E, bytes(17) + PNG)), entry(metafile(pdf("Seven cranes"))))
    parts = [drawings[place : place + 8_000] for place in range(0, len(drawings), 8_000)]
    records = record(0xEB, parts[0]) + b"".join(record(0x3C, part) for part in parts[1:])
    result = read(biff(records), "x.xls")
    assert [(one.child.name, one.data[:5]) for one in result.held] == [
        ("media/picture1.png", PNG[:5]), ("media/picture2.pdf", b"%PDF-"),
    ]  # fmt: skip


def properties(page: int, *sets: tuple[bytes, dict[int, bytes]]) -> bytes:
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), len(sets))
    place, sections = len(head) + 20 * len(sets), []
    for form, own in sets:
        values = {1: struct.pack("<Ii", 2, page), **own}
        offset, index, body = 8 + 8 * len(values), b"", b""
        for number, value in values.items():
            index += struct.pack("<II", number, offset + len(body))
            body += value + bytes(-len(value) % 4)
        sections.append(struct.pack("<II", offset + len(body), len(values)) + index + body)
        head += form + struct.pack("<I", place)
        place += len(sections[-1])
    return head + b"".join(sections)


def text(value: bytes) -> bytes:
    return struct.pack("<II", 30, len(value)) + value


_FIRST = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_SECOND = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
_OWN = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")


def test_properties_of_a_compound_file_and_the_user_s_own() -> None:
    names = struct.pack("<III", 1, 2, 6) + "Дело\0".encode("cp1251").ljust(6, b"\0")
    result = read(
        doc("Seven cranes.\r", {
            "\x05SummaryInformation": properties(1251, (_FIRST, {
                2: text("Краны".encode("cp1251") + b"\0rubbish behind"), 4: text(b"Anna Kern\0"),
                12: struct.pack("<IQ", 64, 133_000_000_000_000_000), 13: struct.pack("<IQ", 64, 1 << 63),
            })),
            "\x05DocumentSummaryInformation": properties(1251, (_SECOND, {15: text(b"Veld\0")}), (_OWN, {
                0: names, 2: struct.pack("<Ih", 11, -1),
            })),
        }), "x.doc",
    )  # fmt: skip
    found = result.document.metadata
    assert found["title"] == ("Краны",)
    assert found["company"] == ("Veld",)
    assert found["custom_Дело"] == ("true",)
    assert found["created"][0].startswith("2022-06-")


def test_a_property_set_that_states_billions() -> None:
    stream = bytearray(properties(1252, (_FIRST, {2: struct.pack("<II", 0x101E, 0xFFFFFFFF)})))
    struct.pack_into("<I", stream, 28 + 20 + 4, 0xFFFFFFF0)
    for data in (bytes(stream), bytes(stream)[:70], b""):
        result = read(compound({"WordDocument": bytes(600), "\x05SummaryInformation": data}), "x.doc")
        assert "reader-failed" not in result.codes


def ordered(whole: bytes) -> bytes:
    """Return a package with its parts in the order in which Office writes them, sheets and slides last."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(
            old.namelist(), key=lambda name: (name.count("sheet1") + name.count("slide2."), name)
        ):
            new.writestr(name, old.read(name))
    return made.getvalue()


def test_what_is_left_of_a_workbook_that_was_cut_off() -> None:
    rows: list[list[object]] = [["Goods", "Pieces"], *([f"crane {one}", one * 7919] for one in range(300))]
    whole = ordered(workbook(Deliveries=rows))
    result = read(whole[: whole.index(b"sheet1.xml") + 1_500], "x.xlsx")
    assert "damaged" in result.codes
    assert "Goods\tPieces\ncrane 0\t0\ncrane 1\t7919" in result.text


def test_what_is_left_of_a_show_that_was_cut_off() -> None:
    whole = ordered(slides("Cranes", "Ports"))
    result = read(whole[: whole.rindex(b"PK\x01\x02")], "x.pptx")
    assert "damaged" in result.codes
    assert STORY[0] in result.text


def test_a_package_inside_a_broken_one_does_not_tell_its_type() -> None:
    made = io.BytesIO(slides("Cranes"))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("ppt/embeddings/list.xlsx", workbook(List=[["crane", 7]]))
    whole = made.getvalue()
    inner = whole.rindex(b"PK\x05\x06", 0, whole.rindex(b"PK\x05\x06"))
    cut = whole[: inner + 22]
    result = read(cut, "x.bin")
    assert result.document.media_type.endswith("presentation")
