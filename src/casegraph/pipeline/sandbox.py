"""What a worker may still do once it is confined: read its inputs and libraries, write into one folder.

It cannot speak to the network, read the user's files, start programs but those that its stages name, or
leave anything behind. `lacking` says what this machine's kernel cannot hold a worker to.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import site
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from casegraph.pipeline import kernel

TABLES: Final = "tables"
"""What the worker has made, in its own folder, until the build takes it over."""

OUT_OF_MEMORY: Final = 71
"""Exit status of a worker that could get no more memory."""

SCRATCH: Final = "scratch"
"""The worker's home and place for temporary files, in its own folder: emptied after each document."""

MOST_PROCESSES: Final = 32
"""Processes that a worker and what it starts may be at a time; a reader needs two or three."""

MOST_FILES: Final = 512
"""Files that one process may have open."""

FILE_LIMIT: Final = 4 << 30
"""Bytes of one file that is written."""

_SYSTEM: Final = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/proc", "/sys/devices/system", "/sys/fs/cgroup",
    "/sys/kernel/mm", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/timezone",
    "/etc/mime.types", "/etc/fonts", "/etc/magic", "/etc/alternatives", "/etc/passwd", "/etc/group",
    "/etc/nsswitch.conf",
    "/etc/GNUstep", "/dev/urandom", "/dev/random", "/dev/zero",
)  # fmt: skip
_LOADERS: Final = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1")
_ALWAYS: Final = ("/sbin/ldconfig", "/sbin/ldconfig.real")  # ctypes.util.find_library asks it
_HANDED: Final = (
    "PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip
_DATA: Final = ("TESSDATA_PREFIX",)  # variables that name folders of data


def lacking() -> tuple[str, ...]:
    """Return in words what this machine cannot hold workers to; none where all of it holds."""
    found = []
    version = kernel.landlock_version()
    if not version:
        found.append("files of the user are not out of reach, nor are programs (no Landlock in this kernel)")
    if not kernel.has_seccomp():
        found.append("the network is not out of reach (no seccomp filter on this machine)")
    if sys.platform != "linux":
        found.append("memory is not limited")
    return tuple(found)


def environment(own: Path) -> dict[str, str]:
    """Return the variables of a worker whose folder is `own`: home, caches and temporary files lie in it.

    Of the user's variables, which may hold keys and addresses, those that programs need are handed on.
    """
    home = str(own / SCRATCH)
    names = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    handed = {name: os.environ[name] for name in _HANDED if name in os.environ}
    return handed | dict.fromkeys(names, home)


def bound(memory: int) -> None:
    """Bound memory, files and processes; leave no core dump of a page; end with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, FILE_LIMIT)
    _limit(resource.RLIMIT_NOFILE, MOST_FILES)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_AS, memory)
        kernel.end_with_parent(signal.SIGKILL)
        kernel.keep_orphans()


def _limit(which: int, most: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (value, value))


def confine(own: Path, write: Iterable[Path], read: Iterable[Path]) -> None:
    """Give up for good what a worker does not need; before there is a second thread.

    `own` is the worker's folder; it may write there and beneath `write`, and read beneath `read`.
    """
    kernel.give_up_privileges()
    if kernel.landlock_version():
        libraries = [path for path in map(Path, _libraries()) if path.is_absolute()]
        allowed = [(path, kernel.READ | kernel.EXECUTE) for path in (*map(Path, _SYSTEM), *libraries)]
        allowed += [(path, kernel.READ) for path in read]
        allowed += [(path, kernel.READ | kernel.WRITE) for path in (own, *write)]
        allowed += [(Path("/dev/null"), kernel.READ_FILE | kernel.WRITE_FILE)]
        kernel.restrict_files(allowed)
    if kernel.has_seccomp():
        kernel.refuse_calls()


def only_start(programs: Iterable[str]) -> None:
    """Leave only these programs, by name, to be started, and the loader that they need."""
    if kernel.landlock_version():
        found = [path for path in map(shutil.which, programs) if path is not None]
        kernel.restrict_programs(map(Path, (*found, *_LOADERS, *_ALWAYS)))


def _libraries() -> list[str]:
    """Return where Python, its packages and their data lie."""
    roots = [sys.prefix, sys.base_prefix, *sys.path, *site.getsitepackages()]
    data = [os.environ[name] for name in _DATA if os.environ.get(name)]
    return list(dict.fromkeys(path for path in (*roots, *data) if path and path != os.sep))


def empty(own: Path) -> None:
    """Delete what the work on a document has left in the scratch folder."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(own / SCRATCH):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                Path(entry.path).unlink(missing_ok=True)


def family(root: int) -> list[int]:
    """Return the process and all that it started, as far as they still hang on it (Linux)."""
    found: list[int] = []
    left = [root]
    while left and len(found) <= MOST_PROCESSES:
        pid = left.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):  # it has just ended
                left += map(int, task.read_text().split())
    return found


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds, 0 when it is gone (Linux)."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def size(folder: Path) -> int:
    """Return the bytes that the files beneath a folder take."""
    total = 0
    left = [str(folder)]
    while left:
        with contextlib.suppress(OSError):
            for entry in os.scandir(left.pop()):
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                else:
                    total += entry.stat(follow_symlinks=False).st_size
    return total
