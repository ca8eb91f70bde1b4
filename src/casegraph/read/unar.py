"""Encrypted 7z and RAR archives, and rare kinds, by the program unar, which writes what they hold to a pipe.

unar takes a password on its command line only, which other users of the machine can see while it runs.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_BLOCK = 1 << 18
_LISTING_SECONDS = 60
_MOST_LISTING = 256 << 20
_WORD = 0xFFFF_FFFF


class WrongPasswordError(Exception):
    """Nothing, or less than is listed, came out with this password."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; `blocks` is to be read to its end before the next member is asked for."""

    name: str
    modified: str | None
    blocks: Iterator[bytes]


def installed() -> bool:
    """Tell whether the program and its companion for listings are there."""
    return shutil.which("unar") is not None and shutil.which("lsar") is not None


def members(data: bytes, password: str | None) -> Iterator[Member]:
    """Yield the files of an archive in order; raises WrongPasswordError where the output ends too soon."""
    with tempfile.TemporaryDirectory(prefix="casegraph-") as folder:
        path = Path(folder) / "archive"
        path.write_bytes(data)
        listed = _listed(path, password)
        command = ("unar", "-quiet", "-no-recursion", "-o", "-", *_given(password), str(path))
        if not listed or not (all(map(_sum, listed)) or _whole(command, listed)):
            raise WrongPasswordError
        with _running(*command) as pipe:
            for entry in listed:
                yield Member(
                    name=_name(entry["XADFileName"]),
                    modified=_time(entry.get("XADLastModificationDate")),
                    blocks=_blocks(pipe, entry["XADFileSize"], _sum(entry)),
                )


def _given(password: str | None) -> tuple[str, ...]:
    return ("-password", password) if password is not None else ()


def _listed(path: Path, password: str | None) -> list[dict[str, Any]]:
    """Return the entries that are files, as lsar lists them; none when the list is itself encrypted."""
    try:
        done = subprocess.run(
            [shutil.which("lsar") or "lsar", "-json", "-no-recursion", *_given(password), str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LISTING_SECONDS,
            check=False,
        )
        found = json.loads(done.stdout[:_MOST_LISTING])["lsarContents"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [
        entry
        for entry in found
        if isinstance(entry, dict)
        and isinstance(entry.get("XADFileSize"), int)
        and entry["XADFileSize"] >= 0
        and isinstance(entry.get("XADFileName"), str)
        and not any(entry.get(key) for key in ("XADIsDirectory", "XADIsLink", "XADIsResourceFork"))
    ]


@contextlib.contextmanager
def _running(*command: str) -> Iterator[IO[bytes]]:
    """Give what a program writes; it is ended when the caller has had enough."""
    process = subprocess.Popen(
        [shutil.which(command[0]) or command[0], *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            if process.stdout is not None:  # always: a pipe was asked for
                yield process.stdout
        finally:
            process.kill()


def _sum(entry: dict[str, Any]) -> int | None:
    """Return the checksum that an archive states of a file; that of an encrypted RAR 5 is keyed."""
    keys = ("7zCRC32", "RARCRC32", "ZipCRC32")
    return next((entry[key] & _WORD for key in keys if isinstance(entry.get(key), int)), None)


def _whole(command: tuple[str, ...], listed: list[dict[str, Any]]) -> bool:
    """Tell whether as much comes out as is listed: unar passes over what it fails at without a sign."""
    left: int = sum(entry["XADFileSize"] for entry in listed)
    with _running(*command) as pipe:
        while left >= 0 and (block := pipe.read(_BLOCK)):
            left -= len(block)
    return left == 0


def _blocks(pipe: IO[bytes], size: int, stated: int | None) -> Iterator[bytes]:
    left, found = size, 0
    while left:
        block = pipe.read(min(left, _BLOCK))
        if not block:
            raise WrongPasswordError
        left -= len(block)
        found = zlib.crc32(block, found)
        yield block
    if stated is not None and found != stated:
        raise WrongPasswordError


def _name(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _time(written: object) -> str | None:
    """Return a time of lsar's ("2024-05-06 07:08:09 +0000") as ISO 8601."""
    parts = str(written or "").split()
    if len(parts) != 3 or len(parts[2]) != 5:
        return None
    zone = "Z" if parts[2] == "+0000" else f"{parts[2][:3]}:{parts[2][3:]}"
    return f"{parts[0]}T{parts[1]}{zone}"
