"""Tables with a mapping: the same entities as the library makes of the same file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from casegraph.errors import SettingsError
from casegraph.reference import Options, read_queries
from tests.followthemoney import asked, with_followthemoney
from tests.reference.made import read

TABLE = (
    "company;inn;country;owner;owner country;share;since;kind;note\n"
    "Orlan Works;7700000016;RU;Anna Kern;DE;51;03.02.2001;own;a|b\n"
    "Veld Port;;DE;Otto Wren;;49;;own;\n"
    "Sella Brokers;7800000027;Russia;;;;;own;\n"
    "Skipped;1;DE;Mia Holt;DE;1;;drop;\n"
)
MAPPING: dict[str, Any] = {
    "harbour": {
        "queries": [
            {
                "csv_url": "https://register.example/never-fetched.csv",
                "filters_not": {"kind": "drop"},
                "entities": {
                    "firm": {
                        "schema": "Company",
                        "keys": ["company", "inn"],
                        "key_literal": "firm",
                        "properties": {
                            "name": {"column": "company"},
                            "innCode": {"column": "inn"},
                            "jurisdiction": {"column": "country"},
                            "notes": {"column": "note", "split": "|"},
                            "summary": {"template": "{{company}} of {{country}}"},
                        },
                    },
                    "owner": {
                        "schema": "Person",
                        "key": "owner",
                        "properties": {
                            "name": {"column": "owner", "required": True},
                            "nationality": {"column": "owner country"},
                        },
                    },
                    "stake": {
                        "schema": "Ownership",
                        "keys": ["owner", "company"],
                        "properties": {
                            "owner": {"entity": "owner"},
                            "asset": {"entity": "firm"},
                            "percentage": {"column": "share"},
                            "startDate": {"column": "since", "format": "%d.%m.%Y"},
                            "role": {"columns": ["kind", "share"], "join": " "},
                        },
                    },
                },
            }
        ]
    }
}

THEIRS = """
import csv, json, sys
from followthemoney import model
query = json.load(open(sys.argv[1]))
mapping = model.make_mapping(query)
found = {}
for row in csv.DictReader(open(sys.argv[2]), delimiter=";"):
    row = {key: value for key, value in row.items() if value}
    if mapping.source.check_filters(row):
        for entity in mapping.map(row).values():
            kept = {key: sorted(own) for key, own in entity.properties.items() if key != "namesMentioned"}
            found.setdefault(entity.id, [entity.schema.name, {}])[1].update(kept)
print(json.dumps(found))
"""


def options(mapping: dict[str, Any]) -> Options:
    return Options(queries=read_queries(yaml.safe_dump(mapping), "map.yml"))


def test_rows_become_entities_and_what_is_empty_is_told() -> None:
    found, problems = read("mapping", TABLE, options(MAPPING))
    firms = {one.caption: one for one in found.values() if one.schema == "Company"}
    assert sorted(firms) == ["Orlan Works", "Sella Brokers", "Veld Port"]
    assert firms["Orlan Works"].identifiers == ("inn:7700000016",)
    assert firms["Sella Brokers"].countries == ("ru",)
    stakes = [one for one in found.values() if one.schema == "Ownership"]
    first = next(one for one in stakes if one.properties.get("percentage") == ("51",))
    assert first.properties["asset"] == (firms["Orlan Works"].id,)
    assert first.properties["startDate"] == ("2001-02-03",)
    assert ("no-key", "line 4") in problems


@with_followthemoney
def test_the_entities_are_those_that_the_library_makes(tmp_path: Path) -> None:
    (tmp_path / "query.json").write_text(json.dumps(MAPPING["harbour"]["queries"][0]), encoding="utf-8")
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    theirs = asked(THEIRS, tmp_path / "query.json", tmp_path / "table.csv")
    found, _ = read("mapping", TABLE, options(MAPPING))
    ours = {
        one.id: [one.schema, {name: sorted(values) for name, values in one.properties.items()}]
        for one in found.values()
    }
    assert ours == theirs


def broken(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of an entity
    entity = MAPPING["harbour"]["queries"][0]["entities"]["firm"]
    kept = {key: value for key, value in (entity | changes).items() if value is not None}
    return {"harbour": {"queries": [{"csv_url": "x", "entities": {"firm": kept}}]}}


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (broken(schema="Spaceship"), "'Spaceship' is no schema"),
        (broken(schema="Thing"), "'Thing' is no schema"),
        (broken(keys=None), "either `keys` or an `id_column`"),
        (broken(id_column="inn"), "either `keys` or an `id_column`"),
        (broken(properties={"colour": {"column": "x"}}), "no property 'colour'"),
        (broken(properties={"name": {"colum": "x"}}), "there is no 'colum' here"),
        (broken(properties={"name": "company"}), "a property has a `column`"),
        (broken(properties={"parent": {"entity": "owner"}}), "not in the query"),
        (broken(properties={"name": {"entity": "firm"}}), "leads to no Company"),
        ({"harbour": {"queries": [{"csv_url": "x"}]}}, "a query has `entities`"),
        ({"harbour": []}, "a data set has `queries`"),
        (broken(keys=[False]), "False is no text"),
        ({}, "data sets by name"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_place(mapping: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        options(mapping)


def test_no_yaml_is_told_with_its_line() -> None:
    with pytest.raises(SettingsError, match=r"map\.yml, line 3: this is no YAML"):
        read_queries("a:\n  - b: [\n", "map.yml")
