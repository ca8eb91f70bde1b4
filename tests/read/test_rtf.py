from __future__ import annotations

import struct
from pathlib import Path

import pytest

from casegraph.read.embedded import OLE
from tests.read.made import STORY, read
from tests.read.test_office import packed

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "documents" / "tika"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(11_000) + b"\xff\xd9"


def rich(*lines: str, more: bytes = b"", head: bytes = b"") -> bytes:
    """Return RTF in windows-1251, letters beyond ASCII as hexadecimal escapes."""
    body = b"".join(
        b"".join(bytes([one]) if one < 0x80 else b"\\'%02x" % one for one in line.encode("cp1251"))
        + b"\\par\n"
        for line in lines
    )
    fonts = rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fnil\fcharset204 Arial;}}"
    return fonts + head + rb"\f0 " + body + more + b"}"


def test_an_old_code_page() -> None:
    result = read(rich(STORY[0], "Компания «Велд» поставила семь кранов."), "x.rtf")
    assert result.codes == []
    assert result.document.media_type == "application/rtf"
    assert result.prose == [STORY[0], "Компания «Велд» поставила семь кранов."]


@pytest.mark.parametrize(
    ("head", "written", "text"),
    [
        (rb"\ansicpg1252{\fonttbl{\f0\fcharset128 M;}}\f0", rb"\'83\'5e\'83\'43\'83\'67", "タイト"),
        (rb"\ansicpg936{\fonttbl{\f0\fcharset134 M;}}\f0", b"\\'c6\\'f0\\'d6\\'d8\\'bb\\'fa", "起重机"),
        (rb"\ansicpg1251{\fonttbl{\f0\fcharset0 Arial;}}\f0", rb"\'ca\'f0\'e0\'ed\'fb", "Краны"),
        (rb"\ansicpg1251{\fonttbl{\f0 A;}{\f1\fcharset238 B;}}\f1", rb"\'f8t\'ecst\'ed", "řtěstí"),
        (rb"\ansicpg65001\deff0{\fonttbl{\f0\fswiss A;}}", "Краны".encode(), "Краны"),
        (rb"\mac{\fonttbl{\f0\fnil A;}}", rb"caf\'8e", "café"),
        (rb"\uc1", rb"\u-10187?\u-9088? \u1050K\u1088r", "\U0001d480 Кр"),
        (rb"\uc2", rb"\u36215\'c6\'f0\u37325\'d6\'d8", "起重"),
        (rb"\uc0", rb"\u1050\u1088", "Кр"),
    ],
)
def test_letters_in_the_code_pages_of_their_fonts(head: bytes, written: bytes, text: str) -> None:
    assert read(rb"{\rtf1\ansi" + head + b" " + written + rb"\par}", "x.rtf").text == text


def test_what_stands_beside_the_text() -> None:
    more = (
        rb"{\header Veld Port\par}{\footerr page {\field{\*\fldinst PAGE}{\fldrslt 3}}\par}"
        rb"Seven cranes{\footnote\pard\plain\s9 Counted on Thursday.\par} came."
        rb"{\*\atnid AK}{\*\atnauthor Anna Kern}\chatn{\*\annotation\pard{\*\atnref 1}Who counted?\par}\par"
        rb"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt Boxed words\par}}"
        rb"{\shprslt{\*\do{\dptxbxtext Boxed words\par}}}}"
        rb"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv Arched words}}}}After the boxes.\par"
        rb"""{\field{\*\fldinst{HYPERLINK "https://veld.example/cranes"}}{\fldrslt the list}}\par"""
    )
    result = read(rich(STORY[0], more=more), "x.rtf")
    assert result.codes == []
    assert result.of("header") == ["Veld Port"]
    assert result.of("footer") == ["page 3"]
    assert result.of("note") == ["Counted on Thursday.", "Anna Kern: Who counted?"]
    assert result.prose == [
        STORY[0], "Seven cranes came.", "After the boxes.", "Boxed words", "Arched words", "the list",
        "Counted on Thursday.", "Anna Kern: Who counted?",
    ]  # fmt: skip
    assert [link.url for link in result.document.links] == ["https://veld.example/cranes"]


def test_tables_lists_and_headings() -> None:
    styles = rb"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2\outlinelevel1 Abschnitt;}}"
    row = rb"\trowd\cellx100\cellx200\pard\intbl %s\cell %s\cell\row "
    more = (
        rb"\pard\s1 Deliveries\par\pard\s2 Cranes\par"
        + row % (b"Goods", b"Pieces")
        + row % (b"crane\\par of steel", b"7")
        + rb"\pard{\listtext\pard\plain 1.\tab}First crane\par{\listtext\pard\plain 2.\tab}Second crane\par"
    )
    result = read(rich(more=more, head=styles), "x.rtf")
    assert result.of("heading") == ["Deliveries", "Cranes"]
    assert result.of("table") == ["Goods\tPieces\ncrane of steel\t7"]
    assert [(table.rows, table.columns) for table in result.tables] == [(2, 2)]
    assert result.of("list") == ["1.\tFirst crane", "2.\tSecond crane"]


