"""The text of an image: script first, then language, then words with their places and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from PIL import Image

from casegraph.read import hanscan, scanlayout, tesseract
from casegraph.read.hanscan import HAN, ScanLine, hull
from casegraph.read.pieces import Piece, Word
from casegraph.read.scan import Ready, grey, prepare, unread
from casegraph.read.tesseract import Seen, Turn

_BY_SCRIPT: Final = {"Latin": "eng", "Cyrillic": "rus+eng"}
_HAN_SCRIPTS: Final = {"Han", "HanS", "HanT", "Japanese"}
_TURN_SURE: Final = 1.0  # of tesseract's own measure
_TURN_CERTAIN: Final = 6.0  # pages that lay wrong had 7.2 and more; upright ones had 4.7 at most
_SCRIPT_SURE: Final = 1.0
_HAN_SURE: Final = 0.3  # tesseract is never sure of Han: 0.4 to 0.9 on plain pages of it
_HAN_SHARE: Final = 0.2  # of the letters, from which a page is Chinese
_POOR: Final = 70  # mean confidence, of 100, below which a page is called a poor scan
_UNREAD: Final = 0.2  # of the ink outside the words that were read
_FEWEST_HAN: Final = 2
_FEWEST: Final = 10  # letters that were read with some confidence, below which an image shows no text
_TRUSTED: Final = 60
_BLANK: Final = 1.2  # heights of a line, from which a blank may be a gutter
_COST: Final = 3  # of reading a page as Chinese; 3 s of processor time, of a page of Latin letters 1 s
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_UNSPACED: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_STOPS: Final = ("。", "，", "！", "？", "；", "…")
_HYPHEN: Final = re.compile(r"[^\W\d_][-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was read off an image. Boxes of the words are in hundredths of a point of its page."""

    pieces: tuple[Piece, ...] = ()
    confidence: int = 0  # mean of the words, 0 to 100
    missing: str | None = None  # what is not installed
    cost: int = 1  # in pages of Latin letters

    @property
    def poor(self) -> bool:
        """Whether so little is sure that a person has to look at the image."""
        return bool(self.pieces) and self.confidence < _POOR


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of an image that was turned one way and read in one language."""

    ready: Ready
    seen: tuple[Seen, ...] = ()
    missing: str | None = None
    cost: int = 1

    @property
    def weight(self) -> int:
        """How much was read with confidence, less what was read without."""
        return sum(len(word.text) * (word.confidence - _TRUSTED) for word in self.seen)

    @property
    def empty(self) -> bool:
        return sum(len(word.text) for word in self.seen if word.confidence >= _TRUSTED) < _FEWEST

    @property
    def confidence(self) -> int:
        letters = sum(len(word.text) for word in self.seen)
        return round(sum(word.confidence * len(word.text) for word in self.seen) / letters) if letters else 0

    @property
    def good(self) -> bool:
        return not self.empty and self.confidence >= _POOR


def read_image(image: Image.Image, page: tuple[int, int]) -> Scanned:
    """Return the text of an image that fills a page of this size, in hundredths of a point."""
    if not tesseract.languages():
        return Scanned(missing="tesseract")
    shades = grey(image)
    first = prepare(shades)
    found = tesseract.look(first.image)
    certain = found is not None and found.sure >= _TURN_CERTAIN
    best = _Reading(first)
    cost = 0
    for turned in _turns(found):
        reading = _read(prepare(shades, turned) if turned else first, found)
        cost += reading.cost
        best = reading if reading.missing or reading.weight > best.weight else best
        if best.missing or (best.good and certain):
            break
    if best.missing is not None:
        return Scanned(missing=best.missing)
    if best.empty:
        return Scanned(cost=cost)
    return Scanned(tuple(_paragraphs(best.seen, best.ready, page)), best.confidence, cost=cost)


def _turns(found: Turn | None) -> tuple[int, ...]:
    """Return how far to turn an image, the likeliest first; faxes of Chinese are taken for upside down."""
    if found is None or found.angle == 0 or found.sure < _TURN_SURE:
        return (0,)
    return (found.angle, 0)


def _read(ready: Ready, found: Turn | None) -> _Reading:
    """Return what is read in the script that the page is in."""
    script = _script(found)
    if script in _BY_SCRIPT:
        reading = _by_tesseract(ready, _BY_SCRIPT[script])
        whole = reading.good and unread(ready.image, [word.box for word in reading.seen]) < _UNREAD
        return reading if whole or reading.missing else _or_chinese(reading)
    if not hanscan.installed():
        return _Reading(ready, missing="rapidocr")
    lines = hanscan.read_lines(ready.plain)
    if _is_chinese(lines):
        return _Reading(ready, tuple(_ordered(_with_cyrillic(lines, ready))), cost=_COST)
    if not lines:  # its detector knows letters of any script
        return _Reading(ready)
    best = max((_by_tesseract(ready, language) for language in _BY_SCRIPT.values()), key=_known)
    return replace(best, cost=_COST + len(_BY_SCRIPT))


def _script(found: Turn | None) -> str | None:
    """Return the script of a page as far as tesseract is sure of it."""
    if found is None:
        return None
    enough = _HAN_SURE if found.script in _HAN_SCRIPTS else _SCRIPT_SURE
    return found.script if found.script_sure >= enough else None


def _known(reading: _Reading) -> tuple[bool, int]:
    return reading.missing is None, reading.weight


def _by_tesseract(ready: Ready, language: str) -> _Reading:
    main = language.split("+", maxsplit=1)[0]
    wanted = [name for name in language.split("+") if name in tesseract.languages()]
    if main not in wanted:
        return _Reading(ready, missing=f"tesseract's language {main}")
    words = tesseract.words(ready.image, "+".join(wanted), dpi=ready.dpi)
    return _Reading(ready, tuple(_ordered(_lines(words))))


def _or_chinese(reading: _Reading) -> _Reading:
    """Return a poor or partial reading with the lines that are Chinese, or the page read as Chinese.

    Coarse signs are taken for Latin, and half a page in Chinese is passed over where the other half is not.
    """
    if not hanscan.installed():
        return reading
    lines = hanscan.read_lines(reading.ready.plain)
    if _is_chinese(lines) and not reading.good:
        return replace(reading, seen=tuple(_ordered(_with_cyrillic(lines, reading.ready))), cost=1 + _COST)
    chinese = [line for line in lines if len(HAN.findall(line.text)) >= _FEWEST_HAN and _is_sure(line)]
    if not chinese:
        return replace(reading, cost=1 + _COST)
    rest = [word for word in reading.seen if not any(_within(word, line.box) for line in chinese)]
    return replace(reading, seen=tuple(_ordered([*_lines(rest), *chinese])), cost=1 + _COST)


def _is_sure(line: ScanLine) -> bool:
    return min(sign.confidence for sign in line.signs if HAN.match(sign.text)) >= _TRUSTED


def _within(word: Seen, box: tuple[int, int, int, int]) -> bool:
    across, down = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _is_chinese(lines: Sequence[ScanLine]) -> bool:
    letters = [letter for line in lines for letter in line.text if letter.isalpha()]
    return sum(HAN.match(letter) is not None for letter in letters) > _HAN_SHARE * len(letters)


def _with_cyrillic(lines: Sequence[ScanLine], ready: Ready) -> list[ScanLine]:
    """Return the lines of a Chinese page, those in Russian as tesseract reads them.

    The model for Chinese has no Cyrillic and makes Latin letters of it, with confidence.
    """
    foreign = [line for line in lines if not HAN.search(line.text) and _LETTERS.search(line.text)]
    if not foreign:
        return list(lines)
    read = _by_tesseract(ready, _BY_SCRIPT["Cyrillic"]).seen
    return [_russian(line, read) or line if line in foreign else line for line in lines]


def _russian(line: ScanLine, read: Sequence[Seen]) -> ScanLine | None:
    """Return a line with the words that were read inside its box, None where they are not Russian."""
    inside = sorted((word for word in read if _within(word, line.box)), key=lambda word: word.box[0])
    text = "".join(word.text for word in inside)
    if 2 * len(_CYRILLIC.findall(text)) <= len(_LETTERS.findall(text)):
        return None
    signs = tuple(hanscan.Sign(word.text, word.box, word.confidence) for word in inside)
    return ScanLine(signs, line.box, frozenset(range(1, len(signs))))


def _lines(words: Sequence[Seen]) -> Iterator[ScanLine]:
    """Yield the lines of tesseract, parted at wide blanks: it runs the lines of narrow columns together."""
    for _, group in groupby(words, key=lambda word: (word.paragraph, word.line)):
        line = list(group)
        height = median(word.box[3] - word.box[1] for word in line)
        ends = [index for index, (one, after) in enumerate(pairwise(line), 1)
                if after.box[0] - one.box[2] > _BLANK * height]  # fmt: skip
        for start, end in pairwise([0, *ends, len(line)]):
            part = line[start:end]
            signs = tuple(hanscan.Sign(word.text, word.box, word.confidence) for word in part)
            yield ScanLine(signs, hull(word.box for word in part), frozenset(range(1, len(signs))))


def _ordered(given: Iterable[ScanLine]) -> Iterator[Seen]:
    """Yield the words of lines in reading order."""
    lines = list(given)
    for number, rows in enumerate(scanlayout.paragraphs([line.box for line in lines])):
        before = ""
        for level, row in enumerate(rows):
            for part, index in enumerate(row):
                line = lines[index]
                for place, sign in enumerate(line.signs):
                    apart = place in line.blanks or (place == 0 and part > 0)
                    text = _closed(sign.text, before)
                    before += text
                    yield Seen(text, sign.box, sign.confidence, (number, 0), level, apart)


def _closed(text: str, before: str) -> str:
    """Return a word of Chinese; a mark that closes a quotation, in serif letters, is read as 99."""
    quoted = text == "99" and before[-1:] in _STOPS and before.count("“") > before.count("”")
    return "”" if quoted else text


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
            elif before is not None and (_wrapped(text, word.text) if broken else word.apart):
                text += " "
            left, top, right, bottom = ready.back(word.box)
            box = (round(left * across), round(top * down), round(right * across), round(bottom * down))
            words.append(Word(len(text), len(text) + len(word.text), box, word.confidence))
            text += word.text
            before = word
        yield Piece(text, "paragraph", words=tuple(words))


def _wrapped(text: str, word: str) -> bool:
    """Tell whether the end of a line stands for a blank."""
    return not (_UNSPACED.match(word[0]) or _UNSPACED.match(text[-1]))
