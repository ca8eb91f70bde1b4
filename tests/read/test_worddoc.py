from __future__ import annotations

import struct

import pytest

from casegraph.read.sectors import word_place
from casegraph.read.worddoc import written
from casegraph.read.wordfields import equation, pieces, shown
from tests.read.compound import compound
from tests.read.made import STORY, read
from tests.read.test_office import doc

DELETED, HIDDEN = 0x0800, 0x083C


def word6(text: bytes, language: int = 0x409, note: bytes = b"") -> bytes:
    """Return a document of Word 6: text in a code page behind its header."""
    head = bytearray(0x300)
    struct.pack_into("<HHHH", head, 0, 0xA5DC, 101, 0, language)
    struct.pack_into("<II", head, 0x18, 0x300, 0x300 + len(text + note))
    struct.pack_into("<II", head, 0x34, len(text), len(note))
    return compound({"WordDocument": bytes(head) + text + note + bytes(4_096)})


def test_deleted_and_hidden_words_are_kept_apart() -> None:
    text = "Seven eight cranes, not ships, came.\r"
    runs = ((6, 12, DELETED), (18, 29, HIDDEN))
    result = read(doc(text + STORY[0] + "\r", runs=runs), "x.doc")
    assert result.of("furniture") == [", not ships", "eight"]
    assert result.codes == ["hidden-text", "deleted-text"]
    assert STORY[0] in result.prose
    assert "eight" not in " ".join(result.prose)
    assert "ships" not in " ".join(result.prose)


def test_where_fields_lead_and_what_equations_say() -> None:
    link = '\x13 HYPERLINK "https://veld.example/list" \x14the list\x15'
    ruby = '\x13 EQ \\* jc2 \\* "Font:M" \\* hps11 \\o\\ad(\\s\\up 10(とうきょう),東京)\x15'
    result = read(doc(f"{STORY[0]}\rSee {link} of {ruby}.\r"), "x.doc")
    assert [one.url for one in result.document.links] == ["https://veld.example/list"]
    assert "東京(とうきょう)" in result.text
    assert "HYPERLINK" not in result.text


@pytest.mark.parametrize(
    ("text", "language", "encoding"),
    [
        ("Компания «Велд» поставила семь кранов в порт.", 0x419, "cp1251"),
        ("Компания «Велд» поставила семь кранов в порт, сообщили на таможне.", 0x409, "cp1251"),
        ("Dodávka sedmi jeřábů byla zaplacena v přístavu.", 0x405, "cp1250"),
        ("Die Kräne wurden „bezahlt“.", 0x407, "cp1252"),
        ("七台起重机运到港口", 0x804, "gbk"),
    ],
)
def test_word_6_in_the_code_page_of_its_language(text: str, language: int, encoding: str) -> None:
    data = word6(text.encode(encoding) + b"\r", language, "ж".encode("cp1251") if language == 0x419 else b"")
    result = read(data, "x.doc")
    assert result.prose[0] == text
    assert "reader-failed" not in result.codes


def test_a_document_cut_before_its_tables() -> None:
    whole = doc("\r".join([*STORY * 30, "Компания «Велд» поставила семь кранов."]))
    result = read(whole[: len(whole) // 2], "x.doc")
    assert "damaged" in result.codes
    assert result.prose[:3] == list(STORY)


def test_a_document_whose_characters_take_one_byte() -> None:
    text = "\r".join(STORY).encode("cp1252")
    whole = doc("x")
    place = word_place(whole)
    stream = bytearray(whole[place : place + 0x600]) + text
    struct.pack_into("<I", stream, 0x4C, len(text))
    found = written(whole[:512] + stream)
    assert found is not None
    assert not found.whole
    assert list(found.of("text")) == ["\r".join(STORY)]
    assert read(whole[:512] + stream, "x.doc").prose == list(STORY)


def test_paragraphs_and_cells_of_a_story() -> None:
    found = list(pieces("Cranes\rGoods\x07Pieces\x07\x07crane\x077\x07\x07\r\x01Paid\x0bin parts\x0c\rEnd"))
    assert [(piece.role, piece.text) for piece in found] == [
        ("paragraph", "Cranes"), ("table", "Goods\tPieces\ncrane\t7"), ("paragraph", "Paid\nin parts"),
        ("paragraph", "End"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x13 PAGE \x143\x15b", "a3b"),
        ("a\x13 X \x13 Y \x14z\x15 \x14r\x13 Q \x14s\x15\x15b", "arsb"),
        ("a\x13 PAGE", "a"),
        ("a\x15b\x14c", "abc"),
        ("co\x1fop\x1eed\x0bx", "coop-ed\nx"),
    ],
)
def test_fields_show_their_results(text: str, left: str) -> None:
    assert shown(text) == left


def test_an_equation_in_words() -> None:
    assert equation(r" EQ \f(7,2) ") == "7,2"
    assert equation(" PAGE ") == ""
