"""Reference data in a case: kept with its source, apart from claims, and read again from its bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from casegraph.errors import CaseDamagedError, SettingsError, UsageError
from casegraph.model import Entity, ReferenceEntity
from casegraph.pipeline.case import Case, open_case
from casegraph.pipeline.hits import hits
from tests.pipeline.conftest import CHAIN, MakeCase, news
from tests.reference.made import KERN, STAKE, WORKS, ftm, jsonl


@pytest.fixture
def case(make_case: MakeCase) -> Case:
    return make_case(news(1), pen_name="wren")


def file(case: Case, name: str, text: str) -> Path:
    path = case.folder.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_data_set_is_kept_with_where_it_is_from(case: Case) -> None:
    path = file(case, "Register 2024.jsonl", jsonl(WORKS, "{broken", STAKE, KERN))
    done = case.add_reference(
        path, publisher="Harbour Office", licence="CC0", source="https://x.example/a", issued="2024-05"
    )
    assert (done.source.dataset, done.source.form, done.entities, done.problems) == (
        "register_2024",
        "ftm",
        3,
        1,
    )
    assert done.source.pen_name == "wren"
    (row,) = case.references()
    assert (row.source, row.entities, row.problems) == (done.source, 3, 1)
    assert [one.id for one in case.reference_entities()] == ["NK-1", "NK-2", "NK-3"]
    assert [one.id for one in case.reference_entities(name="орлан")] == ["NK-1"]
    assert [one.id for one in case.reference_entities(schema="Person")] == ["NK-3"]
    (problem,) = case.problems(code="reference.bad-json")
    assert problem.name == "Register 2024.jsonl, line 2"
    assert problem.document is None


def test_it_is_no_document_and_no_entity_of_the_case(case: Case) -> None:
    case.build()
    before = [one.id for one in case.documents()], [one.id for one in case.entities()]
    case.add_reference(file(case, "a.jsonl", jsonl(WORKS)))
    case.build()
    assert ([one.id for one in case.documents()], [one.id for one in case.entities()]) == before
    assert not any("NK-1" in line for line in case.export())
    report = case.verify()
    assert report.differences == ()
    assert report.originals == 2


def test_what_was_read_is_read_again_from_the_bytes(case: Case) -> None:
    path = file(case, "a.jsonl", jsonl(WORKS, "{broken", STAKE))
    case.add_reference(path)
    path.unlink()
    before = list(case.reference_entities()), list(case.problems())
    shutil.rmtree(case.folder / "derived")
    again = open_case(case.folder, chain=CHAIN)
    assert (list(again.reference_entities()), list(again.problems())) == before
    case.build()
    assert list(open_case(case.folder, chain=CHAIN).reference_entities()) == before[0]


def test_a_newer_file_takes_the_place_of_the_older(case: Case) -> None:
    case.add_reference(file(case, "a.jsonl", jsonl(WORKS)), dataset="list", issued="2023")
    same = case.add_reference(file(case, "a.jsonl", jsonl(WORKS)), dataset="list", issued="2023")
    assert not same.replaced
    newer = case.add_reference(file(case, "b.jsonl", jsonl(KERN)), dataset="list", issued="2024")
    assert newer.replaced
    assert newer.before == 1
    assert [one.id for one in case.reference_entities(dataset="list")] == ["NK-3"]
    folders = [path for path in (case.folder / "derived").glob("reference-*/*") if path.is_dir()]
    assert len(folders) == 1
    case.remove_reference("list")
    assert list(case.references()) == []
    assert case.verify().differences == ()
    with pytest.raises(UsageError, match="there is none"):
        case.remove_reference("list")


def test_statements_of_two_versions_of_bods_point_to_what_is_there(case: Case) -> None:
    rows = [
        {
            "statementID": "a",
            "statementType": "entityStatement",
            "name": "Orlan",
            "entityType": "registeredEntity",
        },
        {
            "statementID": "l",
            "statementType": "ownershipOrControlStatement",
            "subject": {"describedByEntityStatement": "a"},
            "interestedParty": {"describedByEntityStatement": "a"},
        },
        {
            "statementID": "b",
            "statementType": "entityStatement",
            "name": "Orlan Works",
            "entityType": "registeredEntity",
            "replacesStatements": ["a"],
        },
    ]
    case.add_reference(file(case, "bods.json", json.dumps(rows)))
    found = {one.id: one for one in case.reference_entities()}
    assert sorted(found) == ["b", "l"]
    assert found["b"].referents == ("a",)
    assert found["l"].properties["asset"] == ("b",)


def test_a_table_needs_its_mapping_and_keeps_it(case: Case) -> None:
    table = file(case, "t.csv", "firm,number\nOrlan Works,1\n")
    entity = "{schema: Company, key: number, properties: {name: {column: firm}}}"
    path = file(case, "m.yml", f"m:\n  queries:\n  - csv_url: x\n    entities: {{f: {entity}}}\n")
    with pytest.raises(UsageError, match="none of the forms"):
        case.add_reference(table)
    with pytest.raises(UsageError, match="go together"):
        case.add_reference(table, form="mapping")
    with pytest.raises(SettingsError, match="no schema"):
        case.add_reference(table, mapping=file(case, "w.yml", path.read_text().replace("Company", "Firm")))
    done = case.add_reference(table, mapping=path, dataset="t")
    path.unlink()
    shutil.rmtree(case.folder / "derived")
    assert [one.names for one in case.reference_entities(dataset="t")] == [("Orlan Works",)]
    assert done.source.mapping.startswith("m:")


def test_what_cannot_be_taken_leaves_nothing_behind(case: Case) -> None:
    page = file(case, "page.json", "<html>not found</html>\n")
    for said, words in (
        ({"form": "ftm"}, "no entry that can be read as ftm: line 1, this is not JSON"),
        ({"form": "rdf"}, "no form 'rdf'"),
        ({"form": "ftm", "schema": "Thing"}, "'Thing' is no schema"),
        ({"form": "ftm", "issued": "May 2024"}, "issued is a date"),
    ):
        with pytest.raises(UsageError, match=words):
            case.add_reference(page, **said)  # type: ignore[arg-type]  # rows of a table
    with pytest.raises(UsageError, match="cannot read"):
        case.add_reference(case.folder.parent / "nowhere.json")
    assert list(case.references()) == []
    assert case.verify().differences == ()
    assert not list((case.folder / "derived").glob("reference-*/*"))


def test_bytes_that_are_gone_are_said(case: Case) -> None:
    done = case.add_reference(file(case, "a.jsonl", jsonl(ftm("x", "Person", name=["Anna Kern"]))))
    digest = done.source.original.removeprefix("sha256:")
    original = case.folder / "originals" / digest[:2] / digest[2:4] / digest
    original.unlink()
    shutil.rmtree(case.folder / "derived")
    with pytest.raises(CaseDamagedError, match="add its file again"):
        list(case.reference_entities())
    assert [one.code for one in case.verify().differences] == ["verify.original-missing"]


def test_entities_with_the_number_or_the_full_name_of_an_entry_are_leads() -> None:
    entities = [
        Entity(id="entity-1", schema="Company", name="Orlan Works", names=("Orlan Works", "奥兰公司")),
        Entity(id="entity-2", schema="Person", name="Anna Kern", names=("Anna Kern", "Kern")),
        Entity(
            id="entity-3", schema="Company", name="Veld", names=("Veld",), identifiers=("inn:7700000016",)
        ),
        Entity(id="entity-4", schema="Address", name="Northport", names=("Northport",)),
    ]

    def entry(id_: str, schema: str, *names: str, **more: Any) -> ReferenceEntity:  # noqa: ANN401 - any field
        return ReferenceEntity(id=id_, dataset="d", schema=schema, caption=id_, names=names, **more)

    references = [
        entry("a", "Company", "ORLAN WORKS LLC", "Other", topics=("sanction",)),
        entry("b", "LegalEntity", "Anna M. Kern"),
        entry("c", "Person", "Kern"),
        entry("d", "Person", "Orlan Works"),
        entry("e", "Company", "Quite another", identifiers=("inn:7700000016",)),
        entry("f", "Organization", "奥兰公司"),
        entry("g", "Address", "Northport"),
    ]
    found = [(one.entity, one.reference, one.by, one.topics) for one in hits(entities, references)]
    assert found == [
        ("entity-1", "a", ("name",), ("sanction",)),
        ("entity-2", "b", ("name",), ()),
        ("entity-3", "e", ("inn:7700000016",), ()),
        ("entity-1", "f", ("name",), ()),
    ]


def test_a_person_may_say_that_an_entity_is_an_entry(case: Case) -> None:
    case.build()
    case.add_reference(file(case, "a.jsonl", jsonl(WORKS, ftm("NK-9", "Person", name=["Otto Wren"]))))
    (hit,) = [one for one in case.reference_hits() if one.name == "Otto Wren"]
    assert (hit.reference, hit.by) == ("NK-9", ("name",))
    case.judge(hit.entity, "NK-9", "positive")
    case.judge("Mia Holt", "NK-9", "positive")
    case.update_entities()
    merged = next(one for one in case.entities() if one.merged)
    assert {"Otto Wren", "Mia Holt"} <= set(merged.names)
    row = next(row for line in case.export() if (row := json.loads(line))["id"] == merged.id)
    assert "NK-9" in row["referents"]
    with pytest.raises(UsageError, match="no entity 'NK-8'"):
        case.judge("Vera Lind", "NK-8", "positive")


def test_what_one_case_exports_another_takes_whole(case: Case) -> None:
    case.build()
    for form, suffix in (("ftm", "jsonl"), ("ftm-statements", "csv")):
        text = "".join(case.export(form, facts="stated"))
        done = case.add_reference(file(case, f"{form}.{suffix}", text))
        assert (done.source.form, done.problems) == (form, 0)
    entities, statements = (
        [
            (one.id, one.schema, {name: sorted(own) for name, own in one.properties.items()})
            for one in case.reference_entities(dataset=name)
        ]
        for name in ("ftm", "ftm_statements")
    )
    assert entities == statements
    exported = {json.loads(line)["id"] for line in case.export(facts="stated")}
    assert {id_ for id_, _, _ in entities} == exported
