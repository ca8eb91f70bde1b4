"""What a person calls a document, from its media type: the kinds that a search is narrowed by."""

from __future__ import annotations

from typing import Literal

DocumentKind = Literal[
    "web page", "mail", "PDF", "scan", "picture", "table", "office document", "text", "container", "other"
]

_KINDS: dict[str, DocumentKind] = {
    "application/pdf": "PDF",
    "message/rfc822": "mail",
    "application/vnd.ms-outlook": "mail",
    "text/html": "web page",
    "application/xhtml+xml": "web page",
    "multipart/related": "web page",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "application/x-dbf": "table",
    "application/vnd.sqlite3": "table",
    "application/vnd.apache.parquet": "table",
    "application/vnd.apache.orc": "table",
    "application/vnd.apache.arrow.file": "table",
    "application/msword": "office document",
    "application/rtf": "office document",
    "text/rtf": "office document",
    "application/zip": "container",
    "application/mbox": "container",
    "application/vnd.ms-outlook-pst": "container",
    "application/warc": "container",
}
_WORDS: tuple[tuple[str, DocumentKind], ...] = (
    ("spreadsheet", "table"), ("excel", "table"), ("lotus", "table"), ("access", "table"),
    ("presentation", "office document"), ("powerpoint", "office document"), ("word", "office document"),
    ("opendocument", "office document"), ("onenote", "office document"), ("visio", "office document"),
    ("publisher", "office document"), ("iwork", "office document"),
    ("compressed", "container"), ("archive", "container"), ("-tar", "container"), ("zip", "container"),
    ("rar", "container"), ("djvu", "scan"), ("outlook", "container"),
)  # fmt: skip
"""Parts of a media type's name that tell what sort of format it is; the first that fits counts."""


def kind_of(media_type: str, source: str = "text") -> DocumentKind:
    """Return what a page's document is called; a page that was read by OCR is of a scan."""
    if source == "ocr":
        return "scan"
    if media_type in _KINDS:
        return _KINDS[media_type]
    if media_type.startswith("image/") and "djvu" not in media_type:
        return "picture"
    for part, kind in _WORDS:
        if part in media_type:
            return kind
    return "text" if media_type.startswith("text/") else "other"
