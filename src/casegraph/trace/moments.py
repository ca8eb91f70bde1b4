"""When a document was there: the earliest and the latest moment that its dates allow."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from casegraph.model import Date, Document

_ZONE = dt.timedelta(hours=14)  # the farthest that a clock is from UTC
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class Moment(NamedTuple):
    """An interval of moments; None: open."""

    first: dt.datetime | None
    last: dt.datetime | None
    exact: bool = False  # told with time


def moment(document: Document) -> Moment:
    """Return when a document was published; where it does not tell, it was before it was captured."""
    told = _interval(document.published)
    if told is not None:
        return told
    captured = _interval(document.captured)
    return Moment(None, captured.last if captured else None)


def _interval(date: Date | None) -> Moment | None:
    if date is None or not date.start:
        return None
    start = _parsed(date.start)
    if start is None:
        return None
    exact = "T" in date.start and date.precision == "time"
    if exact:
        slack = _ZONE if start.tzinfo is None else dt.timedelta()
        at = start.replace(tzinfo=dt.UTC) if start.tzinfo is None else start.astimezone(dt.UTC)
        return Moment(at - slack, at + slack, exact=not slack)
    first = start.replace(tzinfo=dt.UTC)
    end = _parsed(date.end) if date.end else None
    last = end.replace(tzinfo=dt.UTC) if end is not None and end > start else first + _length(date.start)
    return Moment(first, last)


def _parsed(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    found = _YEAR.match(text)
    if found is None:
        return None
    try:
        return dt.datetime(int(found[1]), int(found[2] or 1), int(found[3] or 1), tzinfo=dt.UTC)
    except ValueError:
        return None


def _length(start: str) -> dt.timedelta:
    return dt.timedelta(days={4: 366, 7: 31}.get(len(start), 1))


def before(left: Moment, right: Moment) -> bool:
    """Tell whether one was certainly there before the other, as far as dates can be believed."""
    return left.last is not None and right.first is not None and left.last <= right.first


def gap(left: Moment, right: Moment) -> dt.timedelta:
    """Return how long before the other one was there at least; zero where that is not sure."""
    if left.last is None or right.first is None or left.last > right.first:
        return dt.timedelta()
    return right.first - left.last
