"""What stands between a browser and a case: whose pages may ask, how much, how slowly; what a page may do.

The documents are hostile and the case is secret. A page of ours runs no script but our own files and loads
nothing from elsewhere (Content-Security-Policy); a page of somebody else can neither read ours (Host is
checked, against DNS rebinding) nor send to it (Origin, Sec-Fetch-Site; forms hold a token as well). Under
the policy `no-referrer` browsers send `Origin: null` with our own forms, hence `same-origin`.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITE = frozenset({"same-origin", "none"})
LONGEST = 8_192
"""Bytes of an address."""

LARGEST = 65_536
"""Bytes of what a request brings, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names under which a server may be asked, with their ports."""

    names: frozenset[str]
    port: int | None = None  # at which it may be asked by any number: no rebinding lends it a name that way

    def holds(self, host: str) -> bool:
        """Whether a Host is one of them."""
        if host in self.names:
            return True
        name, _, port = host.rpartition(":")
        if self.port is None or port != str(self.port):
            return False
        try:
            ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return True


def named(hosts: Iterable[str], port: int | None = None) -> Names:
    """Return names as they are compared."""
    return Names(frozenset(host.casefold() for host in hosts), port)


class Guard:
    """ASGI middleware: refuses what is not meant for this server, and binds the pages that it lets out."""

    def __init__(
        self, app: App, names: Names, largest: Mapping[str, int] | None = None, patience: float = 20.0
    ) -> None:
        self._app, self._names = app, names
        self._largest = largest or {}  # bytes of what may be sent, by address
        self._patience = patience  # seconds for a form, or for each next part of something large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the app answer."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def bound(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, bound)
        else:
            await self._app(scope, self._heard(scope, receive), bound)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").casefold()
        if len(headers.getlist("host")) != 1 or not self._names.holds(host):
            return PlainTextResponse("this server does not go by that name\n", status_code=421)
        if len(scope.get("raw_path", b"")) + len(scope.get("query_string", b"")) > LONGEST:
            return PlainTextResponse("the address is too long\n", status_code=414)
        if scope["method"] not in SAFE and not self._ours(headers, host):
            return PlainTextResponse("only pages of this server may send to it\n", status_code=403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._most(scope):
            return PlainTextResponse("that is too large\n", status_code=413, headers={"connection": "close"})
        return None

    def _ours(self, headers: Headers, host: str) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in OWN_SITE:
            return False
        return origin is None or origin.casefold() in {f"http://{host}", f"https://{host}"}

    def _most(self, scope: Scope) -> int:
        return self._largest.get(scope["path"], LARGEST)

    def _heard(self, scope: Scope, receive: Receive) -> Receive:
        """Return what gives the app its messages: none that comes too late, and no more than may come."""
        loop = asyncio.get_running_loop()
        most, until, ended = self._most(scope), loop.time() + self._patience, False
        large = scope["path"] in self._largest
        got = 0

        async def next_message() -> Message:
            nonlocal got, until, ended
            if ended:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, until - loop.time()))
            except TimeoutError:
                raise HTTPException(408) from None
            got += len(message.get("body", b""))
            if got > most:
                raise HTTPException(413)
            ended = not message.get("more_body", False)
            if large:
                until = loop.time() + self._patience
            return message

        return next_message
