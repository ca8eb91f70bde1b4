"""Words in EMF, WMF and DXF drawings, what a DWG says of itself; IDML, MIF and iWork of before 2013."""

from __future__ import annotations

import gzip
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegraph.read.metafiles import dxf_texts, emf_texts, wmf_texts
from tests.read.made import STORY, read
from tests.read.test_archive import zipped


def record(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, len(body) + 8) + body


def emr_text(text: str, *, wide: bool = True, options: int = 0) -> bytes:
    data = text.encode("utf-16-le" if wide else "cp1252")
    body = bytes(28) + struct.pack("<iiIII4iI", 0, 0, len(text), 76, options, 0, 0, 0, 0, 0) + data
    return record(84 if wide else 83, body)


def small(text: str) -> bytes:
    return record(108, struct.pack("<iiIIIff", 0, 0, len(text), 0x300, 1, 1.0, 1.0) + text.encode("cp1252"))


def emf(*records: bytes, title: str = "Veld Draw\0Cranes\0\0") -> bytes:
    words = title.encode("utf-16-le")
    head = bytearray(100)
    struct.pack_into("<4sI", head, 32, b" EMF", 0x10000)
    struct.pack_into("<II", head, 52, len(title), 108)
    return record(1, bytes(head) + words) + b"".join(records) + record(14, bytes(12))


def test_words_of_an_emf() -> None:
    inner = b"%PDF-1.4 words"
    comment = record(70, struct.pack("<I", len(inner)) + inner)
    made = emf(emr_text("Портовый кран"), emr_text("quay", wide=False), emr_text("xx", options=0x10),
               small("berth"), record(3, bytes(2_000)), comment)  # fmt: skip
    result = read(made, "x.emf")
    assert result.codes == []
    assert result.text == "Портовый кран quay berth"
    assert result.document.metadata["description"] == ("Veld Draw", "Cranes")
    assert [one.data[:14] for one in result.held] == [inner]
    assert read(emf(), "x.emf").codes == ["no-text"]


def wmf_record(kind: int, body: bytes) -> bytes:
    body += bytes(len(body) % 2)
    return struct.pack("<IH", 3 + len(body) // 2, kind) + body


def wmf(*records: bytes, placeable: bool = True) -> bytes:
    head = b"\xd7\xcd\xc6\x9a" + bytes(18) if placeable else b""
    return (
        head + struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0) + b"".join(records) + struct.pack("<IH", 3, 0)
    )


@pytest.mark.parametrize("placeable", [True, False])
def test_words_of_a_wmf(*, placeable: bool) -> None:
    plain = wmf_record(0x0521, struct.pack("<H", 5) + b"crane" + bytes(5))
    extended = wmf_record(0x0A32, struct.pack("<hhHH", 1, 1, 4, 0) + b"quay")
    clipped = wmf_record(0x0A32, struct.pack("<hhHH4h", 1, 1, 5, 4, 0, 0, 9, 9) + b"berth")
    result = read(wmf(plain, extended, clipped, placeable=placeable), "x.wmf")
    assert (result.text, result.codes, result.document.media_type) == ("crane quay berth", [], "image/wmf")


DXF = (
    (
        "  0;SECTION;  2;ENTITIES;0;LINE;8;0;1;no text;0;TEXT;8;Labels;1;Crane No. 7;"
        "0;MTEXT;8;Notes;3;{\\fArial|b0/Paid in ;1;four parts\\Pby \\U+0412era};0;ENDSEC;0;EOF"
    )
    .replace(";", "\r\n")
    .replace("/", ";")
)


def test_words_of_a_dxf() -> None:
    result = read(DXF, "x.dxf")
    assert result.of("paragraph") == ["Crane No. 7", "Paid in four parts\nby Вera"]
    assert result.document.metadata["layer"] == ("Labels", "Notes")


