"""Files that a browser sends (RFC 7578), written where the case lies as they come: none waits in memory."""

from __future__ import annotations

import hmac
import shutil
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser

from casegraph.errors import UsageError

LARGEST = 8 << 30
"""Bytes that are taken at a time."""

MOST = 2_000
"""Files that are taken at a time."""

TYPE = "multipart/form-data"
_FIELD = 1_024  # bytes of a field that is no file
_SPARE = 256 << 20  # bytes of the disk that stay free
_NAME = 200  # bytes of a file's name


class NotOursError(UsageError):
    """The form does not begin with the token that only our pages have."""


class Sent:
    """A form with files as it comes in. Its first field is the token: without it nothing is written."""

    def __init__(self, case: Path, boundary: str, token: str) -> None:
        try:
            self._scratch = tempfile.TemporaryDirectory(prefix=".casegraph-", dir=case.resolve().parent)
        except OSError:
            self._scratch = tempfile.TemporaryDirectory(prefix="casegraph-")
        moment = datetime.now(UTC).strftime("sent-%Y-%m-%dT%H-%M-%SZ")
        self.folder = Path(self._scratch.name) / moment
        self.folder.mkdir(parents=True)
        self._token, self._known = token, False
        self._header = b""
        self._headers: dict[str, str] = {}
        self._field = b""
        self._name: str | None = None
        self._file: BinaryIO | None = None
        self.files = 0
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._opened,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )
        self._header_words = b""

    async def take(self, chunks: AsyncIterator[bytes]) -> None:
        """Write what comes; raises UsageError for a form that is none, NotOursError without the token."""
        try:
            async for chunk in chunks:
                self._parser.write(chunk)
            self._parser.finalize()
        except FormParserError:
            raise UsageError("the files did not come whole; send them again") from None
        if not self._known:
            raise NotOursError("the form has no token")

    def close(self) -> None:
        """Delete what was written."""
        if self._file is not None:
            self._file.close()
        self._scratch.cleanup()

    def paths(self) -> list[Path]:
        """Return what came: files and folders, by name."""
        return sorted(self.folder.iterdir())

    def _begin(self) -> None:
        self._headers, self._header, self._header_words, self._field = {}, b"", b"", b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_words += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._header.decode("latin-1").lower()] = self._header_words.decode("utf-8", "replace")
        self._header = self._header_words = b""

    def _opened(self) -> None:
        told = Message()
        told["content-disposition"] = self._headers.get("content-disposition", "")
        found = told.get_filename()
        self._name = str(told.get_param("name", "", "content-disposition"))
        if found is None:
            return
        if not self._known:
            raise NotOursError("the form does not begin with its token")
        if not found:
            self._name = None  # nothing was chosen
            return
        self.files += 1
        if self.files > MOST:
            raise UsageError(f"up to {MOST:,} files can be sent at a time; casegraph add takes any number")
        if shutil.disk_usage(self.folder).free < _SPARE:
            raise UsageError("the disk is full")
        path = self._place(safe(found))
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("xb")

    def _place(self, name: PurePosixPath) -> Path:
        path = self.folder / name
        number = 1
        while path.exists():
            number += 1
            path = self.folder / name.with_name(f"{name.stem} ({number}){name.suffix}")
        return path

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
        elif self._name is not None:
            self._field += data[start:end]
            if len(self._field) > _FIELD:
                raise UsageError("a field of the form is too long")

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        elif self._name == "token":
            self._known = hmac.compare_digest(self._field, self._token.encode())
            if not self._known:
                raise NotOursError("the token is not ours")


def safe(name: str) -> PurePosixPath:
    """Return a name that a browser gives as one below a folder of ours, whatever it says."""
    parts = [
        part.encode("utf-8", "replace")[:_NAME].decode("utf-8", "ignore").strip()
        for part in name.replace("\\", "/").replace("\0", "").split("/")
    ]
    kept = [part for part in parts if part not in {"", ".", ".."}]
    return PurePosixPath(*kept[-8:]) if kept else PurePosixPath("without a name")
