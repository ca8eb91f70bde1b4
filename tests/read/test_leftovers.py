"""Property lists, and compound files of programs that no reader reads."""

from __future__ import annotations

import plistlib
from datetime import datetime
from typing import Any

import pytest

from tests.read.compound import compound
from tests.read.made import STORY, read
from tests.read.test_delimited import words

PAGE = {
    "WebMainResource": {
        "WebResourceData": f"<html><body><p>{STORY[0]} Кран.</p></body></html>".encode("cp1251"),
        "WebResourceTextEncodingName": "windows-1251",
        "WebResourceURL": "https://veld.example/page",
    },
    "WebSubresources": [
        {"WebResourceData": b"\x89PNG\r\n\x1a\n", "WebResourceURL": "https://veld.example/a.png?x"}
    ],
}


def binary(value: dict[str, Any]) -> bytes:
    return plistlib.dumps(value, fmt=plistlib.FMT_BINARY)


def test_a_property_list() -> None:
    made = {
        "port": "Veld", "when": datetime(2024, 3, 5), "key": b"\0\1", "n": 7.5,  # noqa: DTZ001 - as plists have it
        "ships": [{"name": "Harrow", "crates": 7}, {"name": "Orlan", "crates": 2}],
    }  # fmt: skip
    result = read(binary(made), "x.plist")
    assert result.codes == []
    assert "port: Veld" in result.text
    assert "when: 2024-03-05T00:00:00" in result.text
    assert words(result) == [["crates", "name"], ["7", "Harrow"], ["2", "Orlan"]]


def test_a_page_that_safari_saved() -> None:
    result = read(binary(PAGE), "x.webarchive")
    assert result.document.url == "https://veld.example/page"
    assert result.prose == [f"{STORY[0]} Кран."]
    assert [one.data for one in result.held] == [b"\x89PNG\r\n\x1a\n"]


@pytest.mark.parametrize("cut", [9, 40, -10])
def test_a_broken_property_list(cut: int) -> None:
    assert read(binary(PAGE)[:cut], "x.plist").codes == ["damaged"]


def test_what_a_drawing_embeds_is_taken_out() -> None:
    data = compound({"StarDrawDocument3": b"x" * 6_000, "_1": {"CONTENTS": b"%PDF-1.4 not much of one"}})
    result = read(data, "x.sda")
    assert result.document.media_type == "application/vnd.stardivision.draw"
    assert result.codes == ["unread-type"]
    assert "StarOffice drawing" in result.problems[0].detail
    assert [one.data for one in result.held] == [b"%PDF-1.4 not much of one"]


def test_a_compound_file_says_which_program_made_it() -> None:
    kind = b"Veld Planner 3\0"
    stream = bytes(28) + len(kind).to_bytes(4, "little") + kind
    result = read(compound({"\x01CompObj": stream, "Plan": b"x" * 99}), "x.plan")
    assert result.codes == ["unread-type"]
    assert "by Veld Planner 3" in result.problems[0].detail
