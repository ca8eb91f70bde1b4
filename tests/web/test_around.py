"""The page of an entity: what stands around it, what it was joined from, the lists, claims by kind."""

from __future__ import annotations

import httpx
import pytest

from casegraph.model import Reason
from casegraph.pipeline import connected
from casegraph.pipeline.case import Case
from casegraph.pipeline.changed import Proposal
from casegraph.web.wording import alike, by_script
from tests.web.conftest import tree_of

pytestmark = pytest.mark.loopback


def test_an_entity_stands_among_its_ties(client: httpx.Client, case: Case) -> None:
    (one,) = (one for one in case.entities() if one.name == "Orlan Works")
    page = tree_of(client.get(f"/entities/{one.id}").text)
    around = client.get(f"/entities/{one.id}.json").json()["around"]
    shown = page.xpath("//section[@aria-labelledby='tied']//li")
    assert 0 < len(shown) <= around["tied"]
    assert {end for tie in around["ties"] for end in (tie["source"], tie["target"])} == set(around["names"])
    assert "compared with none" in page.xpath("string(//dl)")


def test_claims_of_an_entity_are_told_by_kind(client: httpx.Client, case: Case) -> None:
    (one,) = (one for one in case.entities() if one.name == "Orlan Works")
    page = tree_of(client.get(f"/entities/{one.id}").text)
    told = client.get(f"/entities/{one.id}.json").json()["view"]["claims"]
    labels = page.xpath("//div[starts-with(@aria-label, 'Claims: ')]/@aria-label")
    assert sorted(labels) == sorted({f"Claims: {claim['kind']}" for claim in told})


def test_nobody_waits_for_what_a_large_case_comes_to(
    client: httpx.Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = (one for one in case.entities() if one.name == "Orlan Works")
    monkeypatch.setattr(connected, "_AT_ONCE", 0)
    monkeypatch.setattr(connected, "_KEPT", {})
    page = tree_of(client.get(f"/entities/{one.id}").text)
    assert "The case is large" in page.xpath("string(//main)")
    assert client.get(f"/entities/{one.id}.json").json()["around"]["ready"] is False
    assert client.get(f"/network?entity={one.id}").status_code == 200
    assert client.get(f"/entities/{one.id}.json").json()["around"]["ties"]


def test_an_entity_is_laid_beside_the_lists(client: httpx.Client, case: Case) -> None:
    one = next(iter(case.entities()))
    assert "no reference data" in client.get(f"/entities/{one.id}/lists").text
    assert client.get(f"/entities/{one.id}/lists.json").json()["hits"] == []
    assert client.get("/entities/entity-0/lists").status_code == 404


def test_names_stand_by_script() -> None:
    assert by_script(["Orlan", "Орлан", "奥兰"]) == [
        ("Latin", ["Orlan"]),
        ("Cyrillic", ["Орлан"]),
        ("Chinese", ["奥兰"]),
    ]
    assert by_script(["Orlan", "Orlan Works"]) == [("", ["Orlan", "Orlan Works"])]
    assert by_script(["№ 7", "Orlan"]) == [("Latin", ["Orlan"]), ("other", ["№ 7"])]


def test_a_proposal_shows_no_share_of_a_hundred(client: httpx.Client) -> None:
    reasons = (
        Reason("words", 3.2, "velmar ~ velmara"),
        Reason("words", -1.0, "trade"),
        Reason("doubt", 0.0, "short"),
    )
    pair = Proposal(
        left="a", left_name="A", right="b", right_name="B", score=0.92, state="proposed", reasons=reasons
    )
    assert alike(pair) == "names alike, 1 against, 1 doubt"
    assert "%" not in "".join(tree_of(client.get("/proposals").text).xpath("//*[@class='score']/text()"))
