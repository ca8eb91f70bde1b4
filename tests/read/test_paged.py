"""XPS, Visio drawings, recordings: what they say."""

from __future__ import annotations

import io
import struct
import wave

import pytest

from tests.read.made import read
from tests.read.test_archive import zipped

XPS = {
    "FixedDocSeq.fdseq": b"<FixedDocumentSequence/>",
    "Documents/1/FixedDoc.fdoc": (
        b'<FixedDocument><PageContent Source="Pages/2.fpage"/>'
        b'<PageContent Source="/Documents/1/Pages/1.fpage"/></FixedDocument>'
    ),
    "Documents/1/Pages/1.fpage": (
        b'<FixedPage><Glyphs OriginX="10" OriginY="20" UnicodeString="Second page."/></FixedPage>'
    ),
    "Documents/1/Pages/2.fpage": (
        b'<FixedPage><Glyphs OriginX="10" OriginY="40" FontRenderingEmSize="12" UnicodeString="were late."/>'
        b'<Glyphs OriginX="90" OriginY="25" FontRenderingEmSize="12" UnicodeString="cranes"/>'
        b'<Glyphs OriginX="10" OriginY="25" FontRenderingEmSize="12" UnicodeString="The seven"/>'
        b'<Glyphs OriginX="10" OriginY="200" UnicodeString="Nobody paid."/></FixedPage>'
    ),
}
VISIO = {
    "visio/document.xml": b"<VisioDocument/>",
    "visio/pages/page1.xml": (
        b"<PageContents><Shapes><Shape><Text>Harrow<cp IX='0'/> Marine\n</Text></Shape>"
        b"<Shape><Text>Broker</Text></Shape></Shapes></PageContents>"
    ),
}


def test_fixed_pages_in_order() -> None:
    result = read(zipped(XPS), "x.xps")
    assert result.codes == []
    assert [page.text for page in result.pages] == [
        "The seven cranes were late.\n\nNobody paid.", "Second page."
    ]  # fmt: skip


def test_a_drawing() -> None:
    result = read(zipped(VISIO), "x.vsdx")
    assert result.codes == []
    assert result.of("paragraph") == ["Harrow Marine", "Broker"]


@pytest.mark.parametrize("parts", [XPS, VISIO])
def test_a_package_cut_short(parts: dict[str, bytes]) -> None:
    codes = read(zipped(parts)[:-80], "x.bin").codes
    assert "reader-failed" not in codes
    assert codes
    assert read(zipped({next(iter(parts)): b""}), "x").codes == ["no-text"]


def sound() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8_000)
        file.writeframes(bytes(16_000))
    return made.getvalue()


def test_a_recording_says_how_long_it_is() -> None:
    result = read(sound(), "x.wav")
    assert result.codes == ["not-transcribed"]
    assert result.document.metadata["seconds"] == ("2.0",)


def test_the_tags_of_a_song() -> None:
    title = b"\3Seven cranes"
    frame = b"TIT2" + struct.pack(">I", len(title)) + b"\0\0" + title
    size = len(frame)
    head = b"ID3\3\0\0" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    result = read(head + frame + (b"\xff\xfb\x90\x44" + bytes(413)) * 30, "x.mp3")
    assert result.document.title == "Seven cranes"
    assert set(read(head + frame[:9], "x.mp3").codes) <= {"not-transcribed", "damaged"}
