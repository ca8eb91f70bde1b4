"""Lines of plain text put together into paragraphs: hard-wrapped lines joined, all others kept apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casegraph.read.limits import MAX_BLOCKS

_NARROWEST, _WIDEST = 40, 120  # columns; text is wrapped at 50 to 80, sometimes at 100
_SLACK = 6  # columns that a wrapped line may fall short beyond its next word (mail clients, PDF copies)
_LEAST_BLOCK = 400  # characters of lines put together in a text of very many
_HAN_SLACK = 2  # the same for text that is cut between any two characters
_UNWRAPPED = 200  # columns of a line that nothing has wrapped
_JOINED_SHARE = 0.4  # of lines in wrapped text go on the line before; paragraphs of two lines give 0.5
_LOWER_SHARE = 0.5  # of wrapped lines begin with a small letter; in prose 0.75, in a list of headlines 0.1
_ENDS = frozenset('.!?:\u2026\u3002\uff01\uff1f\u201d"')
_BULLET = re.compile(
    r"\s*(?:[-*\u2022\u25cf\u25aa\u25e6\u2023\u00b7\u2013o]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z\u0430-\u044f][.)]\s+)"
)
_HAN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_HYPHENATED = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
_WORD_HEAD = re.compile(r"[^\W\d_]+")
_LABELLED = re.compile(
    r"\s*(?=[^\W\d_a-z\u0430-\u044f])[^\W_][^\n:\uff1a.;!?\"\u201c\u00ab]{0,38}(?::\s+|\uff1a\s*)\S"
)
_LAST_WORD = re.compile(r"(?:^|\s)([^\W\d_]+)\s*$")
# Articles, prepositions, conjunctions, possessives, auxiliaries of both grammars: none ends a line.
_OPEN = frozenset(
    "a an the of to in on at by for from with into onto upon within without between among through during "
    "under against towards and or but nor that which who whose whom as than if because while when where "
    "its their his our your my this these those will would shall should must may might can could is are "
    "was were be been has have had "
    "в во на с со к ко о об из от до по за для при над под без между через и а но или что чтобы если "
    "который которая которое которые которого которой которых как не ни".split()
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one block; `group` numbers runs of lines without a blank line between them."""

    text: str
    group: int


def is_bullet(line: str) -> bool:
    """Tell whether a line begins like an item of a list."""
    return _BULLET.match(line) is not None


def labelled(line: str) -> bool:
    """Tell whether a line begins with a label and its value: "Seller: Northlight Ltd"."""
    return _LABELLED.match(line) is not None


def width(line: str) -> int:
    """Return the columns that a line takes: full-width characters take two (Unicode TR 11)."""
    if line.isascii():
        return len(line)
    return len(line) + sum(1 for char in line if unicodedata.east_asian_width(char) in "WF")


def _first_word(line: str) -> int:
    """Return the columns of what could not be left on the line before."""
    line = line.lstrip()
    if line and _HAN.match(line):
        return 2
    blank = line.find(" ")
    return width(line if blank < 0 else line[:blank])


def join_lines(lines: Sequence[str], vocabulary: frozenset[str] = frozenset()) -> str:
    r"""Return wrapped lines as one text: `\n` between words, nothing between Han, hyphenation undone.

    A hyphen before a small letter goes unless the vocabulary (case-folded) has the hyphenated form;
    before a capital or a digit it stays, as in "Almaz-Antey".
    """
    parts: list[str] = []
    for line in (raw.strip() for raw in lines):
        if not line:
            continue
        if not parts:
            parts.append(line)
            continue
        before = parts[-1]
        if _HAN.match(before[-1]) and _HAN.match(line):
            parts.append(line)
        elif (
            before[-1] in "-\u2010"
            and (left := _HYPHENATED.search(before))
            and (right := _WORD_HEAD.match(line))
        ):
            whole = f"{left[1]}-{right[0]}".casefold()
            if line[0].islower() and whole not in vocabulary:
                parts[-1] = before[:-1]
            parts.append(line)
        else:
            parts.extend(("\n", line))
    return "".join(parts)


def _continues(before: str, line: str, columns: int) -> bool:
    """Tell whether `line` goes on where `before` was full at `columns`, or goes on with a small letter."""
    if is_bullet(line):
        return False
    ended = before.rstrip()[-1:] in _ENDS
    indent = len(line) - len(line.lstrip())
    if ended and indent > len(before) - len(before.lstrip()):
        return False
    taken = width(before.rstrip())
    if not ended and line[:1].islower() and taken >= columns // 2:
        return True  # mail wrapped twice leaves short lines inside paragraphs
    slack = _HAN_SLACK if _HAN.match(line) else _SLACK
    return taken + 1 + _first_word(line) > columns - slack


