"""Bytes to text."""

from __future__ import annotations

import random

import pytest

from casegraph.read.charset import decode, is_text
from casegraph.read.cleaning import clean
from tests.read.made import read

WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
RUSSIAN = "Порт закрыли в сентябре. Компания поставила семь кранов, сообщили на таможне."
CHINESE = "港口于九月关闭。该公司交付了七台起重机，官员表示。"
TRADITIONAL = "港口於九月關閉。該公司交付了七台起重機，官員表示。"
WESTERN = "“We wasn’t told,” said Zoë from Zürich – naïve café words, all of them."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, name) for name in ("utf-8", "utf-8-sig", *WIDE, "cp1251", "koi8-r", "cp866")),
        *((CHINESE, name) for name in ("utf-8", *WIDE, "gb18030", "gb2312", "hz")),
        *((TRADITIONAL, name) for name in ("big5", "utf-16-le")),
        *((WESTERN, name) for name in ("cp1252", "utf-8", "utf-16")),
        *(("あいうえお\r\nかきくけこ\r\n", name) for name in ("cp932", "euc_jp", "utf-8")),
        ("クレーン7台が港に着いた", "cp932"),
        ("Harbour news.", "ascii"),
    ],
)  # fmt: skip
def test_the_encoding_is_found(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert is_text(data)
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.undecodable == 0


def test_broken_places_are_counted_and_the_text_kept() -> None:
    data = RUSSIAN.encode() * 5 + b"\xff\xfe" + RUSSIAN.encode() * 5
    result = read(data)
    assert result.codes == ["undecodable"]
    assert "2 places" in result.problems[0].detail
    assert result.text.count("\ufffd") == 2
    assert result.text.count("кранов") == 10


def test_a_replacement_character_of_the_original_is_no_problem() -> None:
    assert read(f"The name was written {chr(0xFFFD)}orlan on every page of it.").codes == []


def test_a_declared_encoding_counts_if_it_fits() -> None:
    assert decode(RUSSIAN[:12].encode("koi8-r"), "koi8-r").text == RUSSIAN[:12]
    assert decode(RUSSIAN.encode(), "koi8-r").text == RUSSIAN
    assert decode(CHINESE.encode("gb18030"), "no-such-thing").text == CHINESE


def test_random_bytes_are_no_text() -> None:
    source = random.Random(7)
    assert not any(is_text(source.randbytes(2000)) for _ in range(50))


def test_control_characters_go_and_line_ends_become_one() -> None:
    assert clean("a\r\nb\rc\x85d\u2028e") == "a\nb\nc\nd\ne"
    assert clean("so\u00adft\u200b, \x07bell\x00, \ufeffmark\x1b[0m") == "soft, bell, mark[0m"
    assert clean("one\x0ctwo") == "one\n\ntwo"
    assert clean("\ud800x") == "\ufffdx"
    assert clean("می\u200cروم") == "می\u200cروم"


def test_a_text_with_holes_is_text() -> None:
    text = ("Seven cranes came to the port of Veld.\n" * 40).encode()
    result = read(text + bytes(4_096) + text, "x.log")
    assert result.document.media_type == "text/plain"
    assert result.text.count("Seven cranes") == 80
    assert not is_text(bytes(600) + text)