def test_what_a_dwg_says_of_itself() -> None:
    told = [text.encode("utf-16-le") for text in ("Quay of Veld", "cranes", "Anna Kern", "", "seven of them")]
    place = 0x100
    data = b"AC1027".ljust(0x20, b"\0") + struct.pack("<I", place)
    data = data.ljust(place, b"\0") + b"".join(struct.pack("<H", len(one) // 2) + one for one in told)
    result = read(data, "x.dwg")
    assert result.codes == ["unread-type"]
    assert (result.document.title, result.document.authors) == ("Quay of Veld", ("Anna Kern",))
    assert result.document.metadata["version"] == ("2013",)
    assert read(b"AC1015".ljust(400, b"\0"), "x.dwg").codes == ["unread-type"]


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_a_drawing(data: bytes) -> None:
    list(emf_texts(emf()[:-20] + data))
    list(wmf_texts(wmf()[:-6] + data))
    list(dxf_texts(DXF + data.decode("latin-1")))


# -- page makers and old iWork ----------------------------------------------------------------------------


def test_stories_of_idml() -> None:
    story = (
        "<idPkg:Story xmlns:idPkg='x'><Story><ParagraphStyleRange><CharacterStyleRange>"
        f"<Content>{STORY[0]}</Content><Br/><Content>{STORY[1]} </Content></CharacterStyleRange>"
        "<CharacterStyleRange><Content>And more.</Content></CharacterStyleRange></ParagraphStyleRange>"
        "</Story></idPkg:Story>"
    )
    parts = {
        "designmap.xml": "<Document/>",
        "Stories/Story_u1.xml": story,
        "Stories/Story_u2.xml": "<Story/>",
    }
    made = zipped({name: text.encode() for name, text in parts.items()})
    result = read(made, "x.idml")
    assert result.codes == []
    assert result.prose == [STORY[0], f"{STORY[1]} And more."]


MIF = (
    "<MIFFile 9.00> # made\n<PgfCatalog <Pgf <PgfTag `Body'> > >\n<VariableFormats <VariableFormat "
    "<VariableDef `not shown'> > >\n<TextFlow <TFTag `A'>\n <Para <PgfTag `Head'> "
    "<ParaLine <String `Cranes'> > >\n <Para <ParaLine <String `Seven\\q cranes at 5\\xa2 '> > "
    "<ParaLine <Char Tab> <String `of the port.'> > >\n>\n"
)


def test_paragraphs_of_mif() -> None:
    result = read(MIF, "x.mif")
    assert result.document.media_type == "application/vnd.mif"
    assert [text for _, text in result.blocks] == ["Cranes", "Seven' cranes at 5¢\tof the port."]


def test_iwork_of_before_2013() -> None:
    keynote = (
        b"<key:presentation xmlns:key='k' xmlns:sf='s'>"
        b"<key:theme-list><sf:p>not shown</sf:p></key:theme-list>"
        b"<key:slide-list><key:slide><sf:p>Cranes<sf:br/>of Veld</sf:p></key:slide>"
        b"<key:slide><sf:p>Paid in <sf:span>four</sf:span> parts</sf:p></key:slide>"
        b"</key:slide-list></key:presentation>"
    )
    history = {"buildVersionHistory.plist": b"<plist/>"}
    result = read(zipped({"index.apxl": keynote, **history}), "x.key")
    assert result.codes == []
    assert [page.text for page in result.pages] == ["Cranes\nof Veld", "Paid in four parts"]
    sheet = b"<ls:workspace><sf:t><sf:ct sf:s='Ship'/></sf:t></ls:workspace>"
    table = b"<ls:document xmlns:ls='l' xmlns:sf='s'>" + sheet + b"</ls:document>"
    packed = {"index.xml.gz": gzip.compress(table), **history}
    assert read(zipped(packed), "x.numbers").text == "Ship"
    assert read(zipped({"index.xml.gz": b"\x1f\x8b\x08", **history}), "x.pages").codes == ["damaged"]
