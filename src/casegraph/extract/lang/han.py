"""Han characters: which text is Chinese, one script for the model, line breaks inside words, sentences."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007"
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff]")
_OTHER_LETTER = re.compile(r"[^\W\d_]")
_WIDE = rf"[{HAN}\u3000-\u303f\uff00-\uffef\u2018\u2019\u201c\u201d\u2026\u00b7]"
_BREAK = re.compile(rf"(?<={_WIDE})[^\S\n]*\n[^\S\n]*(?={_WIDE})")
_KANA_SHARE = 0.05  # Japanese news has one kana in two letters; a Chinese text quotes a brand at most
# A sentence ends at its stop and the closing marks behind it, or at a line's end.
_STOP = re.compile(
    r"(?:[\u3002\uff01\uff1f\uff1b!?]+|\u2026{1,2}(?=[\u201d\u300d\u300f\n]|$)|\.(?=\s))"
    r"[\u201d\u2019\u300d\u300f\uff09\u3011\u300b)\"]*|\n"
)
LONGEST = 400  # code points of a sentence for the tagger


def is_chinese(text: str) -> bool:
    """Tell whether the letters are Chinese rather than Japanese or Korean: few kana, few Hangul."""
    han = len(_HAN.findall(text))
    return han > 0 and len(_KANA.findall(text)) <= _KANA_SHARE * han and len(_HANGUL.findall(text)) < han


def han_share(text: str) -> float:
    """Return the share of Han characters among the letters, a Han character counting as two letters."""
    han = len(_HAN.findall(text))
    letters = len(_OTHER_LETTER.findall(text)) - han
    return 2 * han / (2 * han + letters) if han else 0.0


@functools.cache
def _table() -> dict[int, str]:
    """Return traditional to simplified, one to one (OpenCC's table of characters, Apache-2.0)."""
    source = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in source.splitlines() if "\t" in line)
    return {
        ord(old): new.split()[0]
        for old, new in pairs
        if len(old) == 1 and len(new.split()[0]) == 1 and old != new.split()[0]
    }


def simplified(text: str) -> str:
    """Return the text in simplified characters, offset for offset the same."""
    return text.translate(_table())


def squeeze(text: str) -> tuple[str, Sequence[int]]:
    """Return the text without line breaks between Han characters, and each character's old offset.

    Chinese is broken anywhere at a line's end; a break inside a word would hide it.
    """
    if "\n" not in text:
        return text, range(len(text) + 1)
    parts: list[str] = []
    offsets: list[int] = []
    place = 0
    for match in _BREAK.finditer(text):
        parts.append(text[place : match.start()])
        offsets.extend(range(place, match.start()))
        place = match.end()
    parts.append(text[place:])
    offsets.extend(range(place, len(text) + 1))
    return "".join(parts), offsets


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence without the blanks around it; over-long ones are cut."""
    place = 0
    for end in [*(match.end() for match in _STOP.finditer(text)), len(text)]:
        yield from _cut(text, place, end)
        place = end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        comma = max(text.rfind(mark, start, start + LONGEST) for mark in "\uff0c\u3001\uff1a, ")
        cut = comma + 1 if comma > start + LONGEST // 4 else start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end
