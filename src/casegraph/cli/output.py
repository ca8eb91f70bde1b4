"""Records to a file or stdout: JSON Lines in the wire format, CSV, or a table."""

from __future__ import annotations

import csv
import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Generic, Literal, TextIO, TypeVar

import msgspec

from casegraph.cli.columns import cells
from casegraph.cli.tables import Printer
from casegraph.cli.terminal import console, say
from casegraph.errors import UsageError
from casegraph.model import Record, to_wire

Form = Literal["table", "jsonl", "csv"]
Shown = TypeVar("Shown", bound=Record)

CHUNK = 200
"""Rows of a table laid out at a time, so that a long list starts at once and memory stays flat."""

_STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Shown]):
    """How one type of record is listed."""

    one: str  # "claim"
    many: str  # "claims"
    columns: Sequence[str]  # of the CSV: dotted paths into the wire format
    table: Printer[Shown]
    chunk: int = CHUNK  # rows laid out at a time


def write(records: Iterable[Shown], listing: Listing[Shown], form: Form, output: Path | None) -> int:
    """Write the records as `form` and return how many there were.

    No records write nothing but the head of a CSV. Raises UsageError when the file cannot be made.
    """
    with _opened(output, form) as stream:
        counted = _Counter(records)
        if form == "jsonl":
            _write_jsonl(counted, stream)
        elif form == "csv":
            _write_csv(counted, listing.columns, stream)
        else:
            _write_table(counted, listing, stream)
        stream.flush()
    if output is not None and output != _STDOUT:
        say(f"{plural(counted.seen, listing.one, listing.many)} written to {output}")
    return counted.seen


def write_lines(lines: Iterable[str], output: Path | None) -> None:
    """Write lines that are laid out already; raises UsageError when the file cannot be made."""
    with _opened(output, "jsonl") as stream:
        stream.writelines(lines)
        stream.flush()
    if output is not None and output != _STDOUT:
        say(f"written to {output}")


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `1 claim`, `1,204 claims`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


class _Counter(Generic[Shown]):
    """Counts what goes through."""

    def __init__(self, records: Iterable[Shown]) -> None:
        self._records = records
        self.seen = 0

    def __iter__(self) -> Iterator[Shown]:
        for record in self._records:
            self.seen += 1
            yield record


def _write_jsonl(records: Iterable[Record], stream: TextIO) -> None:
    encoder = msgspec.json.Encoder()
    stream.writelines(encoder.encode(record).decode("utf-8") + "\n" for record in records)


def _write_csv(records: Iterable[Record], columns: Sequence[str], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow(cells(to_wire(record), columns))


def _write_table(records: Iterable[Shown], listing: Listing[Shown], stream: TextIO) -> None:
    shown = console(stream)
    rest = iter(records)
    head = True
    while rows := list(itertools.islice(rest, listing.chunk)):
        listing.table(shown, rows, head=head)
        head = False


@contextmanager
def _opened(output: Path | None, form: Form) -> Iterator[TextIO]:
    if output is None or output == _STDOUT:
        if isinstance(sys.stdout, TextIOWrapper):
            # Data are UTF-8 whatever the locale; a table for an eye follows the locale.
            if form == "table":
                sys.stdout.reconfigure(errors="replace")
            else:
                sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    part = output.with_name(output.name + ".part")
    try:
        stream = part.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror}") from error
    try:
        with stream:
            yield stream
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
