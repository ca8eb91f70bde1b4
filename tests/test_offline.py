from __future__ import annotations

import socket
import subprocess
import sys

import pytest

ASK = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"


def test_no_name_is_looked_up() -> None:
    with pytest.raises(OSError, match="offline"):
        socket.getaddrinfo("news.example.org", 443)


def test_no_connection_is_opened() -> None:
    with socket.socket() as one, pytest.raises(OSError, match="offline"):
        one.connect(("192.0.2.1", 80))


def test_loopback_is_closed_unless_a_test_asks() -> None:
    with socket.socket() as one, pytest.raises(OSError, match="offline"):
        one.bind(("127.0.0.1", 0))


@pytest.mark.loopback
def test_loopback_is_open_to_a_test_that_asks() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_children_are_offline_too() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "tests are offline" in done.stderr
