"""Records of a web archive (WARC, ISO 28500; the older ARC), compressed by record, as a whole or not at all.

warcio's own iterator writes lines of a damaged file to stderr, reads lines of any length and stops at the
first broken place; its parser of one record is used here over a stream with limits, which goes on behind it.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

logging.getLogger("warcio").setLevel(logging.CRITICAL + 1)  # it quotes addresses

GZIP = b"\x1f\x8b"
_MEMBER = GZIP + b"\x08"
_BLOCK = 1 << 16
_LONGEST_LINE = 1 << 16
_MOST_LINES = 2_000  # of one record's header
_LONGEST_NUMBER = 16  # digits of a length
_FIRST = {True: b"\nWARC/", False: b"\nhttp"}  # how a record begins: WARC, ARC


class DamagedError(ValueError):
    """The archive breaks off or breaks the rules at this place."""


class Source:
    """The bytes of an archive with what packs them undone, in order."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._packed = data.startswith(GZIP)
        self._place = self._member = self._resumed = 0
        self._inflater: zlib._Decompress | None = None
        self._buffer = b""
        self._at = 0
        self.lines = 0  # read since it was last set to 0
        self.breaks = 0  # times that the archive had to be taken up again
        self.warc = True  # or ARC, as the last record was

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end; raises DamagedError."""
        if self._at >= len(self._buffer):
            self._buffer, self._at = self._more(), 0
        taken = self._buffer[self._at : self._at + size]
        self._at += len(taken)
        return taken

    def readline(self, size: int = _LONGEST_LINE) -> bytes:
        """Return a line with its end, nothing at the end; raises DamagedError on one too long."""
        self.lines += 1
        if self.lines > _MOST_LINES:
            raise DamagedError
        line = b""
        while not line.endswith(b"\n"):
            if len(line) > min(size, _LONGEST_LINE):
                raise DamagedError
            if self._at >= len(self._buffer):
                self._buffer, self._at = self._more(), 0
                if not self._buffer:
                    break
            end = self._buffer.find(b"\n", self._at) + 1 or len(self._buffer)
            line += self._buffer[self._at : end]
            self._at = end
        return line

    def tell(self) -> int:
        """Return how far the packed bytes have been read."""
        return self._place

    def _more(self) -> bytes:
        if not self._packed:
            block = self._data[self._place : self._place + _BLOCK]
            self._place += len(block)
            return block
        block = b""
        while not block and (self._place < len(self._data) or self._inflater is not None):
            if self._inflater is None:
                self._member = self._place
                self._inflater = zlib.decompressobj(31)
            given = self._data[self._place : self._place + _BLOCK]
            try:
                block = self._inflater.decompress(given, _BLOCK)
            except zlib.error:
                raise DamagedError from None
            self._place += len(given) - len(self._inflater.unconsumed_tail) - len(self._inflater.unused_data)
            if self._inflater.eof:
                self._inflater = None
            elif not given and not block:
                self._inflater = None
                raise DamagedError  # the last member breaks off
        return block

    def go_on(self) -> None:
        """Take the archive up again behind a broken place."""
        self.breaks += 1
        first = _FIRST[self.warc]
        found = self._buffer.find(first, self._at) + 1 if self._at < len(self._buffer) else 0
        if found:
            self._at = found
            return
        self._buffer, self._at = b"", 0
        if not self._packed:
            after = self._data.find(first, max(self._resumed, self._place - len(first)))
            self._place = self._resumed = after + 1 if after >= 0 else len(self._data)
        elif self._inflater is not None:
            after = self._data.find(_MEMBER, self._member + 1)
            self._inflater, self._place = None, after if after >= 0 else len(self._data)


@dataclass(slots=True)
class Stored:
    """One record: its header fields by lower-case name, and the blocks of its content.

    `blocks` is to be read to its end before the next record is asked for; `broken` says afterwards whether
    the content broke off.
    """

    number: int
    kind: str  # response, resource, request, warcinfo ...
    fields: dict[str, str]
    blocks: Iterator[bytes] = field(default_factory=lambda: iter(()))
    broken: bool = False

    @property
    def url(self) -> str:
        """What was captured: an address, or what stands for one."""
        return self.fields.get("warc-target-uri") or self.fields.get("uri") or ""

    @property
    def date(self) -> str:
        """The time of capture: ISO 8601 of a WARC, fourteen digits of an ARC."""
        return self.fields.get("warc-date") or self.fields.get("archive-date") or ""

    @property
    def name(self) -> str:
        """What to call the record in a problem: its number, and its id if it has one."""
        own = self.fields.get("warc-record-id", "")[:80]
        return f"record {self.number} {own}".strip()


def records(source: Source) -> Iterator[Stored]:
    """Yield the records; broken places are passed over and counted in `source.breaks`."""
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    number = 0
    while True:
        try:
            line = _first_line(source)
            if not line:
                return
            kind, fields, length = _header(loader, source, line, first=number == 0)
        except (ArchiveLoadFailed, DamagedError, EOFError, ValueError, TypeError, AttributeError):
            source.go_on()
            continue
        number += 1
        stored = Stored(number, kind, fields)
        stored.blocks = _blocks(stored, source, length)
        yield stored


def _header(
    loader: ArcWarcRecordLoader, source: Source, line: bytes, *, first: bool
) -> tuple[str, dict[str, str], int]:
    """Return a record's type, fields and length; raises one of several errors when it has none."""
    if source.warc and not first and not line.startswith(b"WARC/"):
        raise DamagedError
    record = loader.parse_record_stream(source, line, no_record_parse=True)
    source.warc = record.format == "warc"
    fields = {name.lower(): value for name, value in reversed(record.rec_headers.headers)}
    length = fields.get("content-length") or fields.get("length") or ""
    if not (length.isascii() and length.isdecimal() and len(length) < _LONGEST_NUMBER):
        raise DamagedError
    return record.rec_type or "", fields, record.length  # an ARC counts two lines of its header in


def _first_line(source: Source) -> bytes:
    """Return the line with which the next record begins, nothing at the end."""
    while True:
        source.lines = 0
        line = source.readline()
        if not line or line.strip():
            return line


def _blocks(stored: Stored, source: Source, left: int) -> Iterator[bytes]:
    try:
        while left and (block := source.read(min(left, _BLOCK))):
            left -= len(block)
            yield block
    except DamagedError:
        pass
    if left:
        stored.broken = True
        source.go_on()
