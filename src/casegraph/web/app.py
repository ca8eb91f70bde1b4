"""The application: addresses to views, views to pages and JSON."""

from __future__ import annotations

import secrets
import sys
import threading
import traceback
from collections.abc import Callable
from urllib.parse import quote

import msgspec
from python_multipart.multipart import parse_options_header
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from casegraph.errors import (
    CaseDamagedError,
    CasegraphError,
    CaseLockedError,
    CaseNotFoundError,
    CaseTooNewError,
    UsageError,
)
from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.web import sending, visits
from casegraph.web.actions import ACTIONS
from casegraph.web.base import Action, Ask, Contents, File, NotThereError, View
from casegraph.web.description import description
from casegraph.web.door import SESSION, Door
from casegraph.web.forms import fields_of, is_ours, token_for
from casegraph.web.guard import Guard, Names
from casegraph.web.rendering import STATIC, Frame, page
from casegraph.web.views import FILES, VIEWS
from casegraph.web.work import Work

JSON = ".json"
AGAIN = "3"  # seconds until a page looks again that shows how far something is
SEALED = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Policy of a file that is saved, should a browser show it all the same."""

FAULT = "a fault of casegraph's own; the terminal in which it runs says which"

MISSING = {
    404: "there is no such page",
    408: "that took too long to come",
    413: "that is too large",
}
FOREIGN = "that form is none of this server's, or of an earlier run of it; load its page again"


TROUBLES: dict[type[CasegraphError], str] = {
    CaseDamagedError: "the case is damaged: casegraph status, in the terminal, says how",
    CaseLockedError: "another program is writing to the case; try again when it is done",
    CaseNotFoundError: "the case is not there any more",
    CaseTooNewError: "a later casegraph has written to the case; start that one",
}
"""What is told of errors: their own words name files and folders."""

TROUBLE = "the case cannot be read or written as it should; casegraph status, in the terminal, says why"


class Failure(Record, frozen=True, kw_only=True):
    """What is answered where there is no page to show."""

    status: int
    message: str


class Room:
    """A case that is open: once for all who read, and each time anew for what is done in the background.

    A build changes what it holds of the tables; readers see only what lies on the disk.
    """

    def __init__(self, opened: Callable[[], Case]) -> None:
        self._opened, self._lock = opened, threading.Lock()
        self._case: Case | None = None
        self.work = Work(opened)

    def case(self) -> Case:
        """Return the case for reading."""
        with self._lock:
            if self._case is None:
                self._case = self._opened()
            return self._case


def application(room: Room, names: Names, door: Door | None = None) -> Guard:
    """Return the ASGI application of a case."""
    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/openapi.json", _described),
        Route("/favicon.ico", _icon),  # asked for by browsers beside answers that are no pages
    ]
    for view in VIEWS:
        twin = "/home.json" if view.path == "/" else view.path + JSON
        routes += [Route(twin, _endpoint(view, room)), Route(view.path, _endpoint(view, room))]
    routes += [Route(file.path, _giving(file, room)) for file in FILES]
    routes += [Route(action.path, _doing(action, room), methods=["POST"]) for action in ACTIONS]
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _missing, Exception: _fault},
    )
    app.state.room = room
    app.state.key = door.key if door is not None else secrets.token_bytes(32)
    largest = {action.path: action.largest or action.most for action in ACTIONS if action.bulky}
    return Guard(app if door is None else door.around(app), names, largest)


async def _described(_: Request) -> Response:
    return Response(msgspec.json.encode(description(VIEWS, FILES)), media_type="application/json")


async def _icon(_: Request) -> Response:
    return FileResponse(STATIC / "icon.svg")


def _endpoint(view: View, room: Room) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        path = {name: str(value).removesuffix(JSON) for name, value in request.path_params.items()}
        query = {name: request.query_params.getlist(name) for name in request.query_params}
        ask = Ask(path, query, room.work, visits.since(request))
        reply = await run_in_threadpool(_answer, request, view, lambda: view.run(room.case(), ask))
        visits.note(request, reply)
        return reply

    return answer


def _giving(file: File, room: Room) -> Callable[[Request], object]:
    async def give(request: Request) -> Response:
        query = {name: request.query_params.getlist(name) for name in request.query_params}
        ask = Ask(request.path_params, query, room.work)
        return await run_in_threadpool(_told, request, lambda: _given(file.run(room.case(), ask)))

    return give


def _given(found: Contents) -> Response:
    """Return bytes; what is saved is never shown, whatever it holds."""
    headers = {}
    if found.saved is not None:
        name = quote(found.saved, safe="")
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
        headers["content-security-policy"] = SEALED
    if isinstance(found.content, bytes):
        return Response(found.content, media_type=found.media_type, headers=headers)
    return FileResponse(found.content, media_type=found.media_type, headers=headers)


def _doing(action: Action, room: Room) -> Callable[[Request], object]:
    async def do(request: Request) -> Response:
        if action.largest:
            return await _sent(request, action, room)
        fields = await fields_of(request, action.most)
        if fields is None or not is_ours(fields, _token(request)):
            return _failed(request, 403, FOREIGN)
        ask = Ask(request.path_params, fields, room.work)
        return await run_in_threadpool(_done, request, lambda: action.run(room.case(), ask))

    return do


async def _sent(request: Request, action: Action, room: Room) -> Response:
    """Answer a form that brings files."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != sending.TYPE.encode() or not options.get(b"boundary"):
        return _failed(request, 403, FOREIGN)
    sent = sending.Sent(room.case().folder, options[b"boundary"].decode("latin-1"), _token(request))
    try:
        await sent.take(request.stream())
        ask = Ask(request.path_params, {}, room.work)
        return await run_in_threadpool(_done, request, lambda: action.take(room.case(), ask, sent.paths()))
    except sending.NotOursError:
        return _failed(request, 403, FOREIGN)
    except UsageError as error:
        return _failed(request, 400, str(error))
    finally:
        await run_in_threadpool(sent.close)


