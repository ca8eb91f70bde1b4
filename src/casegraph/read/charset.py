"""Bytes to text, in whatever encoding they are."""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata
from dataclasses import dataclass

import chardet

from casegraph.read.cyrillic import cyrillic
from casegraph.read.limits import MAX_CHARACTERS

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins like theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SUPERSETS = {
    # What a label means in practice (WHATWG Encoding Standard, section 4.2).
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_LINE = 40  # characters from which a text has a blank or a stop
_MOSTLY = 0.9  # of a shorter text are usual characters
_BLANKS = frozenset(" \n\r\t\u3000\u3002\uff0c")
_SEVEN_BIT = frozenset({"utf-7", "hz", "iso2022_jp", "iso2022_kr"})  # look like ASCII
_SURE = frozenset(
    {"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "cp1251", "koi8-r", "koi8-u", "cp866", "cp1125"}
)
"""Encodings that are believed when chardet names them; others it takes for Cyrillic ones in short texts."""
_EBCDIC = frozenset({"cp037", "cp500", "cp273", "cp424", "cp875", "cp1026", "cp1140"})
"""Encodings of mainframes, which chardet sees in short texts of any other alphabet."""
_SAMPLE = 200_000  # bytes that decide; measured: more never changed chardet's answer
_CHUNK = 1_000_000
_DOUBTFUL = 0.2  # chardet 7.7 gives Western text of a line or two under 0.1, any other over 0.3
_CONTROLS = frozenset(range(0x20)) - {0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B}
_CONTROL_BYTES = bytes(_CONTROLS)  # for `translate`, which counts them without a step of Python's a byte
_WIDE_MARKS = bytes({*_CONTROLS, 0x0C})
_HOLE = bytes(64)
_HOLES = re.compile(rb"\0{64,}")
_START = 512  # bytes that a text begins with, before any hole
_CONTROL_SHARE = 0.01  # of bytes; random or packed bytes have 0.09


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with how it came about. `undecodable` counts places that became U+FFFD."""

    text: str
    encoding: str
    undecodable: int = 0
    cut: bool = False


def codec(label: str) -> str | None:
    """Return Python's name of the encoding that a label stands for, None if it knows none."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined"}:
        return None
    return _SUPERSETS.get(name, name)


def _marked(data: bytes) -> tuple[str, int] | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    return None


def _plausible(sample: bytes, name: str) -> bool:
    """Tell whether bytes read as UTF-16 or -32 give text: assigned characters, nearly all of usual ones."""
    text = sample.decode(name, "replace")
    odd = sum(1 for char in text if unicodedata.category(char) in {"Cn", "Co", "Cs"} or char == "\ufffd")
    blanks = sum(1 for char in text if char in _BLANKS)
    controls = sum(1 for char in text if char < " " and char not in "\t\n\r\f")
    if odd * 50 > len(text) or controls:
        return False
    if len(text) >= _LINE:
        return blanks * 80 >= len(text)
    return sum(map(_usual, text)) >= _MOSTLY * len(text)


@functools.lru_cache(maxsize=4096)
def _usual(char: str) -> bool:
    """Tell whether a character is one of an alphabet, or a Han sign that one of the common sets holds."""
    if (
        char < "\u0100"
        or "\u0370" <= char < "\u0530"
        or "\u0590" <= char < "\u0700"
        or "\u2010" <= char < "\u2040"
    ):
        return char.isprintable() or char in "\t\r\n"
    if "\u3000" <= char < "\u3100" or "\uff00" <= char < "\uff61":
        return True
    if not "\u4e00" <= char < "\ua000":
        return char in "№€"
    for name in ("gb2312", "big5"):  # 13,000 of 21,000 signs; bytes at random hit them now and then
        try:
            char.encode(name)
        except UnicodeEncodeError:
            continue
        return True
    return False


def _count(sample: bytes, bytes_: bytes) -> int:
    """Return how many bytes of a sample are among some."""
    return len(sample) - len(sample.translate(None, bytes_))


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 form of unmarked data, None when it is in neither.

    Wide text has NUL or control bytes among the first 2,000: in ASCII, or in the comma and full
    stop of Chinese (U+FF0C, U+3002).
    """
    sample = data[:2000]
    sample = sample[: len(sample) - len(sample) % 4] if len(data) > 80 else data[: len(data) - len(data) % 2]
    if len(sample) < 4 or not _count(sample, _WIDE_MARKS):
        return None
    names = ["utf-32-le", "utf-32-be"] if sample.count(0) * 2 >= len(sample) and len(sample) > 3 else []
    low = sample[1::2].count(0) + sample[1::2].count(4) + sample[1::2].count(0x30)
    high = sample[::2].count(0) + sample[::2].count(4) + sample[::2].count(0x30)
    names += ["utf-16-le", "utf-16-be"] if low >= high else ["utf-16-be", "utf-16-le"]
    fitting = [name for name in names if _plausible(sample, name)]
    if len(fitting) > 1 and len(sample) < 2 * _LINE:
        return max(fitting, key=lambda name: sum(map(_usual, sample.decode(name, "replace"))))
    return next(iter(fitting), None)


def _mostly_utf8(sample: bytes) -> bool:
    """Tell whether a sample is UTF-8 with few broken places: five good sequences to a bad one."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    return good > 5 * bad


def _statistical(data: bytes) -> str:
    found = chardet.detect(data, max_bytes=_SAMPLE, compat_names=False)
    name = codec(found["encoding"] or "cp1252") or "cp1252"
    doubtful = found["confidence"] < _DOUBTFUL
    if doubtful and (kana := _kana(data)) is not None:
        return kana
    if (doubtful or name not in _SURE) and (own := cyrillic(data)) is not None:
        return own
    if doubtful:
        # Curly quotes and accents in a short Western text look like anything to a model of letters.
        high = _count(data[:_SAMPLE], bytes(range(0x80, 0x100)))
        letters = _count(data[:_SAMPLE], bytes(range(0x41, 0x100)))
        if high * 4 < letters or name in _EBCDIC:
            return "cp1252"
    return name


def _kana(data: bytes) -> str | None:
    """Return the Japanese encoding in which a short text is mostly kana, None where it is in none."""
    for name in ("cp932", "euc_jp"):
        try:
            beyond = [char for char in data[:_SAMPLE].decode(name) if char > "\x7f"]
        except UnicodeDecodeError:
            continue
        if len(beyond) > 1 and sum("\u3041" <= char <= "\u30ff" for char in beyond) * 2 > len(beyond):
            return name
    return None


def detect(data: bytes, declared: str | None = None) -> str:
    """Return the encoding of the data: its mark, UTF-8, what it declares, else by letter statistics."""
    if (marked := _marked(data)) is not None:
        return marked[0]
    sample = data[:_SAMPLE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) == len(data))
    except UnicodeDecodeError:
        pass
    else:
        stated = codec(declared) if declared else None
        if (b"~{" in sample or b"\x1b$" in sample) and sample.isascii():
            stated = stated if stated in _SEVEN_BIT else codec(chardet.detect(sample)["encoding"] or "")
        return _wide(data) or (stated if stated in _SEVEN_BIT else None) or "utf-8"
    if (wide := _wide(data)) is not None:
        return wide
    if _mostly_utf8(sample):
        return "utf-8"
    if declared and (stated := codec(declared)) is not None:
        try:
            codecs.getincrementaldecoder(stated)().decode(sample, final=len(sample) == len(data))
        except (UnicodeDecodeError, LookupError):
            pass
        else:
            return stated
    return _statistical(data)


def decode(data: bytes, declared: str | None = None, limit: int = MAX_CHARACTERS) -> Decoded:
    """Return the text of the data, at most `limit` code points of it. Never raises."""
    name = detect(data, declared)
    marked = _marked(data)
    place = marked[1] if marked else 0
    decoder = codecs.getincrementaldecoder(name)("replace")
    parts: list[str] = []
    size = 0
    while place < len(data) and size < limit:
        chunk = data[place : place + _CHUNK]
        place += len(chunk)
        text = decoder.decode(chunk, final=place >= len(data))
        parts.append(text)
        size += len(text)
    text = "".join(parts)
    undecodable = text.count("\ufffd")
    if undecodable and name == "utf-8":
        undecodable = max(0, undecodable - data[:place].count("\ufffd".encode()))
    cut = place < len(data) or size > limit
    return Decoded(text[:limit], name, undecodable, cut)


def is_text(data: bytes) -> bool:
    """Tell whether the data is text in some encoding rather than a binary format."""
    if _marked(data) is not None:
        return True
    if _HOLE in data and b"\0" not in data[:_START]:
        data = _HOLES.sub(b"", data)  # a text of which a disk lost parts
    samples = (data[:8192], data[len(data) // 2 :][:8192], data[-8192:])
    total = sum(len(sample) for sample in samples)
    controls = sum(_count(sample, _CONTROL_BYTES) for sample in samples)
    if controls <= total * _CONTROL_SHARE:
        return True
    return _wide(data) is not None
