"""Rich text as tokens, its fonts' code pages, and the words that stand for characters (RTF 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from casegraph.read.charset import codec

_TOKEN: Final = re.compile(
    rb"\\(?:([a-zA-Z]{1,40})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
CHARACTERS: Final = {
    "tab": "\t", "line": "\n", "emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c",
    "lbr": "\n", "softline": "\n", "nestcell": "\t", "_": "-", "~": "\u00a0",
    "\\": "\\", "{": "{", "}": "}", "\t": "\t",
}  # fmt: skip
"""What words and symbols stand for; `\\-`, an optional hyphen, stands for nothing."""

_CHARSETS: Final = {
    77: "mac-roman", 78: "cp932", 79: "cp949", 80: "gbk", 81: "big5", 83: "mac-greek", 84: "mac-turkish",
    88: "mac-latin2", 89: "mac-cyrillic",
    128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 179: "cp1256", 180: "cp1256", 181: "cp1255", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_ANSI, _SYMBOL = 0, 2


class Token(NamedTuple):
    """A word with its number, a byte of text, a run of bytes, or a brace."""

    kind: str  # "word", "symbol", "bytes", "open", "close", "binary"
    word: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    r"""Yield the tokens of rich text; what follows `\bin` comes as it is, whatever stands in it."""
    place, end = 0, len(data)
    match_at = _TOKEN.match
    while place < end:
        found = match_at(data, place)
        if found is None:  # pragma: no cover - each byte begins some token
            place += 1
            continue
        place = found.end()
        word, number, code, symbol, brace, run = found.groups()
        if word is not None:
            name, value = word.decode("ascii"), int(number) if number else None
            if name == "bin" and value is not None and value > 0:
                yield Token("binary", data=data[place : place + value])
                place += value
            else:
                yield Token("word", name, value)
        elif run is not None:
            yield Token("bytes", data=run)
        elif code is not None:
            yield Token("bytes", "'", data=bytes((int(code, 16),)))
        elif brace is not None:
            yield Token("open" if brace == b"{" else "close")
        elif symbol is not None:
            yield Token("symbol", "\n" if symbol in b"\r\n" else symbol.decode("latin-1"))


class Fonts:
    """The code pages that a file's fonts tell, by number."""

    def __init__(self) -> None:
        self.page = "cp1252"  # of the document
        self.first: int | None = None  # the default font
        self._charsets: dict[int, int] = {}
        self._pages: dict[int, str] = {}
        self._told = False  # some font tells another code page than the document's

    def charset(self, font: int | None, number: int) -> None:
        r"""Keep what `\fcharset` says of a font."""
        if font is not None:
            self._charsets[font] = number
            self._told = self._told or number in _CHARSETS

    def own_page(self, font: int | None, number: int) -> None:
        r"""Keep what `\cpg` says of a font."""
        if font is not None and (name := code_page(number)) is not None:
            self._pages[font] = name

    def encoding(self, font: int | None) -> str:
        """Return the encoding of bytes in a font.

        Character set 0 is windows-1252 for Word. Programs that know one code page alone leave
        all fonts at 0.
        """
        font = self.first if font is None else font
        if font is None or font not in self._charsets:
            return self.page
        if font in self._pages:
            return self._pages[font]
        number = self._charsets[font]
        if number in {_ANSI, _SYMBOL}:
            return "cp1252" if self._told else self.page
        return _CHARSETS.get(number, self.page)


def code_page(number: int) -> str | None:
    """Return the encoding of a code page's number, None if Python knows none."""
    if number == 65001:
        return "utf-8"
    if number == 10000:
        return "mac-roman"
    return codec(f"cp{number}")