def _done(request: Request, do: Callable[[], str]) -> Response:
    return _told(request, lambda: RedirectResponse(do(), status_code=303))


def _answer(request: Request, view: View, run: Callable[[], Record]) -> Response:
    def answer() -> Response:
        record = run()
        reply = _written(request, view.name, record)
        if view.moving(record) and not request.url.path.endswith(JSON):
            reply.headers["refresh"] = AGAIN
        return reply

    return _told(request, answer)


def _told(request: Request, run: Callable[[], Response]) -> Response:
    try:
        return run()
    except NotThereError as error:
        return _failed(request, 404, str(error))
    except UsageError as error:
        return _failed(request, 400, str(error))
    except CasegraphError as error:
        return _failed(request, 503, TROUBLES.get(type(error), TROUBLE))


def _written(request: Request, name: str, record: Record, status: int = 200) -> Response:
    if request.url.path.endswith(JSON):
        return Response(msgspec.json.encode(record), status, media_type="application/json")
    frame = Frame(
        path=request.url.path,
        token=_token(request),
        session=SESSION in request.scope,
        busy=request.app.state.room.work.busy,
    )
    return Response(page(name, record, frame), status, media_type="text/html")


def _token(request: Request) -> str:
    return token_for(request.app.state.key, str(request.scope.get(SESSION, "")))


def _failed(request: Request, status: int, message: str) -> Response:
    return _written(request, "failure", Failure(status=status, message=message), status)


async def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _failed(request, status, MISSING.get(status, "that cannot be done here"))


async def _fault(request: Request, error: Exception) -> Response:
    sys.stderr.write(f"casegraph serve: {told_of(error)}\n")
    return _failed(request, 500, FAULT)


def told_of(error: Exception) -> str:
    """Name an exception's class and the line of ours, nothing of its text, which may hold a page's."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("casegraph."):
            place = f" in {module}, line {line}"
    return f"{type(error).__name__}{place}"
