"""A server of language models with the OpenAI interface, such as Ollama, llama.cpp or vLLM, asked one thing.

With the time-stamp and the object store the only part that may open a connection. It speaks to the address
that it is given and follows no redirect; an address that is not of this machine must be named twice. Whatever
the server does costs one question: it has its time, its size and its tries.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

import msgspec

from casegraph.errors import UsageError
from casegraph.model import Failure, PassageRead
from casegraph.pipeline.asking import ModelServer
from casegraph.pipeline.question import request

LARGEST = 1 << 20
"""Bytes of a server's answer; the form of an answer allows for some 40,000."""

PAUSE = 1.0
"""Seconds before the second try, twice as many before each further one."""

LONGEST_PAUSE = 30.0  # seconds, whatever the server asks for in Retry-After
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_AGAIN = frozenset({"answer-timed-out", "answer-unreachable", "answer-empty", "answer-no-json",
                    "answer-wrong-schema"})  # fmt: skip


T = TypeVar("T")


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a question: the JSON of an answer, or why there is none."""

    body: str = ""
    failure: Failure = ""
    status: int | None = None  # of HTTP, where the server refused
    busy: bool = False  # the server may answer later
    pause: float | None = None  # seconds that it asks to wait


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Asks a server; raises UsageError for an address that is none or not allowed, or for no model."""

    server: ModelServer

    def __post_init__(self) -> None:
        own = self.server
        if not own.url:
            raise UsageError("name the server that is to be asked: --endpoint http://127.0.0.1:11434/v1")
        parts = self._parts()
        if not is_loopback(parts.hostname or "") and own.allow.lower() != parts.netloc.lower():
            raise UsageError(
                f"{parts.netloc} is not this machine: pages of the case would leave it. If that is meant, "
                f"say so with --allow {parts.netloc}"
            )
        if not own.model.strip():
            raise UsageError("name the model that is to be asked: --model NAME")
        if re.search(r"[\r\n\0]", own.key):
            raise UsageError("the key of the server holds line ends")
        if own.timeout <= 0 or own.retries < 0:
            raise UsageError("a question needs some time, and no fewer tries than one")

    def _parts(self) -> SplitResult:
        try:
            parts = urlsplit(self.server.url)
            port = parts.port
        except ValueError:
            port, parts = -1, urlsplit("")
        if port == -1 or parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError("the address of a server is like http://127.0.0.1:11434/v1")
        if parts.username is not None or parts.query or parts.fragment:
            raise UsageError("the address of a server holds no name, key or query")
        return parts

    @property
    def address(self) -> str:
        """Scheme, host and port, without the path."""
        parts = self._parts()
        return f"{parts.scheme}://{parts.netloc}"

    def ask(self, passage: str) -> Reply:
        """Return the answer about a passage; tries again what may go better another time."""
        reply = Reply(failure="answer-unreachable")
        for attempt in range(self.server.retries + 1):
            if attempt:
                pause = PAUSE * 2 ** (attempt - 1) if reply.pause is None else reply.pause
                time.sleep(min(pause, LONGEST_PAUSE))
            reply = self._post(request(self.server.model, passage, attempt))
            if not reply.failure or not (reply.busy or reply.failure in _AGAIN):
                break
        return reply

    def _post(self, body: bytes) -> Reply:
        parts = self._parts()
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity", "Connection": "close"}
        if self.server.key:
            headers["Authorization"] = f"Bearer {self.server.key}"
        path = (parts.path.rstrip("/") or "/v1") + "/chat/completions"
        connection = _connection(parts, self.server.timeout)
        late = threading.Event()
        try:
            with _deadline(connection, self.server.timeout, late):
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                data = answer.read(LARGEST + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            timed_out = late.is_set() or isinstance(error, TimeoutError)
            return Reply(failure="answer-timed-out" if timed_out else "answer-unreachable")
        finally:
            connection.close()
        if late.is_set():
            return Reply(failure="answer-timed-out")
        if answer.status != http.client.OK:
            return Reply(
                failure="answer-refused", status=answer.status, busy=answer.status in _BUSY,
                pause=_seconds(answer.headers.get("Retry-After")),
            )  # fmt: skip
        return Reply(failure="answer-too-large") if len(data) > LARGEST else read_reply(data)


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine: 127.0.0.0/8, ::1, or the name localhost, which nobody looks up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_reply(data: bytes) -> Reply:
    """Return what a chat completion holds: an answer in its form, or why it is none."""
    completion = _decoded(data, _Completion, "answer-empty")
    if not isinstance(completion, _Completion):
        return completion
    choice = completion.choices[0] if completion.choices else _Choice(_Message())
    if choice.finish_reason == "length":
        return Reply(failure="answer-cut-off")
    body = (choice.message.content or "").strip()
    if not body:
        return Reply(failure="answer-empty")
    read = _decoded(body, PassageRead, "answer-wrong-schema")
    return Reply(body=body) if isinstance(read, PassageRead) else read


def _decoded(data: bytes | str, form: type[T], otherwise: Failure) -> T | Reply:
    """Return JSON in its form, or the failure that it is another form or no JSON at all."""
    try:
        return msgspec.json.decode(data, type=form)
    except msgspec.ValidationError:
        return Reply(failure=otherwise)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return Reply(failure="answer-no-json")


def _connection(parts: SplitResult, timeout: float) -> http.client.HTTPConnection:
    host = "127.0.0.1" if parts.hostname == "localhost" else str(parts.hostname)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(host, parts.port, timeout=timeout)


@contextmanager
def _deadline(
    connection: http.client.HTTPConnection, seconds: float, late: threading.Event
) -> Iterator[None]:
    """End the connection when the time is up: a timeout of a socket begins anew with every byte."""
    connection.connect()
    held = connection.sock  # the connection lets go of it once it knows that the answer is the last

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _seconds(given: str | None) -> float | None:
    return float(given) if given is not None and re.fullmatch(r"\d{1,6}", given.strip()) else None
