"""JSON: records as tables, trees as lines, entities of FollowTheMoney, and what is broken."""

from __future__ import annotations

import json

import pytest

from tests.read.made import STORY, read
from tests.read.test_delimited import cells, words

RECORDS = [
    {"supplier": "Harrow Marine", "pieces": 7, "paid": True, "when": "2024-03-05", "to": {"port": "Veld"}},
    {"supplier": "ООО «Велд»", "pieces": 12.50, "paid": False, "when": None, "tags": ["a", "b"]},
]
ENTITY = {
    "id": "q1", "schema": "Person", "properties": {"name": ["Anna Kern", "Анна Керн"], "country": ["xx"]},
    "datasets": ["made"],
}  # fmt: skip


def test_a_list_of_records_is_a_table() -> None:
    result = read(json.dumps(RECORDS, ensure_ascii=False), "x.json")
    assert result.codes == []
    assert result.document.media_type == "application/json"
    assert words(result) == [
        ["supplier", "pieces", "paid", "when", "to.port", "tags"],
        ["Harrow Marine", "7", "true", "2024-03-05", "Veld"],
        ["ООО «Велд»", "12.5", "false", "a; b"],
    ]
    assert cells(result)[1][1:4] == [
        ("7", "number", "7"),
        ("true", "boolean", "true"),
        ("2024-03-05", "date", "2024-03-05"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_lines_of_records_in_any_encoding(encoding: str) -> None:
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in RECORDS)
    result = read(text.encode(encoding), "x.jsonl")
    assert result.document.media_type == "application/jsonl"
    assert words(result)[2][0] == "ООО «Велд»"


def test_a_tree_is_lines_and_its_prose_paragraphs() -> None:
    tree = {"title": "Cranes", "meta": {"id": 12345678901234567890, "ok": None}, "body": "\n\n".join(STORY)}
    result = read(json.dumps(tree), "x.json")
    assert result.document.title == "Cranes"
    assert result.prose == list(STORY)
    assert "meta.id: 12345678901234567890" in result.text


def test_entities_of_follow_the_money() -> None:
    result = read("\n".join([json.dumps(ENTITY), json.dumps(ENTITY | {"id": "q2"})]), "x.ijson")
    assert result.document.metadata["format"] == ("FollowTheMoney",)
    assert result.of("table")[0].split("\n")[:2] == ["Person q1", "name: Anna Kern; Анна Керн"]
    assert result.tables == ()


def test_a_broken_file_reads_as_it_is() -> None:
    result = read(json.dumps(RECORDS)[:-30], "x.json")
    assert result.codes == ["damaged"]
    assert "Harrow Marine" in result.text


def test_a_broken_line_costs_that_line() -> None:
    lines = [json.dumps(one) for one in RECORDS] * 2
    lines[2] = lines[2][:-9]
    result = read("\n".join(lines), "x.jsonl")
    assert result.codes == ["damaged-part"]
    assert "3" in result.problems[0].detail
    assert result.text.count("Harrow Marine") == 2


def test_deep_nesting_is_told() -> None:
    assert "nested-too-deep" in read("[" * 100_000, "x.json").codes
    assert read('{"a":' * 5_000 + "1" + "}" * 5_000, "x.json").codes == ["nested-too-deep"]


@pytest.mark.parametrize("text", ["{}", "[]", '{"a": null}'])
def test_nothing_in_it(text: str) -> None:
    assert read(text, "x.json").codes == ["no-text"]


@pytest.mark.parametrize(
    "text", ["[1] See page seven of the report.", "{curly} words in a letter", "[sic] he said"]
)
def test_brackets_in_prose_are_no_json(text: str) -> None:
    assert read(text, "x.txt").document.media_type == "text/plain"
