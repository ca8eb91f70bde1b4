"""Comments, speakers' notes and bare text of a binary slide show, by its records ([MS-PPT] 2.3)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import olefile

from casegraph.read.cleaning import clean
from casegraph.read.sectors import show_place

_BROKEN: Final = (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError)
_MOST: Final = 1 << 28  # bytes of the stream
_DEEPEST: Final = 30
_SLIDE, _NOTES, _COMMENT, _TAG = 0x3EE, 0x3F0, 0x2EE0, 0x138B
_MASTERS: Final = frozenset({0x3F8, 0xFC9})  # of slides and handouts, with words to be written over
_LISTED, _OF_SLIDE, _LIST = 0x3F3, 0x3F1, 0xFF0  # SlidePersistAtom, NotesAtom, SlideListWithText
_STRING, _WIDE, _NARROW = 0xFBA, 0xFA0, 0xFA8
_SLIDES = 0  # instance of the list of slides
_AUTHOR, _WORDS = 0, 1  # instances of strings in a comment
_HINTS: Final = frozenset({"*", "\u2039#\u203a"})  # what stands for dates and numbers


class Record(NamedTuple):
    """One record; `within` are the kinds of the containers around it with their places."""

    kind: int
    instance: int
    body: bytes
    within: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Show:
    """What a show's stream holds beside its slides, and all its text in order."""

    comments: list[tuple[int, str]] = field(default_factory=list)  # number of the slide in the stream, from 0
    notes: list[tuple[int, str]] = field(default_factory=list)  # number of the slide as shown, from 0
    texts: dict[str, None] = field(default_factory=dict)
    slides: int = 0  # in the stream, which may hold earlier versions of some


class _Reader:
    """Goes through the records once."""

    def __init__(self) -> None:
        self._slides: dict[int, int] = {}  # place in the stream, number there
        self._list = -1  # what the list tells of: slides, masters or notes
        self._shown: list[int] = []  # identifiers of slides in the order in which they are shown
        self._noted: dict[int, int] = {}  # place of a page of notes, identifier of its slide
        self._notes: list[tuple[int, str]] = []  # place of the page of notes, text
        self._comments: dict[tuple[int, int], dict[int, str]] = {}  # slide, place; strings
        self._texts: dict[str, None] = {}

    def take(self, one: Record) -> None:
        """Keep what a record says; of containers those come that tell where one is."""
        around = dict(one.within)
        if one.kind == _SLIDE:
            self._slides[one.within[-1][1]] = len(self._slides)
        elif one.kind == _LIST:
            self._list = one.instance
        elif one.kind == _LISTED and len(one.body) >= 16 and self._list == _SLIDES:
            self._shown.append(struct.unpack_from("<I", one.body, 12)[0])
        elif one.kind == _OF_SLIDE and len(one.body) >= 4 and _NOTES in around:
            self._noted[around[_NOTES]] = struct.unpack_from("<I", one.body)[0]
        elif (text := _text(one)) and not _MASTERS & around.keys():
            self._say(one, text, around)

    def _say(self, one: Record, text: str, around: dict[int, int]) -> None:
        if _COMMENT in around:
            slide = self._slides.get(around.get(_SLIDE, -1), 0)
            self._comments.setdefault((slide, around[_COMMENT]), {})[one.instance] = text
        elif one.kind != _STRING and text not in _HINTS:
            if _NOTES in around:
                self._notes.append((around[_NOTES], text))
            else:
                self._texts[text] = None

    def found(self) -> Show:
        """Return what was kept. Pages of notes of no slide are masters."""
        found = Show(texts=self._texts, slides=len(self._slides))
        numbers = {slide: number for number, slide in enumerate(self._shown)}
        for place, text in self._notes:
            number = numbers.get(self._noted.get(place, 0))
            if number is not None and (number, text) not in found.notes:
                found.notes.append((number, text))
        for (number, _), parts in self._comments.items():
            author, text = parts.get(_AUTHOR, ""), parts.get(_WORDS, "")
            told = f"{author}: {text}" if author else text
            if text and (number, told) not in found.comments:
                found.comments.append((number, told))
        return found


def show(data: bytes) -> Show:
    """Return what the records of a compound file's show hold; of a broken one as far as they go."""
    found = _read(stream_of(data, "powerpoint document"))
    if not found.texts and (place := show_place(data)) > 0:
        return _read(data[place:])  # of a broken file what follows its beginning
    return found


def _read(stream: bytes) -> Show:
    reader = _Reader()
    for one in _records(stream):
        reader.take(one)
    return reader.found()


def stream_of(data: bytes, name: str) -> bytes:
    """Return a stream at the top of a compound file by its name in lower case; b"" where there is none."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            for path in whole.listdir():
                if len(path) == 1 and path[0].lower() == name:
                    stream: bytes = whole.openstream(path).read(_MOST)
                    return stream
    except _BROKEN:
        pass
    return b""


def _records(
    data: bytes, start: int = 0, end: int | None = None, within: tuple[tuple[int, int], ...] = ()
) -> Iterator[Record]:
    """Yield the records of containers, and of the binary tags in which later versions keep theirs."""
    place, end = start, len(data) if end is None else end
    while place + 8 <= end:
        version, kind, size = struct.unpack_from("<HHI", data, place)
        begin, place = place, min(place + 8 + size, end)
        if version & 0xF == 0xF or kind == _TAG:
            around = (*within, (kind, begin))
            if kind in {_SLIDE, _LIST}:
                yield Record(kind, version >> 4, b"", around)
            if len(within) < _DEEPEST:
                yield from _records(data, begin + 8, place, around)
        else:
            yield Record(kind, version >> 4, data[begin + 8 : place], within)


def _text(record: Record) -> str:
    if record.kind in {_STRING, _WIDE}:
        text = record.body.decode("utf-16-le", "replace")
    elif record.kind == _NARROW:
        text = record.body.decode("latin-1")
    else:
        return ""
    return clean(text.replace("\x0b", "\n").replace("\r", "\n")).strip()
