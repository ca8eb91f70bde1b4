"""Text tables (CSV, TSV): which sign parts the cells, and the rows that a text holds."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from casegraph.read.limits import MAX_CHARACTERS

_DELIMITERS = ",;\t|"
_SAMPLE = 60_000  # characters that decide
_SAMPLE_ROWS = 300
_OPEN_LINES = 1_000  # behind a quotation mark, after which it counts as never closed
_LONGEST_HEADING = 300
_REGULAR = 0.8  # of the rows are as long as the others
_GAPS = 0.1  # of cells begin with a blank and a letter, as what follows a comma in prose
_SENTENCES = 0.3  # of cells are sentences or long parts of them
_SENTENCE = 10  # words
_SEPARATOR = re.compile(r"\ufeff?[\"']?sep=(.)[\"']?(?:\n|\Z)", re.IGNORECASE)
_GAP = re.compile(r"\s+[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text writes its rows. `skip` are the characters before them: those of a `sep=` line."""

    delimiter: str
    quote: str = '"'
    skip: int = 0
    escaped: bool = False  # quotation marks by a backslash, as databases write them

    def marks(self, line: str) -> int:
        """Return how many quotation marks of a line open or close a cell, if all do that can."""
        return line.count(self.quote) - (line.count("\\" + self.quote) if self.escaped else 0)


def dialect_of(text: str, *, named: bool) -> Dialect | None:
    """Return how a text's rows are written, None where it is no table.

    `named` tells that its name says so: then two columns in two rows are enough. Else a text must be more
    regular than prose with commas ever is.
    """
    stated = _SEPARATOR.match(text)
    if stated is not None:
        return _dialect(text, stated[1], stated.end())
    sample = text[:_SAMPLE]
    if len(text) > len(sample) and "\n" in sample:
        sample = sample[: sample.rfind("\n")]
    candidates = [_dialect(sample, sign) for sign in _DELIMITERS if sign in sample]
    scores = [(_score(sample, one, named=named), -place, one) for place, one in enumerate(candidates)]
    best = max(scores, default=None, key=lambda score: score[:2])
    return best[2] if best is not None and best[0] > 0 else None


def _dialect(text: str, delimiter: str, skip: int = 0) -> Dialect:
    sample = text[skip : skip + _SAMPLE]
    sign = re.escape(delimiter)
    quoted = {
        mark: len(re.findall(rf"(?:^|{sign}){mark}[^{mark}\n]*{mark}(?={sign}|$)", sample, re.MULTILINE))
        for mark in "\"'"
    }
    quote = "'" if quoted["'"] > 2 and not quoted['"'] else '"'
    escaped = "\\" + quote in sample and not re.search(rf"[^{sign}{quote}\\\n]{quote}{quote}", sample)
    return Dialect(delimiter, quote, skip, escaped)


def _score(sample: str, dialect: Dialect, *, named: bool) -> float:
    """Return how much a sample is like a table in this dialect, 0 for not at all."""
    rows = [row for row in Rows(sample, dialect) if any(cell.strip() for cell in islice(row, 100))]
    rows = rows[:_SAMPLE_ROWS]
    if len(rows) < (2 if named else 3) or max(map(len, rows[0])) > _LONGEST_HEADING:
        return 0.0
    columns, count = Counter(map(len, rows)).most_common(1)[0]
    regular = count / len(rows)
    narrow = 2 if named or (dialect.delimiter in "\t;" and len(rows) >= 5 and regular == 1.0) else 3
    if columns < narrow or regular < (0.5 if named else _REGULAR):
        return 0.0
    if not named and _is_prose(rows, dialect):
        return 0.0
    cells = [cell for row in rows for cell in row]
    filled = sum(bool(cell.strip()) for cell in cells) / len(cells)
    return regular * min(columns, 10) * (0.3 + filled)


def _is_prose(rows: Sequence[Sequence[str]], dialect: Dialect) -> bool:
    """Tell whether what the delimiter parts are the parts of sentences."""
    after = [cell for row in rows for cell in row[1:] if cell.strip()]
    cells = [cell for row in rows for cell in row if cell.strip()]
    long = sum(len(cell.split()) > _SENTENCE for cell in cells)
    gaps = sum(_GAP.match(cell) is not None for cell in after) if dialect.delimiter in ",;" else 0
    return long > _SENTENCES * len(cells) or gaps > _GAPS * len(after) or len(after) * 2 < len(rows)


@dataclass(slots=True)
class Rows:
    """The rows of a text, read once (RFC 4180). `unclosed` counts quotation marks that are never closed."""

    text: str
    dialect: Dialect
    unclosed: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[list[str]]:
        """Yield each row. A line whose quotation mark is never closed is cut at each delimiter."""
        csv.field_size_limit(MAX_CHARACTERS)
        lines = io.StringIO(self.text[self.dialect.skip :], newline="\n")
        whole: list[str] = []
        waiting: list[str] = []
        for line in lines:
            waiting.append(line)
            if len(waiting) > 1 or self.dialect.marks(line) % 2:
                yield from self._held(waiting, whole, last=False)
            else:
                whole.append(waiting.pop())
            if len(whole) >= _OPEN_LINES and not waiting:
                yield from self._parsed(whole)
        while waiting:
            yield from self._held(waiting, whole, last=True)
        yield from self._parsed(whole)

    def _held(self, waiting: list[str], whole: list[str], *, last: bool) -> Iterator[list[str]]:
        """Move lines from `waiting` to `whole` when their quotation mark is closed, or given up."""
        closed = len(waiting) > 1 and self.dialect.marks(waiting[-1]) % 2
        if closed:
            whole.extend(waiting)
            waiting.clear()
        elif last or len(waiting) > _OPEN_LINES:
            yield from self._parsed(whole)
            first = waiting.pop(0)
            if self._opens(first):
                self.unclosed += 1
                yield first.rstrip("\n").split(self.dialect.delimiter)
            else:
                whole.append(first)
            whole.extend(waiting)  # none of them has an odd number, or it would have closed the first
            waiting.clear()

    def _opens(self, line: str) -> bool:
        """Tell whether an odd quotation mark opens a cell; within one it is a letter (inches)."""
        sign, mark = re.escape(self.dialect.delimiter), re.escape(self.dialect.quote)
        return re.search(rf"(?:^|{sign}) ?{mark}(?!.*{mark} ?(?:{sign}|$))", line.rstrip("\n")) is not None

    def _parsed(self, lines: list[str]) -> Iterator[list[str]]:
        spaced = any(f"{self.dialect.delimiter} {self.dialect.quote}" in line for line in lines[:50])
        reader = csv.reader(
            list(lines),
            delimiter=self.dialect.delimiter,
            quotechar=self.dialect.quote,
            doublequote=not self.dialect.escaped,
            escapechar="\\" if self.dialect.escaped else None,
            skipinitialspace=spaced,
        )
        lines.clear()
        yield from reader
