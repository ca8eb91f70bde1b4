"""HTML pages and fragments."""

from __future__ import annotations

import html
import itertools
import re

from casegraph.model import Original
from casegraph.read.base import Reader, Reading, suffixes
from casegraph.read.charset import decode, is_text
from casegraph.read.draft import Draft
from casegraph.read.webpage import read_page

_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head\b|<body\b|<title\b|<meta\b)",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    r"</?(?:p|div|a|h[1-6]|span|br|table|tr|td|ul|ol|li|b|i|em|strong|article|section|blockquote|img|figure|body|html)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_FRAMED = b"srcdoc"
_FRAME = re.compile(r"<iframe\b[^>]{0,2000}?\ssrcdoc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_MOST_FRAMES = 100
_HEAD = 16_384  # bytes looked at
_NAMES = frozenset({"html", "htm", "xhtml", "shtml"})
_FEW, _MANY = 1, 5  # tags that make a text HTML: with a name that says so, and without


def _recognise(original: Original) -> str | None:
    data = original.data
    if not is_text(data):
        return None
    head = decode(data[:_HEAD]).text.lstrip("\ufeff")
    if _ROOT.match(head):
        return "text/html"
    tags = len(_TAGS.findall(head))
    if tags >= _FEW and suffixes(original) & _NAMES:
        return "text/html"
    opens = head.lstrip()[:1] == "<" and not head.lstrip().startswith("<?xml")
    return "text/html" if opens and (tags >= _MANY or _TAGS.match(head.lstrip())) else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the page with roles; pages written into its frames are documents of their own.

    Problems: `undecodable`, `cut`, `nested-too-deep`, `no-text`.
    """
    draft = Draft(original, media_type, "html 3")
    read_page(draft, original.data)
    if _FRAMED in original.data:
        frames = _FRAME.finditer(decode(original.data).text)
        for number, frame in enumerate(itertools.islice(frames, _MOST_FRAMES), 1):
            page = html.unescape(frame[1] if frame[1] is not None else frame[2]).encode("utf-8", "replace")
            draft.hold(draft.child(f"frame{number}.html", page, "embedded"))
    yield from draft.finish()


READER = Reader(
    name="html",
    version=3,
    media_types=("text/html", "application/xhtml+xml"),
    recognise=_recognise,
    read=read,
)
