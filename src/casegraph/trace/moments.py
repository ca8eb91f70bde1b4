"""When a document was there: the earliest and the latest moment that its dates allow."""

from __future__ import annotations

import datetime as dt
import functools
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


def state(document: Document) -> Moment:
    """Return when a document got the words that it has, which may be later than when it was published."""
    changed = document.metadata.get("modified", ())
    told = _read(changed[0], None, exact="T" in changed[0]) if changed else None
    published = moment(document)
    return published if told is None or before(told, published) else told


def impossible(source: Document, derived: Document) -> bool:
    """Tell whether one was certainly published after the other, and cannot be what that was made from."""
    return before(moment(derived), moment(source))


def _interval(date: Date | None) -> Moment | None:
    if date is None or not date.start:
        return None
    return _read(date.start, date.end, exact="T" in date.start and date.precision == "time")


@functools.lru_cache(maxsize=1 << 14)
def _read(words: str, until: str | None, *, exact: bool) -> Moment | None:
    start = _parsed(words)
    if start is None:
        return None
    if exact:
        slack = _ZONE if start.tzinfo is None else dt.timedelta()
        at = start.replace(tzinfo=dt.UTC) if start.tzinfo is None else start.astimezone(dt.UTC)
        return Moment(at - slack, at + slack, exact=not slack)
    first = start.replace(tzinfo=dt.UTC)
    end = _parsed(until) if until else None
    last = end.replace(tzinfo=dt.UTC) if end is not None and end > start else first + _length(words)
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
    if left.last is None or right.first is None or left.first == right.first:
        return False
    return left.last <= right.first


def gap(left: Moment, right: Moment) -> dt.timedelta:
    """Return how long before the other one was there at least; zero where that is not sure."""
    if left.last is None or right.first is None or left.last > right.first:
        return dt.timedelta()
    return right.first - left.last
