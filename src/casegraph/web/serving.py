"""Serving a case on this machine."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from casegraph.errors import UsageError
from casegraph.pipeline.case import open_case
from casegraph.web.app import application

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_SLOW = 20  # seconds that a connection may wait for its next request
_MOST = 64  # connections at a time
_LONGEST = 16_384  # bytes of a request's head


def hosts_of(port: int) -> tuple[str, ...]:
    """Return the names under which a server of this machine is asked at a port."""
    return tuple(f"{name}:{port}" for name in _NAMES)


def silence() -> None:
    """Keep the server's own log shut: what it tells of an exception holds the exception's text."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False


def serve(case: Path, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve a case until Ctrl-C; `ready` is called once it listens.

    Raises CasegraphError for a case that cannot be opened or a port that is in use.
    """
    open_case(case)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as error:
            raise UsageError(f"port {port} cannot be used: {error.strerror}; give another") from None
        ready()
        silence()
        settings = uvicorn.Config(
            application(lambda: open_case(case), hosts_of(port)),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=_SLOW,
            limit_concurrency=_MOST,
            h11_max_incomplete_event_size=_LONGEST,
            lifespan="off",
        )
        uvicorn.Server(settings).run(sockets=[listening])
