"""Lists of aliases: Wikidata's entities, objects, and tables of several shapes."""

from __future__ import annotations

from typing import Any

from casegraph.reference import Options
from tests.reference.made import jsonl, read


def text(language: str, value: str) -> dict[str, str]:
    return {"language": language, "value": value}


def claim(value: object, rank: str = "normal") -> dict[str, Any]:
    return {"mainsnak": {"datavalue": {"value": value}}, "rank": rank}


KERN = {
    "type": "item",
    "id": "Q77",
    "labels": {"ru": text("ru", "Анна Керн"), "en": text("en", "Anna Kern")},
    "aliases": {"zh": [text("zh", "安娜·克恩")], "en": [text("en", "A. M. Kern"), text("en", "AK")]},
    "claims": {
        "P31": [claim({"id": "Q5"})],
        "P569": [
            claim({"time": "+1971-05-00T00:00:00Z", "precision": 10}),
            claim({"time": "+1970-01-01T00:00:00Z", "precision": 11}, rank="deprecated"),
            claim({"time": "+1900-00-00T00:00:00Z", "precision": 7}),
        ],
    },
}


def test_an_entity_of_wikidata() -> None:
    works = {
        "id": "Q78",
        "labels": {"en": text("en", "Orlan Works")},
        "claims": {
            "P1278": [claim("5299000J2N45DDNE4Y28")],
            "P31": [claim({"id": "Q4830453"})],
            "P569": "odd",
        },
    }
    found, problems = read("aliases", jsonl(KERN, works), Options(schema="Company"))
    assert problems == []
    kern = found["Q77"]
    assert (kern.schema, kern.caption, kern.births) == ("Person", "Anna Kern", ("1971-05",))
    assert kern.names == ("A. M. Kern", "Anna Kern", "Анна Керн", "安娜·克恩")
    assert kern.weak_names == ("AK",)
    assert kern.identifiers == ("wikidata:Q77",)
    assert found["Q78"].schema == "Company"
    assert found["Q78"].identifiers == ("lei:5299000J2N45DDNE4Y28", "wikidata:Q78")


def test_objects_with_aliases_by_language() -> None:
    row = {
        "id": "w1",
        "label": "Orlan Works",
        "aliases": {"ru": ["Орлан Воркс"], "zh": "奥兰公司"},
        "inn": 7700000016,
    }
    other = {"id": "w2", "labels": {"en": "Anna Kern"}, "schema": "Person", "inn": "770000000082"}
    found, problems = read("aliases", jsonl(row, other, {"id": "w3"}))
    assert found["w1"].names == ("Orlan Works", "Орлан Воркс", "奥兰公司")
    assert found["w1"].identifiers == ("inn:7700000016",)
    assert found["w2"].schema == "Person"
    assert problems == [("no-name", "line 3")]


def test_a_table_with_languages_in_its_headings() -> None:
    data = (
        "\ufeffID;Label;Label RU;Aliases;aliases_zh;inn;country;imo\n"
        "w1;Orlan Works;Орлан Воркс;Orlan Ltd|Orlan Trading;奥尔兰|奥兰公司;7700000016;Russia;9074729\n"
        "w2;Veld Port;;;;;DEU;\n"
        ";No id;;;;;;\n"
        "w4;;;;;;;\n"
        "w5;a;b;c;d;e;f;g;h\n"
    )
    found, problems = read("aliases", data, Options(schema="Company"))
    assert found["w1"].names == (
        "Orlan Ltd",
        "Orlan Trading",
        "Orlan Works",
        "Орлан Воркс",
        "奥兰公司",
        "奥尔兰",
    )
    assert found["w1"].countries == ("ru",)
    assert found["w1"].identifiers == ("imo:9074729", "inn:7700000016")
    assert found["w2"].countries == ("de",)
    assert problems == [("no-id", "line 4"), ("no-name", "line 5"), ("row-width", "line 6")]


def test_a_row_a_name_and_the_headings_of_a_query() -> None:
    long = "id,language,label,alias\nw1,en,Orlan Works,\nw1,ru,,Орлан Воркс\n"
    found, _ = read("aliases", long)
    assert found["w1"].names == ("Orlan Works", "Орлан Воркс")
    sparql = (
        "item,itemLabel,itemAltLabel\n"
        'http://www.wikidata.example/entity/Q77,Anna Kern,"Anna M. Kern, Анна Керн"\n'
    )
    found, _ = read("aliases", sparql)
    assert found["Q77"].names == ("Anna Kern", "Anna M. Kern", "Анна Керн")
    assert found["Q77"].identifiers == ("wikidata:Q77",)


def test_a_broken_row_costs_only_itself() -> None:
    data = b'id,label\nw1,Orlan Works\nw2,"\xff\xfe"\nw3,Veld Port\n'
    found, problems = read("aliases", data)
    assert sorted(found) == ["w1", "w3"]
    assert problems == [("undecodable", "line 3")]
