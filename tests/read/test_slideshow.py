from __future__ import annotations

import struct

from casegraph.read.slideshow import show
from tests.read.compound import compound
from tests.read.made import STORY, read

_DOCUMENT, _SLIDE, _TAGS, _TAG, _COMMENT = 0x3E8, 0x3EE, 0x1388, 0x138B, 0x2EE0
_NOTES = 0x3F0


def record(kind: int, body: bytes, *, version: int = 0, instance: int = 0) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(body)) + body


def holder(kind: int, *parts: bytes) -> bytes:
    return record(kind, b"".join(parts), version=15)


def comment(author: str, text: str) -> bytes:
    strings = (
        record(0xFBA, one.encode("utf-16-le"), instance=place)
        for place, one in enumerate((author, text, "X"))
    )
    return holder(_TAGS, record(_TAG, holder(_COMMENT, *strings, record(0x2EE1, bytes(28)))))


def made() -> bytes:
    slides = (
        holder(_SLIDE, record(0xFA0, STORY[0].encode("utf-16-le")), comment("Anna Kern", "Who counted?")),
        holder(_SLIDE, record(0xFA8, STORY[1].encode("latin-1")), record(0xFA8, b"*"), comment("", "Краны?")),
    )
    listed = holder(0xFF0, *(record(0x3F3, struct.pack("<IIiII", one, 0, 0, one + 255, 0)) for one in (1, 2)))
    notes = (
        holder(_NOTES, record(0x3F1, struct.pack("<II", slide, 0)), record(0xFA8, text))
        for slide, text in ((0, b"Click to edit"), (257, STORY[2].encode("latin-1")))
    )
    master = holder(0x3F8, record(0xFA8, b"Write here"))
    stream = holder(_DOCUMENT, record(0x3E9, bytes(40)), listed) + master + b"".join((*slides, *notes))
    return compound({"PowerPoint Document": stream + bytes(4_000), "Current User": bytes(40)})


def test_comments_and_texts_of_the_records() -> None:
    found = show(made())
    assert found.comments == [(0, "Anna Kern: Who counted?"), (1, "Краны?")]
    assert found.notes == [(1, STORY[2])]
    assert list(found.texts) == list(STORY[:2])
    assert found.slides == 2


def test_a_broken_show_gives_its_words() -> None:
    result = read(made(), "x.ppt")
    assert {*STORY[:2]} <= {*result.prose}
    assert {*result.of("note")} == {STORY[2], "Anna Kern: Who counted?", "Краны?"}
    cut = read(made()[: 512 + 700], "x.ppt")
    assert STORY[0] in cut.text
    assert set(cut.codes) & {"damaged", "truncated"}
