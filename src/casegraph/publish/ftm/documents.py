"""Documents as FollowTheMoney has them."""

from __future__ import annotations

from casegraph.publish.base import Source
from casegraph.publish.ftm.draft import Draft, draft, three_letters
from casegraph.publish.ftm.parties import document_id

_BY_TYPE = {
    "text/html": "HyperText",
    "application/xhtml+xml": "HyperText",
    "message/rfc822": "Email",
    "application/vnd.ms-outlook": "Email",
    "application/pdf": "Pages",
    "text/plain": "PlainText",
    "text/csv": "Table",
    "text/tab-separated-values": "Table",
    "application/zip": "Package",
    "application/x-tar": "Package",
    "application/x-7z-compressed": "Package",
    "application/vnd.rar": "Package",
}
_BY_FAMILY = {"image": "Image", "audio": "Audio", "video": "Video"}
_PAGES = ("wordprocessingml", "msword", "opendocument.text", "rtf", "presentation", "powerpoint")
_BOOKS = ("spreadsheet", "excel")


def document_schema(media_type: str) -> str:
    """Return the schema of a media type; Document where none fits better."""
    kind = media_type.partition(";")[0].strip().lower()
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if any(word in kind for word in _BOOKS):
        return "Workbook"
    if any(word in kind for word in _PAGES):
        return "Pages"
    return _BY_FAMILY.get(kind.partition("/")[0], "Document")


def document_draft(source: Source) -> Draft:
    """Return a document; its id holds its SHA-256.

    `contentHash` stays empty: its type holds the SHA-1 under which an Aleph keeps the file.
    """
    read = source.document
    made = draft(document_id(source.id), "Document" if read is None else document_schema(read.media_type))
    name = source.name.rpartition("/")[2]
    own: dict[str, tuple[str | None, ...]] = {"fileName": (name,), "fileSize": (str(source.size),)}
    if read is not None:
        own |= {
            "title": (read.title,),
            "author": read.authors,
            "publisher": (read.publisher,),
            "mimeType": (read.media_type.partition(";")[0].strip().lower(),),
            "language": (three_letters(read.language),),
            "sourceUrl": (read.url,),
            "publishedAt": (_moment(read.published.start) if read.published else None,),
            "retrievedAt": (_moment(read.captured.start) if read.captured else None,),
        }
    own["name"] = (read.title if read is not None and read.title else name,)
    for prop, values in own.items():
        made.add(prop, *values, origin=made.id, language=read.language if read is not None else None)
    made.seen = (_zoneless(source.added), _zoneless(source.added))
    return made


def _moment(text: str | None) -> str | None:
    """Return the day: FollowTheMoney's times are in UTC, a page's need not say so."""
    return text[:10] if text else None


def _zoneless(text: str) -> str:
    return text.removesuffix("Z")
