"""Every page answers, is HTML that says what it shows, and has a twin in JSON that its record describes."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import msgspec
import pytest

from casegraph.pipeline.case import Case
from casegraph.web.app import JSON
from casegraph.web.base import View
from casegraph.web.views import FILES, VIEWS
from casegraph.web.views.passages import Piece, around
from casegraph.web.wording import language
from tests.web.conftest import tree_of

pytestmark = pytest.mark.loopback

BY_NAME = {view.name: view for view in VIEWS}


@pytest.fixture
def ids(case: Case) -> Mapping[str, str]:
    """What stands for the names in braces."""
    claim = next(case.claims(said_by="Anna Kern"))
    entity = next(one for one in case.entities() if one.name == "Orlan Works")
    other = next(row.id for row in case.documents() if row.id != claim.document)
    tie = case.network(["Otto Wren"]).ties[0].id
    return {"document": claim.document, "claim": claim.id, "entity": entity.id, "other": other, "tie": tie}


def address(view: View, ids: Mapping[str, str]) -> str:
    return view.path.format(**ids)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_page_and_its_twin(client: httpx.Client, ids: Mapping[str, str], view: View) -> None:
    page = client.get(address(view, ids))
    assert page.status_code == 200, page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    root = tree_of(page.text)
    assert root.xpath("//main//h1")
    assert len(root.xpath("//h1")) == 1
    assert root.get("lang") == "en"
    twin = client.get("/home.json" if view.path == "/" else address(view, ids) + JSON)
    assert twin.headers["content-type"] == "application/json"
    assert isinstance(msgspec.json.decode(twin.content, type=view.gives), view.gives)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_links_of_a_page_lead_somewhere(client: httpx.Client, ids: Mapping[str, str], view: View) -> None:
    root = tree_of(client.get(address(view, ids)).text)
    addresses = {str(one) for one in root.xpath("//a/@href | //link/@href | //form[not(@method)]/@action")}
    assert addresses
    for one in root.xpath("//form[@method='post']/@action"):
        assert client.post(str(one), data={"token": "none"}).status_code == 403, one
    for one in sorted(addresses):
        assert one.startswith(("/", "#")), one
        if one.startswith("/"):
            assert client.get(one).status_code == 200, one
        else:
            assert root.xpath(f"//*[@id='{one[1:]}']"), one


def test_the_reader_shows_the_page_to_the_letter_with_its_claims(client: httpx.Client, case: Case) -> None:
    claims = list(case.claims(document="cranes.txt"))
    page = next(case.pages("cranes.txt"))
    text = client.get(f"/documents/{page.document}").text
    article = tree_of(text).xpath("//article")[0]
    assert article.text_content().strip() == page.text
    first = [one for one in claims if one.evidence[0].page == 1]
    for claim in first:
        (mark,) = article.xpath(f".//mark[@id='{claim.id}']")
        assert mark.text_content() == claim.evidence[0].exact
    second = client.get(f"/documents/{page.document}?page=2")
    assert "nothing is lost" in second.text


def test_a_claim_is_shown_with_the_words_around_it() -> None:
    text = "".join(f"{number:03}." for number in range(100))
    found = tuple(
        Piece(text=text[start:end], start=start, claims=("claim-1",) if start == 200 else ())
        for start, end in ((0, 100), (100, 200), (200, 220), (220, 400))
    )
    near = around(found, 50)
    assert "".join(one.text for one in near) == text[150:270]
    assert [one.start for one in near] == [150, 200, 220]
    assert around(found, 500) == found
    assert around(found[:2], 5) == found[:2]


def test_the_ledger_says_where(client: httpx.Client, case: Case) -> None:
    root = tree_of(client.get("/claims", params={"document": "cranes.txt"}).text)
    places = [one.text_content() for one in root.xpath("//td[@class='place']")]
    assert len(places) == len(list(case.claims(document="cranes.txt")))
    assert {place.replace("\xa0", " ") for place in places} <= {
        f"{row.names[0]}, page {page}" for row in case.documents() for page in (1, 2)
    }


@pytest.mark.parametrize(
    ("code", "name"), [("ru", "Russian"), ("zh-Hant", "Chinese (Traditional)"), ("xx", "xx"), ("?", "?")]
)
def test_languages_have_names(code: str, name: str) -> None:
    assert language(code) == name


def test_filters_reach_the_library(client: httpx.Client) -> None:
    denied = client.get("/claims.json", params={"stance": "denies"}).json()
    assert {row["claim"]["stance"] for row in denied["rows"]} == {"denies"}
    assert client.get("/entities.json", params={"name": "orlan"}).json()["rows"][0]["name"] == "Orlan Works"
    (problem,) = client.get("/problems.json", params={"code": "extract.failed"}).json()["rows"]
    assert problem["name"].endswith("broken.txt")
    found = client.get("/search.json", params={"q": "cranes"}).json()
    assert found["result"]["total"] == 1


def test_the_network_is_followed_without_a_script(client: httpx.Client) -> None:
    around = client.get("/network.json", params={"entity": "otto wren", "hops": 2}).json()
    names = {one["name"]: one["id"] for one in around["network"]["nodes"]}
    assert {"Otto Wren", "Orlan Works", "Mia Holt"} <= names.keys()
    hidden = {"entity": "otto wren", "hops": 2, "hide": names["Orlan Works"]}
    left = {one["name"] for one in client.get("/network.json", params=hidden).json()["network"]["nodes"]}
    assert not {"Orlan Works", "Mia Holt"} & left
    denied = client.get("/network.json", params={"standing": "denied"}).json()["network"]["ties"]
    assert {one["stances"][0] for one in denied} == {"denies"}
    ways = {"from": "otto wren", "to": "mia holt"}
    assert client.get("/network/paths.json", params=ways).json()["paths"]["paths"] == []
    both = client.get("/network/paths.json", params={**ways, "standing": ["asserted", "denied"]}).json()[
        "paths"
    ]
    assert [one["entities"][1] for one in both["paths"]] == [names["Orlan Works"]]
    page = tree_of(client.get("/network/paths", params={**ways, "standing": ["asserted", "denied"]}).text)
    (way,) = page.xpath("//ol[@class='ways']/li")
    (evidence,) = way.xpath(".//a[contains(@aria-label, 'Mia Holt')]/@href")
    assert "Otto Wren denies that Orlan Works met Mia Holt." in client.get(evidence).text


def test_time_and_place_are_told_with_who_denies_them(client: httpx.Client) -> None:
    page = tree_of(client.get("/timeline").text)
    assert [bar.get("class") for bar in page.xpath("//svg[@class='band']/a")] == ["asserted", "denied"]
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert rows[0].startswith("27 Feb 2024 day Ida Moss")
    assert "only denied" in rows[1]
    later = client.get("/timeline.json", params={"since": "2024-02-28", "entity": "ida moss"}).json()
    assert [one["span"]["start"] for one in later["happenings"]] == ["2024-03-01"]
    page = tree_of(client.get("/map").text)
    (dot,) = page.xpath("//svg[@id='map']/a")
    assert "Kostroma" in page.xpath(f"//*[@id='{dot.get('href')[1:]}']")[0].text_content()
    assert "Velmarsk" in page.xpath("//h2[.='Not on the map']/following-sibling::ul")[0].text_content()


def test_a_network_is_handed_out_as_a_file(client: httpx.Client) -> None:
    answer = client.get("/network.graphml", params={"standing": "denied"})
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''network.graphml"
    assert answer.headers["content-type"].startswith("application/graphml+xml")
    assert "Mia Holt" in answer.text
    assert client.get("/network.gexf", params={"standing": "nonsense"}).status_code == 400


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("/documents/ffffffff", 404),
        ("/claims/claim-ffffffff", 404),
        ("/entities/nobody", 404),
        ("/nothing", 404),
        ("/documents?page=0", 400),
        ("/documents?page=x", 400),
        ("/documents?page=99999999999999999999", 400),
        ("/claims?kind=nonsense", 400),
        ("/network?kind=nonsense", 400),
        ("/network?limit=5001", 400),
        ("/network/ties/tie-ffff", 404),
        ("/timeline?since=yesterday", 400),
        ("/map?extent=moon", 400),
        ("/network/paths?from=Otto+Wren&to=Otto+Wren", 400),
        ("/search?q=%22", 400),
        ("/search?since=2024", 400),
        ("/search?claims=perhaps", 400),
        ("/search?q=x&order=odd", 400),
        ("/batch?list=list-0", 404),
        ("/batch?spelled=odd", 400),
        ("/documents/x%2F..%2F..%2Fcase.toml", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_what_is_not_there_is_said_so(client: httpx.Client, where: str, status: int) -> None:
    answer = client.get(where)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_the_description_names_every_view(client: httpx.Client) -> None:
    told = client.get("/openapi.json").json()
    operations = {one["get"]["operationId"] for one in told["paths"].values()}
    assert operations == {*BY_NAME, *(one.name for one in FILES)}
    schemas = told["components"]["schemas"]
    assert {view.gives.__name__ for view in VIEWS} <= schemas.keys()