def _open(before: str) -> bool:
    """Tell whether a line breaks off behind a word that needs another one after it."""
    word = _LAST_WORD.search(before[-40:])
    return word is not None and word[1].casefold() in _OPEN and width(before.rstrip()) >= _NARROWEST


def _columns(lines: Sequence[str]) -> int:
    """Return the width that a group is wrapped at: of most of its long lines, not of one that sticks out."""
    widths = sorted(width(line.rstrip()) for line in lines)
    return widths[-1 - len(widths) // 10]


def _sticks_out(lines: Sequence[str]) -> bool:
    """Tell whether a line is so long that nothing has wrapped the text."""
    return any(len(line) > _WIDEST and width(line) > _UNWRAPPED and " " in line.strip() for line in lines)


def _wrapped(lines: Sequence[str]) -> list[bool] | None:
    """Return which lines go on the line before, or None when the group by itself is not hard-wrapped."""
    columns = _columns(lines)
    if not _NARROWEST <= columns <= _WIDEST or _sticks_out(lines):
        return None
    goes_on = [False]
    for before, line in pairwise(lines):
        goes_on.append(_continues(before, line, columns))
    joined = [line.lstrip() for line, on in zip(lines, goes_on, strict=True) if on]
    if len(joined) < _JOINED_SHARE * (len(lines) - 1) or not joined:
        return None
    small = sum(1 for line in joined if line[:1].islower() or not line[:1].isalpha())
    uncased = sum(1 for line in joined if line[:1].isalpha() and line[:1].lower() == line[:1].upper())
    if small + uncased < len(joined) * _LOWER_SHARE:
        return None
    return goes_on


def _alike(lines: Sequence[str], columns: int | None) -> list[bool]:
    """Return which lines go on where a group's own lines prove nothing.

    Three lines of which two begin with a name or a month do not look wrapped; the text around them, wrapped
    at `columns`, says that they are. Without that only a line that breaks off in mid-phrase goes on.
    """
    fits = columns is not None and all(width(line.rstrip()) <= columns + _SLACK for line in lines)
    goes_on = [False]
    for before, line in pairwise(lines):
        full = fits and columns is not None and _continues(before, line, columns)
        # a full line with a full stop may be a whole line, and a label begins one: "Seller: ...", "To: ..."
        full = full and before.rstrip()[-1:] not in _ENDS and not labelled(line)
        goes_on.append(not is_bullet(line) and (full or _open(before)))
    return goes_on


def _groups(text: str) -> Iterator[list[str]]:
    """Yield the runs of lines without a blank line between them."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def wrap_width(text: str) -> int | None:
    """Return the columns that a text is wrapped at, as its clear paragraphs show them, or None."""
    widths = sorted(
        _columns(lines) for lines in _groups(text) if len(lines) > 1 and _wrapped(lines) is not None
    )
    return widths[-1 - len(widths) // 10] if widths else None


def _group(lines: Sequence[str], number: int, columns: int | None) -> Iterator[Paragraph]:
    goes_on = (_wrapped(lines) or _alike(lines, columns)) if len(lines) > 1 else [False]
    run: list[str] = []
    for line, on in zip(lines, goes_on, strict=True):
        if run and not on:
            yield Paragraph(join_lines(run), number)
            run = []
        run.append(line)
    if run:
        yield Paragraph(join_lines(run), number)


def paragraphs(text: str, columns: int | None = None) -> Iterator[Paragraph]:
    """Yield the paragraphs of cleaned text in order; they hold all its words.

    `columns` is the `wrap_width` of the whole when this is a part of it.
    """
    columns = columns or wrap_width(text)
    for number, lines in enumerate(_groups(text)):
        yield from _group(lines, number, columns)


def gathered(text: str) -> Iterator[str]:
    """Yield the lines of a text that has very many of them in blocks of at least _LEAST_BLOCK characters."""
    least = max(_LEAST_BLOCK, len(text) // MAX_BLOCKS)
    run: list[str] = []
    size = 0
    for line in text.split("\n"):
        if line.strip():
            run.append(line)
            size += len(line)
        if run and (size >= least or not line.strip()):
            yield "\n".join(run)
            run, size = [], 0
    if run:
        yield "\n".join(run)
