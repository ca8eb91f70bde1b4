"""The text of an image: script first, then language, then words with their places and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from PIL import Image

from casegraph.read import tesseract
from casegraph.read.pieces import Piece, Word
from casegraph.read.scan import Ready, grey, prepare
from casegraph.read.tesseract import Seen

_BY_SCRIPT: Final = {
    "Latin": "eng", "Cyrillic": "rus+eng", "Han": "chi_sim", "HanS": "chi_sim", "HanT": "chi_sim",
    "Japanese": "chi_sim",
}  # fmt: skip
_TURN_SURE: Final = 1.0  # of tesseract's own measure
_SCRIPT_SURE: Final = 1.0
_HAN_SURE: Final = 0.3  # tesseract is never sure of Han: 0.4 to 0.9 on plain pages of it
_POOR: Final = 70  # mean confidence, of 100, below which a page is called a poor scan
_FEWEST: Final = 10  # letters that were read with some confidence, below which an image shows no text
_TRUSTED: Final = 60
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")
_HYPHEN: Final = re.compile(r"[^\W\d_][-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was read off an image. Boxes of the words are in hundredths of a point of its page."""

    pieces: tuple[Piece, ...] = ()
    confidence: int = 0  # mean of the words, 0 to 100
    missing: str | None = None  # what is not installed

    @property
    def poor(self) -> bool:
        """Whether so little is sure that a person has to look at the image."""
        return bool(self.pieces) and self.confidence < _POOR


def read_image(image: Image.Image, page: tuple[int, int]) -> Scanned:
    """Return the text of an image that fills a page of this size, in hundredths of a point."""
    installed = tesseract.languages()
    if not installed:
        return Scanned(missing="tesseract")
    ready, language = _upright(grey(image), installed)
    if language is None:
        return Scanned(missing=f"tesseract's language {_wanted(ready)}")
    seen = tesseract.words(ready.image, language, dpi=ready.dpi)
    if sum(len(word.text) for word in seen if word.confidence >= _TRUSTED) < _FEWEST:
        return Scanned()
    letters = sum(len(word.text) for word in seen)
    confidence = round(sum(word.confidence * len(word.text) for word in seen) / letters)
    return Scanned(tuple(_paragraphs(seen, ready, page)), confidence)


def _wanted(ready: Ready) -> str:
    found = tesseract.look(ready.image)
    return _BY_SCRIPT.get(found.script if found else "", "eng").split("+")[0]


def _upright(image: Image.Image, installed: frozenset[str]) -> tuple[Ready, str | None]:
    """Return the image made upright, and the languages to read it in; None when they are not installed."""
    first = prepare(image)
    found = tesseract.look(first.image)
    turned = found.angle if found is not None and found.sure >= _TURN_SURE else 0
    ready = prepare(image, turned) if turned else first
    enough = _HAN_SURE if found is not None and found.script.startswith("Han") else _SCRIPT_SURE
    if found is not None and found.script_sure >= enough and found.script in _BY_SCRIPT:
        wanted = [name for name in _BY_SCRIPT[found.script].split("+") if name in installed]
        main = _BY_SCRIPT[found.script].split("+", maxsplit=1)[0]
        return ready, "+".join(wanted) if main in wanted else None
    return ready, _tried(ready, [name for name in tesseract.LANGUAGES if name in installed])


def _tried(ready: Ready, candidates: Sequence[str]) -> str | None:
    """Return the language in which most is read with confidence, where the script could not be told."""

    def weight(language: str) -> int:
        return sum(
            len(word.text) * (word.confidence - _TRUSTED)
            for word in tesseract.words(ready.image, language, dpi=ready.dpi)
        )

    return max(candidates, key=weight) if len(candidates) > 1 else next(iter(candidates), None)


def _paragraphs(seen: Sequence[Seen], ready: Ready, page: tuple[int, int]) -> Iterator[Piece]:
    """Yield a piece a paragraph: lines joined, words divided at line ends put together."""
    across, down = page[0] / ready.size[0], page[1] / ready.size[1]
    for _, group in groupby(seen, key=lambda word: word.paragraph):
        text = ""
        words: list[Word] = []
        before: Seen | None = None
        for word in group:
            broken = before is not None and before.line != word.line
            if broken and _HYPHEN.search(text) and word.text[:1].islower():
                text = text[:-1]
                words[-1] = Word(words[-1].start, len(text), words[-1].box, words[-1].confidence)
            elif before is not None and not (_HAN.match(word.text[0]) or _HAN.match(text[-1])):
                text += " "
            left, top, right, bottom = ready.back(word.box)
            box = (round(left * across), round(top * down), round(right * across), round(bottom * down))
            words.append(Word(len(text), len(text) + len(word.text), box, word.confidence))
            text += word.text
            before = word
        yield Piece(text, "paragraph", words=tuple(words))
