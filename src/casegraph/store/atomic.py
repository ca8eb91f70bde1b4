"""Files that are either there in full or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from casegraph.errors import CaseLockedError

PENDING = ".pending-"
"""How names of unfinished files and folders begin: nothing reads them, the next build clears them away."""


def pending_path(folder: Path) -> Path:
    """Return a fresh name in `folder` for something unfinished."""
    return folder / f"{PENDING}{secrets.token_hex(8)}"


def write_whole(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`: after a crash it holds the old bytes or the new."""
    pending = pending_path(path.parent)
    with pending.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    pending.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Make a file's bytes, or the names in a folder, last through a power cut."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`; raises CaseLockedError when another process holds it.

    The kernel lets go of it when the process ends in whatever way: no stale locks.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CaseLockedError(
                "another build of this case is running; wait for it to end or stop it"
            ) from None
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make a folder that `is_locked` for as long as this lasts, and delete it afterwards."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def is_locked(path: Path) -> bool:
    """Say whether a process holds the lock file or folder at `path`."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
