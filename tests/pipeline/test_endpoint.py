"""One question to a real server on this machine that does all that a server should not."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from casegraph.errors import UsageError
from casegraph.pipeline import endpoint
from casegraph.pipeline.asking import ModelServer
from casegraph.pipeline.endpoint import LARGEST, Endpoint, is_loopback, read_reply
from casegraph.pipeline.question import answer_schema
from tests.model_server import (
    Behaviour,
    Handler,
    Served,
    answering,
    claim,
    completion,
    hang,
    read,
    send,
    serving,
)  # fmt: skip

pytestmark = pytest.mark.loopback

TEXT = "Nine cranes of Selm Harbour ended up with the Wexley people, Mia Holt insinuated."
ANSWER = read({"Wexley people": "Organization"}, claim(TEXT, "delivery", supplier="Selm Harbour"))


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "PAUSE", 0.01)


@pytest.fixture
def server() -> Iterator[Served]:
    with serving(answering(ANSWER)) as own:
        yield own


def outcome(behave: Behaviour, timeout: float = 5.0, retries: int = 0) -> tuple[str, int]:
    """Return why there is no answer, and how often was asked."""
    with serving(behave) as server:
        reply = Endpoint(ModelServer(server.url, "tiny", timeout=timeout, retries=retries)).ask(TEXT)
        return reply.failure, len(server.asked)


def test_a_good_answer_comes_back_as_it_is(server: Served) -> None:
    reply = Endpoint(ModelServer(server.url, "tiny", key="abc")).ask(TEXT)
    assert (reply.body, reply.failure) == (ANSWER, "")
    asked = server.asked[0]
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("tiny", 0, False)
    assert asked["response_format"]["json_schema"]["schema"] == answer_schema()
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert server.headers[0]["Authorization"] == "Bearer abc"


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (b"", "answer-no-json"),
        (b"<html>", "answer-no-json"),
        (b"\xff\xfe", "answer-no-json"),
        (b'{"x":' + b"[" * 100_000, "answer-no-json"),
        (b"{}", "answer-empty"),
        (b'{"choices": []}', "answer-empty"),
        (b'{"choices": 7}', "answer-empty"),
        (completion(None), "answer-empty"),
        (completion("  "), "answer-empty"),
        (completion("Sure! Here is the JSON"), "answer-no-json"),
        (completion("```json\n{}\n```"), "answer-no-json"),
        (completion(ANSWER[:-5]), "answer-no-json"),
        (completion("{}"), "answer-wrong-schema"),
        (completion("[]"), "answer-wrong-schema"),
        (completion(ANSWER.replace('"delivery"', '"love"')), "answer-wrong-schema"),
        (completion(ANSWER.replace('"words"', '"word"')), "answer-wrong-schema"),
        (completion(read({"x" * 161: "Person"})), "answer-wrong-schema"),
        (completion(read({f"n{number}": "Person" for number in range(41)})), "answer-wrong-schema"),
        (completion("[" * 50_000), "answer-wrong-schema"),
        (completion(ANSWER, "length"), "answer-cut-off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "from",
)
def test_what_is_no_answer_says_why(data: bytes, failure: str) -> None:
    reply = read_reply(data)
    told = (reply.failure, reply.body)  # not the data: pytest would print it
    assert told == (failure, "")


def test_an_answer_of_all_sizes_that_fits_is_one() -> None:
    assert read_reply(completion(ANSWER)).body == ANSWER
    assert read_reply(completion(read({}))).body == read({})


def test_a_wrong_answer_is_asked_for_again_with_another_seed() -> None:
    with serving(answering("nonsense", "{}", ANSWER)) as server:
        reply = Endpoint(ModelServer(server.url, "tiny", retries=2)).ask(TEXT)
    assert (reply.body, len(server.asked)) == (ANSWER, 3)
    assert len({request["seed"] for request in server.asked}) == 3


def test_a_busy_server_is_asked_again_and_a_refusal_stands() -> None:
    def busy(handler: Handler, passage: str, number: int) -> None:
        del passage
        if number < 2:
            send(handler, b"busy", 503, Retry_After="0")
        else:
            send(handler, completion(ANSWER))

    assert outcome(busy, retries=2) == ("", 3)
    assert outcome(busy, retries=1) == ("answer-refused", 2)
    assert outcome(lambda handler, *_: send(handler, b"no", 400), retries=2) == ("answer-refused", 1)


def test_a_redirect_is_not_followed() -> None:
    with serving(answering(ANSWER)) as other:
        away = outcome(lambda handler, *_: send(handler, b"", 307, Location=f"{other.url}/chat/completions"))
        assert away == ("answer-refused", 1)
        assert other.asked == []


def test_a_huge_answer_is_cut_and_refused() -> None:
    assert outcome(lambda handler, *_: send(handler, b"x" * (LARGEST + 10)))[0] == "answer-too-large"

    def endless(handler: Handler, *_: object) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _number in range(10_000):
            handler.wfile.write(b"x" * 65_536)

    assert outcome(endless)[0] == "answer-too-large"


def test_a_lost_connection_is_told() -> None:
    def lose(handler: Handler, *_: object) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"{")
        handler.close_connection = True

    assert outcome(lose)[0] in {"answer-unreachable", "answer-no-json"}
    assert (
        outcome(lambda handler, *_: handler.wfile.write(b"garbage\r\n\r\n") and None)[0]
        == "answer-unreachable"
    )


@pytest.mark.parametrize("drip", [b"", b"x"])
def test_a_server_that_hangs_or_drips_has_its_time(drip: bytes) -> None:
    with serving(lambda *_: None) as server:
        server.behave = lambda handler, *_: hang(server, handler, drip=drip)
        began = time.monotonic()
        reply = Endpoint(ModelServer(server.url, "tiny", timeout=0.5, retries=1)).ask(TEXT)
        assert reply.failure == "answer-timed-out"
        assert len(server.asked) == 2
        assert time.monotonic() - began > 0.9


# -- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "192.0.2.1",
        "10.0.0.1",
        "localhost.example.org",
        "198.51.100.7",
        "::",
        "127.0.0.1.example.org",
        "2130706433",
    ],
)
def test_other_machines_are_refused_unless_named(host: str) -> None:
    shown = f"[{host}]" if ":" in host else host
    assert not is_loopback(host)
    url = f"http://{shown}:8000/v1"
    with pytest.raises(UsageError, match="is not this machine"):
        Endpoint(ModelServer(url, "tiny"))
    with pytest.raises(UsageError, match="is not this machine"):
        Endpoint(ModelServer(url, "tiny", allow="other.example.org:8000"))
    with pytest.raises(UsageError, match="is not this machine"):
        Endpoint(ModelServer(url, "tiny", allow=host if ":" not in host else "x"))  # the port belongs to it
    assert Endpoint(ModelServer(url, "tiny", allow=f"{shown}:8000")).address == f"http://{shown}:8000"


@pytest.mark.parametrize(
    "url",
    ["127.0.0.1:8000", "ftp://127.0.0.1", "file:///etc/passwd", "http://", "http://127.0.0.1:x/v1",
     "http://127.0.0.1:99999/v1", "http://a:b@127.0.0.1/v1", "http://127.0.0.1/v1?key=1", "http://[::1/v1"],
)  # fmt: skip
def test_an_address_must_be_one(url: str) -> None:
    with pytest.raises(UsageError, match="address of a server"):
        Endpoint(ModelServer(url, "tiny"))


def test_localhost_is_looked_up_nowhere(server: Served) -> None:
    url = server.url.replace("127.0.0.1", "localhost").removesuffix("/v1")
    assert Endpoint(ModelServer(url, "tiny")).ask(TEXT).body == ANSWER
    assert server.paths == ["/v1/chat/completions"]
