"""At which port a case is served where none is asked for."""

from __future__ import annotations

import socket

import pytest

from casegraph.web.command import PORT, free_port


@pytest.mark.loopback
def test_a_port_that_is_taken_gives_way_to_the_next_that_is_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", range(port, port + 20)) < port + 20
        assert free_port("127.0.0.1", [port]) == PORT
