"""Serving a case."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from casegraph.errors import UsageError
from casegraph.pipeline.case import open_case
from casegraph.web.app import Room, application
from casegraph.web.door import Door
from casegraph.web.listening import PatientProtocol, Place

_SLOW = 20  # seconds that a connection may wait for its next request
_MOST = 64  # connections at a time
_LONGEST = 16_384  # bytes of a request's head


def silence() -> None:
    """Keep the server's own log shut: what it tells of an exception holds the exception's text."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False


def serve(case: Path, place: Place, ready: Callable[[], None]) -> None:
    """Serve a case until Ctrl-C; `ready` is called once it listens.

    Raises CasegraphError for a case that cannot be opened, a port that is in use, or a place that other
    machines reach without a password.
    """
    place.check()
    open_case(case)
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # asyncio sets it where a socket was made for TCP by name alone: else each page waits 40 ms for an ACK
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            listening.bind((place.host, place.port))
            listening.listen()  # who comes before all is loaded waits, and is not turned away
        except OSError as error:
            raise UsageError(f"port {place.port} cannot be used: {error.strerror}; give another") from None
        ready()
        silence()
        door = Door(place.kept, place.port, secure=place.certificate is not None) if place.kept else None
        room = Room(lambda: open_case(case))
        settings = uvicorn.Config(
            application(room, place.known_as(), door),
            http=PatientProtocol,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=_SLOW,
            limit_concurrency=_MOST,
            h11_max_incomplete_event_size=_LONGEST,
            lifespan="off",
            proxy_headers=False,
            ssl_certfile=place.certificate,
            ssl_keyfile=place.key,
        )
        try:
            uvicorn.Server(settings).run(sockets=[listening])
        finally:
            room.work.close()
