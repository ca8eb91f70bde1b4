"""FollowTheMoney in: entities and statements, whole and broken."""

from __future__ import annotations

import json

import pytest

from casegraph.reference import form_of
from casegraph.reference.lines import LONGEST
from tests.reference.made import KERN, STAKE, WORKS, ftm, jsonl, read


def test_an_entity_gives_what_matching_needs() -> None:
    found, problems = read("ftm", jsonl(WORKS | {"referents": ["old-1"]}, STAKE, KERN))
    assert problems == []
    works, kern = found["NK-1"], found["NK-3"]
    assert (works.schema, works.caption, works.line) == ("Company", "Orlan Works", 1)
    assert works.names == ("Orlan Works", "Орлан Воркс", "奥兰公司")
    assert works.weak_names == ("OW",)
    assert works.identifiers == ("inn:7700000016",)
    assert works.countries == ("ru",)
    assert works.topics == ("sanction",)
    assert works.referents == ("old-1",)
    assert works.properties["innCode"] == ("77 000-00016",)
    assert (kern.caption, kern.names, kern.births) == ("Anna Kern", ("Anna Kern",), ("1971-05",))
    assert found["NK-2"].properties == {"asset": ("NK-1",), "owner": ("NK-3",), "percentage": ("51",)}


def test_what_cannot_be_used_is_told_with_its_line_and_the_rest_is_read() -> None:
    odd = ftm(
        "NK-5", "Company", name=["Veld Port"], colour=["red"], country=["Atlantis"], jurisdiction=["Germany"]
    )
    data = jsonl(
        WORKS, "{broken", "[1]", odd, ftm("", "Person"), ftm("x", "Spaceship"), ftm("y", "Thing"), {"id": "z"}
    )
    found, problems = read("ftm", data.encode() + b"\xff\xfe\n" + jsonl(KERN).encode())
    assert sorted(found) == ["NK-1", "NK-3", "NK-5"]
    assert found["NK-5"].countries == ("de",)
    assert problems == [
        ("bad-json", "line 2"),
        ("not-an-object", "line 3"),
        ("unknown-property", "line 4"),
        ("bad-value", "line 4"),
        ("no-id", "line 5"),
        ("unknown-schema", "line 6"),
        ("unknown-schema", "line 7"),
        ("no-properties", "line 8"),
        ("undecodable", "line 9"),
    ]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_list_is_read_element_by_element_and_goes_on_behind_a_broken_one(indent: int | None) -> None:
    parts = [json.dumps(one, indent=indent) for one in (WORKS, KERN, STAKE)]
    whole = "[\n" + ",\n".join(parts) + "\n]\n"
    assert len(read("ftm", whole)[0]) == 3
    broken = whole.replace(parts[1], parts[1].replace('"schema":', '"schema"', 1))
    found, problems = read("ftm", broken)
    assert sorted(found) == ["NK-1", "NK-2"]
    assert problems == [
        ("bad-json", f"line {broken[: broken.index('Kern')].count(chr(10)) + 1 - 12 * bool(indent)}")
    ] or [code for code, _ in problems] == ["bad-json"]
    cut, problems = read("ftm", whole[: whole.index("NK-2") + 9])
    assert sorted(cut) == ["NK-1", "NK-3"]
    assert [code for code, _ in problems] == ["cut"]


def test_one_line_that_is_too_long_costs_only_itself() -> None:
    long = b'{"id": "a", "schema": "Person", "properties": {"name": ["' + b"x" * LONGEST + b'"]}}\n'
    found, problems = read("ftm", long + jsonl(KERN).encode())
    assert list(found) == ["NK-3"]
    assert problems == [("too-long", "line 1")]


def test_lines_of_one_id_are_one_entry_with_the_narrower_schema() -> None:
    again = ftm("NK-1", "LegalEntity", name=["Orlan Trading"], country=["de"])
    other = ftm("NK-1", "Vessel", name=["Orlan"], imoNumber=["9074729"])
    found, problems = read("ftm", jsonl(again, WORKS, other))
    assert found["NK-1"].schema == "Company"
    assert found["NK-1"].countries == ("de", "ru")
    assert "Orlan Trading" in found["NK-1"].names
    assert problems == [("schemas-differ", "line 3")]


def statements(*rows: str) -> str:
    return "\n".join(["canonical_id,entity_id,prop,prop_type,schema,value,dataset,lang", *rows]) + "\n"


def test_statements_come_together_by_their_canonical_id() -> None:
    data = statements(
        "NK-1,a-1,name,name,LegalEntity,Orlan Works,a,",
        "NK-1,a-1,id,id,LegalEntity,abc,a,",
        "NK-3,NK-3,name,name,Person,Anna Kern,a,",
        'NK-1,b-7,innCode,identifier,Company,"7700000016",b,',
        "NK-1,,country,country,Company,ru,b,",
        ",,name,name,Company,Nobody,b,",
        'NK-9,NK-9,name,name,Company,"cut off',
    )
    found, problems = read("ftm-statements", data)
    assert found["NK-1"].referents == ("a-1", "b-7")
    assert (found["NK-1"].schema, found["NK-1"].identifiers) == ("Company", ("inn:7700000016",))
    assert found["NK-3"].schema == "Person"
    assert ("no-property", "line 7") in problems


def test_statements_as_lines_of_json_and_packed_properties() -> None:
    rows = [
        {"entity_id": "a", "prop": "Company:name", "value": "Orlan Works", "dataset": "x"},
        {"canonical_id": "a", "entity_id": "a", "prop": "alias", "schema": "Company", "value": "Орлан"},
    ]
    found, problems = read("ftm-statements", jsonl(*rows))
    assert found["a"].names == ("Orlan Works", "Орлан")
    assert problems == []


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (jsonl(WORKS), "ftm"),
        (json.dumps([WORKS], indent=2), "ftm"),
        (statements(), "ftm-statements"),
        ('{"entity_id": "a", "prop": "name", "value": "x"}\n', "ftm-statements"),
        ('[{"statementID": "x", "statementType": "personStatement"}]', "bods"),
        ('[{"statementId": "x", "recordType": "person"}]', "bods"),
        ('[\n{"type":"item","id":"Q1","labels":{}}', "aliases"),
        ("\ufeffid;label;label_ru\n", "aliases"),
        ("item,itemLabel,itemAltLabel\n", "aliases"),
        ("when,what\n", None),
        ("<html>", None),
        ("", None),
    ],
)
def test_a_file_shows_what_it_is(head: str, form: str | None) -> None:
    found = form_of(head.encode())
    assert (found.name if found else None) == form


def test_a_number_that_fails_its_check_digit_is_kept_and_matches_nothing() -> None:
    odd = ftm("a", "Company", name=["Orlan Works"], innCode=["7700000017"], leiCode=["5299000J2N45DDNE4Y28"])
    found, problems = read("ftm", jsonl(odd))
    assert found["a"].identifiers == ("lei:5299000J2N45DDNE4Y28",)
    assert found["a"].properties["innCode"] == ("7700000017",)
    assert problems == [("check-digit", "line 1")]
