"""When somebody was here last: a cookie of times alone, so that the home can say what is new since."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from casegraph.store.journal import now

AWAY = timedelta(minutes=30)
"""Who asks for nothing so long has left: what is new is counted from then on."""

_LIFE = 400 * 24 * 3600
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_TIMES = re.compile(rf"({_TIME})?~({_TIME})")


def _name(request: Request) -> str:
    """Return the cookie's name: browsers do not tell the ports of a machine apart, nor the cases at one."""
    folder = str(request.app.state.room.case().folder.resolve())
    return f"casegraph-seen-{hashlib.sha256(folder.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _times(request: Request) -> tuple[str | None, str | None]:
    """Return when the visit before this one ended, and when something was last asked for."""
    found = _TIMES.fullmatch(request.cookies.get(_name(request), ""))
    if found is None:
        return None, None
    before, last = found.groups()
    try:
        gone = datetime.now(UTC) - datetime.fromisoformat(last) > AWAY
    except ValueError:
        return None, None
    return (last if gone else before), last


def since(request: Request) -> str | None:
    """Return when the visit before this one ended, None where there was none."""
    return _times(request)[0]


def note(request: Request, reply: Response) -> None:
    """Have the browser keep that something was asked for just now."""
    if reply.headers.get("content-type", "").startswith("text/html"):
        times = f"{_times(request)[0] or ''}~{now()}"
        reply.set_cookie(
            _name(request), times, max_age=_LIFE, path="/", httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
