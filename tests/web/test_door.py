"""A case that other machines reach lets in who knows the password, and nobody by trying."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from starlette.exceptions import HTTPException

from casegraph.errors import UsageError
from casegraph.pipeline.case import Case, init_case
from casegraph.web import access
from casegraph.web.command import command
from casegraph.web.forms import TYPE
from casegraph.web.guard import LARGEST, Guard, Message, Receive, Scope, Send, named
from casegraph.web.listening import PatientProtocol, Place
from tests.web.conftest import served, tree_of

pytestmark = pytest.mark.loopback

PASSWORD = "heron on the crane"  # noqa: S105 - of an invented case
KEPT = access.hashed(PASSWORD, 8)
EVERYWHERE = "0.0.0.0"  # noqa: S104 - of a test that opens nothing


@pytest.fixture
def stranger(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder, KEPT) as found:
        yield found


def log_in(client: httpx.Client, password: str, to: str = "/") -> httpx.Response:
    (token,) = tree_of(client.get("/login").text).xpath("//input[@name='token']/@value")
    return client.post("/login", data={"token": str(token), "password": password, "to": to})


def test_a_hash_tells_its_password_and_no_other() -> None:
    assert access.is_hash(KEPT)
    assert PASSWORD not in KEPT
    assert access.matches(PASSWORD, KEPT)
    assert not access.matches(PASSWORD + " ", KEPT)
    composed, apart = access.hashed("\u00e9t\u00e9 sur le port", 8), "e\u0301te\u0301 sur le port"
    assert access.matches(apart, composed)
    assert access.hashed(PASSWORD, 8) != KEPT
    for line in ("", PASSWORD, KEPT.replace("$8$8", "$40$8"), KEPT.replace("scrypt", "plain"), KEPT + "$"):
        assert not access.is_hash(line)
    with pytest.raises(UsageError, match="at least 12"):
        access.hashed("short")


def test_nothing_of_the_case_is_told_outside(stranger: httpx.Client) -> None:
    for place in ("/", "/claims", "/nothing", "/openapi.json", "/claims.json", "/search?q=cranes", "/logout"):
        answer = stranger.get(place)
        assert answer.status_code == (401 if ".json" in place else 303), place
        assert "Crane" not in answer.text
    assert stranger.post("/claims/x/grade", data={"value": "4"}).headers["location"] == "/login?to=%2F"
    assert stranger.get("/static/room.css").status_code == 200
    assert "Crane" not in stranger.get("/login").text


def test_the_password_opens_and_logging_out_closes(stranger: httpx.Client) -> None:
    assert stranger.get("/claims?kind=event").headers["location"] == "/login?to=%2Fclaims%3Fkind%3Devent"
    answer = log_in(stranger, PASSWORD, "/claims?kind=event")
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims?kind=event")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    page = stranger.get("/claims")
    assert page.status_code == 200
    assert stranger.get("/claims.json").status_code == 200
    form = tree_of(page.text).xpath("//form[@action='/logout']//input")[0]
    session = dict(stranger.cookies)
    assert stranger.post("/logout", data={"token": "none"}).status_code == 303
    stranger.cookies.update(session)
    assert stranger.get("/claims").status_code == 200  # a form of somebody else ends nobody's session
    stranger.post("/logout", data={"token": form.get("value")})
    stranger.cookies.update(session)
    assert stranger.get("/claims").status_code == 303


def test_a_form_of_one_session_is_none_of_another(stranger: httpx.Client, own: Case) -> None:
    claim = next(own.claims(said_by="Anna Kern"))
    where = f"/claims/{claim.id}"

    def token() -> str:
        log_in(stranger, PASSWORD)
        return str(tree_of(stranger.get(where).text).xpath("//input[@name='token']/@value")[0])

    first, second = token(), token()
    assert first != second
    assert stranger.post(f"{where}/grade", data={"token": first, "value": "4"}).status_code == 403
    assert stranger.post(f"{where}/grade", data={"token": second, "value": "4"}).status_code == 303


@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example", "/\\evil.example", "/a\nb", ""])
def test_the_login_leads_to_no_other_server(stranger: httpx.Client, to: str) -> None:
    assert log_in(stranger, PASSWORD, to).headers["location"] == "/"


def test_guessing_is_slowed(stranger: httpx.Client) -> None:
    stranger.cookies.set("casegraph-0", "x")
    tries = [log_in(stranger, f"guess number {number}") for number in range(6)]
    assert [one.status_code for one in tries] == [403] * 5 + [429]
    assert 0 < int(tries[-1].headers["retry-after"]) <= 60
    assert log_in(stranger, PASSWORD).status_code == 429  # the right one, too, until then
    assert not stranger.cookies.get("casegraph-1")


def test_attempts_are_counted_by_address_and_in_all() -> None:
    attempts = access.Attempts()
    assert [attempts.wait("one") > 0 for _ in range(6)] == [False] * 5 + [True]
    assert not attempts.wait("another")
    attempts.forget("one")
    assert not attempts.wait("one")
    assert any(attempts.wait(f"address {number}") for number in range(60))
    brief = access.Attempts(window=0.0)
    assert not any(brief.wait("one") for _ in range(99))


def test_a_session_ends() -> None:
    sessions = access.Sessions()
    name = sessions.begin()
    assert sessions.holds(name)
    assert not sessions.holds(name + "x")
    sessions.end(name)
    assert not sessions.holds(name)
    over = access.Sessions(life=0.0)
    assert not over.holds(over.begin())
    many = [sessions.begin() for _ in range(1_005)]
    assert not sessions.holds(many[0])
    assert sessions.holds(many[-1])


def test_other_machines_are_refused_without_a_password() -> None:
    for host in (EVERYWHERE, "::", "192.0.2.7", "desk.example"):
        assert not Place(host=host).alone
        with pytest.raises(UsageError, match="needs a password"):
            Place(host=host).check()
        Place(host=host, kept=KEPT).check()
    for host in ("127.0.0.1", "127.0.0.9", "::1", "localhost"):
        Place(host=host).check()
    for bad in (Place(names=("a b",)), Place(names=("a:1",)), Place(certificate=Path("none.pem"))):
        with pytest.raises(UsageError):
            bad.check()


def test_a_server_goes_by_the_names_that_it_is_given() -> None:
    named = Place(host="192.0.2.7", port=9000, names=("Desk.example",)).known_as()
    assert all(map(named.holds, ("192.0.2.7:9000", "localhost:9000", "desk.example:9000", "desk.example")))
    assert not any(
        map(named.holds, ("192.0.2.8:9000", "evil.example:9000", "desk.example:9001", "", ":9000"))
    )
    anywhere = Place(host=EVERYWHERE, port=9000).known_as()
    assert all(map(anywhere.holds, ("192.0.2.8:9000", "[2001:db8::7]:9000", "localhost:9000")))
    assert not any(map(anywhere.holds, ("evil.example:9000", "192.0.2.8:1", "192.0.2.8", "desk.example")))


def test_the_password_file_holds_the_password_or_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Place] = []

    def serve(_: Path, place: Place, ready: Callable[[], None]) -> None:
        told.append(place)
        ready()

    monkeypatch.setattr("casegraph.web.serving.serve", serve)
    monkeypatch.setattr("casegraph.web.access.hashed", partial(access.hashed, cost=8))
    folder = tmp_path / "case"
    folder.mkdir(mode=0o755)
    init_case(folder)
    assert folder.stat().st_mode & 0o077 == 0
    file = tmp_path / "password"

    def run(*more: str) -> str:
        return CliRunner().invoke(command, [str(folder), "--host", EVERYWHERE, *more]).output

    assert "not encrypted" in run()
    token = run().partition("its token, told this once: ")[2].split()[0]
    assert access.matches(token, told[-1].kept or "")
    assert "its token" in CliRunner().invoke(command, [str(folder), "--token"]).output
    file.write_text(f"{PASSWORD}\n")
    file.chmod(0o644)
    runs = len(told)
    CliRunner().invoke(command, [str(folder), "--password-file", str(file)])
    assert len(told) == runs  # others can read it
    for line in (PASSWORD, KEPT):
        file.write_text(f"{line}\n")
        file.chmod(0o600)
        assert PASSWORD not in run("--password-file", str(file))
        assert access.matches(PASSWORD, told[-1].kept or "")
    folder.chmod(0o755)
    assert "chmod 700" in run("--password-file", str(file))


def test_a_slow_request_is_ended(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "patience", 0.2)
    place = (client.base_url.host, client.base_url.port or 0)
    with socket.create_connection(place, 10) as mute, socket.create_connection(place, 10) as slow:
        began = time.monotonic()
        for part in (b"GET /", b"cla", b"ims HT"):
            slow.sendall(part)
            time.sleep(0.03)
        assert slow.recv(4096).startswith(b"HTTP/1.1 408")
        assert mute.recv(4096).startswith(b"HTTP/1.1 408")
        assert time.monotonic() - began < 5
    assert client.get("/claims").status_code == 200


def test_a_form_that_does_not_end_is_answered(client: httpx.Client) -> None:
    host = f"{client.base_url.host}:{client.base_url.port}"
    head = f"POST /claims/x/grade HTTP/1.1\r\nHost: {host}\r\nContent-Type: {TYPE}\r\n"
    with socket.create_connection((client.base_url.host, client.base_url.port or 0), 10) as large:
        large.sendall(f"{head}Content-Length: {LARGEST + 1}\r\n\r\n".encode())
        assert large.recv(4096).startswith(b"HTTP/1.1 413")
    with socket.create_connection((client.base_url.host, client.base_url.port or 0), 10) as chunked:
        chunked.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        for _ in range(5):
            chunked.sendall(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        assert chunked.recv(4096).startswith(b"HTTP/1.1 4")


def test_what_trickles_in_is_cut_off() -> None:
    async def app(_: Scope, receive: Receive, __: Send) -> None:
        while (await receive())["more_body"]:
            pass

    async def trickle() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def nothing(_: Message) -> None:
        """Send nothing."""

    scope = {
        "type": "http", "method": "POST", "path": "/x", "raw_path": b"/x", "query_string": b"",
        "headers": [(b"host", b"here")],
    }  # fmt: skip
    for large, status in (({}, 408), ({"/x": 4}, 413)):
        guard = Guard(app, named(["here"]), large, patience=0.1)
        with pytest.raises(HTTPException) as told:
            asyncio.run(guard(scope, trickle, nothing))
        assert told.value.status_code == status
