"""What people say of claims in the browser, and how it is undone."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import msgspec
import pytest

from casegraph.model import Claim
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import ClaimView
from casegraph.web.views.history import History
from tests.web.conftest import served, tree_of
from tests.web.test_deciding import claim_of, entity, send, settle, token

pytestmark = pytest.mark.loopback


@pytest.fixture
def visitor(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder) as found:
        yield found


def shown(client: httpx.Client, where: str) -> str:
    return " ".join(tree_of(client.get(where).text).xpath("//main")[0].text_content().split())


def test_a_rejected_claim_is_struck_and_counts_no_more_until_it_is_undone(
    visitor: httpx.Client, own: Case
) -> None:
    claim = claim_of(own)
    page = f"/claims/{claim.id}"
    assert send(visitor, page, "review", verdict="rejected", note="a caption").status_code == 303
    assert claim.id not in [one.id for one in own.claims()]
    assert "rejected Heron" in shown(visitor, page)
    assert "a caption" in shown(visitor, page)
    rows = tree_of(visitor.get("/claims").text).xpath("//tr[contains(@class, 'rejected')]")
    assert [row.xpath(".//a/@href")[0] for row in rows] == [page]
    assert claim.id not in str(visitor.get("/claims.json?review=open").content)
    (row,) = visitor.get("/claims.json?review=rejected").json()["rows"]
    assert row["claim"]["id"] == claim.id
    assert "It was rejected" in shown(visitor, f"{page}/origins")
    assert "1 claim reviewed" in shown(visitor, "/review")
    undone = send(visitor, page, "review", verdict="undo")
    assert undone.status_code == 303
    assert claim.id in [one.id for one in own.claims()]
    assert not tree_of(visitor.get("/claims").text).xpath("//tr[contains(@class, 'rejected')]")
    assert send(visitor, page, "review", verdict="perhaps").status_code == 400
    assert send(visitor, page, "review").status_code == 400


def test_what_is_rejected_or_corrected_ties_nobody_and_happens_nowhere(
    visitor: httpx.Client, own: Case
) -> None:
    claim = claim_of(own)

    def tied() -> set[str]:
        found = visitor.get("/network.json").json()["network"]
        names = {one["id"]: one["name"] for one in found["nodes"]}
        ties = [one for one in found["ties"] if claim.id in one["claims"]]
        return {names[end] for one in ties for end in (one["source"], one["target"])}

    assert tied() == {"Orlan Works", "Otto Wren"}
    send(visitor, f"/claims/{claim.id}", "correct", **{"role.object": "Mia Holt"})
    assert tied() == {"Orlan Works", "Mia Holt"}
    send(visitor, f"/claims/{claim.id}", "review", verdict="rejected")
    assert tied() == set()
    (meeting,) = own.claims(about="Ida Moss", stance="asserts")
    assert meeting.id in visitor.get("/timeline.json").text
    assert "Kostroma" in visitor.get("/map.json").text
    send(visitor, f"/claims/{meeting.id}", "review", verdict="rejected")
    assert meeting.id not in visitor.get("/timeline.json").text
    assert "Kostroma" not in visitor.get("/map.json").text
    send(visitor, f"/claims/{meeting.id}", "review", verdict="undo")
    assert "Kostroma" in visitor.get("/map.json").text


def test_a_corrected_claim_shows_both_readings(visitor: httpx.Client, own: Case) -> None:
    claim = claim_of(own)
    page, mia = f"/claims/{claim.id}", entity(own, "Mia Holt")
    form = tree_of(visitor.get(page).text).xpath("//form[contains(@action, '/correct')]")[0]
    fields = {str(one.get("name")): str(one.get("value") or "") for one in form.xpath(".//input")}
    assert fields["role.subject"] == "Orlan Works"
    assert visitor.post(f"{page}/correct", data=fields).status_code == 400  # nothing is changed
    assert visitor.post(f"{page}/correct", data={**fields, "role.subject": "Mia Holt"}).status_code == 303
    view = own.show(claim.id)
    assert isinstance(view, ClaimView)
    assert view.read == claim
    assert view.claim.roles["object"] == claim.roles["object"]
    assert next(own.claims(about=mia.id, document="cranes.txt")).id == claim.id
    assert "Mia Holt the machine read: Orlan Works" in shown(visitor, page)
    assert "the machine read: Orlan Works" in shown(visitor, "/claims")
    assert send(visitor, page, "correct", as_read="1").status_code == 303
    assert own.claim(claim.id) == claim


def test_tags_stars_and_remarks_are_kept_and_looked_for(visitor: httpx.Client, own: Case) -> None:
    claim = claim_of(own)
    page = f"/claims/{claim.id}"
    assert send(visitor, page, "mark", tags=" port , cranes,port", remark="ask her").status_code == 303
    assert send(visitor, page, "mark", star="1").status_code == 303
    said = own.reviews()[claim.id]
    assert (said.tags, said.note, said.star, said.verdict) == (("port", "cranes"), "ask her", True, None)
    for where in ("/claims.json?tag=port", "/claims.json?review=starred"):
        assert [row["claim"]["id"] for row in visitor.get(where).json()["rows"]] == [claim.id]
    send(visitor, page, "mark", star="0")
    send(visitor, page, "mark", tags="", remark="ask her")
    assert not own.reviews()[claim.id].star
    assert not own.reviews()[claim.id].tags
    assert len(list(own.history())) == 5  # the remark did not change, so it was not said again
    assert send(visitor, page, "mark", tags="x" * 2_001).status_code == 400


def test_the_history_undoes_to_what_was_said_before(visitor: httpx.Client, own: Case) -> None:
    claim = claim_of(own)
    page = f"/claims/{claim.id}"
    for value in ("4", "5"):
        send(visitor, page, "grade", value=value)
    send(visitor, "/sources", "grade", name="The Wire", value="B")
    anna = entity(own, "Anna Kern")
    send(visitor, f"/entities/{anna.id}", "judge", other="Mia Holt", judgement="unsure")
    found = msgspec.json.decode(visitor.get("/history.json").content, type=History)
    assert [row.stands for row in found.rows] == [True, True, True, False]
    assert found.names[claim.id]
    assert "Anna Kern may or may not be Mia Holt" in shown(visitor, "/history")
    for row in found.rows:
        answer = visitor.post(f"/history/{row.number}/undo", data={"token": token(visitor, "/history")})
        assert answer.status_code == (303 if row.stands else 400)
    assert [(one.subject, one.value) for one in own.grades()] == [(claim.id, "4")]
    assert not [row for row in own.judgements() if row.stands]
    for bad in ("0", "99999", "x", "1e3"):
        answer = visitor.post(f"/history/{bad}/undo", data={"token": token(visitor, page)})
        assert answer.status_code in {400, 404}
    settle(visitor)


def test_claims_are_reviewed_one_after_another(visitor: httpx.Client, own: Case) -> None:
    every = [one.id for one in own.claims()]

    def at(where: str) -> str:
        found = visitor.get(where.replace("/review", "/review.json", 1)).json()["evidence"]
        return str(found["view"]["claim"]["id"]) if found else ""

    assert at("/review") == every[0]
    skipped = tree_of(visitor.get("/review").text).xpath("//a[@accesskey='s']/@href")[0]
    assert at(skipped) == every[1]
    form = tree_of(visitor.get(skipped).text).xpath("//form[contains(@action, '/review')]")[0]
    fields = {str(one.get("name")): str(one.get("value") or "") for one in form.xpath(".//input")}
    answer = visitor.post(form.get("action"), data={**fields, "verdict": "accepted"})
    assert at(answer.headers["location"]) == every[2]
    assert at("/review") == every[0]
    assert at(f"/review?after={every[-1]}") == ""
    other = visitor.post(form.get("action"), data={**fields, "verdict": "undo", "next": "//evil.example"})
    assert other.headers["location"].startswith("/claims/")


def test_a_review_outlives_a_rebuild(visitor: httpx.Client, own: Case) -> None:
    claim = claim_of(own)
    send(visitor, f"/claims/{claim.id}", "review", verdict="rejected")
    settle(visitor)
    before = {path.name for path in (own.folder / "derived").iterdir()}
    for path in before:
        if path.startswith("attribute"):
            (own.folder / "derived" / path).rename(own.folder.parent / path)
    visitor.post("/build", data={"token": token(visitor, "/history")})
    settle(visitor)
    assert claim.id not in [one.id for one in own.claims()]
    assert claim.id in [one.id for one in own.claims(rejected=True)]


def test_the_ledger_is_sorted_and_asked_by_role(visitor: httpx.Client, own: Case) -> None:
    def ids(**query: str) -> list[str]:
        return [row["claim"]["id"] for row in visitor.get("/claims.json", params=query).json()["rows"]]

    claims = {one.id: one for one in own.claims()}
    assert ids() == list(claims)
    assert [claims[one].kind for one in ids(sort="kind")] == sorted(one.kind for one in claims.values())
    assert sorted(ids(sort="who", group="cluster")) == sorted(claims)

    def name(claim: Claim, role: str) -> str:
        return getattr(claim.roles.get(role), "name", "")

    wanted = [id_ for id_, one in claims.items() if name(one, "object") == "Otto Wren"]
    assert wanted
    assert ids(about="Wren", role="object") == wanted
    assert set(ids(about="Wren", role="subject")).isdisjoint(wanted)
    assert ids(about="subject:Nobody") == []
    assert ids(origins="2") == []
    for bad in ({"sort": "luck"}, {"role": "hero"}, {"review": "x"}, {"group": "x"}, {"origins": "0"}):
        assert visitor.get("/claims", params=bad).status_code == 400
