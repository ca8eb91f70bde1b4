"""The application: addresses to views, views to pages and JSON."""

from __future__ import annotations

import secrets
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec
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
from casegraph.web.actions import ACTIONS
from casegraph.web.base import Action, Ask, NotThereError, View
from casegraph.web.description import description
from casegraph.web.door import SESSION, Door
from casegraph.web.forms import fields_of, is_ours, token_for
from casegraph.web.guard import Guard, Names
from casegraph.web.rendering import Frame, page
from casegraph.web.views import VIEWS

STATIC = Path(__file__).parent / "static"
JSON = ".json"
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


def application(opened: Callable[[], Case], names: Names, door: Door | None = None) -> Guard:
    """Return the ASGI application of a case; `opened` opens it once for each thread."""
    cases = threading.local()

    def case() -> Case:
        if not hasattr(cases, "case"):
            cases.case = opened()
        found: Case = cases.case
        return found

    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/openapi.json", _described),
        Route("/favicon.ico", _icon),  # asked for by browsers beside answers that are no pages
    ]
    for view in VIEWS:
        twin = "/home.json" if view.path == "/" else view.path + JSON
        routes += [Route(twin, _endpoint(view, case)), Route(view.path, _endpoint(view, case))]
    routes += [Route(action.path, _doing(action, case), methods=["POST"]) for action in ACTIONS]
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _missing, Exception: _fault},
    )
    app.state.key = door.key if door is not None else secrets.token_bytes(32)
    return Guard(app if door is None else door.around(app), names)


async def _described(_: Request) -> Response:
    return Response(msgspec.json.encode(description(VIEWS)), media_type="application/json")


async def _icon(_: Request) -> Response:
    return FileResponse(STATIC / "icon.svg")


def _endpoint(view: View, case: Callable[[], Case]) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        path = {name: str(value).removesuffix(JSON) for name, value in request.path_params.items()}
        query = {name: request.query_params.getlist(name) for name in request.query_params}
        return await run_in_threadpool(_answer, request, view, lambda: view.run(case(), Ask(path, query)))

    return answer


def _doing(action: Action, case: Callable[[], Case]) -> Callable[[Request], object]:
    async def do(request: Request) -> Response:
        fields = await fields_of(request)
        if fields is None or not is_ours(fields, _token(request)):
            return _failed(request, 403, FOREIGN)
        ask = Ask(request.path_params, fields)
        return await run_in_threadpool(
            _told, request, lambda: RedirectResponse(action.run(case(), ask), status_code=303)
        )

    return do


def _answer(request: Request, view: View, run: Callable[[], Record]) -> Response:
    return _told(request, lambda: _written(request, view.name, run()))


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
    frame = Frame(path=request.url.path, token=_token(request), session=SESSION in request.scope)
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
