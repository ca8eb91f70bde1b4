"""Compiled help, Mobipocket and Palm books, OneNote sections: made by the rules of their formats."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegraph.read.onestore import in_order, objects
from casegraph.read.palmfile import palmdoc, records
from tests.read.made import STORY, read

# -- compiled help ----------------------------------------------------------------------------------------

TOPICS = {
    "/second.htm": b"<html><title>Payments</title><body><p>Paid in four parts.</p></body></html>",
    "/first.htm": b"<html><title>Cranes of Veld</title><h1>Cranes</h1><p>Seven cranes.</p></html>",
    "/a.hhc": (
        b'<object><param name="Name" value="One"><param name="Local" value="first.htm"></object>'
        b'<object><param name="Local" value="second.htm#part"></object>'
    ),
}
STORE = "::DataSpace/Storage/MSCompressed"
RESETS = f"{STORE}/Transform/{{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}}/InstanceData/ResetTable"
FRAME = 0x8000


def number(value: int) -> bytes:
    """Return a number in groups of seven bits, the highest first."""
    out = bytes([value & 0x7F])
    while value := value >> 7:
        out = bytes([value & 0x7F | 0x80]) + out
    return out


def stored(frame: bytes) -> bytes:
    """Return a frame of LZX that is not packed: no translation, block type 3, its size, three offsets."""
    bits = f"0011{len(frame):024b}".ljust(32, "0")
    words = b"".join(struct.pack("<H", int(bits[place : place + 16], 2)) for place in (0, 16))
    return words + struct.pack("<3I", 1, 1, 1) + frame + bytes(len(frame) % 2)


def helpfile(files: dict[str, bytes], *, size: int | None = None) -> bytes:
    body = b"".join(files.values())
    frames = [stored(body[place : place + FRAME]) for place in range(0, len(body), FRAME)]
    places = [sum(map(len, frames[:place])) for place in range(len(frames))]
    control = struct.pack("<I4s4I", 6, b"LZXC", 2, 1, 1, 0)  # every frame starts anew; a window of 32 KiB
    table = struct.pack(
        "<IIIIQQQ", 2, len(frames), 8, 40, len(body) if size is None else size, sum(map(len, frames)), FRAME
    )
    inner = {
        f"{STORE}/ControlData": control,
        RESETS: table + b"".join(struct.pack("<Q", place) for place in places),
        f"{STORE}/Content": b"".join(frames),
    }
    entries, place = b"", 0
    for name, data in files.items():
        entries += number(len(name)) + name.encode() + b"\1" + number(place) + number(len(data))
        place += len(data)
    place = 0
    for name, data in inner.items():
        entries += number(len(name)) + name.encode() + b"\0" + number(place) + number(len(data))
        place += len(data)
    block = 4096
    page = (b"PMGL" + struct.pack("<IIii", block - 20 - len(entries), 0, -1, -1) + entries).ljust(
        block, b"\0"
    )
    directory = struct.pack("<4sIIIIIIiIIiII", b"ITSP", 1, 84, 10, block, 2, 1, -1, 0, 0, -1, 1, 1033).ljust(
        84, b"\0"
    )
    start = 96 + 24
    head = b"ITSF" + struct.pack("<IIIII", 3, 96, 1, 0, 1033) + bytes(32)
    head += struct.pack("<QQQQQ", 96, 24, start, 84 + block, start + 84 + block)
    return head + bytes(24) + directory + page + b"".join(inner.values())


def test_topics_of_a_help_in_the_order_of_its_contents() -> None:
    result = read(helpfile(TOPICS), "x.chm")
    assert result.codes == []
    assert result.document.media_type == "application/vnd.ms-htmlhelp"
    assert result.document.title == "Cranes of Veld"
    assert [page.text for page in result.pages] == ["Cranes\n\nSeven cranes.", "Paid in four parts."]
    assert result.blocks[0] == ("heading", "Cranes")


def test_a_help_of_many_frames() -> None:
    long = b"<p>" + b"Seven cranes for Veld. " * 6_000 + b"</p>"
    result = read(helpfile({"/a.htm": long, "/b.htm": b"<p>The end.</p>"}), "x.chm")
    assert result.codes == []
    assert result.text.count("Seven cranes") == 6_000
    assert result.text.endswith("The end.")


def test_a_broken_help_and_a_bomb() -> None:
    made = helpfile(TOPICS)
    assert read(made[:200], "x.chm").codes == ["damaged"]
    assert set(read(made[:-40], "x.chm").codes) <= {"page-damaged", "damaged"}
    assert read(made.replace(b"LZXC", b"LZXX")[:-400], "x.chm").codes
    assert read(helpfile(TOPICS, size=1 << 40), "x.chm").codes == ["bomb"]


# -- books ------------------------------------------------------------------------------------------------


def database(kind: bytes, *parts: bytes, name: bytes = b"Cranes_of_Veld") -> bytes:
    head = name.ljust(32, b"\0") + bytes(28) + kind + bytes(8) + struct.pack(">H", len(parts))
    place = len(head) + 8 * len(parts) + 2
    listed = b""
    for part in parts:
        listed += struct.pack(">II", place, 0)
        place += len(part)
    return head + listed + bytes(2) + b"".join(parts)


def mobi(
    text: bytes, *, packing: int = 1, locked: int = 0, images: tuple[bytes, ...] = (),
    size: int | None = None, more: tuple[bytes, ...] = (), flags: int = 0,
) -> bytes:  # fmt: skip
    exth = b""
    for kind, value in ((100, b"Anna Kern"), (503, "Краны".encode()), (106, b"2024-03-05"), (524, b"ru")):
        exth += struct.pack(">II", kind, len(value) + 8) + value
    exth = b"EXTH" + struct.pack(">II", len(exth) + 12, 4) + exth
    length = len(text) if size is None else size
    head = struct.pack(">HxxIHHH", packing, length, 1, 4096, locked) + bytes(2)
    body = bytearray(232)
    struct.pack_into(">4sIIII", body, 0, b"MOBI", 232, 2, 65_001, 1)
    struct.pack_into(">I", body, 108 - 16, 2 + len(more))
    struct.pack_into(">II", body, 112 - 16, 2, len(more))
    struct.pack_into(">I", body, 128 - 16, 0x40)
    struct.pack_into(">H", body, 242 - 16, flags)
    return database(b"BOOKMOBI", head + bytes(body) + exth, text, *more, *images)


CHAPTERS = (
    f"<html><body><h1>Cranes</h1><p>{STORY[0]}</p><mbp:pagebreak/><p>{STORY[1]}</p></body></html>".encode()
)


def test_a_book_with_chapters_and_pictures() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(20_000)
    result = read(mobi(CHAPTERS, images=(picture, b"FLIS")), "x.mobi")
    assert result.codes == []
    assert [page.text for page in result.pages] == [f"Cranes\n\n{STORY[0]}", STORY[1]]
    document = result.document
    assert (document.title, document.authors) == ("Краны", ("Anna Kern",))
    assert document.published is not None
    assert document.published.start == "2024-03-05"
    assert [one.child.name for one in result.held] == ["images/1.png"]


def test_a_packed_book() -> None:
    packed = (
        b"<p>seven" + bytes([0xE3]) + b"ranes and " + bytes([0x80 | 17 >> 5, 17 << 3 & 0xFF | 2]) + b"!</p>"
    )
    assert palmdoc(b"seven" + bytes([0xE3]) + b"ranes") == b"seven cranes"
    assert read(mobi(packed, packing=2, size=4_000), "x.mobi").text.startswith("seven cranes and")
    trailing = CHAPTERS + b"xx\x83"  # two bytes more, and their number with that of its own byte
    assert read(mobi(trailing, size=4_000, flags=2), "x.mobi").pages[1].text == STORY[1]


def test_a_book_of_phrases() -> None:
    """Codes of eight bits, each a phrase of the dictionary; the second phrase is itself packed."""
    short = b"".join(struct.pack(">I", 255 << 8 | 0x80 | 8) for _ in range(256))
    huffman = b"HUFF" + struct.pack(">III", 24, 24, 24 + 1024) + bytes(8) + short + bytes(256)
    phrases = (b"seven ", b"\xff\xfd", b"cranes")
    offsets, body = b"", b""
    for place, phrase in enumerate(phrases):
        offsets += struct.pack(">H", 2 * len(phrases) + len(body))
        body += struct.pack(">H", len(phrase) | (0 if place == 1 else 0x8000)) + phrase
    dictionary = b"CDIC" + struct.pack(">III", 16, len(phrases), 8) + offsets + body
    made = mobi(b"\xfe\xfd", packing=17_480, size=4_000, more=(huffman, dictionary))
    assert read(made, "x.mobi").text == "seven cranescranes"
    endless = dictionary.replace(b"\xff\xfd", b"\xfe\xfe")
    assert "damaged-part" in read(mobi(b"\xfe", packing=17_480, size=99, more=(huffman, endless)), "x").codes


def test_a_text_of_a_palm() -> None:
    text = "\n\n".join(STORY).encode()
    made = database(b"TEXtREAd", struct.pack(">HxxIHHI", 1, len(text), 1, 4096, 0), text)
    result = read(made, "x.pdb")
    assert result.document.title == "Cranes of Veld"
    assert result.prose == list(STORY)
    assert read(made[:90], "x.pdb").codes == ["damaged"]


def test_a_locked_book() -> None:
    result = read(mobi(CHAPTERS, locked=2), "x.azw")
    assert (result.codes, result.text) == (["encrypted"], "")


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_a_record(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert len(palmdoc(data)) <= 10 * len(data)
    assert sum(map(len, records(data))) >= 0


# -- OneNote ----------------------------------------------------------------------------------------------

ONE = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3")
GUID = bytes(range(16))
FILE = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")


def texts(values: dict[int, str], below: tuple[int, ...] = ()) -> bytes:
    """Return an object: the numbers of those below it, then its texts."""
    made = struct.pack("<I", len(below) | 1 << 31) + b"".join(
        struct.pack("<I", 1 << 8 | one) for one in below
    )
    names = [*values, *([0x24001C20] if below else [])]
    body = b""
    for name, text in values.items():
        data = text.encode("cp1252" if name == 0x1C003498 else "utf-16-le")
        body += struct.pack("<I", len(data)) + data
    if below:
        body += struct.pack("<I", len(below))
    return made + struct.pack(f"<H{len(names)}I", len(names), *names) + body


def node(kind: int, body: bytes, *, refers: bool = False) -> bytes:
    form = 1 << 23 | 0 << 25 | (1 << 27 if refers else 0)
    return struct.pack("<I", kind | len(body) + 4 << 10 | form | 1 << 31) + body


def section(*nodes: tuple[int, bytes], files: tuple[bytes, ...] = ()) -> bytes:
    """Return a section with objects by their numbers."""
    data = ONE + bytes(1008)
    declared = node(0x021, b"\0") + node(0x024, struct.pack("<I", 1) + GUID)
    for key, blob in nodes:
        body = struct.pack("<IIIIBB", len(data), len(blob), 1 << 8 | key, 0x6000C, 0, 1)
        declared += node(0x0A4, body, refers=True)
        data += blob
    for file in files:
        data += FILE + struct.pack("<QIQ", len(file), 0, 0) + file
    return data + struct.pack("<QII", 0xA4567AB1F5F7F4C4, 16, 0) + declared + node(0xFF, b"")


OBJECTS = (
    (3, texts({0x1C001C22: "Paid in four parts."})),
    (2, texts({0x1C003498: "Seven cranes."})),
    (1, texts({0x1C001CF3: "Cranes of Veld", 0x1C001D75: "Anna Kern"}, below=(2, 3))),
    (4, texts({0x1C001E58: "a crane on a quay", 0x1C001DD7: "crane.png"})),
)


def test_a_section_of_onenote() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(50)
    result = read(section(*OBJECTS, files=(picture,)), "x.one")
    assert result.codes == []
    assert result.document.title == "Cranes of Veld"
    assert result.document.metadata["creator"] == ("Anna Kern",)
    assert result.blocks == [
        ("paragraph", "Seven cranes."), ("paragraph", "Paid in four parts."),
        ("caption", "a crane on a quay"),
    ]  # fmt: skip
    assert [(one.child.name, one.data) for one in result.held] == [("embedded/1.png", picture)]


def test_a_later_revision_replaces_the_earlier() -> None:
    made = section(*OBJECTS, (3, texts({0x1C001C22: "Paid in five parts."})))
    assert "four" not in read(made, "x.one").text
    assert "five" in read(made, "x.one").text


def test_sections_that_are_broken_or_of_another_form() -> None:
    made = section(*OBJECTS)
    assert "reader-failed" not in read(made[: len(made) - 100], "x.one").codes
    assert read(ONE + bytes(2_000), "x.one").codes == ["no-text"]
    other = ONE + bytes(100) + STORY[0].encode("utf-16-le") + bytes(100)
    result = read(other, "x.one")
    assert (result.codes, result.text) == (["damaged-part"], STORY[0])


def test_objects_that_refer_to_each_other_come_once() -> None:
    made = section((1, texts({0x1C001C22: "one"}, below=(2,))), (2, texts({0x1C001C22: "two"}, below=(1,))))
    assert len(list(in_order(objects(made)))) == 2


@pytest.mark.parametrize("data", [helpfile(TOPICS), mobi(CHAPTERS), section(*OBJECTS)])
def test_a_byte_wrong_anywhere_is_no_crash(data: bytes) -> None:
    for place in range(0, len(data), max(1, len(data) // 60)):
        spoilt = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        assert "reader-failed" not in read(spoilt, "x").codes
