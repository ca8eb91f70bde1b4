"""What stands between a browser and a case: whose pages may ask, and what a page may do.

The documents are hostile and the case is secret. A page of ours runs no script but our own files and loads
nothing from elsewhere (Content-Security-Policy); a page of somebody else can neither read ours (Host is
checked, against DNS rebinding) nor send to it (Origin, Sec-Fetch-Site; forms hold a token as well). Under
the policy `no-referrer` browsers send `Origin: null` with our own forms, hence `same-origin`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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


class Guard:
    """ASGI middleware: refuses what is not meant for this server, and binds the pages that it lets out."""

    def __init__(self, app: App, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.casefold() for host in hosts)

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
            await self._app(scope, receive, bound)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").casefold()
        if host not in self._hosts:
            return PlainTextResponse("this server does not go by that name\n", status_code=421)
        if len(scope.get("raw_path", b"")) + len(scope.get("query_string", b"")) > LONGEST:
            return PlainTextResponse("the address is too long\n", status_code=414)
        if scope["method"] not in SAFE and not self._ours(headers, host):
            return PlainTextResponse("only pages of this server may send to it\n", status_code=403)
        return None

    def _ours(self, headers: Headers, host: str) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in OWN_SITE:
            return False
        return origin is None or origin.casefold() in {f"http://{host}", f"https://{host}"}