def test_hidden_and_deleted_words_are_kept_apart() -> None:
    more = rb"Seven {\deleted eight }{\v not so }cranes{\*\unknown rubbish}{\xe index} came.\par"
    result = read(rich(STORY[0], more=more), "x.rtf")
    assert result.prose == [STORY[0], "Seven cranes came."]
    assert result.of("furniture") == ["not so", "eight"]
    assert result.codes == ["hidden-text", "deleted-text"]


def test_what_the_file_says_of_itself() -> None:
    info = (
        rb"{\info{\title \'ca\'f0\'e0\'ed\'fb}{\author Anna Kern}{\operator Ben Orlan}{\*\company Veld}"
        rb"{\creatim\yr2024\mo5\dy2\hr9\min30}{\nofpages1}}{\*\generator Msftedit 5.41;}"
        rb"{\*\userprops{\propname Case}\proptype30{\staticval 17}}"
    )
    document = read(rich(STORY[0], head=info), "x.rtf").document
    assert document.title == "Краны"
    assert document.authors == ("Anna Kern",)
    assert document.metadata["created"] == ("2024-05-02T09:30:00",)
    assert document.metadata["application"] == ("Msftedit 5.41",)
    assert document.metadata["custom_Case"] == ("17",)
    assert document.metadata["company"] == ("Veld",)


def test_objects_and_pictures_are_documents_of_the_case() -> None:
    native = packed("list of cranes.txt", b"seven cranes")
    kind = b"Package\0"
    data = struct.pack("<III", 0x501, 2, len(kind)) + kind + struct.pack("<II", 0, 0)
    data += struct.pack("<I", len(native) - 4) + native[4:]
    path = b"C:\\cranes\\list.doc\0"
    link = struct.pack("<III", 0x501, 1, len(kind)) + kind + struct.pack("<I", len(path)) + path + bytes(40)
    broken = struct.pack("<III", 0x501, 2, 4_000) + kind
    more = b"".join(
        rb"{\object\objemb{\*\objclass Package}{\*\objdata " + one + b"}}"
        for one in (data.hex(" ").encode(), link.hex().encode(), broken.hex().encode())
    )
    more += rb"{\*\shppict{\pict{\*\picprop{\sp{\sn x}{\sv y}}}\jpegblip\picw9 " + JPEG.hex().encode() + b"}}"
    more += rb"{\nonshppict{\pict\jpegblip " + JPEG.hex().encode() + b"}}"
    more += rb"{\pict\pngblip\bin%d " % 4 + b"}{\\\\" + b"}words\\par"
    result = read(rich(STORY[0], more=more), "x.rtf")
    assert {one.child.name: one.data for one in result.held} == {
        "embedded/list of cranes.txt": b"seven cranes", "media/image1.jpeg": JPEG,
    }  # fmt: skip
    assert result.document.metadata["linked_file"] == ("C:\\cranes\\list.doc",)
    assert result.codes == ["attachment-unread"]
    assert result.prose == [STORY[0], "words"]


def test_a_compound_file_without_its_structure() -> None:
    result = read(rich(more=rb"{\object{\*\objdata " + (OLE + bytes(600)).hex().encode() + b"}}"), "x.rtf")
    assert [one.data for one in result.held] == [OLE + bytes(600)]


@pytest.mark.parametrize("end", [b"", b"\0\0\0", b"rubbish", b"\n{not a group"])
def test_rubbish_behind_the_end_is_no_text(end: bytes) -> None:
    assert read(rich(STORY[0]) + end, "x.rtf").prose == [STORY[0]]


def test_a_brace_too_many_costs_no_text() -> None:
    result = read(rich(STORY[0]) + rb"\pard Seven cranes.\par}" + rich(STORY[1]), "x.rtf")
    assert result.prose == [STORY[0], "Seven cranes.", STORY[1]]


def test_a_file_that_was_cut_off() -> None:
    result = read(rich(*STORY)[:-60], "x.rtf")
    assert result.prose[:2] == list(STORY[:2])
    assert result.codes == ["truncated"]


def test_a_file_without_words() -> None:
    assert read(rich(), "x.rtf").codes == ["no-text"]
    assert read(b"\r\n " + rich(STORY[0]), "x.doc").prose == [STORY[0]]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample documents are not there")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.rtf")), ids=lambda path: path.name)
def test_real_files_give_text_or_say_why_not(path: Path) -> None:
    result = read(path.read_bytes(), path.name)
    assert result.text.strip() or result.codes
    assert "reader-failed" not in result.codes
