"""The door of a case that is served to other machines: a password or a token, then a session.

The session's cookie is out of scripts' reach (HttpOnly) and no other site's page sends it (SameSite=Strict).
What has no session is led to the login, a twin in JSON is told so (401).
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casegraph.model import Record
from casegraph.web.access import LIFE, Attempts, Sessions, matches
from casegraph.web.forms import fields_of, is_ours, token_for
from casegraph.web.guard import App, Receive, Scope, Send
from casegraph.web.rendering import Frame, page

SESSION = "casegraph.session"
"""Where a request's scope holds the name of its session."""

LOGIN, LOGOUT = "/login", "/logout"
_OPEN = "/static/"
_LONGEST = 1_024  # characters of a password that are looked at


class Login(Record, frozen=True, kw_only=True):
    """What the page of the login shows."""

    to: str  # where to go then
    wrong: str = ""  # why it was not let in


@dataclass(slots=True)
class Door:
    """ASGI middleware: lets in who knows the password, and says who is in."""

    kept: str  # hash of the password or token
    port: int
    secure: bool = False  # the connection is encrypted
    sessions: Sessions = field(default_factory=Sessions)
    attempts: Attempts = field(default_factory=Attempts)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))  # of the tokens of forms
    _one: threading.Lock = field(default_factory=threading.Lock)

    @property
    def cookie(self) -> str:
        """Name of the cookie. Browsers do not tell the ports of a machine apart, so its own is part of it."""
        return f"{'__Host-' if self.secure else ''}casegraph-{self.port}"

    def around(self, app: App) -> App:
        """Return an app behind this door."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            request = Request(scope, receive)
            reply = await self._reply(request)
            await (reply or app)(scope, receive, send)

        return answer

    async def _reply(self, request: Request) -> Response | None:
        """Return what the door answers by itself, None where the app is to answer."""
        session, where = self._session(request), request.url.path
        if session:
            request.scope[SESSION] = session
        if where == LOGOUT and request.method == "POST":
            return await self._leave(request, session)
        if where == LOGIN:
            return await self._enter(request)
        if session or where.startswith(_OPEN):
            return None
        if where.endswith(".json"):
            body = {"status": 401, "message": f"log in first, by {LOGIN}"}
            return Response(msgspec.json.encode(body), 401, media_type="application/json")
        query = f"?{request.url.query}" if request.url.query else ""
        to = where + query if request.method == "GET" and where != LOGOUT else "/"
        return RedirectResponse(f"{LOGIN}?to={quote(to, safe='')}", status_code=303)

    def _session(self, request: Request) -> str:
        found: SimpleCookie = SimpleCookie()
        try:
            found.load(request.headers.get("cookie", ""))
        except CookieError:
            return ""
        name = found[self.cookie].value if self.cookie in found else ""
        return name if name and self.sessions.holds(name) else ""

    async def _enter(self, request: Request) -> Response:
        if request.method != "POST":
            return self._login(_local(request.query_params.get("to", "/")))
        fields = await fields_of(request)
        if fields is None or not is_ours(fields, token_for(self.key, LOGIN)):
            return self._login("/", "that form is of an earlier run of the server; try again", 403)
        to = _local(next(iter(fields.get("to", ())), "/"))
        address = request.client.host if request.client else ""
        wait = self.attempts.wait(address)
        if wait:
            reply = self._login(to, f"too many attempts; try again in {int(wait) + 1} s", 429)
            reply.headers["retry-after"] = str(int(wait) + 1)
            return reply
        password = next(iter(fields.get("password", ())), "")[:_LONGEST]
        if not await run_in_threadpool(self._knows, password):
            return self._login(to, "that is not the password", 403)
        self.attempts.forget(address)
        reply = RedirectResponse(to, status_code=303)
        reply.set_cookie(
            self.cookie, self.sessions.begin(), max_age=LIFE, path="/", secure=self.secure, httponly=True,
            samesite="strict",
        )  # fmt: skip
        return reply

    def _knows(self, password: str) -> bool:
        with self._one:  # a try takes 32 MiB: several at a time would be a way to fill the memory
            return matches(password, self.kept)

    async def _leave(self, request: Request, session: str) -> Response:
        fields = await fields_of(request)
        if session and fields is not None and is_ours(fields, token_for(self.key, session)):
            self.sessions.end(session)
        reply = RedirectResponse(LOGIN, status_code=303)
        reply.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="strict")
        return reply

    def _login(self, to: str, wrong: str = "", status: int = 200) -> Response:
        frame = Frame(path=LOGIN, token=token_for(self.key, LOGIN))
        return Response(page("login", Login(to=to, wrong=wrong), frame), status, media_type="text/html")


def _local(where: str) -> str:
    """Return an address if it is one of ours: a form must lead nobody to another server."""
    ours = where.startswith("/") and not where.startswith("//") and where.isprintable() and "\\" not in where
    return where if ours else "/"
