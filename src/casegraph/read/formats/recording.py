"""Sound and film: what the file says of itself. Nobody's words are written down here."""

from __future__ import annotations

import io

import tinytag

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.dates import parse_iso
from casegraph.read.draft import Draft
from casegraph.read.unread import label, labels, name_type

_TAGGED = frozenset({
    "audio/mpeg", "audio/ogg", "audio/vorbis", "audio/opus", "audio/speex", "audio/x-oggflac", "audio/flac",
    "audio/wav", "audio/mp4", "audio/x-aiff", "audio/aac", "audio/vnd.audible.aax", "video/mp4",
    "video/quicktime", "video/x-ms-asf", "video/3gpp", "video/3gpp2", "video/x-m4v", "video/x-f4v",
})  # fmt: skip
"""Types whose tags are read."""
_TYPES = tuple(sorted(_TAGGED | {kind for kind in labels() if kind.startswith(("audio/", "video/"))}))
_FIELDS = {
    "artist": "creator", "albumartist": "creator", "composer": "composer", "album": "album", "title": "title",
    "comment": "comment", "genre": "genre", "year": "date", "track": "track",
}  # fmt: skip
_BROKEN = (
    tinytag.TinyTagException, OSError, ValueError, IndexError, KeyError, TypeError, OverflowError,
    ZeroDivisionError, AttributeError, MemoryError,
)  # fmt: skip


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _TYPES else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a document with metadata and no page.

    Problems: `not-transcribed`, `damaged`.
    """
    draft = Draft(original, media_type, "recording 1")
    if media_type in _TAGGED:
        try:
            found = tinytag.TinyTag.get(file_obj=io.BytesIO(original.data), image=True)
        except _BROKEN:
            draft.problem("damaged", "the recording is broken: what it says of itself cannot be read")
        else:
            _keep(draft, found)
    detail = f"the recording ({label(media_type)}) was not listened to; only what it says of itself was read"
    draft.problem("not-transcribed", detail)
    yield from draft.finish()


def _keep(draft: Draft, found: tinytag.TinyTag) -> None:
    for name, key in _FIELDS.items():
        value = getattr(found, name, None)
        draft.value(key, str(value) if value not in {None, ""} else None)
    for key, values in found.other.items():
        for value in values:
            draft.value(key, str(value))
    if found.duration:
        draft.value("seconds", f"{found.duration:.1f}")
    draft.title = found.title or None
    draft.authors = [found.artist] if found.artist else []
    draft.published = parse_iso(found.year) if found.year else None
    cover = found.images.any
    if cover is not None and cover.data:
        draft.hold(draft.child("cover", cover.data, "embedded"))


READER = Reader(name="recording", version=1, media_types=_TYPES, recognise=_recognise, read=read)
