"""Beneficial ownership statements of 0.2, 0.3 and 0.4: who owns what, who is not known, what was replaced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.reference.made import Said, read

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "ownership" / "bods_v04" / "data"

ORLAN = {
    "statementID": "s-orlan",
    "statementType": "entityStatement",
    "entityType": "registeredEntity",
    "name": "Orlan Works",
    "alternateNames": ["Орлан Воркс"],
    "incorporatedInJurisdiction": {"name": "Russia", "code": "RU"},
    "identifiers": [
        {"scheme": "RU-INN", "id": "7700000016"},
        {"schemeName": "Harbour register", "id": "H-1"},
    ],
    "foundingDate": "2001-02-03",
    "addresses": [{"address": "1 Quay Road", "postCode": "1000", "country": "RU"}],
    "statementDate": "2019-05-16",
}
KERN = {
    "statementID": "s-kern",
    "statementType": "personStatement",
    "personType": "knownPerson",
    "names": [
        {"type": "individual", "fullName": "Anna Kern", "givenName": "Anna", "familyName": "Kern"},
        {"type": "transliteration", "fullName": "Anna Kerne"},
    ],
    "nationalities": [{"code": "DE"}, {"code": "GB-SCT"}],
    "birthDate": "1971-05",
}


def stake(id_: str = "s-stake", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {
        "statementID": id_,
        "statementType": "ownershipOrControlStatement",
        "subject": {"describedByEntityStatement": "s-orlan"},
        "interestedParty": {"describedByPersonStatement": "s-kern"},
        "interests": [{"type": "shareholding", "interestLevel": "direct", "share": {"exact": 51}}],
    } | changes


def listed(*rows: object) -> tuple[dict[str, Any], list[Said]]:
    return read("bods", json.dumps(rows, indent=1, ensure_ascii=False))


def test_people_entities_and_a_share() -> None:
    found, problems = listed(ORLAN, KERN, stake())
    assert problems == []
    orlan, kern, link = found["s-orlan"], found["s-kern"], found["s-stake"]
    assert (orlan.schema, orlan.names, orlan.countries) == (
        "Company",
        ("Orlan Works", "Орлан Воркс"),
        ("ru",),
    )
    assert orlan.identifiers == ("inn:7700000016", "registration:H1")
    assert orlan.properties["address"] == ("1 Quay Road, 1000, RU",)
    assert (kern.schema, kern.names, kern.births) == ("Person", ("Anna Kern", "Anna Kerne"), ("1971-05",))
    assert kern.countries == ("de", "gb")
    assert link.schema == "Ownership"
    assert link.properties["owner"] == ("s-kern",)
    assert link.properties["asset"] == ("s-orlan",)
    assert link.properties["percentage"] == ("51",)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ({"exact": 25.5}, "25.5"),
        ({"minimum": 25, "maximum": 50}, "25-50"),
        ({"minimum": 25, "maximum": 50, "exclusiveMinimum": True}, ">25-50"),
        ({"exclusiveMinimum": 25, "maximum": 50}, ">25-50"),
        ({"minimum": 75}, ">=75"),
        ({"exclusiveMaximum": 10}, "<10"),
        ({"exact": 140}, None),
        ({"minimum": 50, "maximum": 25}, None),
        ({"exact": "half"}, None),
        ({}, ""),
    ],
)
def test_shares_keep_their_bounds_and_wrong_ones_are_told(share: dict[str, Any], words: str | None) -> None:
    found, problems = listed(stake(interests=[{"type": "shareholding", "share": share}]))
    assert found["s-stake"].properties.get("percentage", ()) == ((words,) if words else ())
    assert problems == ([("bad-share", "line 2")] if words is None else [])


def test_other_interests_are_control_or_a_post() -> None:
    interests = [
        {"type": "votingRights", "share": {"minimum": 75}, "startDate": "2010-01-01"},
        {"type": "boardMember", "details": "chairs the board"},
    ]
    found, _ = listed(ORLAN, KERN, stake(interests=interests))
    control, post = found["s-stake-1"], found["s-stake-2"]
    assert (control.schema, control.properties["controlType"]) == ("Control", ("voting rights",))
    assert control.properties["description"] == (">=75",)
    assert control.properties["startDate"] == ("2010-01-01",)
    assert (post.schema, post.properties["director"]) == ("Directorship", ("s-kern",))


def test_who_is_not_known_ends_no_chain_without_a_word() -> None:
    unknown = {"unspecified": {"reason": "noBeneficialOwners", "description": "no owner over 25 %"}}
    found, _ = listed(ORLAN, stake(interestedParty=unknown))
    (owner,) = found["s-stake"].properties["owner"]
    assert found[owner].properties["notes"] == ("noBeneficialOwners: no owner over 25 %",)
    assert found[owner].names == ()


def test_a_statement_that_is_replaced_means_the_new_one() -> None:
    newer = ORLAN | {"statementID": "s-orlan-2", "name": "Orlan Works PLC", "replacesStatements": ["s-orlan"]}
    found, _ = listed(ORLAN, KERN, stake(), newer)
    assert "s-orlan" not in found
    assert found["s-stake"].properties["asset"] == ("s-orlan-2",)


def record(kind: str, id_: str, number: int, date: str = "2024-01-01", **more: object) -> dict[str, Any]:
    details = more.pop("details")
    assert isinstance(details, dict)
    return {
        "statementId": f"st-{number}",
        "recordId": id_,
        "recordType": kind,
        "recordStatus": "new",
        "statementDate": date,
        "recordDetails": {"isComponent": False, **details},
    } | more


def test_records_of_0_4_count_by_their_last_statement() -> None:
    entity = {"entityType": {"type": "stateBody"}, "name": "Harbour Office", "jurisdiction": {"code": "DE"}}
    link = {
        "subject": "r-1",
        "interestedParty": {"reason": "unknown"},
        "interests": [{"type": "shareholding"}],
    }
    rows = [
        record("entity", "r-1", 1, "2024-03-01", details=entity | {"name": "Harbour Authority"}),
        record("entity", "r-1", 2, "2024-01-01", details=entity),
        record("relationship", "r-2", 3, details=link),
        record("relationship", "r-2", 4, "2024-05-01", details=link, recordStatus="closed"),
        {"statementId": "st-9", "recordType": "declaration", "recordId": "x"},
        "not a statement",
    ]
    found, problems = listed(*rows)
    office = found["r-1"]
    assert (office.schema, office.names, office.countries) == ("PublicBody", ("Harbour Authority",), ("de",))
    assert office.referents == ("st-1", "st-2")
    assert found["r-2"].properties["endDate"] == ("2024-05-01",)
    assert [code for code, _ in problems] == ["no-statement", "not-an-object"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the fixtures of the standard are not beside the project")
@pytest.mark.parametrize(
    ("name", "schemas"),
    [
        ("core/01-direct-ownership", ["Company", "Control", "Ownership", "Person"]),
        ("edge-cases/10-circular-ownership", ["Company", "Company", "Ownership", "Ownership"]),
        ("edge-cases/11-anonymous-person", ["Company", "LegalEntity", "Ownership"]),
    ],
)
def test_the_fixtures_of_the_standard(name: str, schemas: list[str]) -> None:
    found, problems = read("bods", (SHARED / f"{name}.json").read_bytes())
    assert problems == []
    assert sorted(one.schema for one in found.values()) == schemas
    for one in found.values():
        for prop in ("owner", "asset", "controller", "controlled"):
            assert set(one.properties.get(prop, ())) <= set(found)
