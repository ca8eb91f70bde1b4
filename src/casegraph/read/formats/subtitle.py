"""Subtitles (SubRip, WebVTT, SubStation Alpha): what is said, sentence by sentence, and when."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type

_TYPES = ("application/x-subrip", "text/vtt", "text/x-ssa")
_TIMES = re.compile(r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->", re.MULTILINE)
_SPOKEN = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{4,12}>|\{\\[^{}]{0,200}\}")
_DIALOGUE = re.compile(r"^Dialogue:\s*(.*)$", re.MULTILINE)
_STOP = re.compile(r"[.!?…。！？][\"'”»)\]]*$")
_LONGEST = 600  # letters of cues put together where no sentence ends


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _TYPES else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the cues, those of one sentence together, each with the time at which it begins.

    Problems: `undecodable`, `cut`, `no-text`.
    """
    draft = Draft(original, media_type, "subtitle 1")
    decoded = decode(original.data)
    draft.decoding(decoded)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    draft.page(_pieces(_spoken(text) if media_type == "text/x-ssa" else _cues(text)))
    if not draft.filled:
        draft.problem("no-text", "the subtitles hold no words")
    yield from draft.finish()


def _cues(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield time, speaker and words of each cue of SubRip and WebVTT."""
    places = list(_TIMES.finditer(text))
    for found, after in zip(places, [*places[1:], None], strict=False):
        body = text[text.find("\n", found.end()) + 1 : after.start() if after else len(text)]
        body = body.split("\n\n", 1)[0]  # what follows a blank line is the next cue's number, or a note
        speaker = _SPOKEN.search(body)
        words = " ".join(html.unescape(_TAG.sub("", body)).split())
        yield f"{int(found[1] or 0):02}:{int(found[2]):02}:{found[3]}", speaker[1] if speaker else "", words


def _spoken(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the same of SubStation Alpha: ten fields, of which the last holds the words."""
    for found in _DIALOGUE.finditer(text):
        fields = found[1].split(",", 9)
        if len(fields) == 10:
            words = " ".join(_TAG.sub("", fields[9]).replace("\\N", " ").replace("\\n", " ").split())
            yield fields[1].strip().split(".")[0].rjust(8, "0"), fields[4].strip(), words


def _pieces(cues: Iterator[tuple[str, str, str]]) -> Iterator[Piece]:
    begun, who, words = "", "", ""
    for time, speaker, said in cues:
        if words and (speaker != who or _STOP.search(words) or len(words) > _LONGEST):
            yield from _sentence(begun, who, words)
            words = ""
        if not words:
            begun, who = time, speaker
        words = f"{words} {said}".strip()
    if words:
        yield from _sentence(begun, who, words)


def _sentence(time: str, who: str, words: str) -> Iterator[Piece]:
    yield Piece(f"{time} {who}".strip(), "furniture")
    yield Piece(clean(words), "paragraph")


READER = Reader(name="subtitle", version=1, media_types=_TYPES, recognise=_recognise, read=read)
