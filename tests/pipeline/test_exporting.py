"""A case as FollowTheMoney: the same lines after a rebuild, all of it or what is asked for."""

from __future__ import annotations

import csv
import json
import shutil
from typing import Any

import pytest

from casegraph.errors import UsageError
from casegraph.pipeline.case import Case, open_case
from tests.pipeline.conftest import CHAIN, MakeCase, news


@pytest.fixture
def built(make_case: MakeCase) -> Case:
    case = make_case(news(3), pen_name="wren")
    case.build()
    return case


def rows(case: Case, **asked: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever export takes
    return [json.loads(line) for line in case.export("ftm", **asked)]


def test_a_rebuild_gives_the_same_lines(built: Case) -> None:
    before = [list(built.export(form)) for form in ("ftm", "ftm-statements")]
    shutil.rmtree(built.folder / "derived")
    again = open_case(built.folder, chain=CHAIN)
    again.build()
    assert [list(again.export(form)) for form in ("ftm", "ftm-statements")] == before


def test_every_document_entity_and_claim_is_there_once(built: Case) -> None:
    found = rows(built)
    ids = [row["id"] for row in found]
    assert len(set(ids)) == len(ids)
    wanted = {one.id for one in built.entities()} | {one.id for one in built.claims()}
    wanted |= {one.id.replace(":", "-") for one in built.documents()}
    assert wanted <= set(ids)
    assert {row["datasets"][0] for row in found} == {"case"}
    denials = {one.id for one in built.claims(stance="denies")}
    notes = {row["id"]: row for row in found if row["schema"] == "Note"}
    assert denials
    assert denials <= notes.keys()
    assert all("denied" in notes[one]["properties"]["keywords"] for one in denials)


def test_a_name_comes_from_the_first_document_that_has_it(built: Case) -> None:
    statements = list(csv.DictReader("".join(built.export("ftm-statements")).splitlines()))
    wren = next(one for one in built.entities(name="Otto Wren"))
    (name,) = [row for row in statements if row["entity_id"] == wren.id and row["prop"] == "name"]
    assert name["origin"] == min(wren.documents).replace(":", "-")
    assert name["first_seen"]


def test_filters_leave_only_what_the_claims_name(built: Case) -> None:
    document = next(iter(built.documents())).id
    found = rows(built, document=document, stance="denies", dataset="Дело № 7")
    assert {row["datasets"][0] for row in found} == {"delo_no_7"}
    claims = {one.id for one in built.claims(document=document, stance="denies")}
    assert {row["id"] for row in found if row["id"].startswith("claim-")} == claims
    assert [row["id"] for row in found if row["id"].startswith("sha256-")] == [document.replace(":", "-")]
    assert {one["properties"]["document"][0] for one in found if one["schema"] == "Mention"} <= {
        document.replace(":", "-")
    }


def test_what_was_merged_is_a_referent(built: Case) -> None:
    built.judge("Otto Wren", "Mia Holt", "positive")
    built.update_entities()
    merged = next(one for one in built.entities() if one.merged)
    row = next(one for one in rows(built) if one["id"] == merged.id)
    assert tuple(row["referents"]) == merged.merged


def test_what_there_is_not_is_said(built: Case) -> None:
    with pytest.raises(UsageError, match="no format 'rdf'"):
        built.export("rdf")
    with pytest.raises(UsageError, match="facts are one of"):
        built.export(facts="all")  # type: ignore[arg-type]  # what a person might write
    with pytest.raises(UsageError, match="no kind"):
        built.export(kind="theft")  # type: ignore[arg-type]  # the same mistake
