"""Files that a browser sends, builds that it starts, and what is new since one was here last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegraph.errors import CasegraphError, CaseLockedError
from casegraph.pipeline.case import Case, init_case, open_case
from casegraph.web.sending import safe
from casegraph.web.work import Work
from tests.web.conftest import CHAIN, served, tree_of
from tests.web.test_deciding import settle, token

pytestmark = pytest.mark.loopback

TEXT = b"Cranes\n\nNora Falk says that Veld Port met Otto Wren."
Sent = list[tuple[str, tuple[str, bytes]]]


@pytest.fixture
def empty(tmp_path: Path, folder: Path) -> Iterator[httpx.Client]:
    """An empty case; `folder` has told workers where the stages are."""
    assert folder.is_dir()
    init_case(tmp_path / "inner" / "empty")
    with served(tmp_path / "inner" / "empty") as found:
        yield found


def send(client: httpx.Client, files: Sent, given: str | None = None) -> httpx.Response:
    return client.post("/add", data={"token": given or token(client, "/")}, files=files)


def test_an_empty_case_explains_itself_takes_files_and_builds_them(
    empty: httpx.Client, tmp_path: Path
) -> None:
    home = tree_of(empty.get("/").text)
    assert "The case is empty" in home.text_content()
    (field,) = home.xpath("//form[@enctype='multipart/form-data']//input[@type='file'][@name]")
    assert field.get("multiple") is not None
    files = [
        ("files", ("crane.txt", TEXT)),
        ("files", ("../../outside.txt", TEXT + b" one")),
        ("files", ("/etc/passwd", TEXT + b" two")),
        ("files", ("crane.txt", TEXT + b" three")),
        ("files", ("<b>имя \u202e.txt", TEXT + b" four")),
    ]
    answer = send(empty, files)
    assert (answer.status_code, answer.headers["location"]) == (303, "/build")
    page = empty.get("/build")
    assert page.headers["refresh"] == "3"
    assert "refresh" not in empty.get("/build.json").headers
    settle(empty)
    assert "refresh" not in empty.get("/build").headers
    assert "Done" in empty.get("/build").text
    case = open_case(tmp_path / "inner" / "empty", chain=CHAIN)
    names = sorted(row.names[0] for row in case.documents())
    assert names == sorted(["crane.txt", "crane (2).txt", "outside.txt", "passwd", "<b>имя \u202e.txt"])
    assert all("sent-" in path for row in case.documents() for path in row.paths)
    assert len(list(case.claims(said_by="Falk"))) == 5
    assert [path.name for path in (tmp_path / "inner").iterdir()] == ["empty"]  # nothing is left beside it


def test_what_is_no_form_of_ours_writes_nothing(empty: httpx.Client, tmp_path: Path) -> None:
    right = token(empty, "/")
    file = ("files", ("crane.txt", TEXT))
    assert send(empty, [file], "x" * 64).status_code == 403
    assert (
        empty.post("/add", files=[file, ("token", (None, right.encode()))]).status_code == 403
    )  # it comes late
    assert empty.post("/add", data={"token": right}).status_code == 403
    assert send(empty, [("files", ("", b""))]).status_code == 400
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = empty.post("/add", data={"token": right}, files=[file], headers=headers)
        assert answer.status_code == 403
    cut = {"content-type": "multipart/form-data; boundary=x"}
    body = f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{right}\r\n--x\r\nContent'
    assert empty.post("/add", content=body.encode(), headers=cut).status_code in {303, 400}
    case = open_case(tmp_path / "inner" / "empty", chain=CHAIN)
    assert case.status().documents == 0
    assert [path.name for path in (tmp_path / "inner").iterdir()] == ["empty"]


@given(st.text(max_size=600))
def test_a_name_that_a_browser_gives_leads_nowhere_else(name: str) -> None:
    found = safe(name)
    assert not found.is_absolute()
    assert found.parts
    assert not {"..", ".", "/"} & set(found.parts)
    assert "\0" not in str(found)
    assert all(len(part.encode()) <= 255 for part in found.parts)
    assert safe("C:\\leak\\a.txt") == PurePosixPath("C:/leak/a.txt")


def test_what_failed_is_tried_again(own: Case) -> None:
    with served(own.folder) as client:
        page = tree_of(client.get("/problems").text)
        (button,) = page.xpath("//form[@action='/build']//button")
        data = {"token": token(client, "/problems"), button.get("name"): button.get("value")}
        assert client.post("/build", data=data).headers["location"] == "/build"
        settle(client)
        assert client.get("/build.json").json()["work"]["ended"] == 1


def test_the_home_says_what_is_new_since_the_last_visit(own: Case, tmp_path: Path) -> None:
    with served(own.folder) as client:
        assert client.get("/home.json").json()["new"] is None
        client.get("/")
        (name,) = [one for one in client.cookies if one.startswith("casegraph-seen-")]
        before = (datetime.now(UTC) - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        (tmp_path / "new.txt").write_bytes(TEXT)
        own.add([tmp_path / "new.txt"])
        client.cookies.set(name, f"~{before}", domain="127.0.0.1", path="/")
        new = client.get("/home.json").json()["new"]
        assert (new["since"], new["documents"]) == (before, 4 + 1)
        assert "new.txt" in new["names"].values()
        for odd in ("x", "~", f"{before}", "~2024-99-99T00:00:00Z"):
            client.cookies.set(name, odd, domain="127.0.0.1", path="/")
            assert client.get("/").status_code == 200


class Made(Case):
    """A case whose builds the test drives."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.trouble: list[BaseException] = []
        self.go = threading.Event()

    def build(self, **_: object) -> None:  # type: ignore[override]  # nothing is reported
        self._do("build")

    def update_entities(self, **_: object) -> None:  # type: ignore[override]  # nothing is reported
        self._do("follow")

    def _do(self, what: str) -> None:
        self.calls.append(what)
        if self.trouble:
            raise self.trouble.pop()
        self.go.wait(10)


def test_one_thing_is_done_at_a_time_and_again_where_it_is_asked_for_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("casegraph.web.work._AGAIN", 0.01)
    monkeypatch.setattr("casegraph.web.work._BRIEF", 0.0)
    case = Made()
    work = Work(lambda: case)
    for _ in range(5):
        work.follow()
    while case.calls != ["follow"]:
        assert work.busy
    for _ in range(5):
        work.follow()
    case.go.set()
    assert work.wait(10)
    assert case.calls == ["follow", "follow"]
    case.trouble = [CaseLockedError("held"), CaseLockedError("held")]
    work.build()
    assert work.wait(10)
    assert case.calls[2:] == ["build"] * 3
    assert not work.state().failed
    for trouble in (CasegraphError("/secret/folder is full"), RuntimeError("words of a page")):
        case.trouble = [trouble]
        work.build()
        assert work.wait(10)
        assert type(trouble).__name__ in work.state().failed
        assert str(trouble) not in work.state().failed
    work.close()
    work.build()
    assert not work.busy
