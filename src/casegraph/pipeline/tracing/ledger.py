"""What each step came to in the build before: one whose input is the same is not done again.

A step is a pure function of the rows that others have spilled for its part, and of the tables of its buckets.
What it spilled, and the table that it wrote, stay right as long as these stay the same. Digests tell that, of
each file's rows for each part, which the file carries; and names of segments, which tell what they hold.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from casegraph.pipeline.stepping import file_name
from casegraph.pipeline.tracing.tables import digest_of
from casegraph.store.atomic import write_whole
from casegraph.store.spill import cells_of

NAME = "ledger.msgpack"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What a step came to for one part."""

    key: bytes  # a digest of all that it was made from
    size: int  # bytes of the file that it spilled; -1: none
    cells: dict[int, bytes] = {}  # a digest of the file's rows for each part
    segments: dict[str, str] = {}  # names of the tables that it wrote, by stage
    crowded: int = 0  # blocks that it left out


class _Book(msgspec.Struct, frozen=True, array_like=True):
    key: str  # of the tables of `trace`
    form: tuple[int, ...]  # how the case is cut
    steps: dict[str, dict[int, Entry]]


_BOOK: msgspec.msgpack.Decoder[_Book] = msgspec.msgpack.Decoder(_Book)


class Ledger:
    """The entries of all steps, and the files that they spilled, in a folder."""

    def __init__(self, folder: Path, form: tuple[int, ...], former: _Book | None = None) -> None:
        self._folder, self._form = folder, form
        self._former = former.steps if former is not None else {}
        self._steps: dict[str, dict[int, Entry]] = {}
        self._sections: dict[str, dict[int, bytes]] = {}

    def former(self, step: str, part: int, key: bytes) -> Entry | None:
        """Return what an earlier build made of the same; None where there is none, or not whole."""
        entry = self._former.get(step, {}).get(part)
        if entry is None or entry.key != key:
            return None
        return entry if entry.size == self._size(step, part) else None

    def _size(self, step: str, part: int) -> int:
        try:
            return (self._folder / step / file_name(part)).stat().st_size
        except FileNotFoundError:
            return -1

    def put(self, step: str, part: int, entry: Entry) -> None:
        """Note what a step came to."""
        self._steps.setdefault(step, {})[part] = entry
        self._sections.pop(step, None)

    def made(
        self,
        step: str,
        part: int,
        key: bytes = b"",
        segments: Mapping[str, str] | None = None,
        crowded: int = 0,
    ) -> None:
        """Note what a step has made anew."""
        size = self._size(step, part)
        cells = cells_of(self._folder / step / file_name(part)) if size >= 0 else {}
        self.put(step, part, Entry(key, size, cells, dict(segments or {}), crowded))

    def section(self, step: str, part: int) -> bytes:
        """Return a digest of all rows that a step has spilled for a part."""
        if step not in self._sections:
            cells: dict[int, list[bytes]] = {}
            for number, entry in sorted(self._steps.get(step, {}).items()):
                for to, digest in entry.cells.items():
                    cells.setdefault(to, []).append(number.to_bytes(4, "big") + digest)
            self._sections[step] = {to: digest_of(*found) for to, found in cells.items()}
        return self._sections[step].get(part, b"")

    def filled(self, step: str) -> list[int]:
        """Return the parts for which a step has spilled rows."""
        return sorted({part for entry in self._steps.get(step, {}).values() for part in entry.cells})

    def crowded(self) -> int:
        """Return how many blocks all steps left out."""
        return sum(entry.crowded for entries in self._steps.values() for entry in entries.values())

    def forget(self, steps: Iterable[str]) -> None:
        """Delete what steps have spilled that nobody reads again."""
        for step in steps:
            self._steps.pop(step, None)
            shutil.rmtree(self._folder / step, ignore_errors=True)

    def save(self, key: str, folder: Path) -> None:
        """Keep all in a folder for the next build: the book comes last, so that a crash leaves none."""
        self._folder.rename(folder)
        steps = {step: dict(sorted(entries.items())) for step, entries in sorted(self._steps.items())}
        write_whole(folder / NAME, msgspec.msgpack.encode(_Book(key, self._form, steps)))


def opened(kept: Path, folder: Path, form: tuple[int, ...]) -> Ledger:
    """Return a ledger in `folder`, with what an earlier build kept, if that has cut the case alike."""
    book = _read(kept)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if book is not None and book.form == form:
        (kept / NAME).unlink()
        kept.rename(folder)
    else:
        book = None
        shutil.rmtree(kept, ignore_errors=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    return Ledger(folder, form, book)


def is_kept(kept: Path, key: str, live: Mapping[str, Iterable[str]]) -> bool:
    """Say whether the tables of a key are there, by the names of live segments by stage."""
    book = _read(kept)
    if book is None or book.key != key:
        return False
    there = {(stage, name) for stage, names in live.items() for name in names}
    return there.issuperset(
        named for entries in book.steps.values() for one in entries.values() for named in one.segments.items()
    )


def _read(kept: Path) -> _Book | None:
    try:
        return _BOOK.decode((kept / NAME).read_bytes())
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError):
        return None
