"""Documents are hostile, other pages curious: nothing of them runs, nothing of ours gets out."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from casegraph.pipeline.case import Case
from casegraph.web import app
from casegraph.web.guard import HEADERS
from tests.web.conftest import NASTY, served, tree_of

pytestmark = pytest.mark.loopback

PLACES = ("/", "/documents", "/claims", "/entities", "/problems", "/search?q=nasty")
DRAWN = ("/network", "/network?entity=alert", "/network/paths?from=alert&to=Anna+Kern", "/timeline", "/map")


def everything(client: httpx.Client, case: Case) -> list[str]:
    places = [*PLACES, *DRAWN]
    places += [f"/network/ties/{one.id}" for one in case.network().ties]
    places += [f"/documents/{row.id}" for row in case.documents()]
    places += [f"/documents/{row.id}/lineage" for row in case.documents()]
    places += [f"/claims/{claim.id}" for claim in case.claims()]
    places += [f"/claims/{claim.id}/origins" for claim in case.claims()]
    places += [f"/entities/{one.id}" for one in case.entities()]
    return [client.get(place).text for place in places]


def test_no_page_holds_what_a_document_would_run(client: httpx.Client, case: Case) -> None:
    shown = everything(client, case)
    assert any("alert(1)" in text for text in shown)
    for text in shown:
        root = tree_of(text)
        assert not root.xpath(
            "//script[text() or not(starts-with(@src, '/static/'))] | //iframe | //object | //embed | //style"
            " | //img | //meta[@http-equiv]"
        )
        assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]
        assert not root.xpath("//*[@style]")
        for where in root.xpath("//@href | //@src | //@action"):
            assert re.match(r"/(?!/)|#", str(where)), where
        assert "49" not in root.text_content() or "{{ 7 * 7 }}" in root.text_content()


def test_every_answer_is_bound(client: httpx.Client) -> None:
    for place in (*PLACES, "/nothing", "/static/room.css", "/favicon.ico", "/claims.json", "/openapi.json"):
        answer = client.get(place)
        assert (answer.status_code == 404) == (place == "/nothing"), place
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (place, name)
        assert "server" not in answer.headers
    policy = HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert "https:" not in policy


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8777", "127.0.0.1", "127.0.0.1:1", "localhost."]
)
def test_another_name_for_this_server_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/claims", headers={"host": host})
    assert answer.status_code == 421
    assert "Anna" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"},
    ],
)
def test_only_our_pages_may_send(client: httpx.Client, headers: dict[str, str]) -> None:
    assert client.post("/claims", headers=headers).status_code == 403


def test_a_long_address_is_refused(client: httpx.Client) -> None:
    assert client.get("/search", params={"q": "x" * 9_000}).status_code == 414


def test_a_fault_tells_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError(f"words of a page: {NASTY}")

    monkeypatch.setattr(app, "page", broken)
    with served(folder) as client:
        assert client.get("/claims.json").status_code == 200
        answer = client.get("/claims")
    assert answer.status_code == 500
    assert "words of a page" not in answer.text
    assert str(folder) not in answer.text
    told = capfd.readouterr().err
    assert "RuntimeError" in told
    assert "words of a page" not in told
    assert "Traceback" not in told
