"""Apple's property lists, binary and in XML, and the web pages that Safari saved in one (webarchive)."""

from __future__ import annotations

import datetime as dt
import plistlib
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.draft import Draft
from casegraph.read.trees import Number, Tree, pieces
from casegraph.read.unread import name_type
from casegraph.read.webpage import read_page

_TYPE, _WRITTEN = "application/x-bplist", "application/x-plist"
_HEAD = 2_000  # bytes looked at
_MAIN, _OTHERS, _INSIDE = "WebMainResource", "WebSubresources", "WebSubframeArchives"
_BROKEN = (
    plistlib.InvalidFileException, ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError,
    MemoryError, AttributeError, ExpatError,
)  # fmt: skip
_DEEPEST = 50
_MOST = 1_000  # files taken out


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    if media_type == "application/xml" and re.search(rb"<plist[\s>]", original.data[:_HEAD]):
        return _WRITTEN
    return _TYPE if media_type == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the values as lines and tables, or the saved page with its pictures as children.

    Problems: `damaged`, `no-text`.
    """
    draft = Draft(original, media_type, "propertylist 1")
    try:
        form = plistlib.FMT_BINARY if media_type == _TYPE else plistlib.FMT_XML
        found = plistlib.loads(original.data, fmt=form)
    except _BROKEN:
        draft.problem("damaged", "the property list is broken")
        found = None
    main = found.get(_MAIN) if isinstance(found, dict) else None
    if isinstance(main, dict) and isinstance(main.get("WebResourceData"), bytes):
        _page(draft, found, main)
    elif found is not None:
        draft.page(pieces(_tree(draft, found, 0)))
        if not draft.filled:
            draft.problem("no-text", "the property list holds no words")
    yield from draft.finish()


def _page(draft: Draft, found: dict[str, Any], main: dict[str, Any]) -> None:
    coding = main.get("WebResourceTextEncodingName")
    read_page(draft, main["WebResourceData"], coding if isinstance(coding, str) else None)
    url = main.get("WebResourceURL")
    draft.url = draft.url or (url if isinstance(url, str) and url.startswith("http") else None)
    for resource in _resources(found, 0):
        data = resource.get("WebResourceData")
        if isinstance(data, bytes) and data:
            name = str(resource.get("WebResourceURL") or "file").split("?", 1)[0]
            draft.hold(draft.child(name, data, "embedded"))


def _resources(found: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    others = found.get(_OTHERS)
    for resource in others[:_MOST] if isinstance(others, list) else ():
        if isinstance(resource, dict):
            yield resource
    inside = found.get(_INSIDE)
    for frame in inside[:_MOST] if isinstance(inside, list) and depth < _DEEPEST else ():
        if isinstance(frame, dict):
            if isinstance(frame.get(_MAIN), dict):
                yield frame[_MAIN]
            yield from _resources(frame, depth + 1)


def _tree(draft: Draft, value: object, depth: int) -> Tree:
    """Return a property list's value as data; bytes in it as their number, dates in ISO 8601."""
    match value:
        case bool() | str() | None:
            return value
        case dict() if depth < _DEEPEST:
            return {str(key): _tree(draft, one, depth + 1) for key, one in value.items()}
        case list() if depth < _DEEPEST:
            return [_tree(draft, one, depth + 1) for one in value]
        case int() | float() | dt.datetime():
            return Number(value.isoformat() if isinstance(value, dt.datetime) else value)
    return f"({len(value)} bytes)" if isinstance(value, bytes) else None


READER = Reader(
    name="propertylist", version=1, media_types=(_TYPE, _WRITTEN), recognise=_recognise, read=read
)
