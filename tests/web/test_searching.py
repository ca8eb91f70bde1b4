"""Searching in the browser: narrowed, kept, and for many names at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import httpx
import pytest

from casegraph.pipeline.case import Case
from casegraph.web.views import searches
from casegraph.web.views.searches import Lists, harmless
from tests.web.conftest import served, tree_of

pytestmark = pytest.mark.loopback


@pytest.fixture
def visitor(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder) as found:
        yield found


def token(client: httpx.Client) -> str:
    return str(tree_of(client.get("/batch").text).xpath("//input[@name='token']/@value")[0])


def sent(client: httpx.Client, names: str, **fields: str) -> httpx.Response:
    return client.post("/batch", data={"token": token(client), "names": names, **fields})


def test_each_value_of_a_facet_leads_to_as_many_pages(client: httpx.Client, case: Case) -> None:
    whole = client.get("/search.json", params={"q": "*"}).json()
    assert whole["result"]["total"] == sum(1 for _ in case.pages())
    root = tree_of(client.get("/search", params={"q": "*"}).text)
    values = root.xpath("//aside//li[a][span]")
    assert len(values) > 5
    for one in values:
        where = str(one.xpath("a/@href")[0])
        narrowed = client.get(where.replace("/search?", "/search.json?")).json()
        assert f"{narrowed['result']['total']:,}" == one.xpath("span")[0].text, where


def test_a_hit_leads_to_its_words(client: httpx.Client) -> None:
    root = tree_of(client.get("/search", params={"q": '"nothing is lost"'}).text)
    (where,) = root.xpath("//ol[@class='hits']/li/a/@href")
    marked = tree_of(client.get(str(where)).text).xpath("//article//*[@class='span']")
    assert "".join(one.text_content() for one in marked) == "nothing is lost"


def test_a_list_of_names_is_counted_and_saved(visitor: httpx.Client) -> None:
    where = sent(visitor, "Anna  Kern\r\nOrlan Works\nanna kern\n=2+2\nNobody\n\n").headers["location"]
    told = visitor.get(where.replace("/batch?", "/batch.json?")).json()
    counts = {row["name"]: (row["pages"], row["documents"]) for row in told["rows"]}
    assert counts == {
        "Anna Kern": (2, 2), "anna kern": (2, 2), "Orlan Works": (1, 1), "=2+2": (0, 0), "Nobody": (0, 0),
    }  # fmt: skip
    assert told["rows"][0]["entities"][0]["name"] == "Anna Kern"
    root = tree_of(visitor.get(where).text)
    for row in told["rows"][:3]:
        (link,) = root.xpath("//td[1]/a[text()=$name]/@href", name=row["name"])
        found = visitor.get(str(link).replace("/search?", "/search.json?")).json()["result"]
        assert found["total"] == row["pages"]
    file = visitor.get(str(root.xpath("//a[@download]/@href")[0]))
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"].startswith("attachment")
    table = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row[:3] for row in table if "2+2" in row[0]] == [["'=2+2", "0", "0"]]


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert harmless(start) == f"'{start}"
    assert harmless("Anna") == "Anna"


@pytest.mark.parametrize("names", ["", " \n \r\n", "\n".join(map(str, range(1_001))), "x" * 201])
def test_a_list_that_is_too_much_or_nothing_is_refused(visitor: httpx.Client, names: str) -> None:
    assert sent(visitor, names).status_code == 400


def test_a_list_has_its_own_bounds(visitor: httpx.Client) -> None:
    long = "\n".join(f"{number:04} {'Ю' * 30}" for number in range(1_000))
    assert sent(visitor, long).status_code == 303
    assert visitor.post("/batch", data={"names": "Anna Kern"}).status_code == 403


def test_lists_are_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "_HELD", 2)
    held = Lists()
    for name in "abc":
        held.put("case", name, (name,))
    assert [held.get("case", name) for name in "abc"] == [None, ("b",), ("c",)]
    assert held.get("another case", "c") is None


def test_searches_are_kept_and_forgotten(
    visitor: httpx.Client, own: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = sent(visitor, "Anna Kern").headers["location"]
    list_ = where.partition("list=")[2]
    for fields in ({"name": "Her", "list": list_}, {"name": "Cranes", "q": "cranes", "kind": "text"}):
        assert visitor.post("/searches", data={"token": token(visitor), **fields}).status_code == 303
    kept = {one["name"]: one for one in visitor.get("/searches.json").json()["rows"]}
    assert kept["Her"]["names"] == ["Anna Kern"]
    assert kept["Cranes"]["asked"] == {"q": "cranes", "kind": "text"}
    assert {one["pen_name"] for one in kept.values()} == {"Heron"}
    monkeypatch.setattr(searches, "LISTS", Lists())  # as after a new start
    assert visitor.get(where).status_code == 200
    assert visitor.get("/search.json", params=kept["Cranes"]["asked"]).json()["kept"]
    for one in kept.values():
        forget = f"/searches/{one['id']}/forget"
        assert visitor.post(forget, data={"token": token(visitor)}).status_code == 303
        assert visitor.post(forget, data={"token": token(visitor)}).status_code == 404
    assert own.saved_searches() == []
    assert visitor.get(where).status_code == 404
    bad = {"token": token(visitor), "name": " ", "q": "cranes"}
    assert visitor.post("/searches", data=bad).status_code == 400
