"""A cluster of Ray that is one node on this machine, for a measure."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator

STARTED = "Ray runtime started"
"""What the node says once it takes calls."""

_FIRST, _PORTS = 20_000, 10_000  # below those that the kernel gives to clients
_ATTEMPTS = 3  # a node that is not up within half a minute gives up, which a busy machine brings about
_PATIENCE = 120  # seconds, about, in which what runs on the node may find it


@contextlib.contextmanager
def node(processors: int) -> Iterator[str]:
    """Start a node and yield its address; it ends with this. Raises RuntimeError where none comes up."""
    os.environ |= {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(24),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_NUM_REDIS_GET_RETRIES": str(_PATIENCE),
    }
    with contextlib.ExitStack() as stack:
        for _ in range(_ATTEMPTS):
            head, address = _head(processors, stack)
            if any(STARTED in line for line in head.stdout or ()):
                break
        else:
            raise RuntimeError("the node of the cluster does not come up")
        yield address


def _head(processors: int, stack: contextlib.ExitStack) -> tuple[subprocess.Popen[str], str]:
    """Start a node that ends with the stack, and return it with the address that it will have."""
    port = _FIRST + secrets.randbelow(_PORTS)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cg-ray-", ignore_cleanup_errors=True))
    command = [
        sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", f"--port={port}",
        f"--num-cpus={processors}", "--include-dashboard=false", f"--temp-dir={folder}",
        "--disable-usage-stats", "--node-ip-address=127.0.0.1", f"--object-store-memory={80 << 20}",
    ]  # fmt: skip
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}  # or the words come when it ends
    head = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    stack.callback(_end, head)
    return head, f"127.0.0.1:{port}"


def _end(head: subprocess.Popen[str]) -> None:
    head.terminate()
    head.communicate()
