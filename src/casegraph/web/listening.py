"""Listening: an address of this machine, the names it goes by, and connections that keep nobody waiting."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from casegraph.errors import UsageError
from casegraph.web.guard import Names, named

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PORTS = frozenset({80, 443})
PATIENCE = 10.0
"""Seconds in which the head of a request must come."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens."""

    host: str = "127.0.0.1"
    port: int = 8777
    names: tuple[str, ...] = ()  # further names that it goes by
    kept: str | None = None  # hash of the password, see `access`
    certificate: Path | None = None
    key: Path | None = None

    @property
    def alone(self) -> bool:
        """Whether this machine alone reaches it."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """The address that a person opens."""
        scheme = "https" if self.certificate else "http"
        host = self.names[0] if self.names else f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}/"

    def known_as(self) -> Names:
        """Return the names to which it answers."""
        try:
            any_ = ipaddress.ip_address(self.host).is_unspecified
        except ValueError:
            any_ = False
        own = f"[{self.host}]" if ":" in self.host else self.host
        hosts = {f"{name}:{self.port}" for name in (*LOOPBACK, own, *self.names)}
        # A browser leaves a scheme's own port out; and a server in front that encrypts has its own port.
        hosts |= set(self.names)
        hosts |= {name for name in (*LOOPBACK, own) if self.port in PORTS}
        return named(hosts, self.port if any_ else None)

    def check(self) -> None:
        """Raise UsageError for what cannot be, or must not be: an open door to other machines."""
        if not self.alone and self.kept is None:
            raise UsageError(f"{self.host} is an address for others, too; the case needs a password")
        for name in self.names:
            if not name or not name.isascii() or set(name) & set("/:@ ?#"):
                raise UsageError(f"{name!r} is no name of a machine")
        if (self.certificate is None) != (self.key is None):
            raise UsageError("a certificate and its key go together")
        if self.certificate is not None and self.key is not None:
            try:
                ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
                    self.certificate, self.key
                )
            except (OSError, ssl.SSLError) as error:
                what = type(error).__name__
                raise UsageError(f"the certificate and its key cannot be used: {what}") from None


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, which does not wait for ever for the head of a request."""

    patience = PATIENCE
    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin to wait."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Wait on for the rest of a head, no longer once it is there."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._forget()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._forget()
        elif self._due is None:
            self._due = self.loop.call_later(self.patience, self._late)

    def _forget(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _late(self) -> None:
        self._due = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            if self.conn.our_state is h11.IDLE:
                answer = h11.Response(
                    status_code=408,
                    headers=[("connection", "close"), ("content-length", "0")],
                    reason=b"Request Timeout",
                )
                for event in (answer, h11.EndOfMessage()):
                    self.transport.write(self.conn.send(event) or b"")
            self.transport.close()
