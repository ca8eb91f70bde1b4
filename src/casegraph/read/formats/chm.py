"""Compiled HTML help (CHM): each topic is a page, in the order of its contents; pictures are children."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.bookpages import book_pieces
from casegraph.read.charset import decode
from casegraph.read.chmfile import Entry, Help
from casegraph.read.draft import Draft
from casegraph.read.limits import MAX_PAGES, MAX_UNPACKED
from casegraph.read.unread import name_type
from casegraph.read.webpage import declared_charset

_TYPE = "application/vnd.ms-htmlhelp"
_TOPICS = (".htm", ".html", ".xhtml", ".txt")
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".pdf", ".doc")
_SMALLEST_IMAGE = 10_000  # bytes
_LOCAL = re.compile(r"<param\s+name=[\"']?Local[\"']?\s+value=[\"']([^\"'>]{1,400})", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]{1,400})", re.IGNORECASE)
_MOST_CHILDREN = 1_000


def _recognise(original: Original) -> str | None:
    return _TYPE if name_type(original) == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page for each topic. Scripts in them are left where they are.

    Problems: `damaged`, `bomb`, `tool-missing`, `page-damaged`, `cut`, `no-text`.
    """
    draft = Draft(original, media_type, "chm 1")
    try:
        whole = Help(original.data)
    except ValueError:
        draft.problem("damaged", "the help is broken: its directory cannot be read")
    else:
        if whole.size > MAX_UNPACKED:
            draft.problem(
                "bomb", f"the help unpacks to more than {MAX_UNPACKED >> 20} MiB; it was not opened"
            )
        else:
            _fill(draft, whole)
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the help holds no words")
    yield from draft.finish()


def _fill(draft: Draft, whole: Help) -> None:
    broken = 0
    try:
        for number, entry in enumerate(_in_order(whole)):
            if number >= MAX_PAGES:
                draft.cut()
                break
            try:
                _topic(draft, whole.file(entry))
            except ValueError:
                broken += 1
        _pictures(draft, whole)
    except ValueError:
        broken += 1
    except OSError:
        draft.problem("tool-missing", "libarchive is not installed, which unpacks the help's pages")
    if broken:
        draft.problem("page-damaged", f"{broken} topics of the help are broken and could not be read")


def _topic(draft: Draft, data: bytes) -> None:
    text = decode(data, declared_charset(data)).text
    if (match := _TITLE.search(text)) is not None:
        draft.value("topic", html.unescape(match[1]).strip())
        draft.title = draft.title or html.unescape(match[1]).strip()
    draft.page(book_pieces(text))


def _in_order(whole: Help) -> Iterator[Entry]:
    """Yield the topics as the contents list them, then those that they do not list."""
    topics = {
        entry.name.lower(): entry
        for entry in whole.entries.values()
        if entry.name.lower().endswith(_TOPICS) and entry.size
    }
    for entry in [one for one in whole.entries.values() if one.name.lower().endswith(".hhc")]:
        try:
            contents = decode(whole.file(entry)).text
        except ValueError:
            continue
        for match in _LOCAL.finditer(contents):
            target = "/" + html.unescape(match[1]).split("#", 1)[0].replace("\\", "/").lstrip("/.").lower()
            if target in topics:
                yield topics.pop(target)
    yield from topics.values()


def _pictures(draft: Draft, whole: Help) -> None:
    kept = (one for one in whole.entries.values() if one.name.lower().endswith(_IMAGES))
    for entry in [one for one in kept if one.size >= _SMALLEST_IMAGE][:_MOST_CHILDREN]:
        draft.hold(draft.child(entry.name.lstrip("/"), whole.file(entry), "embedded"))


READER = Reader(name="chm", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
