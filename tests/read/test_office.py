from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import office_oxide
import pytest

from casegraph.read.limits import HARMLESS_OUTPUT
from tests.read.compound import Tree, compound
from tests.read.made import STORY, read

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "documents" / "tika"
DOC = "application/msword"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def doc(text: str, more: Tree | None = None, runs: Sequence[tuple[int, int, int]] = ()) -> bytes:
    """Return a Word document ([MS-DOC]): header, text in UTF-16, a piece table of one piece.

    `runs` are characters from and up to that have a property set (sprm), in order.
    """
    words = text.encode("utf-16-le")
    count = len(words) // 2
    fib = bytearray(0x600)
    struct.pack_into("<HHHH", fib, 0, 0xA5EC, 0xC1, 0, 0x409)
    struct.pack_into("<H", fib, 0xA, 0x1200)  # text may have any character, its tables are in 1Table
    struct.pack_into("<II", fib, 0x18, 0x600, 0x600 + len(words))
    struct.pack_into("<H", fib, 0x20, 14)
    struct.pack_into("<HIIII", fib, 0x3E, 22, 0x600 + len(words), 0, 0, count)
    struct.pack_into("<H", fib, 0x98, 0x5D)
    pieces = struct.pack("<BIIIHIH", 2, 16, 0, count, 0, 0x600, 0)
    struct.pack_into("<II", fib, 0x1A2, 0, len(pieces))
    stream = bytes(fib) + words
    if runs:
        stream += bytes(-len(stream) % 512)
        bounds = struct.pack("<III", 0x600, 0x600 + len(words), len(stream) // 512)
        struct.pack_into("<II", fib, 0xFA, len(pieces), len(bounds))
        stream = bytes(fib) + stream[0x600:] + _page(count, runs)
        pieces += bounds
    return compound({"WordDocument": stream, "1Table": pieces + bytes(4096), **(more or {})})


def _page(count: int, runs: Sequence[tuple[int, int, int]]) -> bytes:
    """Return a page of properties of characters ([MS-DOC] 2.9.33 ChpxFkp)."""
    places, kinds, place = [0], [], 0
    for start, end, code in runs:
        if start > place:
            places.append(start)
            kinds.append(0)
        places.append(end)
        kinds.append(code)
        place = end
    if place < count:
        places.append(count)
        kinds.append(0)
    page = bytearray(512)
    struct.pack_into(f"<{len(places)}I", page, 0, *(0x600 + 2 * one for one in places))
    for number, code in enumerate(kinds):
        where = 500 - 6 * number
        page[4 * len(places) + number] = where // 2 if code else 0
        struct.pack_into("<BHB", page, where, 3, code, 1)
    page[511] = len(kinds)
    return bytes(page)


def packed(name: str, data: bytes) -> bytes:
    """Return an Ole10Native stream: a file as the packager embeds it."""
    path = name.encode("cp1251") + b"\0"
    body = struct.pack("<H", 2) + path + path + struct.pack("<HHI", 0, 3, len(path)) + path
    body += struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def slides(*texts: str) -> bytes:
    made = office_oxide.PptxWriter()
    for text in texts:
        slide = made.add_slide()
        made.set_slide_title(slide, text)
        made.add_slide_text(slide, STORY[0])
    return bytes(made.to_bytes())


def test_a_word_document_of_before_2007() -> None:
    result = read(doc("\r".join([*STORY, "Компания «Велд» поставила семь кранов."])), "x.doc")
    assert result.codes == []
    assert result.document.media_type == DOC
    assert result.prose == [*STORY, "Компания «Велд» поставила семь кранов."]


def test_files_embedded_in_it_are_documents_of_the_case() -> None:
    inner: Tree = {
        "_1": {"\x01Ole10Native": packed("Список поставленных кранов и платежей.txt", b"seven cranes")},
        "_2": {"CONTENTS": b"%PDF-1.4 not much of one"},
        "_3": {"WordDocument": b"x" * 600},
    }
    result = read(doc("See the files.\r", {"ObjectPool": inner}), "x.doc")
    assert {one.child.name: one.data for one in result.held} == {
        "embedded/Список поставленных кранов и платежей.txt": b"seven cranes",
        "embedded/2": b"%PDF-1.4 not much of one",
        "embedded/_3.doc": compound({"WordDocument": b"x" * 600}),
    }
    assert {one.child.role for one in result.held} == {"embedded"}
    assert result.codes == []


def test_macros_are_told_and_not_run() -> None:
    macros: Tree = {"VBA": {"_VBA_PROJECT": b"\xcc\x61", "ThisDocument": b"Shell"}}
    result = read(doc("Press the button.\r", {"Macros": macros}), "x.doc")
    assert result.codes == ["macros-not-run"]
    assert result.document.metadata["macros"] == ("yes",)


def test_a_slide_is_a_page() -> None:
    result = read(slides("Cranes", "Ports"), "x.pptx")
    assert result.codes == []
    assert result.document.media_type == PPTX
    assert [page.text.split("\n")[0] for page in result.pages] == ["Cranes", "Ports"]
    assert result.prose.count(STORY[0]) == 2


def test_an_empty_show_says_so() -> None:
    made = office_oxide.PptxWriter()
    made.add_slide()
    assert read(made.to_bytes(), "x.pptx").codes == ["no-text"]


@pytest.mark.parametrize("cut", [300, 900, 2_000, 5_000])
def test_damage_is_said(cut: int) -> None:
    for data in (doc("\r".join(STORY * 20)), slides(*STORY)):
        assert set(read(data[:cut], "x").codes) & {"damaged", "damaged-part", "unread-type", "no-text"}


def test_a_show_that_unpacks_without_end_is_not_opened() -> None:
    made = io.BytesIO(slides("Cranes"))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("ppt/media/more.xml", "w") as member,
    ):
        for _ in range((HARMLESS_OUTPUT >> 20) + 1):
            member.write(bytes(1 << 20))
    assert "bomb" in read(made.getvalue(), "x.pptx").codes


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample documents are not there")
@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*.doc")) + sorted(SAMPLES.glob("*.pp*")), ids=lambda p: p.name
)
def test_real_files_give_text_or_say_why_not(path: Path) -> None:
    result = read(path.read_bytes(), path.name)
    assert result.text.strip() or result.codes
    assert "reader-failed" not in result.codes


def test_notes_of_slides_with_all_that_stands_on_them() -> None:
    whole = zipfile.ZipFile(io.BytesIO(slides("Cranes", "Ports")))
    made = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesSlide"
    link = f'<Relationship Id="rNotes" Type="{kind}" Target="../notesSlides/n.xml"/></Relationships>'
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    with zipfile.ZipFile(made, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "ppt/slides/_rels/slide2.xml.rels":
                data = data.replace(b"</Relationships>", link.encode())
            archive.writestr(name, data)
        texts = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in ("Say so.", "12", "Ports"))
        archive.writestr("ppt/notesSlides/n.xml", f'<p:notes xmlns:p="p" xmlns:a="{space}">{texts}</p:notes>')
        archive.writestr("ppt/media/voice.mp3", b"ID3\x03\0\0\0\0\0\0")
    result = read(made.getvalue(), "x.pptx")
    assert "Say so." in result.pages[1].text
    assert "Say so." not in result.pages[0].text
    assert result.of("note") == ["Say so."]
    assert [one.child.name for one in result.held] == ["ppt/media/voice.mp3"]
