"""What a form writes to the journal, and what may not write there."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest

from casegraph.model import Claim, Entity
from casegraph.pipeline.case import Case
from casegraph.store.atomic import locked
from casegraph.web.forms import LARGEST
from tests.web.conftest import served, tree_of

pytestmark = pytest.mark.loopback


@pytest.fixture
def visitor(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder) as found:
        yield found


def entity(case: Case, name: str) -> Entity:
    (found,) = (one for one in case.entities() if one.name == name)
    return found


def claim_of(case: Case) -> Claim:
    return next(case.claims(said_by="Anna Kern", document="cranes.txt"))


def token(client: httpx.Client, where: str) -> str:
    (found,) = set(tree_of(client.get(where).text).xpath("//input[@name='token']/@value"))
    return str(found)


def send(client: httpx.Client, page: str, do: str, **fields: str) -> httpx.Response:
    return client.post(f"{page}/{do}", data={"token": token(client, page), **fields})


def settle(client: httpx.Client) -> None:
    """Wait until the case has followed."""
    for _ in range(600):
        if not client.get("/build.json").json()["busy"]:
            return
        time.sleep(0.1)
    raise AssertionError("the case does not follow")


def test_a_grade_is_given_and_taken_back(visitor: httpx.Client, own: Case) -> None:
    page = f"/claims/{claim_of(own).id}"
    answer = send(visitor, page, "grade", value="4", note="she was not there")
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    (grade,) = own.grades()
    assert (grade.subject, grade.value, grade.note, grade.pen_name) == (
        claim_of(own).id, "4", "she was not there", "Heron",
    )  # fmt: skip
    shown = visitor.get(page).text
    assert "4: doubtful" in tree_of(shown).xpath("//section//b")[0].text_content()
    assert "she was not there" in shown
    assert "Heron" in shown
    assert send(visitor, page, "grade", undo="1").status_code == 303
    assert [one for one in own.grades() if one.value] == []
    assert not tree_of(visitor.get(page).text).xpath("//section//b")


@pytest.mark.parametrize("fields", [{}, {"value": "7"}, {"value": "1"}, {"value": "2", "note": "x" * 2_001}])
def test_what_is_no_grade_is_refused(visitor: httpx.Client, own: Case, fields: dict[str, str]) -> None:
    assert send(visitor, f"/claims/{claim_of(own).id}", "grade", **fields).status_code == 400
    assert not list(own.grades())


def test_two_entities_become_one_and_two_again(visitor: httpx.Client, own: Case) -> None:
    anna, mia = entity(own, "Anna Kern"), entity(own, "Mia Holt")
    answer = send(visitor, f"/entities/{anna.id}", "judge", other="Mia Holt", judgement="positive")
    assert answer.status_code == 303, answer.text
    where = answer.headers["location"]
    assert "the case follows" in visitor.get(where).text
    settle(visitor)
    assert visitor.get(f"/entities/{mia.id}").status_code == 200  # addresses of both lead to the one
    for _ in range(3):  # whichever thread answers
        names = tree_of(visitor.get(where).text).xpath("//dl/dd[2]")[0].text_content()
        assert names == "Anna Kern; Mia Holt"
    entities = visitor.get("/search.json", params={"q": "*"}).json()["facets"]["entity"]
    (found,) = (one for one in entities if one["label"] in {"Anna Kern", "Mia Holt"})
    assert found["pages"] == 2  # one page names both, another Anna Kern
    assert visitor.get("/search.json", params={"entity": anna.id}).json()["result"]["total"] == 2
    (row,) = own.judgements()
    assert (row.judgement.judgement, row.judgement.pen_name) == ("positive", "Heron")
    form = tree_of(visitor.get(where).text).xpath("//form[@class='said']")[0]
    ids = (row.judgement.left[:15], row.judgement.right[:15])  # one name is left to both
    assert [one.text_content() for one in form.xpath("./b")] == [f"{row.left_name} ({id_})" for id_ in ids]
    fields = {str(one.get("name")): str(one.get("value")) for one in form.xpath(".//input")}
    back = visitor.post(str(form.get("action")), data=fields)
    assert back.status_code == 303, back.text
    settle(visitor)
    assert visitor.get(back.headers["location"]).status_code == 200
    assert {entity(own, "Anna Kern").id, entity(own, "Mia Holt").id} == {anna.id, mia.id}
    assert not tree_of(visitor.get(f"/entities/{anna.id}").text).xpath("//form[@class='said']")


def test_two_entities_stay_two(visitor: httpx.Client, own: Case) -> None:
    page = f"/entities/{entity(own, 'Anna Kern').id}"
    answer = send(visitor, page, "judge", other=entity(own, "Mia Holt").id, judgement="negative")
    assert answer.headers["location"] == page
    form = tree_of(visitor.get(page).text).xpath("//form[@class='said']")[0]
    assert " ".join(form.text_content().split()).startswith("Anna Kern is not Mia Holt Heron")
    again = send(visitor, page, "judge", other="Mia Holt", judgement="sometimes")
    assert again.status_code == 400
    assert send(visitor, page, "judge", judgement="positive").status_code == 400
    assert send(visitor, page, "judge", other="Nobody", judgement="positive").status_code == 400


def test_a_word_is_taken_down_while_a_build_runs(visitor: httpx.Client, own: Case) -> None:
    page = f"/entities/{entity(own, 'Anna Kern').id}"
    with locked(own._ground.lock):
        answer = send(visitor, page, "judge", other="Mia Holt", judgement="positive")
    assert answer.status_code == 303
    assert [row.judgement.judgement for row in own.judgements()] == ["positive"]
    assert {"Anna Kern", "Mia Holt"} <= {one.name for one in own.entities()}
    settle(visitor)
    assert not {"Anna Kern", "Mia Holt"} <= {one.name for one in own.entities()}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"token": ""},
        {"token": "x" * 43},
        {"token": "\u00e9"},
        {"note": "x" * LARGEST},
    ],
)  # fmt: skip
def test_a_form_without_the_token_does_nothing(
    visitor: httpx.Client, own: Case, given: dict[str, str]
) -> None:
    page = f"/claims/{claim_of(own).id}"
    fields = {"value": "4", **({"token": token(visitor, page)} if "note" in given else {}), **given}
    assert visitor.post(f"{page}/grade", data=fields).status_code == 403
    assert not list(own.grades())


def test_only_a_form_of_ours_counts(visitor: httpx.Client, own: Case) -> None:
    page = f"/claims/{claim_of(own).id}"
    right = {"token": token(visitor, page), "value": "4"}
    assert visitor.post(f"{page}/grade", json=right).status_code == 403
    assert visitor.post(f"{page}/grade", params=right).status_code == 403
    assert visitor.post(f"{page}/grade", data={**right, "token": [right["token"]] * 2}).status_code == 403
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert visitor.post(f"{page}/grade", data=right, headers=headers).status_code == 403
    assert visitor.get(f"{page}/grade", params=right).status_code == 405
    with served(own.folder) as other:
        assert token(other, page) != right["token"]
        assert other.post(f"{page}/grade", data=right).status_code == 403
    assert not list(own.grades())


def test_no_twin_gives_the_token_away(visitor: httpx.Client, own: Case) -> None:
    page = f"/claims/{claim_of(own).id}"
    assert token(visitor, page) not in visitor.get(page + ".json").text
