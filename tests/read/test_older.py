"""Works, Publisher, Visio, Write, Word 2, WordPerfect 4: made by the rules of their formats."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegraph.read.oldtexts import wordperfect_4
from casegraph.read.visiofile import Drawing
from tests.read.compound import Tree, compound
from tests.read.made import STORY, read


def chunks(*texts: str, mark: bytes = b"CHNKWKS ") -> bytes:
    """Return a stream of chunks: a list in two parts, then the texts."""
    place = 24 + 2 * 8 + 24 * (len(texts) + 1)
    entries, body = [struct.pack("<H4sHHH4sII", 24, b"FONT", 0, 1, 0, b"FONT", place, 0)], b""
    for text in texts:
        data = text.encode("utf-16-le")
        entries.append(
            struct.pack("<H4sHHH4sII", 24, b"TEXT", 0, 1, 0, b"TEXT", place + len(body), len(data))
        )
        body += data
    first, second = entries[:1], entries[1:]
    head = mark + struct.pack("<8H", 4, 8, len(entries), 0, 0, 0, 0, 0)
    lists = struct.pack("<HHI", 32, len(first), 24 + 8 + 24) + b"".join(first)
    lists += struct.pack("<HHI", 32, len(second), 0xFFFFFFFF) + b"".join(second)
    return head + lists + body


@pytest.mark.parametrize(
    ("tree", "media_type"),
    [
        ({"CONTENTS": chunks("\r".join(STORY)), "MatOST": b"x"}, "application/vnd.ms-works"),
        (
            {"Quill": {"QuillSub": {"CONTENTS": chunks("\r".join(STORY), mark=b"CHNKINK ")}}},
            "application/x-mspublisher",
        ),
    ],
)
def test_texts_in_chunks(tree: Tree, media_type: str) -> None:
    result = read(compound(tree), "x")
    assert result.codes == []
    assert result.document.media_type == media_type
    assert result.prose == list(STORY)


def test_a_document_of_works_4() -> None:
    text = "\r\n".join(STORY).encode()
    head = bytearray(0x100)
    struct.pack_into("<I", head, 0x26, 0x100 + len(text))
    result = read(compound({"MN0": bytes(head) + text + b"rubbish" * 9}), "x.wps")
    assert result.prose == list(STORY)
    assert "rubbish" not in result.text


# -- Visio ------------------------------------------------------------------------------------------------


def packed(data: bytes) -> bytes:
    """Return data in the packing of Visio, all letters as they are."""
    data = bytes(4) + data  # a head that is passed over
    return b"".join(b"\xff" + data[place : place + 8] for place in range(0, len(data), 8))


def chunk(kind: int, body: bytes, *, flag: int = 0, version: int = 11) -> bytes:
    head = struct.pack("<IIIIHB", kind, 1, flag, len(body), 2, 0x55)
    behind = bytes(12 if version > 6 else 8) if flag else bytes(4 if version > 6 else 0)
    return head + body + behind


def drawing(texts: list[str], *, version: int = 11, squeezed: bool = True) -> bytes:
    """Return a stream of a drawing: a trailer that points to one stream of chunks."""
    coding = "utf-16-le" if version > 6 else "cp1252"
    content = chunk(0x2F, b"shape", flag=1, version=version)
    for text in texts:
        content += chunk(0x0E, bytes(8) + f"{text}\0".encode(coding), version=version)
    stored = packed(content) if squeezed else content
    start = 64
    inner = struct.pack("<IIIIH", 0x15, 0, start, len(stored), 0xD6 if squeezed else 0xD4)
    trailer = struct.pack("<III", 4, 1, 0) + inner
    trailer = packed(trailer)
    head = bytearray(start)
    head[:20] = b"Visio (TM) Drawing\r\n"
    head[0x1A] = version
    struct.pack_into("<IIIIH", head, 0x24, 0x14, 0, start + len(stored), len(trailer), 0x56)
    return bytes(head) + stored + trailer


@pytest.mark.parametrize("version", [6, 11])
def test_texts_of_a_drawing(version: int) -> None:
    texts = ["Harrow Marine", "Orlan Works"]
    for squeezed in (True, False):
        made = drawing(texts, version=version, squeezed=squeezed)
        result = read(compound({"VisioDocument": made}), "x.vsd")
        assert result.codes == []
        assert result.document.media_type == "application/vnd.visio"
        assert result.of("paragraph") == texts


def test_a_drawing_that_points_in_a_circle_or_is_too_old() -> None:
    made = bytearray(drawing(["Crane"]))
    struct.pack_into("<IIIIH", made, 0x24, 0x14, 0, 0x24, 18, 0x54)
    assert "reader-failed" not in read(compound({"VisioDocument": bytes(made)}), "x.vsd").codes
    made[0x1A] = 3
    assert read(compound({"VisioDocument": bytes(made)}), "x.vsd").codes == ["damaged"]


@given(st.binary(max_size=400), st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_a_drawing(data: bytes, version: int) -> None:
    made = bytearray(drawing(["Crane"]))
    made[0x1A] = version
    list(Drawing(bytes(made[:0x24]) + data).texts())
    list(Drawing(bytes(made[:64]) + data + bytes(made[64:])).texts())


# -- Write, Word 2, WordPerfect 4 -------------------------------------------------------------------------


def test_a_document_of_write() -> None:
    text = "\r\n".join(STORY).encode()
    head = bytearray(0x80)
    head[:2] = b"\x31\xbe"
    struct.pack_into("<I", head, 0x0E, 0x80 + len(text))
    result = read(bytes(head) + text + bytes(200), "x.wri")
    assert (result.prose, result.document.media_type) == (list(STORY), "application/x-mswrite")


def test_a_document_of_word_2() -> None:
    text = "Портовый кран.\r\x13 DATE \\* \x145 March\x15 came.".encode("cp1251")
    head = bytearray(0x300)
    head[:4] = b"\xdb\xa5\x2d\0"
    struct.pack_into("<II", head, 0x18, 0x300, 0x300 + len(text))
    result = read(bytes(head) + text + b"\0\1\2" * 50, "x.doc")
    assert result.codes == []
    assert result.text.endswith("5 March came.")
    assert "DATE" not in result.text
    struct.pack_into("<H", head, 0x0A, 0x100)
    assert read(bytes(head) + text, "x.doc").codes == ["no-text"]


WORDPERFECT = (
    b"\xcb\x0a\x01\xf6\x01\xcb\xc0\x0a\x4a\x09\x4a\xc0\x82\x9f"
    + STORY[0].encode()
    + b"\x0a\x0a\xc3\0\x29\x17\xc3Paid in\x0dfour\xa0parts.\x8cDone."
)


def test_a_document_of_wordperfect_4() -> None:
    result = read(WORDPERFECT, "x.wp")
    assert result.document.media_type == "application/vnd.wordperfect-4"
    assert result.prose[:2] == [STORY[0], "Paid in four parts."]
    assert wordperfect_4(WORDPERFECT + b"\xc0open") is None
    assert wordperfect_4(WORDPERFECT + b"\0\1\2") is None
    assert wordperfect_4(STORY[0].encode()) is None
