"""Files of any size, piece by piece: lines, JSON objects of a list or of lines, rows of a table."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from casegraph.model import Problem
from casegraph.reference.base import line_problem

LONGEST = 16 << 20
"""Bytes of a line or of one object; a longer one is a problem. Entries of public dumps have up to 4 MB."""

CHUNK = 1 << 20
_BOM = "\ufeff"
_CUT = "the file ends in the middle of an entry"
_BROKEN = "this is not JSON"
_SKIP = re.compile(r"[\s,]*")
_NEAR_END = 64  # characters before the end of a chunk in which a broken token may be a cut one

Row = tuple[int, dict[str, Any]]


def text_lines(stream: BinaryIO) -> Iterator[tuple[int, str] | Problem]:
    """Yield each line by its number, counted from 1; one that is no UTF-8 or too long is a problem.

    Problems: undecodable, too-long.
    """
    number = 0
    while data := stream.readline(LONGEST + 1):
        number += 1
        if len(data) > LONGEST:
            while data and not data.endswith(b"\n"):
                data = stream.readline(CHUNK)
            yield line_problem("too-long", f"the line is longer than {LONGEST >> 20} MB", number)
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            yield line_problem("undecodable", "the line is not UTF-8", number)
            continue
        yield number, text.removeprefix(_BOM) if number == 1 else text


def json_objects(stream: BinaryIO) -> Iterator[Row | Problem]:
    """Yield the objects of JSON Lines or of one JSON list with the lines where they begin.

    Problems: bad-json, not-an-object.
    """
    start = stream.peek(64) if hasattr(stream, "peek") else b""
    if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"[":
        yield from _listed(stream)
        return
    for one in text_lines(stream):
        if isinstance(one, Problem):
            yield one
        elif one[1].strip():
            yield _object(*one)


def _object(number: int, text: str) -> Row | Problem:
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return line_problem("bad-json", _BROKEN, number)
    return _checked(number, found)


def _checked(number: int, found: object) -> Row | Problem:
    if not isinstance(found, dict):
        return line_problem("not-an-object", "there is JSON, but no object", number)
    return number, found


class _Elements:
    """The text of a JSON list, as far as it is read; `line` is that of `place`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.text, self.place, self.line, self.ended = "", 0, 1, False

    def more(self) -> bool:
        """Read on; False at the end."""
        data = self._stream.read(CHUNK)
        self.text = self.text[self.place :] + self._decoder.decode(data, not data)
        self.place = 0
        self.ended = not data
        return not self.ended

    def move(self, place: int) -> None:
        """Go on to a place of the text."""
        self.line += self.text.count("\n", self.place, place)
        self.place = place


def _listed(stream: BinaryIO) -> Iterator[Row | Problem]:
    """Yield the elements of a list, each parsed by itself; behind a broken one the next begins on a line."""
    at, decoder = _Elements(stream), json.JSONDecoder()
    at.more()
    at.move(at.text.index("[") + 1)
    while True:
        at.move(_after_blanks(at))
        if at.place >= len(at.text):
            if not at.more():
                yield line_problem("cut", _CUT, at.line)
                return
            continue
        if at.text[at.place] == "]":
            return
        try:
            found, end = decoder.raw_decode(at.text, at.place)
        except (ValueError, RecursionError) as error:  # a number of 5,000 figures is a bare ValueError
            if _may_go_on(error, at) and at.more():
                continue
            yield line_problem("cut" if at.ended else "bad-json", _CUT if at.ended else _BROKEN, at.line)
            if not _next_object(at):
                return
            continue
        yield _checked(at.line, found)
        at.move(end)


def _after_blanks(at: _Elements) -> int:
    match = _SKIP.match(at.text, at.place)
    return match.end() if match else at.place


def _may_go_on(error: Exception, at: _Elements) -> bool:
    """Say whether an element that cannot be parsed may just not be read to its end."""
    if at.ended or len(at.text) - at.place > LONGEST or not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated string") or error.pos >= len(at.text) - _NEAR_END


def _next_object(at: _Elements) -> bool:
    """Go to the next object that begins a line with the indent of the broken one; False where none does."""
    begin = at.text.rfind("\n", 0, at.place) + 1
    indent = at.text[begin : at.place] if at.text[begin : at.place].isspace() else ""
    start = re.compile(rf"\n{re.escape(indent)}\{{")
    place = at.place
    while (match := start.search(at.text, place + 1)) is None:
        at.move(max(at.place, len(at.text) - len(indent) - 2))
        place = at.place - 1
        if not at.more():
            return False
        place = -1
    at.move(match.end() - 1)
    return True


def table_rows(stream: BinaryIO) -> Iterator[tuple[int, dict[str, str]] | Problem]:
    """Yield the rows of a CSV or TSV by the names of its first row; empty cells are left out.

    Problems: bad-row, row-width.
    """
    troubles: list[Problem] = []
    lines = _only_text(text_lines(stream), troubles)
    try:
        first = next(lines)
    except StopIteration:
        yield from troubles
        return
    delimiter = max(",;\t|", key=lambda mark: (first.count(mark), -",;\t|".index(mark)))
    reader = csv.reader(_chained(first, lines), delimiter=delimiter, skipinitialspace=True)
    names: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            yield line_problem(
                "bad-row", "the row cannot be read: a quotation mark is missing", reader.line_num
            )
            continue
        yield from troubles
        troubles.clear()
        if not names:
            names = [cell.strip() for cell in cells]
        elif len(cells) > len(names):
            yield line_problem("row-width", "the row has more cells than there are headings", reader.line_num)
        elif any(cells):
            yield (
                reader.line_num,
                {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()},
            )
    yield from troubles


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _only_text(lines: Iterator[tuple[int, str] | Problem], troubles: list[Problem]) -> Iterator[str]:
    """Yield each line; one that cannot be read stays as an empty one, so that the numbers hold."""
    for one in lines:
        if isinstance(one, Problem):
            troubles.append(one)
            yield "\n"
        else:
            yield one[1].replace("\0", "")
