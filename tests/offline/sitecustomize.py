"""Keep this interpreter off the network, child processes included: they find this file on PYTHONPATH.

Python raises an audit event before it resolves a name or opens a connection, whichever library asks. A test
marked `loopback` may speak to this machine itself; processes talk over AF_UNIX sockets, which stay free.
"""

from __future__ import annotations

import os
import sys

PERMIT = "OFFLINE_TESTS_MAY_USE_LOOPBACK"
LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}
NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
CONNECTIONS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}


def guard(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every event that would leave this machine, and loopback where the test does not ask for it."""
    if event in NAMES:
        host = arguments[0]
    elif event in CONNECTIONS:
        address = arguments[1]
        if not isinstance(address, tuple):
            return
        host = address[0]
    else:
        return
    name = host[0] if isinstance(host, tuple) else host
    if name is None or (str(name) in LOOPBACK and PERMIT in os.environ):
        return
    raise OSError(f"tests are offline: {event} to {name!r} (loopback needs @pytest.mark.loopback)")


sys.addaudithook(guard)
