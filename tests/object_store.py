"""An S3 server on this machine: moto, in an environment of its own (`make .venv/.server`)."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

PYTHON = Path(sys.prefix) / "server" / "bin" / "python"
BUCKET = "leaks"
PATIENCE = 60  # seconds

with_server = pytest.mark.skipif(
    not PYTHON.exists() or find_spec("obstore") is None,
    reason="no S3 server or no obstore here: make .venv/.dev",
)

SERVE = """
import logging, sys
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
logging.getLogger("werkzeug").setLevel(logging.ERROR)
run_simple("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=True)
"""


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Give the address of a server with an empty bucket."""
    port = _free()
    environment = {
        "AWS_ACCESS_KEY_ID": "k",
        "AWS_SECRET_ACCESS_KEY": "s",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    server = subprocess.Popen(
        [str(PYTHON), "-c", SERVE, str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                made = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                made.request("PUT", f"/{BUCKET}")
                assert made.getresponse().status == 200
                break
            except OSError:
                assert time.monotonic() < end, "the S3 server did not start"
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()
