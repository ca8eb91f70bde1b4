"""A server on this machine with the OpenAI interface, as far as it is asked, that does what a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Handler = BaseHTTPRequestHandler
Behaviour = Callable[[BaseHTTPRequestHandler, str, int], None]
"""Called with the handler of a request, the passage in it, and how many requests there were before."""


@dataclass
class Served:
    """What was asked, and how it is answered."""

    behave: Behaviour
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)  # ends whatever hangs

    def passages(self) -> list[str]:
        return [request["messages"][-1]["content"] for request in self.asked]


def send(handler: Handler, data: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": "application/json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def completion(content: str | None, finish: str = "stop") -> bytes:
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    return json.dumps({"id": "x", "object": "chat.completion", "model": "m", "choices": [choice]}).encode()


def claim(quote: str, kind: str = "statement", **given: object) -> dict[str, object]:
    """Return a claim in the form of an answer; roles are given as `role=words`."""
    whole: dict[str, object] = {
        "quote": quote, "kind": kind, "stance": "asserts", "polarity": "positive", "speaker": None,
        "cue": None, "content": None, "hedges": [], "date": None, "place": None, "amount": None,
        "quantity": None,
    }  # fmt: skip
    roles = [{"role": name, "words": words} for name, words in given.items() if name not in whole]
    return {**whole, **{name: value for name, value in given.items() if name in whole}, "roles": roles}


def read(names: dict[str, str], *claims: dict[str, object]) -> str:
    """Return an answer: names with their schemas, and claims."""
    every = [{"words": words, "schema": schema} for words, schema in names.items()]
    return json.dumps({"names": every, "claims": claims}, ensure_ascii=False)


def answering(*contents: str) -> Behaviour:
    """Give these contents one after the other, the last one for ever."""

    def behave(handler: Handler, passage: str, number: int) -> None:
        del passage
        send(handler, completion(contents[min(number, len(contents) - 1)]))

    return behave


@contextmanager
def serving(behave: Behaviour) -> Iterator[Served]:
    """Give a running server."""
    own = Served(behave)

    class Requests(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            own.paths.append(self.path)
            own.headers.append(dict(self.headers))
            own.asked.append(body)
            try:
                own.behave(self, body["messages"][-1]["content"], len(own.asked) - 1)
            except OSError:  # the client has gone, as it should where it was made to wait
                self.close_connection = True

        def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - the base class's name
            del format, words

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    own.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield own
    finally:
        own.over.set()
        server.shutdown()
        server.server_close()


def hang(server: Served, handler: Handler, *, drip: bytes = b"") -> None:
    """Say nothing, or one byte now and then, until the test is over."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    until = time.monotonic() + 20
    while not server.over.wait(0.05) and time.monotonic() < until:
        handler.wfile.write(drip)
        handler.wfile.flush()
