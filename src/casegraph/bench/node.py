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


@contextlib.contextmanager
def node(processors: int) -> Iterator[str]:
    """Start a node and yield its address; it ends with this. Raises RuntimeError where none comes up."""
    port = _FIRST + secrets.randbelow(_PORTS)
    os.environ |= {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(24),
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    with tempfile.TemporaryDirectory(prefix="cg-ray-", ignore_cleanup_errors=True) as folder:
        command = [
            sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", f"--port={port}",
            f"--num-cpus={processors}", "--include-dashboard=false", f"--temp-dir={folder}",
            "--disable-usage-stats", "--node-ip-address=127.0.0.1", f"--object-store-memory={80 << 20}",
        ]  # fmt: skip
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}  # or the words come when it ends
        head = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        try:
            if not any(STARTED in line for line in head.stdout or ()):
                raise RuntimeError("the node of the cluster does not come up")
            yield f"127.0.0.1:{port}"
        finally:
            head.terminate()
            head.communicate()
